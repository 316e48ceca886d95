import type { ChatResponse } from "../../canonical/chat-response.ts";
import type { AssistantPart, ReasoningPart, Signature } from "../../canonical/content.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { answerPart, answerToolName } from "../answer-tool.ts";
import { argumentsText, callsIn, callWord, unlessMalformed } from "../malformed-call.ts";
import { citedBlock, readCitation } from "./citation.ts";
import { readFinishReason } from "./finish-reason.ts";
import { readLogprobs } from "./logprobs.ts";
import { readUsage } from "./usage.ts";

/** Marks thinking that came as a plan, so that it goes back as one. */
export const planSignature: Signature = { dialect: "cohere-chat", value: "tool_plan" };

/**
 * A whole answer; `undefined` where the value is none. The plan of tool calls is thinking, not part of the answer.
 * Wire format: https://docs.cohere.com/v2/reference/chat
 */
export function parseResponse(answer: JsonObject, model: string): ChatResponse | undefined {
  return unlessMalformed(() => readAnswer(answer, model));
}

function readAnswer(answer: JsonObject, model: string): ChatResponse | undefined {
  const { id, message, finish_reason } = answer;
  if (!isJsonObject(message)) return undefined;
  const { tool_plan, tool_calls } = message;
  const plan: readonly ReasoningPart[] =
    typeof tool_plan === "string" && tool_plan !== ""
      ? [{ type: "reasoning", text: tool_plan, signature: planSignature }]
      : [];
  const calls = callsIn(tool_calls).map(parseToolCall);
  const content = [...plan, ...parseContent(message as JsonObject), ...calls];
  const usage = readUsage(answer["usage"]);
  const logprobs = readLogprobs(answer["logprobs"]);
  const hasToolCalls = calls.some(({ type }) => type === "tool-call");
  return {
    id: typeof id === "string" && id !== "" ? id : newAnswerId(),
    model,
    choices: [
      {
        index: 0,
        content,
        finishReason: readFinishReason(finish_reason, hasToolCalls),
        ...(logprobs !== undefined && { logprobs }),
      },
    ],
    ...(usage !== undefined && { usage }),
  };
}

/** An id for an answer that has none. */
export function newAnswerId(): string {
  return `cohere_${crypto.randomUUID().replaceAll("-", "")}`;
}

/** Id, name and arguments of a tool call, as far as they are there. @throws MalformedCallError where it has no name. */
export function readCall(value: unknown): {
  readonly id: string;
  readonly name: string;
  readonly text: string;
} {
  const call: Readonly<Record<string, unknown>> = isJsonObject(value) ? value : {};
  const target = call["function"];
  const { name: given, arguments: text } = isJsonObject(target) ? (target as JsonObject) : {};
  const name = callWord(given, "name");
  const id = typeof call["id"] === "string" && call["id"] !== "" ? call["id"] : newCallId(name);
  return { id, name, text: typeof text === "string" ? text : text === undefined ? "" : argumentsText(text) };
}

function newCallId(name: string): string {
  return `${name}_${crypto.randomUUID().replaceAll("-", "").slice(0, 12)}`;
}

function parseToolCall(value: unknown): AssistantPart {
  const { id, name, text } = readCall(value);
  if (name === answerToolName) return { ...answerPart, text };
  return { type: "tool-call", id, name, arguments: text === "" ? "{}" : text };
}

function parseContent({ content, citations }: JsonObject): readonly AssistantPart[] {
  if (typeof content === "string") return content === "" ? [] : [{ type: "text", text: content }];
  const blocks: readonly unknown[] = Array.isArray(content) ? content : [];
  const cited: readonly unknown[] = Array.isArray(citations) ? citations : [];
  const firstText = blocks.findIndex((block) => isJsonObject(block) && block["type"] === "text");
  return blocks.flatMap((block, index): AssistantPart[] => {
    if (!isJsonObject(block)) return [];
    const { text, thinking } = block;
    if (typeof thinking === "string" && thinking !== "") return [{ type: "reasoning", text: thinking }];
    if (typeof text !== "string" || text === "") return [];
    const own = cited.filter((citation) => (citedBlock(citation) ?? firstText) === index);
    const read = own.flatMap((citation) => readCitation(citation, text));
    return [{ type: "text", text, ...(read.length > 0 && { citations: read }) }];
  });
}
