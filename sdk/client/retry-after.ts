const SECONDS = /^\d+(?:\.\d+)?$/;
/** The three date forms that RFC 9110, section 5.6.7, wants understood all begin with a day's name. */
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/;

/**
 * Milliseconds that a `Retry-After` header asks to wait, never negative; undefined when there is none or it
 * makes no sense. Seconds or an HTTP date (RFC 9110, section 10.2.3).
 * @param now wall clock, milliseconds since the Unix epoch
 */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  if (SECONDS.test(text)) return Number(text) * 1_000;
  if (!HTTP_DATE.test(text)) return undefined;
  // The oldest form names no zone and means GMT; Date.parse would take it as local time.
  const date = Date.parse(text.endsWith("GMT") ? text : `${text} GMT`);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
