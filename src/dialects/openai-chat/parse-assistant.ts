import type { AssistantPart, ReasoningPart, TextPart, ToolCallPart } from "../../canonical/content.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { AssistantMessage } from "../../canonical/message.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { argumentsOfCaller } from "../call-arguments.ts";
import { standsAt, standsLike } from "../origins.ts";
import { readExtraContent, splitAtSeals } from "./extra-content.ts";
import { fieldError, listAt, type Members, noteUnknown, objectAt, optionalText, textAt } from "./fields.ts";
import { parseCache } from "./parse-content.ts";
import { readImages, readReasoning, readThinkingPart } from "./read-message.ts";

const KNOWN = new Set([
  "role",
  "content",
  "name",
  "refusal",
  "tool_calls",
  "function_call",
  "audio",
  "images",
  "prefix",
  "partial",
  "reasoning",
  "reasoning_content",
  "reasoning_details",
  "extra_content",
  "cache_control",
  // Of answers that callers send back whole.
  "annotations",
]);

/**
 * A message of the model, as a caller sends it back. Thinking comes first, then words, sound, images and calls.
 * @param functionCalls ids of calls in the older style, by the function's name
 * @throws LatchkeyError LK-2102, LK-2130.
 */
export function parseAssistant(
  message: Members,
  path: string,
  functionCalls: Map<string, string>,
  losses: Loss[],
): AssistantMessage {
  noteUnknown(message, KNOWN, path, losses);
  const name = optionalText(message["name"], `${path}.name`);
  const refusal = optionalText(message["refusal"], `${path}.refusal`);
  const words = parseWords(message, path);
  const content: AssistantPart[] = [...readReasoning(message, words.thoughts, path), ...words.parts];
  if (refusal !== undefined && refusal !== "")
    content.push(standsAt({ type: "refusal", text: refusal }, `${path}.refusal`));
  const audio = message["audio"];
  if (audio !== undefined && audio !== null) {
    const id = textAt(objectAt(audio, `${path}.audio`)["id"], `${path}.audio.id`);
    content.push(standsAt({ type: "spoken", id }, `${path}.audio`));
  }
  content.push(...readImages(message["images"], path), ...parseCalls(message, path, functionCalls));
  const isPrefix = message["prefix"] === true || message["partial"] === true;
  // Most messages have neither, and long conversations have many of them.
  if (name === undefined && !isPrefix) return { role: "assistant", content };
  return {
    role: "assistant",
    content,
    ...(name !== undefined && { name }),
    ...(isPrefix && { isPrefix }),
  };
}

interface Words {
  readonly thoughts: readonly ReasoningPart[];
  readonly parts: readonly AssistantPart[];
}

function parseWords(message: Members, path: string): Words {
  const { content } = message;
  const whole = parseCache(message, path);
  if (content === undefined || content === null || content === "") return { thoughts: [], parts: [] };
  if (typeof content === "string") {
    const words = standsAt<TextPart>({ type: "text", text: content }, `${path}.content`);
    return { thoughts: [], parts: sealed([words], message, whole) };
  }
  const thoughts: ReasoningPart[] = [];
  const parts: AssistantPart[] = [];
  for (const [index, value] of listAt(content, `${path}.content`).entries()) {
    const at = `${path}.content[${index}]`;
    const part = objectAt(value, at);
    if (part["type"] !== "thinking") parts.push(standsAt(parsePart(part, at), at));
    else for (const thought of readThinkingPart(part)) thoughts.push(standsAt(thought, at));
  }
  return { thoughts, parts: sealed(parts, message, whole) };
}

/** What is said of the message as a whole belongs to its last words, except for seals with a place in its one text. */
function sealed(
  parts: readonly AssistantPart[],
  { extra_content }: Members,
  cache: ReturnType<typeof parseCache>,
): readonly AssistantPart[] {
  if (extra_content === undefined) return sealLast(parts, cache, {});
  const [only] = parts;
  const split =
    parts.length === 1 && only?.type === "text" ? splitAtSeals(only.text, extra_content) : undefined;
  if (only === undefined || split === undefined)
    return sealLast(parts, cache, readExtraContent(extra_content));
  for (const part of split) standsLike(part, only);
  return sealLast(split, cache ?? ("cache" in only ? only.cache : undefined), {});
}

function sealLast(
  parts: readonly AssistantPart[],
  cache: ReturnType<typeof parseCache>,
  signed: ReturnType<typeof readExtraContent>,
): readonly AssistantPart[] {
  if (cache === undefined && signed.signature === undefined) return parts;
  const last = parts.findLastIndex(({ type }) => type === "text");
  return parts.map((part, index) =>
    index === last && part.type === "text"
      ? standsLike({ ...part, ...(cache !== undefined && { cache }), ...signed }, part)
      : part,
  );
}

function parsePart(part: Members, path: string): AssistantPart {
  const cache = parseCache(part, path);
  switch (part["type"]) {
    case "text":
      return {
        type: "text",
        text: textAt(part["text"], `${path}.text`),
        ...(cache !== undefined && { cache }),
      };
    case "refusal":
      return { type: "refusal", text: textAt(part["refusal"], `${path}.refusal`) };
    default:
      throw fieldError(`${path}.type`, "has to be `text` or `refusal` in a message of the assistant");
  }
}

function parseCalls(
  message: Members,
  path: string,
  functionCalls: Map<string, string>,
): readonly AssistantPart[] {
  const { tool_calls, function_call } = message;
  const calls: AssistantPart[] = [];
  if (tool_calls !== undefined && tool_calls !== null) {
    for (const [index, value] of listAt(tool_calls, `${path}.tool_calls`).entries()) {
      const at = `${path}.tool_calls[${index}]`;
      calls.push(standsAt(parseCall(objectAt(value, at), at), at));
    }
  }
  if (function_call !== undefined && function_call !== null) {
    const at = `${path}.function_call`;
    const called = objectAt(function_call, at);
    const id = `call_${functionCalls.size}_${textAt(called["name"], `${at}.name`)}`;
    const call = standsAt(parseTarget(called, id, at), at);
    functionCalls.set(call.name, id);
    calls.push(call);
  }
  return calls;
}

function parseCall(call: Members, path: string): AssistantPart {
  const id = textAt(call["id"], `${path}.id`);
  const type = call["type"] ?? "function";
  if (type !== "function") return { type: "vendor", dialect: "openai-chat", value: call as JsonObject };
  const part = parseTarget(objectAt(call["function"], `${path}.function`), id, `${path}.function`);
  return { ...part, ...readExtraContent(call["extra_content"]) };
}

function parseTarget(target: Members, id: string, path: string): ToolCallPart {
  const name = textAt(target["name"], `${path}.name`);
  const text = optionalText(target["arguments"], `${path}.arguments`) ?? "";
  return { type: "tool-call", id, name, arguments: argumentsOfCaller(text || "{}", `${path}.arguments`) };
}
