import type { ChatRequest } from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { FunctionTool, Tool, ToolChoice } from "../../canonical/tool.ts";
import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";
import { answerToolDescription, answerToolName, mustCallOwnTool } from "../answer-tool.ts";
import { foreignReason } from "../custom-tools.ts";
import type { TargetTraits } from "../dialect.ts";
import { noteCache } from "./render-content.ts";

const ANY_OBJECT: JsonObject = { type: "object", properties: {} };

/**
 * `tools`, `tool_choice` and `text.format` of a request: where the model cannot follow a schema, a tool that the
 * model has to call stands in for it.
 * Wire format: https://platform.openai.com/docs/api-reference/responses/create (`tools`, `tool_choice`, `text`)
 */
export function renderTools(request: ChatRequest, traits: TargetTraits, losses: Loss[]): JsonObject {
  const { tools = [], toolChoice, responseFormat } = request;
  const rendered = tools.flatMap((tool, index): JsonObject[] => {
    if (tool.type === "function" && tool.name === answerToolName) {
      losses.push({ path: `tools[${index}].name`, isHarmless: false, reason: "is reserved" });
      return [];
    }
    if (tool.type === "function") noteCache(tool.cache, `tools[${index}]`, losses);
    const value = renderTool(tool);
    if (value === undefined) losses.push(foreignTool(tool, index));
    return value === undefined ? [] : [value];
  });
  if (responseFormat?.type === "json-schema" && needsAnswerTool(request, traits)) {
    const { description = answerToolDescription, schema } = responseFormat;
    const answer: FunctionTool = {
      type: "function",
      name: answerToolName,
      description,
      parameters: schema,
    };
    const others = toolChoice?.type === "none" ? [] : rendered;
    return {
      tools: [...others, functionTool(answer)],
      tool_choice: others.length > 0 ? "required" : { type: "function", name: answerToolName },
    };
  }
  return {
    ...(rendered.length > 0 && { tools: rendered }),
    ...(toolChoice !== undefined && rendered.length > 0 && { tool_choice: renderChoice(toolChoice, tools) }),
  };
}

/** Whether a tool has to stand in for a schema, which the model does not know, in this turn. */
export function needsAnswerTool(request: ChatRequest, traits: TargetTraits): boolean {
  return lacksSchema(request, traits) && !mustCallOwnTool(request);
}

/** Whether the answer has to follow a schema and the model knows none. */
export function lacksSchema({ responseFormat }: ChatRequest, { lacks = [] }: TargetTraits): boolean {
  return responseFormat?.type === "json-schema" && lacks.includes("json-schema");
}

function foreignTool(tool: Tool, index: number): Loss {
  const why = "has no counterpart in OpenAI's Responses API";
  const reason = `(${tool.name}) ${tool.type === "vendor" ? foreignReason(tool, why) : why}`;
  return { path: `tools[${index}]`, isHarmless: false, reason };
}

/** A tool; `undefined` for one that only another dialect knows. */
export function renderTool(tool: Tool): JsonObject | undefined {
  if (tool.type === "function") return functionTool(tool);
  return tool.dialect === "openai-responses" && isJsonObject(tool.value)
    ? (tool.value as JsonObject)
    : undefined;
}

/** Here `strict` is the default, elsewhere it is not: what was not asked for has to be said. */
function functionTool({
  name,
  description,
  parameters = ANY_OBJECT,
  strict = false,
}: FunctionTool): JsonObject {
  return {
    type: "function",
    name,
    ...(description !== undefined && { description }),
    parameters,
    strict,
  };
}

/** A choice of tools. */
export function renderChoice(choice: ToolChoice, tools: readonly Tool[]): Json {
  switch (choice.type) {
    case "none":
      return "none";
    case "tool":
      return toolReference(choice.name, tools);
    case "auto":
    case "required":
      return choice.allowed === undefined
        ? choice.type
        : {
            type: "allowed_tools",
            mode: choice.type,
            tools: choice.allowed.map((name) => toolReference(name, tools)),
          };
  }
}

/** How a choice names a tool: a function or custom tool by its name, an MCP server by its label, others by type. */
function toolReference(name: string, tools: readonly Tool[]): JsonObject {
  const tool = tools.find((candidate) => candidate.name === name);
  const value = tool?.type === "vendor" ? renderTool(tool) : undefined;
  switch (value?.["type"]) {
    case undefined:
      return { type: "function", name };
    case "custom":
      return { type: "custom", name };
    case "mcp":
      return { type: "mcp", server_label: name };
    default:
      return { type: value?.["type"] };
  }
}
