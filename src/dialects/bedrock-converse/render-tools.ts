import type { ChatRequest } from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { ToolChoice } from "../../canonical/tool.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { allowedTools } from "../allowed-tools.ts";
import { answerToolDescription, answerToolName, answerToolWish, answerToolWished } from "../answer-tool.ts";
import { refusesForcedTools } from "../anthropic-messages/claude-refusals.ts";
import type { TargetTraits } from "../dialect.ts";
import type { AnswerForm } from "./answer-form.ts";
import { cachePoint } from "./render-content.ts";

const ANY_OBJECT: JsonObject = { type: "object", properties: {} };

/** Tools of a request in Bedrock's words. */
export interface RenderedTools {
  /** `undefined` where the request needs none. */
  readonly toolConfig: JsonObject | undefined;
  /** What the model has to be told besides, as blocks of `system`. */
  readonly system: readonly JsonObject[];
}

/**
 * Renders `toolConfig`. A model that cannot be made to use a tool is asked in words to call the one that stands in for a
 * structured answer. Where the request's tools are gone but the conversation
 * still has calls, Bedrock wants to see tools all the same: they are declared by their names then.
 * Wire format: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolConfiguration.html
 */
export function renderTools(
  request: ChatRequest,
  form: AnswerForm,
  traits: TargetTraits,
  losses: Loss[],
): RenderedTools {
  const tools = declaredTools(request, losses);
  const toolChoice = renderChoice(request.toolChoice);
  const canForce = !refusesForcedTools(traits);
  if (!canForce && tools.length > 0 && isForced({ toolChoice })) {
    const reason = "forces a tool, which this model of Amazon Bedrock does not take";
    losses.push({ path: { field: "toolChoice" }, isHarmless: false, reason });
  }
  if (form.by === "tool") {
    const { format } = form;
    const hasOthers = tools.length > 0;
    const { description = answerToolDescription, schema } =
      format.type === "json-schema" ? format : { schema: { type: "object" } };
    tools.push({ toolSpec: { name: answerToolName, description, inputSchema: { json: schema } } });
    if (!canForce) {
      const path = { field: "responseFormat" } as const;
      losses.push({ path, isHarmless: true, isChanged: true, reason: answerToolWished });
      return { toolConfig: { tools, toolChoice: { auto: {} } }, system: [{ text: answerToolWish }] };
    }
    const forced = hasOthers ? { any: {} } : { tool: { name: answerToolName } };
    return { toolConfig: { tools, toolChoice: forced }, system: [] };
  }
  if (tools.length === 0) tools.push(...usedTools(request));
  if (tools.length === 0) return { toolConfig: undefined, system: [] };
  return { toolConfig: { tools, ...(toolChoice !== undefined && { toolChoice }) }, system: [] };
}

/** Whether the model has to use a tool. */
export function isForced(toolConfig: Readonly<Record<string, unknown>> | undefined): boolean {
  const choice = toolConfig?.["toolChoice"];
  return isJsonObject(choice) && ("any" in choice || "tool" in choice);
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
