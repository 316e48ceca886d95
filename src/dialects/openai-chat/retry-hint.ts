import type { HeaderReader } from "../dialect.ts";

/** What OpenAI limits: `x-ratelimit-remaining-tokens` and `x-ratelimit-reset-tokens` are of one limit. */
const LIMITS = ["requests", "tokens"] as const;

/** Seconds to wait, in words such as `Please try again in 1m2.5s`; `undefined` where they say none. */
export function waitOf(message: string): number | undefined {
  const [, span] = /try again in ((?:\d{1,6}(?:\.\d+)?\s?(?:ms|[hms])){1,4})/i.exec(message) ?? [];
  return span === undefined ? undefined : secondsOf(span);
}

/**
 * Seconds until the limits that are used up begin anew, by the headers of an answer; `undefined` where none says that
 * it is used up. The largest counts: before that the request would be refused again.
 * Wire format: https://platform.openai.com/docs/guides/rate-limits#rate-limits-in-headers
 */
export function resetOf(header: HeaderReader | undefined): number | undefined {
  if (header === undefined) return undefined;
  const resets = LIMITS.flatMap((limit) => {
    const isUsedUp = header(`x-ratelimit-remaining-${limit}`) === "0";
    const seconds = isUsedUp ? secondsOf(header(`x-ratelimit-reset-${limit}`) ?? "") : undefined;
    return seconds === undefined ? [] : [seconds];
  });
  return resets.length === 0 ? undefined : Math.max(...resets);
}

const SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };

/** Whole seconds of a span such as `6m0s`, `1h2m`, `20ms` or `7.66s`, upwards. */
function secondsOf(span: string): number | undefined {
  if (!/^(?:\d{1,6}(?:\.\d{1,9})?\s?(?:ms|[hms])){1,4}$/i.test(span)) return undefined;
  let seconds = 0;
  for (const [, amount, unit] of span.matchAll(/(\d+(?:\.\d+)?)\s?(ms|[hms])/gi))
    seconds += Number(amount) * (SECONDS[(unit ?? "").toLowerCase()] ?? 0);
  return Math.ceil(Math.round(seconds * 1e6) / 1e6);
}
