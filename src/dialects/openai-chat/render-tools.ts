import type { ChatRequest } from "../../canonical/chat-request.ts";
import type { Tool, ToolChoice } from "../../canonical/tool.ts";
import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";
import { allowedTools } from "../allowed-tools.ts";
import { answerToolDescription, answerToolName } from "../answer-tool.ts";
import { foreignReason } from "../custom-tools.ts";
import { cacheMember } from "./render-content.ts";
import type { RenderContext } from "./render-context.ts";

/**
 * `tools`, `tool_choice` and `parallel_tool_calls` of a request.
 * Wire format: https://platform.openai.com/docs/api-reference/chat/create (`tools`)
 */
export function renderTools(request: ChatRequest, isEmulated: boolean, context: RenderContext): JsonObject {
  const { tools = [], toolChoice, parallelToolCalls } = request;
  const { quirks, lacks, loseField } = context;
  if (isEmulated) return renderAnswerTool(request, context);
  if (tools.length === 0) return {};
  if (lacks.has("tools")) {
    loseField("tools", "cannot be used by this model");
    return {};
  }
  // Where the vendor can be told nothing, leaving tools alone means not to have any.
  if (toolChoice?.type === "none" && quirks.toolChoice === "auto") return {};
  const rendered = offered(tools, toolChoice, context).flatMap(({ tool, path }) =>
    renderTool(tool, path, context),
  );
  const choice = renderChoice(toolChoice, tools, context);
  return {
    ...(rendered.length > 0 && { tools: rendered }),
    ...(choice !== undefined && { tool_choice: choice }),
    ...(parallelToolCalls !== undefined && { parallel_tool_calls: parallelToolCalls }),
  };
}

interface OfferedTool {
  readonly tool: Tool;
  readonly path: string;
}

/** All tools, or the allowed ones where the vendor cannot be told which they are. */
function offered(
  tools: readonly Tool[],
  choice: ToolChoice | undefined,
  { quirks, lose }: RenderContext,
): readonly OfferedTool[] {
  const all = tools.map((tool, index) => ({ tool, path: `tools[${index}]` }));
  if (quirks.allowedTools) return all;
  const allowed = allowedTools(tools, choice, ({ path, reason, isHarmless }) =>
    lose(path, reason, isHarmless),
  );
  return allowed === undefined ? all : all.filter(({ tool }) => allowed.includes(tool.name));
}

function renderTool(tool: Tool, path: string, context: RenderContext): JsonObject[] {
  const { quirks, lose } = context;
  if (tool.type === "vendor") {
    if (tool.dialect === "openai-chat" && isJsonObject(tool.value)) return [tool.value as JsonObject];
    lose(path, `(${tool.name}) ${foreignReason(tool, "has no counterpart in Chat Completions")}`);
    return [];
  }
  if (tool.name === answerToolName) {
    lose(`${path}.name`, "is reserved");
    return [];
  }
  const { name, description, parameters, strict, cache } = tool;
  if (strict === true && !quirks.strictTools)
    lose(`${path}.strict`, "cannot be promised by this provider", true);
  const declared = {
    name,
    ...(description !== undefined && { description }),
    ...(parameters !== undefined && { parameters }),
    ...(strict !== undefined && quirks.strictTools && { strict }),
  };
  return [{ type: "function", function: declared, ...cacheMember(cache, path, context) }];
}

function renderChoice(
  choice: ToolChoice | undefined,
  tools: readonly Tool[],
  { quirks, loseField }: RenderContext,
): Json | undefined {
  if (choice === undefined) return undefined;
  if (quirks.toolChoice === "auto") {
    if (choice.type !== "auto") loseField("toolChoice", "cannot force a tool on this provider's models");
    return undefined;
  }
  if (choice.type === "none") return "none";
  if (choice.type === "tool") return named(choice.name, tools);
  const mode = choice.type === "auto" ? "auto" : quirks.required;
  if (choice.allowed === undefined || !quirks.allowedTools) return mode;
  const allowed = choice.allowed.map((name) => named(name, tools));
  return { type: "allowed_tools", allowed_tools: { mode, tools: allowed } };
}

/** A tool by its name; those with a format of their own instead of a schema are called custom. */
function named(name: string, tools: readonly Tool[]): JsonObject {
  const tool = tools.find((candidate) => candidate.name === name);
  const kind = tool?.type === "vendor" && isJsonObject(tool.value) ? tool.value["type"] : "function";
  return kind === "custom" ? { type: "custom", custom: { name } } : { type: "function", function: { name } };
}

/** The tool whose arguments are the answer, beside the caller's own. */
function renderAnswerTool(request: ChatRequest, context: RenderContext): JsonObject {
  const { responseFormat, tools = [], toolChoice, parallelToolCalls } = request;
  if (responseFormat?.type !== "json-schema") return {};
  const { description = answerToolDescription, schema: parameters } = responseFormat;
  const others =
    toolChoice?.type === "none"
      ? []
      : offered(tools, toolChoice, { ...context, quirks: { ...context.quirks, allowedTools: false } });
  const rendered = others.flatMap(({ tool, path }) => renderTool(tool, path, context));
  const answer = { type: "function", function: { name: answerToolName, description, parameters } };
  const only = { type: "function", function: { name: answerToolName } };
  return {
    tools: [...rendered, answer],
    tool_choice: rendered.length === 0 ? only : context.quirks.required,
    ...(rendered.length > 0 && parallelToolCalls !== undefined && { parallel_tool_calls: parallelToolCalls }),
  };
}
