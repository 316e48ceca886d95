import type { ChatRequest } from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { answerToolDescription, mustCallOwnTool } from "../answer-tool.ts";
import { outputSchema } from "./output-schema.ts";
import type { AnthropicQuirks } from "./quirks.ts";

/** How a structured answer is asked for: in Anthropic's own way, or by a tool that the model is made to call. */
export type AnswerForm =
  | { readonly type: "format"; readonly format: JsonObject }
  | { readonly type: "tool"; readonly schema: JsonObject; readonly description: string };

/**
 * The form of the answer, `undefined` for plain text. The tool stands in where the model has no structured outputs,
 * where it cannot be held to the schema, and for JSON without a schema; it does not where a tool of the caller's has to
 * be called.
 * Source: https://platform.claude.com/docs/en/build-with-claude/structured-outputs
 */
export function answerForm(
  request: ChatRequest,
  quirks: AnthropicQuirks,
  losses: Loss[],
): AnswerForm | undefined {
  const { responseFormat } = request;
  if (responseFormat === undefined || responseFormat.type === "text") return undefined;
  const mustCall = mustCallOwnTool(request);
  if (responseFormat.type === "json")
    return mustCall
      ? undefined
      : { type: "tool", schema: { type: "object" }, description: answerToolDescription };
  const { schema, description = answerToolDescription } = responseFormat;
  const adapted = quirks.hasOutputFormat ? outputSchema(schema) : undefined;
  if (adapted !== undefined) return { type: "format", format: { type: "json_schema", schema: adapted } };
  if (mustCall) return undefined;
  if (schema["type"] !== "object") {
    const reason = "has to be an object's schema for this model of Anthropic";
    losses.push({ path: { field: "responseFormat" }, isHarmless: false, reason });
  }
  return { type: "tool", schema, description };
}
