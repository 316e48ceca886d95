import type { ChatRequest } from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { ToolChoice } from "../../canonical/tool.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { allowedTools } from "../allowed-tools.ts";
import { answerToolDescription, answerToolName } from "../answer-tool.ts";
import { cachePoint } from "./render-content.ts";

const ANY_OBJECT: JsonObject = { type: "object", properties: {} };

/**
 * `toolConfig` of a request, `undefined` where it needs none. Where the request's tools are gone but the conversation
 * still has calls, Bedrock wants to see tools all the same: they are declared by their names then.
 * Wire format: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolConfiguration.html
 */
export function renderTools(request: ChatRequest, losses: Loss[]): JsonObject | undefined {
  const tools = declaredTools(request, losses);
  const { responseFormat } = request;
  if (responseFormat !== undefined && responseFormat.type !== "text") {
    const hasOthers = tools.length > 0;
    const { description = answerToolDescription, schema } =
      responseFormat.type === "json" ? { schema: { type: "object" } } : responseFormat;
    tools.push({ toolSpec: { name: answerToolName, description, inputSchema: { json: schema } } });
    return { tools, toolChoice: hasOthers ? { any: {} } : { tool: { name: answerToolName } } };
  }
  if (tools.length === 0) tools.push(...usedTools(request));
  if (tools.length === 0) return undefined;
  const toolChoice = renderChoice(request.toolChoice);
  return { tools, ...(toolChoice !== undefined && { toolChoice }) };
}

function declaredTools({ tools = [], toolChoice }: ChatRequest, losses: Loss[]): JsonObject[] {
  // Bedrock cannot be told to leave tools alone.
  if (toolChoice?.type === "none") return [];
  const allowed = allowedTools(tools, toolChoice, (loss) => losses.push(loss));
  return tools.flatMap((tool, index): JsonObject[] => {
    if (tool.type === "vendor") {
      if (tool.dialect === "bedrock-converse" && isJsonObject(tool.value)) return [tool.value as JsonObject];
      losses.push({
        path: `tools[${index}]`,
        isHarmless: false,
        reason: `(${tool.name}) has no counterpart in Amazon Bedrock`,
      });
      return [];
    }
    if (tool.name === answerToolName) {
      losses.push({ path: `tools[${index}].name`, isHarmless: false, reason: "is reserved" });
      return [];
    }
    if (allowed !== undefined && !allowed.includes(tool.name)) return [];
    const { name, description, parameters = ANY_OBJECT, strict, cache } = tool;
    const spec = {
      name,
      ...(description !== undefined && description !== "" && { description }),
      inputSchema: { json: parameters },
      ...(strict === true && { strict }),
    };
    return [{ toolSpec: spec }, ...(cache === undefined ? [] : [cachePoint(cache.ttl)])];
  });
}

function usedTools({ messages }: ChatRequest): JsonObject[] {
  const names = new Set<string>();
  for (const { role, content } of messages) {
    if (role !== "assistant") continue;
    for (const part of content) if (part.type === "tool-call") names.add(part.name);
  }
  return [...names].map((name) => ({ toolSpec: { name, inputSchema: { json: ANY_OBJECT } } }));
}

function renderChoice(choice: ToolChoice | undefined): JsonObject | undefined {
  switch (choice?.type) {
    case "auto":
      return { auto: {} };
    case "required":
      return { any: {} };
    case "tool":
      return { tool: { name: choice.name } };
    default:
      return undefined;
  }
}
