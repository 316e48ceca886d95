import type { LatchkeyClientError } from "./error.ts";

const RETRYABLE_STATUSES: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);
const FIRST_CEILING_MS = 500;
const LAST_CEILING_MS = 8_000;

/** A provider's account that is used up, which has the status of a limit and does not pass like one. */
const USED_UP = "LK-3021";

/** Whether the same request, of which no byte of an answer was handed on, may be sent again. */
export function isRetryable(error: LatchkeyClientError): boolean {
  if (error.code === USED_UP) return false;
  return error.status === undefined ? error.kind === "connection" : RETRYABLE_STATUSES.has(error.status);
}

/**
 * Milliseconds to wait before the next attempt: exponential back-off with full jitter, never sooner than the
 * gateway asked for. Method: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 * @param attempt how many attempts were made before the one that failed: 0 for the first
 * @param random in [0, 1)
 */
export function retryDelayMs(attempt: number, retryAfterMs: number | undefined, random: number): number {
  const ceiling = Math.min(LAST_CEILING_MS, FIRST_CEILING_MS * 2 ** attempt);
  return Math.max(retryAfterMs ?? 0, random * ceiling);
}
