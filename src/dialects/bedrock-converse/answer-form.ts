import type { ChatRequest, ResponseFormat } from "../../canonical/chat-request.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { mustCallOwnTool } from "../answer-tool.ts";
import { outputSchema } from "../anthropic-messages/output-schema.ts";

/**
 * Models that follow a schema themselves, as their ids name them. Source:
 * https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-structured-outputs.html
 */
const STRUCTURED = /anthropic\.claude-(?:haiku-4-5|sonnet-4-5|opus-4-5|opus-4-6)(?!\d)/;

/** How an answer is made to have the form that was asked for: in Bedrock's own way, or by a tool that the model has to call. */
export type AnswerForm =
  | { readonly by: "nothing" }
  | { readonly by: "config"; readonly config: JsonObject }
  | { readonly by: "tool"; readonly format: Exclude<ResponseFormat, { readonly type: "text" }> };

/**
 * The form of the answer. The tool stands in where the model follows no schema, where it cannot be held to this one, and
 * for JSON without a schema; it does not where a tool of the caller's has to be called.
 */
export function answerForm(request: ChatRequest, model: string): AnswerForm {
  const { responseFormat } = request;
  if (responseFormat === undefined || responseFormat.type === "text") return { by: "nothing" };
  const config = responseFormat.type === "json" ? undefined : renderFormat(responseFormat, model);
  if (config !== undefined) return { by: "config", config };
  return mustCallOwnTool(request) ? { by: "nothing" } : { by: "tool", format: responseFormat };
}

/** Wire format: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_OutputFormat.html */
function renderFormat(
  { name, description, schema }: Extract<ResponseFormat, { readonly type: "json-schema" }>,
  model: string,
): JsonObject | undefined {
  const adapted = STRUCTURED.test(model) ? outputSchema(schema) : undefined;
  if (adapted === undefined) return undefined;
  const jsonSchema = {
    schema: JSON.stringify(adapted),
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
  };
  return { textFormat: { type: "json_schema", structure: { jsonSchema } } };
}
