const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** First millisecond of a day in UTC that is written as `YYYY-MM-DD`; undefined where there is no such day. */
export function parseDay(written: string): number | undefined {
  const match = DAY.exec(written);
  if (match === null) return undefined;
  const start = Date.parse(`${written}T00:00:00Z`);
  if (!Number.isFinite(start)) return undefined;
  // Calendars other than ours roll the 31st of a short month over.
  return new Date(start).toISOString().startsWith(written) ? start : undefined;
}
