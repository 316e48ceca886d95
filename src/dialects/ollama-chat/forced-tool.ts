import type { ChatRequest } from "../../canonical/chat-request.ts";
import type { FunctionTool } from "../../canonical/tool.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { AnswerChange } from "../emulation/answer-change.ts";
import { type CallForm, callOfText } from "./forced-call.ts";
import { ForcedCallStream } from "./forced-call-stream.ts";

/** A tool that has to be used, in place of which Ollama is made to write its call. */
export interface ForcedTool {
  /** The tools of which one has to be used. */
  readonly tools: readonly FunctionTool[];
  /** What the answer has to be: the arguments of the one tool, or the name and the arguments of one of several. */
  readonly format: JsonObject;
  readonly change: AnswerChange;
}

/** Schema of the arguments of a function. */
export function argumentsOf({ parameters }: FunctionTool): JsonObject {
  return parameters ?? { type: "object", properties: {} };
}

/**
 * How a tool that has to be used is forced on Ollama, which can be told a form of the answer and no choice of tools.
 * Undefined where none has to be, or it cannot be.
 * @param lose told in the latter case, of a loss that is not harmless
 */
export function forcedTool(request: ChatRequest, lose: (reason: string) => void): ForcedTool | undefined {
  const { toolChoice } = request;
  if (toolChoice?.type !== "required" && toolChoice?.type !== "tool") return undefined;
  const tools = toolsOf(request);
  const [first] = tools;
  if (first === undefined) return void lose("forces a tool that Ollama cannot be told");
  if (tools.length === 1) return forced(tools, argumentsOf(first), { name: first.name });
  // A reference is to a place in the whole schema, in which each tool's would be a part only.
  if (tools.some((tool) => JSON.stringify(argumentsOf(tool)).includes('"$ref"')))
    return void lose("cannot force one of several tools on Ollama where a schema has references");
  return forced(tools, { anyOf: tools.map(callSchema) }, { name: undefined });
}

function toolsOf({ tools = [], toolChoice }: ChatRequest): readonly FunctionTool[] {
  return tools.flatMap((tool) => {
    if (tool.type !== "function") return [];
    if (toolChoice?.type === "tool") return tool.name === toolChoice.name ? [tool] : [];
    const allowed = toolChoice?.type === "required" ? toolChoice.allowed : undefined;
    return allowed === undefined || allowed.includes(tool.name) ? [tool] : [];
  });
}

function callSchema(tool: FunctionTool): JsonObject {
  return {
    type: "object",
    properties: { name: { const: tool.name }, arguments: argumentsOf(tool) },
    required: ["name", "arguments"],
    additionalProperties: false,
  };
}

function forced(tools: readonly FunctionTool[], format: JsonObject, form: CallForm): ForcedTool {
  const change: AnswerChange = {
    whole: (response) => ({
      ...response,
      choices: response.choices.map((choice) => callOfText(choice, form, response.id)),
    }),
    stream: (emit) => new ForcedCallStream(form, emit),
  };
  return { tools, format, change };
}
