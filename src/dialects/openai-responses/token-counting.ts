import type { JsonObject } from "../../kernel/json.ts";
import type { TokenCounting } from "../token-counting.ts";
import { parseRequest } from "./parse-request.ts";
import { renderRequest } from "./render-request.ts";

/** Members of a request that its count knows as well; OpenAI refuses others. */
const COUNTED: ReadonlySet<string> = new Set([
  "model",
  "instructions",
  "input",
  "tools",
  "tool_choice",
  "parallel_tool_calls",
  "reasoning",
  "text",
]);

/**
 * `input_tokens` on both sides.
 * Wire format: https://platform.openai.com/docs/api-reference/responses/input-tokens
 */
export const tokenCounting: TokenCounting = {
  parseRequest,
  renderResponse: (inputTokens) => ({ object: "response.input_tokens", input_tokens: inputTokens }),
  path: () => "/responses/input_tokens",
  renderRequest: (request, traits) => {
    const { body, ...rest } = renderRequest(request, traits);
    const kept = Object.entries(body).filter(([name]) => COUNTED.has(name));
    return { ...rest, body: Object.fromEntries(kept) as JsonObject };
  },
  parseResponse: ({ input_tokens: count }) =>
    typeof count === "number" && Number.isSafeInteger(count) && count >= 0 ? count : undefined,
};
