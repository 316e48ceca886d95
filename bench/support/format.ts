/** A whole number with thousands separators, such as `24,310`. */
export function formatCount(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** A duration given in microseconds, in the unit a reader wants: `22.4 µs`, `870 µs`, `2.41 ms`, `1.90 s`. */
export function formatMicroseconds(value: number): string {
  const size = Math.abs(value);
  if (size < 100) return `${value.toFixed(1)} µs`;
  if (size < 1_000) return `${Math.round(value)} µs`;
  if (size < 1_000_000) return `${(value / 1_000).toFixed(2)} ms`;
  return `${(value / 1_000_000).toFixed(2)} s`;
}

/** Bytes in whole mebibytes. */
export function formatMebibytes(bytes: number): string {
  return `${Math.round(bytes / 1_048_576)} MiB`;
}

/** A ratio with two decimals. */
export function formatRatio(value: number): string {
  return value.toFixed(2);
}

/** A share of one core as a percentage. */
export function formatShare(value: number): string {
  return `${Math.round(value * 100)} %`;
}
