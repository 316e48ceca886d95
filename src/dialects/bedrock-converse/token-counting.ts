import type { JsonObject } from "../../kernel/json.ts";
import type { TargetCounting } from "../token-counting.ts";
import { renderRequest } from "./render-request.ts";

/** Members of a request that its count knows as well. */
const COUNTED: ReadonlySet<string> = new Set([
  "messages",
  "system",
  "toolConfig",
  "additionalModelRequestFields",
]);

/**
 * How Bedrock counts; models that it cannot count for are refused.
 * Wire format: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CountTokens.html
 */
export const tokenCounting: TargetCounting = {
  path: ({ upstreamModel }) => `/model/${encodeURIComponent(upstreamModel)}/count-tokens`,
  renderRequest: (request, traits) => {
    const { body, ...rest } = renderRequest(request, traits);
    const kept = Object.entries(body).filter(([name]) => COUNTED.has(name));
    return { ...rest, body: { input: { converse: Object.fromEntries(kept) as JsonObject } } };
  },
  parseResponse: ({ inputTokens: count }) =>
    typeof count === "number" && Number.isSafeInteger(count) && count >= 0 ? count : undefined,
};
