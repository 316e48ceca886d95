/** Middle value of a list in any order; the mean of the two middle ones when their number is even. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/**
 * Value below which a share of the list lies, with linear interpolation between neighbours.
 * @param fraction 0 to 1
 * @throws RangeError for an empty list or a fraction outside 0 to 1
 */
export function quantile(values: readonly number[], fraction: number): number {
  if (values.length === 0) throw new RangeError("no values to take a quantile of");
  if (!(fraction >= 0 && fraction <= 1)) throw new RangeError(`fraction ${fraction} is not between 0 and 1`);
  const sorted = values.toSorted((left, right) => left - right);
  const position = (sorted.length - 1) * fraction;
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? below;
  return below + (above - below) * (position - Math.floor(position));
}

/** Middle, lowest and highest of the rounds of one measure. */
export interface Spread {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

/**
 * Sums up the rounds of one measure.
 * @throws RangeError for an empty list
 */
export function spread(values: readonly number[]): Spread {
  return { median: median(values), lowest: quantile(values, 0), highest: quantile(values, 1) };
}
