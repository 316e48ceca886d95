import type { JsonObject } from "../../kernel/json.ts";
import type { TokenCounting } from "../token-counting.ts";
import { parseBody } from "./parse-request.ts";
import { readQuirks } from "./quirks.ts";
import { renderRequest } from "./render-request.ts";

/** Members of a message's request that its count has no use for and Anthropic would refuse. */
const ANSWER_ONLY: ReadonlySet<string> = new Set([
  "max_tokens",
  "stream",
  "stop_sequences",
  "temperature",
  "top_p",
  "top_k",
  "service_tier",
  "metadata",
]);

/** `count_tokens` on both sides. Wire format: https://docs.anthropic.com/en/api/messages-count-tokens */
export const tokenCounting: TokenCounting = {
  parseRequest: ({ body }) => parseBody(body, undefined),
  renderResponse: (inputTokens) => ({ input_tokens: inputTokens }),
  // On Vertex AI one path counts for all models, and the model stands in the body:
  // https://docs.cloud.google.com/vertex-ai/generative-ai/docs/partner-models/claude/count-tokens
  path: (traits) =>
    readQuirks(traits).isVertex
      ? "/publishers/anthropic/models/count-tokens:rawPredict"
      : "/messages/count_tokens",
  renderRequest: (request, traits) => {
    const { body, ...rest } = renderRequest(request, traits);
    const kept = Object.entries(body).filter(([name]) => !ANSWER_ONLY.has(name));
    const members = Object.fromEntries(kept) as JsonObject;
    return { ...rest, body: { ...members, model: traits.upstreamModel } };
  },
  parseResponse: ({ input_tokens: count }) =>
    typeof count === "number" && Number.isSafeInteger(count) && count >= 0 ? count : undefined,
};
