import { type Keywords, numberAt } from "./schema.ts";

/** Where numbers come from that a schema leaves free. */
const USUAL_LOW = 0;
const USUAL_SPAN = 100;

/** A range of numbers, its ends included. */
export interface NumberRange {
  readonly low: number;
  readonly high: number;
}

/**
 * Where to look for numbers that hold in all parts: from 0 to 100 as far as that is allowed, then at the lower
 * and the upper end of what is allowed. More `variety` looks farther.
 */
export function rangesOf(parts: readonly Keywords[], variety: number): readonly NumberRange[] {
  const all = (name: string): number[] => parts.flatMap((part) => numberAt(part, name) ?? []);
  const low = Math.max(Number.NEGATIVE_INFINITY, ...all("minimum"), ...all("exclusiveMinimum"));
  const high = Math.min(Number.POSITIVE_INFINITY, ...all("maximum"), ...all("exclusiveMaximum"));
  const span = USUAL_SPAN * (1 + variety);
  const fromLow = { low, high: Math.min(high, low + span) };
  const toHigh = { low: Math.max(low, high - span), high };
  const usual = { low: Math.max(low, USUAL_LOW), high: Math.min(high, USUAL_LOW + span) };
  const first = low > USUAL_LOW + USUAL_SPAN ? fromLow : high < USUAL_LOW ? toHigh : usual;
  return [first, fromLow, toHigh].filter(
    (range) => Number.isFinite(range.low) && Number.isFinite(range.high),
  );
}
