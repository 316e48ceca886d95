import type {
  AssistantPart,
  Citation,
  ImagePart,
  ReasoningPart,
  SpokenPart,
} from "../../canonical/content.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { answerPart, answerToolName } from "../answer-tool.ts";
import { argumentsText, callsIn, callWord } from "../malformed-call.ts";
import { standsAt } from "../origins.ts";
import { readAnnotations } from "./citations.ts";
import { parseDataUrl } from "./data-url.ts";
import { readExtraContent } from "./extra-content.ts";
import { readDetail, thinkingSignature } from "./reasoning-details.ts";
import { splitThinkTags } from "./think-tags.ts";

type Members = Readonly<Record<string, unknown>>;

/** What a message needs to be read. */
export interface MessageOptions {
  /** Sources that the answer names beside the message. */
  readonly sources: readonly Citation[];
  /** Whether thinking may stand in the text, between tags. */
  readonly thinkTags: boolean;
}

/**
 * Parts of a model's message, in the order thinking, text, sound, images, tool calls.
 * @throws MalformedCallError
 * Wire format: https://platform.openai.com/docs/api-reference/chat/object (`choices[].message`)
 */
export function readMessage(message: Members, options: MessageOptions): readonly AssistantPart[] {
  const { refusal, audio, images, tool_calls, function_call, extra_content } = message;
  const words = readContent(message["content"], options.thinkTags);
  const calls = readToolCalls(
    tool_calls ?? (isJsonObject(function_call) ? [{ function: function_call }] : []),
  );
  const texts = cite(words.texts, [...readAnnotations(message["annotations"]), ...options.sources]);
  const sealed = readExtraContent(extra_content);
  const parts: AssistantPart[] = [...readReasoning(message, words.thoughts), ...texts];
  if (typeof refusal === "string" && refusal !== "") parts.push({ type: "refusal", text: refusal });
  if (isJsonObject(audio)) parts.push(...readAudio(audio));
  parts.push(...readImages(images), ...calls);
  return sealed.signature === undefined ? parts : sign(parts, sealed.signature);
}

/** What the content of a message says. */
export interface Words {
  readonly thoughts: readonly ReasoningPart[];
  readonly texts: readonly string[];
}

/** Content is a text, or parts of which some may be thinking. https://docs.mistral.ai/capabilities/reasoning */
export function readContent(content: unknown, thinkTags: boolean): Words {
  if (typeof content === "string") {
    if (!thinkTags) return { thoughts: [], texts: content === "" ? [] : [content] };
    const { thinking, text } = splitThinkTags(content);
    const thoughts: readonly ReasoningPart[] = thinking === "" ? [] : [{ type: "reasoning", text: thinking }];
    return { thoughts, texts: text === "" ? [] : [text] };
  }
  const thoughts: ReasoningPart[] = [];
  const texts: string[] = [];
  const parts: readonly unknown[] = Array.isArray(content) ? content : [];
  for (const part of parts) {
    if (!isJsonObject(part)) continue;
    if (part["type"] === "thinking") thoughts.push(...readThinkingPart(part));
    else if (typeof part["text"] === "string" && part["text"] !== "") texts.push(part["text"]);
  }
  return { thoughts, texts };
}

/** A `thinking` part of a message's content, with what seals it. */
export function readThinkingPart(part: Members): readonly ReasoningPart[] {
  const text = readThinking(part["thinking"]);
  const signature = thinkingSignature(part["signature"]);
  if (text === "" && signature === undefined) return [];
  return [{ type: "reasoning", text, ...(signature !== undefined && { signature }) }];
}

/** Words of a `thinking` part, which holds a text or parts again. */
function readThinking(thinking: unknown): string {
  if (typeof thinking === "string") return thinking;
  if (!Array.isArray(thinking)) return "";
  return thinking
    .map((part: unknown) => (isJsonObject(part) && typeof part["text"] === "string" ? part["text"] : ""))
    .join("");
}

/**
 * Thinking under any of the names that it goes by. The details say the same again, and more.
 * @param path where the message stands, in a request
 */
export function readReasoning(
  message: Members,
  thoughts: readonly ReasoningPart[],
  path = "",
): readonly ReasoningPart[] {
  const { reasoning_details, reasoning_content, reasoning } = message;
  if (reasoning_details === undefined && reasoning_content === undefined && reasoning === undefined)
    return thoughts;
  const details = (Array.isArray(reasoning_details) ? reasoning_details : []).flatMap(
    (detail: unknown, index) => {
      const part = readDetail(detail);
      return part === undefined ? [] : [standsAt(part, `${path}.reasoning_details[${index}]`)];
    },
  );
  const name = isWords(reasoning_content) ? "reasoning_content" : "reasoning";
  const plain = message[name];
  if (!isWords(plain) || details.some(({ text }) => text !== "")) return [...thoughts, ...details];
  return [standsAt({ type: "reasoning", text: plain }, `${path}.${name}`), ...thoughts, ...details];
}

function isWords(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** Sources belong to the last words, where the vendor does not say to which. */
function cite(texts: readonly string[], citations: readonly Citation[]): readonly AssistantPart[] {
  return texts.map((text, index) => ({
    type: "text",
    text,
    ...(index === texts.length - 1 && citations.length > 0 && { citations }),
  }));
}

/** A signature of the whole message is its text's, or else its first tool call's. */
function sign(
  parts: readonly AssistantPart[],
  signature: NonNullable<ReturnType<typeof readExtraContent>["signature"]>,
): readonly AssistantPart[] {
  const text = parts.findLastIndex(({ type }) => type === "text");
  const signed = text >= 0 ? text : parts.findIndex(({ type }) => type === "tool-call");
  return parts.map((part, index) => {
    const isSignable = part.type === "text" || (part.type === "tool-call" && part.signature === undefined);
    return index === signed && isSignable ? { ...part, signature } : part;
  });
}

/** https://platform.openai.com/docs/guides/audio (`message.audio`) */
function readAudio({ id, data, transcript, expires_at }: Members): readonly SpokenPart[] {
  return [
    {
      type: "spoken",
      ...(typeof id === "string" && { id }),
      ...(typeof data === "string" && { data }),
      ...(typeof transcript === "string" && { transcript }),
      ...(typeof expires_at === "number" && { expiresAt: expires_at }),
    },
  ];
}

/** Images that the model has made. https://openrouter.ai/docs/features/multimodal/image-generation (`message.images`) */
export function readImages(images: unknown, path = ""): readonly ImagePart[] {
  if (!Array.isArray(images)) return [];
  return images.flatMap((image: unknown, index): ImagePart[] => {
    if (!isJsonObject(image)) return [];
    const target = image["image_url"];
    const url = isJsonObject(target) ? target["url"] : target;
    if (typeof url !== "string") return [];
    const signed = readExtraContent(image["extra_content"]);
    const source = parseDataUrl(url) ?? { kind: "url" as const, url };
    return [standsAt({ type: "image", source, ...signed }, `${path}.images[${index}]`)];
  });
}

/** An id for a call that has none. */
export function newToolCallId(): string {
  return `call_${crypto.randomUUID().replaceAll("-", "")}`;
}

/** Calls of functions are the caller's business; any other kind is kept as it came. @throws MalformedCallError */
function readToolCalls(value: unknown): readonly AssistantPart[] {
  return callsIn(value).map((call): AssistantPart => {
    const { id, type, function: target } = call;
    if (target === undefined && typeof type === "string" && type !== "function")
      return { type: "vendor", dialect: "openai-chat", value: call as JsonObject };
    const { name: given, arguments: args } = isJsonObject(target) ? (target as JsonObject) : {};
    const name = callWord(given, "name");
    const text = argumentsText(args);
    if (name === answerToolName) return { ...answerPart, text };
    return {
      type: "tool-call",
      id: typeof id === "string" && id !== "" ? id : newToolCallId(),
      name,
      arguments: text,
      ...readExtraContent(call["extra_content"]),
    };
  });
}
