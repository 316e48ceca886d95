import type { ChatRequest, ResponseFormat } from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { FunctionTool } from "../../canonical/tool.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { allowedTools } from "../allowed-tools.ts";
import { answerToolDescription, answerToolName } from "../answer-tool.ts";
import type { TargetTraits } from "../dialect.ts";

const ANY_OBJECT: JsonObject = { type: "object", properties: {} };

/** What a request says of tools and of the answer's form. */
export interface RenderedTools {
  readonly members: JsonObject;
  /** Whether the answer comes through a tool. */
  readonly hasAnswerTool: boolean;
}

/**
 * Tools and the answer's form, which Cohere takes one of: beside tools a structured answer comes through one more
 * tool. A choice of certain tools is told by leaving the others out.
 * Wire format: https://docs.cohere.com/v2/docs/tool-use, https://docs.cohere.com/v2/docs/structured-outputs
 */
export function renderTools(
  request: ChatRequest,
  traits: TargetTraits,
  hasDocuments: boolean,
  losses: Loss[],
): RenderedTools {
  const members = renderMembers(request, traits, hasDocuments, losses);
  const { tools } = members;
  const hasAnswerTool =
    Array.isArray(tools) &&
    tools.some((tool: JsonObject) => (tool["function"] as JsonObject)["name"] === answerToolName);
  return { members, hasAnswerTool };
}

function renderMembers(
  request: ChatRequest,
  traits: TargetTraits,
  hasDocuments: boolean,
  losses: Loss[],
): JsonObject {
  const { toolChoice, responseFormat } = request;
  const offered = offeredTools(request, traits, losses);
  const format = formatOf(responseFormat);
  const isForced = toolChoice?.type === "required" || toolChoice?.type === "tool";
  if (offered.length === 0) {
    if (isForced)
      losses.push({
        path: { field: "toolChoice" },
        isHarmless: false,
        reason: "leaves Cohere no tool to use",
      });
    return renderFormat(request, traits, hasDocuments, losses);
  }
  const tools = offered.map(renderTool);
  const strict = offered.some((tool) => tool.strict === true) && { strict_tools: true };
  if (isForced) return { tools, ...strict, tool_choice: "REQUIRED" };
  if (toolChoice?.type === "none") return { tools, ...strict, tool_choice: "NONE" };
  if (format === undefined) return { tools, ...strict };
  if (responseFormat?.type !== "json-schema") {
    losses.push({
      path: { field: "responseFormat" },
      isHarmless: false,
      reason: "cannot be asked of Cohere beside tools without a schema",
    });
    return { tools, ...strict };
  }
  return {
    tools: [...tools, answerTool(responseFormat)],
    ...(responseFormat.strict === true ? { strict_tools: true } : strict),
    tool_choice: "REQUIRED",
  };
}

function offeredTools(
  { tools = [], toolChoice, responseFormat }: ChatRequest,
  traits: TargetTraits,
  losses: Loss[],
): readonly FunctionTool[] {
  // A structured answer needs the tools that must not be used out of its way.
  if (toolChoice?.type === "none" && formatOf(responseFormat) !== undefined) return [];
  if (tools.length > 0 && traits.lacks?.includes("tools") === true)
    losses.push({ path: { field: "tools" }, isHarmless: false, reason: "are nothing this model can use" });
  const allowed = allowedTools(tools, toolChoice, (loss) => losses.push(loss));
  return tools.flatMap((tool, index): readonly FunctionTool[] => {
    const lose = (path: string, reason: string): readonly FunctionTool[] => {
      losses.push({ path, isHarmless: false, reason });
      return [];
    };
    if (tool.type === "vendor") return lose(`tools[${index}]`, `(${tool.name}) has no counterpart in Cohere`);
    if (tool.name === answerToolName) return lose(`tools[${index}].name`, "is reserved");
    if (tool.cache !== undefined)
      losses.push({
        path: `tools[${index}].cache`,
        isHarmless: true,
        reason: "cannot be marked for Cohere's cache",
      });
    if (toolChoice?.type === "tool") return tool.name === toolChoice.name ? [tool] : [];
    return allowed === undefined || allowed.includes(tool.name) ? [tool] : [];
  });
}

function renderTool({ name, description, parameters = ANY_OBJECT }: FunctionTool): JsonObject {
  return {
    type: "function",
    function: { name, ...(description !== undefined && { description }), parameters },
  };
}

function renderFormat(
  { responseFormat }: ChatRequest,
  traits: TargetTraits,
  hasDocuments: boolean,
  losses: Loss[],
): JsonObject {
  const format = formatOf(responseFormat);
  if (format === undefined) return {};
  if (hasDocuments)
    losses.push({
      path: { field: "responseFormat" },
      isHarmless: false,
      reason: "cannot be asked of Cohere beside documents",
    });
  if (format.type === "json-schema" && traits.lacks?.includes("json-schema") === true)
    return { tools: [answerTool(format)], tool_choice: "REQUIRED" };
  const schema = format.type === "json-schema" && { json_schema: format.schema };
  return { response_format: { type: "json_object", ...schema } };
}

function answerTool({
  description = answerToolDescription,
  schema,
}: Extract<ResponseFormat, { type: "json-schema" }>): JsonObject {
  return renderTool({ type: "function", name: answerToolName, description, parameters: schema });
}

function formatOf(format: ResponseFormat | undefined): Exclude<ResponseFormat, { type: "text" }> | undefined {
  return format === undefined || format.type === "text" ? undefined : format;
}
