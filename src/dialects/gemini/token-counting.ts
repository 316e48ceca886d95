import type { TokenCounting } from "../token-counting.ts";
import { parseCountTokens, renderTokenCount } from "./count-tokens.ts";
import { readTarget } from "./quirks.ts";
import { renderRequest } from "./render-request.ts";
import { paths } from "./target-path.ts";

/** `countTokens` on both sides. Wire format: https://ai.google.dev/api/tokens#method:-models.counttokens */
export const tokenCounting: TokenCounting = {
  parseRequest: parseCountTokens,
  renderResponse: (total) => renderTokenCount({ total }),
  path: (traits) => paths(traits).whole.replace(/:generateContent$/, ":countTokens"),
  renderRequest: (request, traits) => {
    const { body, ...rest } = renderRequest(request, traits);
    const { isVertex, model } = readTarget(traits);
    if (!isVertex)
      return { ...rest, body: { generateContentRequest: { model: `models/${model}`, ...body } } };
    const { contents, systemInstruction, tools } = body;
    return {
      ...rest,
      body: {
        ...(contents !== undefined && { contents }),
        ...(systemInstruction !== undefined && { systemInstruction }),
        ...(tools !== undefined && { tools }),
      },
    };
  },
  parseResponse: ({ totalTokens: count }) =>
    typeof count === "number" && Number.isSafeInteger(count) && count >= 0 ? count : undefined,
};
