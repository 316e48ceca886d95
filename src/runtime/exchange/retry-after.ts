import { headerOf, type UpstreamResponseHead } from "../../upstream/upstream.ts";

/**
 * Seconds that an upstream asks to wait: `retry-after` in either of its forms (RFC 9110, section 10.2.3), or
 * `retry-after-ms`, which says it finer. `undefined` where there is none that makes sense.
 */
export function retryAfterOf(head: UpstreamResponseHead): number | undefined {
  const ms = headerOf(head, "retry-after-ms");
  if (ms !== undefined && /^\d{1,9}(?:\.\d+)?$/.test(ms)) return Math.ceil(Number(ms) / 1000);
  const text = headerOf(head, "retry-after");
  if (text === undefined) return undefined;
  if (/^\d{1,6}(?:\.\d+)?$/.test(text)) return Math.ceil(Number(text));
  const seconds = Math.ceil((Date.parse(text) - Date.now()) / 1000);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}
