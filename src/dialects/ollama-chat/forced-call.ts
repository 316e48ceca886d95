import type { ChatChoice } from "../../canonical/chat-response.ts";
import type { AssistantPart, ToolCallPart } from "../../canonical/content.ts";
import { isJsonObject } from "../../kernel/json.ts";
import { tryParseExactJson } from "../../kernel/json-exact.ts";
import { MalformedCallError } from "../malformed-call.ts";

/** How a call is written as text: the arguments of the tool with this name, or an object of name and arguments. */
export interface CallForm {
  readonly name: string | undefined;
}

/**
 * An answer whose text is the call of a tool. One that calls a tool itself, or writes something else, stays.
 * @throws MalformedCallError for one that begins like a call, was not cut and is none
 */
export function callOfText(choice: ChatChoice, form: CallForm, answerId: string): ChatChoice {
  const { content, finishReason } = choice;
  const text = content.map((part) => (part.type === "text" ? part.text : "")).join("");
  if (content.some(({ type }) => type === "tool-call") || !isCall(text)) return choice;
  const call = readCall(text, form);
  if (call === undefined && finishReason !== "length")
    throw new MalformedCallError("the text that has to be a tool call names no tool");
  const others: AssistantPart[] = content.filter(({ type }) => type !== "text");
  if (call !== undefined) others.push({ type: "tool-call", id: callId(answerId), ...call });
  return { ...choice, content: others, finishReason: finishOf(finishReason, call !== undefined) };
}

/** Whether a text that is there, at least with its beginning, is a call. Undefined: not told yet. */
export function isCall(text: string): boolean | undefined {
  const begin = text.trimStart();
  return begin === "" ? undefined : begin.startsWith("{");
}

/** The call in a text; undefined where it was cut before it was clear of which tool it is. */
export function readCall(
  text: string,
  { name }: CallForm,
): Pick<ToolCallPart, "name" | "arguments"> | undefined {
  if (name !== undefined) return { name, arguments: text.trim() };
  const call = tryParseExactJson(text);
  if (!isJsonObject(call) || typeof call["name"] !== "string") return undefined;
  return { name: call["name"], arguments: JSON.stringify(call["arguments"] ?? {}) };
}

/** Ollama gives no ids. */
export function callId(answerId: string): string {
  return `${answerId}_0`;
}

/** Ollama stops after the text of a call as after any other. */
export function finishOf(reason: ChatChoice["finishReason"], hasCall: boolean): ChatChoice["finishReason"] {
  return hasCall && reason === "stop" ? "tool-calls" : reason;
}
