const DAY_MS = 86_400_000;

/** The last moment that there is: the end of the year 9999, so that every date has four digits of a year. */
export const lastMs: number = Date.UTC(10_000, 0) - 1;

/** The moment after some time; never beyond the last one. */
export function momentAfter(timeMs: number, durationMs: number): number {
  return Math.min(timeMs + durationMs, lastMs);
}

/** Day of a moment, UTC, as `YYYY-MM-DD`; null for no moment. @param timeMs from 1970 to `lastMs` */
export function dayOf(timeMs: number | null): string | null {
  return timeMs === null ? null : new Date(timeMs).toISOString().slice(0, 10);
}

/** Days one after the other, from that of one moment to that of another. */
export function daysBetween(fromMs: number, toMs: number): readonly string[] {
  const first = Math.floor(fromMs / DAY_MS);
  const count = Math.max(0, Math.floor(toMs / DAY_MS) - first + 1);
  return Array.from({ length: count }, (_, index) => dayOf((first + index) * DAY_MS) ?? "");
}
