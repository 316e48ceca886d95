import type { ChatChoice, ChatResponse } from "../../../src/canonical/chat-response.ts";
import type { AssistantPart } from "../../../src/canonical/content.ts";
import type { FinishReason } from "../../../src/canonical/finish-reason.ts";
import type { CallerDialectName } from "../../../src/dialects/dialect.ts";
import { isJsonObject, tryParseJson } from "../../../src/kernel/json.ts";
import { flat, type Told, type ToldUsage } from "./told.ts";

type Words = readonly [chat: string, responses: string, messages: string, gemini: string];

/** How each caller's dialect says why an answer ended. */
const FINISHES: Readonly<Record<FinishReason, Words>> = {
  stop: ["stop", "completed", "end_turn", "STOP"],
  "stop-text": ["stop", "completed", "stop_sequence", "STOP"],
  length: ["length", "incomplete max_output_tokens", "max_tokens", "MAX_TOKENS"],
  "context-length": ["length", "incomplete max_output_tokens", "model_context_window_exceeded", "MAX_TOKENS"],
  "tool-calls": ["tool_calls", "completed", "tool_use", "STOP"],
  "content-filter": ["content_filter", "incomplete content_filter", "refusal", "SAFETY"],
  refusal: ["content_filter", "incomplete content_filter", "refusal", "SAFETY"],
  pause: ["length", "incomplete", "pause_turn", "OTHER"],
  error: ["length", "failed", "max_tokens", "OTHER"],
  other: ["stop", "completed", "end_turn", "OTHER"],
};
const COLUMNS: readonly CallerDialectName[] = [
  "openai-chat",
  "openai-responses",
  "anthropic-messages",
  "gemini",
];

/** Dialects whose callers can be told more than one answer. */
const TELLS_ALL: readonly CallerDialectName[] = ["openai-chat", "gemini"];

function finishIn(caller: CallerDialectName, { content, finishReason }: ChatChoice): string {
  const word = FINISHES[finishReason][COLUMNS.indexOf(caller)] ?? "";
  // A model that declines in words has said all it wanted to say, for OpenAI; for Anthropic it has declined.
  const hasRefusal = content.some(({ type }) => type === "refusal");
  if (!hasRefusal) {
    const isCut = content.some((part) => part.type === "tool-call" && !isWhole(part.arguments));
    return caller === "gemini" && isCut && word === "STOP" ? "MALFORMED_FUNCTION_CALL" : word;
  }
  if (finishReason === "refusal" && caller === "openai-chat") return "stop";
  if (finishReason === "refusal" && caller === "openai-responses") return "completed";
  return finishReason === "stop" && caller === "anthropic-messages" ? "refusal" : word;
}

function isWhole(text: string): boolean {
  return isJsonObject(tryParseJson(text === "" ? "{}" : text));
}

function textOf(caller: CallerDialectName, content: readonly AssistantPart[]): string {
  const isRefusalText = caller === "anthropic-messages" || caller === "gemini";
  return content
    .map((part) => {
      if (part.type === "text" || (part.type === "refusal" && isRefusalText)) return part.text;
      if (part.type === "spoken")
        return caller === "gemini" && part.data !== undefined ? "" : (part.transcript ?? "");
      const isLinked = part.type === "image" && part.source.kind === "url" && caller === "openai-responses";
      return isLinked && part.source.kind === "url" ? `![](${part.source.url})` : "";
    })
    .join("");
}

function imagesOf(caller: CallerDialectName, content: readonly AssistantPart[]): number {
  if (caller === "anthropic-messages") return 0;
  return content.filter(
    (part) => part.type === "image" && !(caller === "openai-responses" && part.source.kind === "url"),
  ).length;
}

function callsOf(caller: CallerDialectName, content: readonly AssistantPart[]): Told["calls"] {
  return content.flatMap((part) => {
    if (part.type !== "tool-call") return [];
    const text = part.arguments === "" ? "{}" : part.arguments;
    if (!isWhole(text) && caller === "gemini") return [];
    const value = tryParseJson(text) ?? text;
    const isWrapped = caller === "anthropic-messages" && !isJsonObject(value);
    return [{ id: part.id, name: part.name, arguments: isWrapped ? { arguments: text } : value }];
  });
}

function choiceTold(caller: CallerDialectName, choice: ChatChoice): Told {
  const { content } = choice;
  const sources = content.flatMap((part) =>
    part.type === "text" ? (part.citations ?? []).flatMap(({ url }) => url ?? []) : [],
  );
  const hasRefusals = caller === "openai-chat" || caller === "openai-responses";
  return {
    text: textOf(caller, content),
    thinking: flat(content.map((part) => (part.type === "reasoning" ? part.text : "")).join("")),
    refusal: hasRefusals
      ? content.flatMap((part) => (part.type === "refusal" ? [part.text] : [])).join("\n")
      : "",
    calls: callsOf(caller, content),
    finish: finishIn(caller, choice),
    sources: [...new Set(sources.filter((url) => url !== ""))],
    images: imagesOf(caller, content),
  };
}

/** What a caller has to be told of an answer, as far as its dialect has words. */
export function expectedTold(caller: CallerDialectName, { choices }: ChatResponse): readonly Told[] {
  const shown = TELLS_ALL.includes(caller) ? choices : choices.slice(0, 1);
  return shown.map((choice) => choiceTold(caller, choice));
}

/** And of its usage. */
export function expectedUsage({ usage }: ChatResponse): ToldUsage | undefined {
  if (usage === undefined) return undefined;
  const { input, output, cacheRead } = usage;
  return { input, output, cacheRead };
}
