import type { ChatRequest } from "../../canonical/chat-request.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { type GeminiTarget, SIGNING_GENERATION } from "./quirks.ts";

/** How an answer is made to have the form that was asked for. */
export type AnswerForm =
  | { readonly by: "nothing" }
  | { readonly by: "members"; readonly schema?: JsonObject }
  /** The model is made to call a tool whose arguments are the answer. */
  | { readonly by: "tool"; readonly schema: JsonObject }
  /** JSON without a schema cannot be had together with tools, nor a schema where there is neither. */
  | { readonly by: "none-possible" };

/**
 * Models before the third generation refuse a response format together with functions.
 * Source: https://ai.google.dev/gemini-api/docs/structured-output
 */
export function answerForm(request: ChatRequest, target: GeminiTarget): AnswerForm {
  const { responseFormat, toolChoice, tools = [] } = request;
  if (responseFormat === undefined || responseFormat.type === "text") return { by: "nothing" };
  const hasFunctions = tools.some(({ type }) => type === "function") && toolChoice?.type !== "none";
  const mustCall = toolChoice?.type === "required" || toolChoice?.type === "tool";
  const knowsSchemas = !target.lacks.includes("json-schema");
  const cannotBoth = hasFunctions && target.generation < SIGNING_GENERATION;
  // A turn that has to call a tool of the caller's has no answer to be formed.
  if (hasFunctions && mustCall && (cannotBoth || !knowsSchemas)) return { by: "nothing" };
  if (responseFormat.type === "json") return cannotBoth ? { by: "none-possible" } : { by: "members" };
  const { schema } = responseFormat;
  if (!cannotBoth && knowsSchemas) return { by: "members", schema };
  return target.lacks.includes("tools") ? { by: "none-possible" } : { by: "tool", schema };
}
