import type { ChatRequest } from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { FunctionTool, ToolChoice } from "../../canonical/tool.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { allowedTools } from "../allowed-tools.ts";
import { answerToolName, answerToolWished } from "../answer-tool.ts";
import type { AnswerForm } from "./answer-form.ts";
import { outputSchema } from "./output-schema.ts";
import type { AnthropicQuirks } from "./quirks.ts";
import { cacheControl } from "./render-content.ts";

const NO_ARGUMENTS: JsonObject = { type: "object", properties: {} };

/** Tools of a request in Anthropic's words. */
export interface RenderedTools {
  readonly tools: readonly JsonObject[];
  readonly choice: JsonObject | undefined;
  /** Whether the model has to use one, with which thinking does not go together. */
  readonly isForced: boolean;
  /** Whether the model has to be told in words to call the tool that stands in for a structured answer. */
  readonly isWished: boolean;
}

/** Renders `tools` and `tool_choice`. Wire format: https://docs.anthropic.com/en/api/messages (`tools`, `tool_choice`) */
export function renderTools(
  request: ChatRequest,
  form: AnswerForm | undefined,
  quirks: AnthropicQuirks,
  losses: Loss[],
): RenderedTools {
  const tools = declaredTools(request, quirks, losses);
  const choice = renderChoice(request.toolChoice, request.parallelToolCalls);
  const type = choice?.["type"];
  const isForced = tools.length > 0 && (type === "any" || type === "tool");
  const canForce = quirks.hasForcedTools;
  if (isForced && !canForce) {
    const reason = "forces a tool, which this model of Anthropic does not take";
    losses.push({ path: { field: "toolChoice" }, isHarmless: false, reason });
  }
  if (form?.type === "tool") {
    const { schema, description } = form;
    const hasOthers = tools.length > 0 && request.toolChoice?.type !== "none";
    tools.push({ name: answerToolName, description, input_schema: schema });
    if (!canForce) {
      const path = { field: "responseFormat" } as const;
      losses.push({ path, isHarmless: true, isChanged: true, reason: answerToolWished });
      return { tools, choice: { ...parallelOnly(choice), type: "auto" }, isForced: false, isWished: true };
    }
    const forced = hasOthers ? { type: "any" } : { type: "tool", name: answerToolName };
    return { tools, choice: { ...parallelOnly(choice), ...forced }, isForced: true, isWished: false };
  }
  return { tools, choice: tools.length === 0 ? undefined : choice, isForced, isWished: false };
}

function declaredTools({ tools = [], toolChoice }: ChatRequest, quirks: AnthropicQuirks, losses: Loss[]) {
  const allowed = allowedTools(tools, toolChoice, (loss) => losses.push(loss));
  return tools.flatMap((tool, index): JsonObject[] => {
    const path = `tools[${index}]`;
    if (tool.type === "vendor") {
      if (tool.dialect === "anthropic-messages" && isJsonObject(tool.value))
        return [tool.value as JsonObject];
      const reason = `(${tool.name}) has no counterpart in Anthropic`;
      losses.push({ path, isHarmless: false, reason });
      return [];
    }
    if (tool.name === answerToolName) {
      losses.push({ path: `${path}.name`, isHarmless: false, reason: "is reserved" });
      return [];
    }
    if (allowed !== undefined && !allowed.includes(tool.name)) return [];
    return [renderFunction(tool, path, quirks, losses)];
  });
}

/** Strict tools take the same schemas as structured outputs: https://platform.claude.com/docs/en/agents-and-tools/tool-use/strict-tool-use */
function renderFunction(
  { name, description, parameters = NO_ARGUMENTS, strict, cache }: FunctionTool,
  path: string,
  quirks: AnthropicQuirks,
  losses: Loss[],
): JsonObject {
  const strictSchema = strict === true && quirks.hasStrictTools ? outputSchema(parameters) : undefined;
  if (strict === true && strictSchema === undefined) {
    const reason = "cannot be kept to by this model of Anthropic";
    losses.push({ path: `${path}.strict`, isHarmless: true, reason });
  }
  return {
    name,
    ...(description !== undefined && description !== "" && { description }),
    input_schema: strictSchema ?? parameters,
    ...(strictSchema !== undefined && { strict: true }),
    ...(strict === false && { strict }),
    ...cacheControl(cache),
  };
}

function renderChoice(choice: ToolChoice | undefined, parallel: boolean | undefined): JsonObject | undefined {
  const single = parallel === false && { disable_parallel_tool_use: true };
  switch (choice?.type) {
    case "auto":
      return { type: "auto", ...single };
    case "required":
      return { type: "any", ...single };
    case "tool":
      return { type: "tool", name: choice.name, ...single };
    case "none":
      return { type: "none" };
    default:
      return single === false ? undefined : { type: "auto", ...single };
  }
}

function parallelOnly(choice: JsonObject | undefined): JsonObject {
  return choice?.["disable_parallel_tool_use"] === true ? { disable_parallel_tool_use: true } : {};
}
