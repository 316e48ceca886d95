import type { ToolMessage } from "../../canonical/message.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { tryParseExactJson } from "../../kernel/json-exact.ts";
import { SIGNING_GENERATION } from "./quirks.ts";
import { type RenderContext, renderCallId, renderContent } from "./render-content.ts";

/** A tool's result: its own part, and pictures that older models want to see beside it. */
export interface RenderedResult {
  readonly result: JsonObject;
  readonly beside: readonly JsonObject[];
}

/**
 * A tool's result in Gemini's words: an object with `output` or `error`, or any object of the tool's own.
 * Wire format: https://ai.google.dev/api/caching#FunctionResponse
 */
export function renderResult(
  message: ToolMessage,
  name: string,
  path: string,
  context: RenderContext,
): RenderedResult {
  const parts = renderContent(message.content, path, context);
  const media = parts.filter(({ text }) => text === undefined);
  const words = parts.map(({ text }) => (typeof text === "string" ? text : "")).join("");
  const holdsMedia = context.target.generation >= SIGNING_GENERATION && media.length > 0;
  return {
    result: {
      functionResponse: {
        ...renderCallId(message.toolCallId, context.target),
        name,
        response: renderResponse(words, message.isError === true),
        ...(holdsMedia && { parts: media }),
      },
    },
    beside: holdsMedia ? [] : media,
  };
}

/** The inverse of `readResponse` in `parse-result.ts`. */
function renderResponse(words: string, isError: boolean): JsonObject {
  const value = tryParseExactJson(words);
  const own = isJsonObject(value) ? (value as JsonObject) : undefined;
  if (own !== undefined && (!isError || Object.hasOwn(own, "error"))) return own;
  return isError ? { error: words } : { output: words };
}
