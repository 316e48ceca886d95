import type { RequestRateTeller } from "../dialect.ts";

/**
 * Tells callers of Messages how a limit of requests stands.
 * Wire format: https://docs.anthropic.com/en/api/rate-limits#response-headers
 */
export const tellRate: RequestRateTeller = ({ limit, remaining, resetAtMs }) => [
  ["anthropic-ratelimit-requests-limit", `${limit}`],
  ["anthropic-ratelimit-requests-remaining", `${remaining}`],
  ["anthropic-ratelimit-requests-reset", rfc3339(resetAtMs)],
];

/** In whole seconds, as Anthropic writes it, and never too early. */
function rfc3339(ms: number): string {
  return `${new Date(Math.ceil(ms / 1_000) * 1_000).toISOString().slice(0, -".000Z".length)}Z`;
}
