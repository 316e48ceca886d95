import type { ChatResponse } from "../../canonical/chat-response.ts";
import type { AssistantPart, ToolCallPart } from "../../canonical/content.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { argumentsText, callsIn, callWord, unlessMalformed } from "../malformed-call.ts";
import { readFinishReason } from "./finish-reason.ts";
import { readLogprobs } from "./logprobs.ts";
import { readUsage } from "./usage.ts";

/** A whole answer; `undefined` where the value is none. Wire format: https://docs.ollama.com/api/chat */
export function parseResponse(answer: JsonObject): ChatResponse | undefined {
  return unlessMalformed(() => readAnswer(answer));
}

function readAnswer(answer: JsonObject): ChatResponse | undefined {
  const { message, model, created_at, done_reason } = answer;
  if (!isJsonObject(message)) return undefined;
  const id = newAnswerId();
  const content: AssistantPart[] = [];
  const { thinking, content: text } = message;
  if (typeof thinking === "string" && thinking !== "") content.push({ type: "reasoning", text: thinking });
  if (typeof text === "string" && text !== "") content.push({ type: "text", text });
  const calls = readToolCalls(message["tool_calls"], id, 0);
  content.push(...calls);
  const usage = readUsage(answer);
  const logprobs = readLogprobs(answer["logprobs"]);
  return {
    id,
    model: typeof model === "string" ? model : "",
    ...createdOf(created_at),
    choices: [
      {
        index: 0,
        content,
        finishReason: readFinishReason(done_reason, calls.length > 0),
        ...(logprobs !== undefined && { logprobs }),
      },
    ],
    ...(usage !== undefined && { usage }),
  };
}

/**
 * Ollama names neither answers nor calls: ids are made here, and calls are counted from `from`.
 * @throws MalformedCallError
 */
export function readToolCalls(value: unknown, answerId: string, from: number): readonly ToolCallPart[] {
  return callsIn(value).map((call, index): ToolCallPart => {
    const target = call["function"];
    const { name, arguments: given } = isJsonObject(target) ? (target as JsonObject) : {};
    const id =
      typeof call["id"] === "string" && call["id"] !== "" ? call["id"] : `${answerId}_${from + index}`;
    return { type: "tool-call", id, name: callWord(name, "name"), arguments: argumentsText(given) };
  });
}

/** An id for an answer that has none. */
export function newAnswerId(): string {
  return `ollama_${crypto.randomUUID().replaceAll("-", "")}`;
}

/** The time of an answer, where it says one. */
export function createdOf(text: unknown): { readonly createdS?: number } {
  const ms = typeof text === "string" ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? {} : { createdS: Math.floor(ms / 1_000) };
}
