import type { ChatRequest } from "../../canonical/chat-request.ts";
import type { FunctionTool, ToolChoice } from "../../canonical/tool.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { allowedTools } from "../allowed-tools.ts";
import { answerToolDescription, answerToolName } from "../answer-tool.ts";
import { toOpenApiSchema } from "./openapi-schema.ts";
import type { GeminiTarget } from "./quirks.ts";
import { noteCache, type RenderContext } from "./render-content.ts";

/** From this generation on a model can be held to schemas of functions without being made to call one. */
const VALIDATING_GENERATION = 2.5;

/**
 * `tools` and `toolConfig` of a request; empty where it needs none.
 * @param answerSchema schema of an answer that has to come through a tool; see `structured-answer.ts`
 * Wire format: https://ai.google.dev/api/caching#Tool, https://ai.google.dev/api/caching#ToolConfig
 */
export function renderTools(
  request: ChatRequest,
  answerSchema: JsonObject | undefined,
  context: RenderContext,
): JsonObject {
  const { tools = [], toolChoice } = request;
  const declarations: JsonObject[] = [];
  const own: JsonObject[] = [];
  // Gemini narrows down nothing but calls that it is made to do.
  const narrowed = toolChoice?.type === "auto" ? toolChoice : undefined;
  const allowed = allowedTools(tools, narrowed, (loss) => context.losses.push(loss));
  for (const [index, tool] of tools.entries()) {
    const path = `tools[${index}]`;
    const lose = (reason: string, at = path): void =>
      void context.losses.push({ path: at, isHarmless: false, reason });
    if (tool.type === "function") {
      if (tool.cache !== undefined) noteCache(path, context);
      if (tool.name === answerToolName) lose("is reserved", `${path}.name`);
      else if (allowed?.includes(tool.name) !== false) declarations.push(declare(tool, context.target));
    } else if (tool.dialect === "gemini" && isJsonObject(tool.value)) own.push(tool.value as JsonObject);
    else lose(`(${tool.name}) has no counterpart in Gemini`);
  }
  if (answerSchema !== undefined) declarations.push(declareAnswer(request, answerSchema, context.target));
  const declared = [...(declarations.length > 0 ? [{ functionDeclarations: declarations }] : []), ...own];
  const config = renderConfig(request, answerSchema !== undefined, context.target);
  const needsConfig = declarations.length > 0 && config !== undefined;
  return {
    ...(declared.length > 0 && { tools: declared }),
    ...(needsConfig && { toolConfig: { functionCallingConfig: config } }),
  };
}

function declare({ name, description, parameters }: FunctionTool, target: GeminiTarget): JsonObject {
  return {
    name,
    ...(description !== undefined && { description }),
    ...(parameters !== undefined &&
      (target.wantsOpenApi
        ? { parameters: toOpenApiSchema(parameters) }
        : { parametersJsonSchema: parameters })),
  };
}

function declareAnswer(
  { responseFormat }: ChatRequest,
  schema: JsonObject,
  target: GeminiTarget,
): JsonObject {
  const given = responseFormat?.type === "json-schema" ? responseFormat.description : undefined;
  const description = given ?? answerToolDescription;
  return declare({ type: "function", name: answerToolName, description, parameters: schema }, target);
}

function renderConfig(
  { tools = [], toolChoice, stream }: ChatRequest,
  hasAnswerTool: boolean,
  target: GeminiTarget,
): JsonObject | undefined {
  const isStrict = tools.some((tool) => tool.type === "function" && tool.strict === true);
  const canValidate = isStrict && target.generation >= VALIDATING_GENERATION;
  const config: JsonObject = {
    ...(hasAnswerTool ? { mode: "ANY" } : renderChoice(toolChoice, canValidate)),
    ...(stream && target.isVertex && target.streamsArguments && { streamFunctionCallArguments: true }),
  };
  return Object.keys(config).length > 0 ? config : undefined;
}

function renderChoice(choice: ToolChoice | undefined, canValidate: boolean): JsonObject {
  switch (choice?.type) {
    case "required":
      return { mode: "ANY", ...(choice.allowed !== undefined && { allowedFunctionNames: choice.allowed }) };
    case "tool":
      return { mode: "ANY", allowedFunctionNames: [choice.name] };
    case "none":
      return { mode: "NONE" };
    case "auto":
      return { mode: canValidate ? "VALIDATED" : "AUTO" };
    default:
      return canValidate ? { mode: "VALIDATED" } : {};
  }
}
