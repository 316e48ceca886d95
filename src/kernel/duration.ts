/** A length of time as people write it in the config: `"250ms"`, `"8s"`, `"1m"`, `"6h"`, `"3d"`, `"2w"`. */
export type Duration = `${number}${DurationUnit}`;

/** ms = millisecond, s = second, m = minute, h = hour, d = day (24 h), w = week (7 d). */
export type DurationUnit = "ms" | "s" | "m" | "h" | "d" | "w";

const MS_PER_UNIT: Readonly<Record<DurationUnit, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|w)$/;

/**
 * Milliseconds of a duration, or `undefined` when the text is not one, is not a whole number of
 * milliseconds, or is beyond what can be counted exactly.
 */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text);
  if (match === null) return undefined;
  const ms = Number(match[1]) * MS_PER_UNIT[match[2] as DurationUnit];
  return Number.isSafeInteger(ms) ? ms : undefined;
}

/** Shortest exact text of a duration: `formatDuration(90_000)` is `"90s"`. */
export function formatDuration(ms: number): Duration {
  for (const unit of ["w", "d", "h", "m", "s"] as const) {
    if (ms >= MS_PER_UNIT[unit] && ms % MS_PER_UNIT[unit] === 0) return `${ms / MS_PER_UNIT[unit]}${unit}`;
  }
  return `${ms}ms`;
}
