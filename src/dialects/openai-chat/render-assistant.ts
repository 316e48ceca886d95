import type { AssistantPart, ReasoningPart, Signature, ToolCallPart } from "../../canonical/content.ts";
import type { AssistantMessage } from "../../canonical/message.ts";
import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";
import { foreignReason } from "../custom-tools.ts";
import { renderExtraContent } from "./extra-content.ts";
import type { ChatQuirks } from "./quirks.ts";
import { innerSignature, renderDetail } from "./reasoning-details.ts";
import { cacheMember, joined, renderImage, withCache } from "./render-content.ts";
import type { RenderContext } from "./render-context.ts";

/** What a message of the model is made of, sorted by where it goes. */
interface Sorted {
  readonly texts: JsonObject[];
  readonly refusals: string[];
  readonly thoughts: ReasoningPart[];
  /** Where the thoughts stand in the canonical request. */
  readonly places: Map<ReasoningPart, string>;
  readonly calls: JsonObject[];
  readonly images: JsonObject[];
  audio?: string;
  extraContent?: JsonObject;
}

/** A message of the model. @param isLast whether the conversation ends with it */
export function renderAssistant(
  message: AssistantMessage,
  path: string,
  isLast: boolean,
  context: RenderContext,
): JsonObject {
  const { quirks, lose } = context;
  const sorted: Sorted = { texts: [], refusals: [], thoughts: [], places: new Map(), calls: [], images: [] };
  for (const [index, part] of message.content.entries())
    sortPart(part, `${path}.content[${index}]`, sorted, context);
  const thinking = renderThoughts(sorted, context);
  const { texts, refusals, calls, images, audio, extraContent } = sorted;
  texts.unshift(...thinking.parts);
  const hasOthers = calls.length > 0 || refusals.length > 0 || audio !== undefined;
  // Put together member by member: most messages have none but these two, and long conversations have many of them.
  const body: Record<string, Json> = {
    role: "assistant",
    content: texts.length === 0 && hasOthers ? null : joined(texts, context, ""),
  };
  if (message.name !== undefined) {
    if (quirks.names) body["name"] = message.name;
    else lose(`${path}.name`, "is unknown to this provider", true);
  }
  if (refusals.length > 0) body["refusal"] = refusals.join("\n");
  if (audio !== undefined) body["audio"] = { id: audio };
  if (thinking !== NO_THOUGHTS) Object.assign(body, thinking.members);
  if (images.length > 0) body["images"] = images;
  if (extraContent !== undefined) body["extra_content"] = extraContent;
  if (calls.length > 0) body["tool_calls"] = calls;
  if (message.isPrefix === true && isLast) Object.assign(body, renderPrefix(path, context));
  return body;
}

/** The model goes on from this message: a member of it, or of the request (see `render-request.ts`). */
function renderPrefix(path: string, { quirks, lose }: RenderContext): JsonObject {
  if (quirks.prefix === "none") lose(path, "cannot be continued: this provider's models begin anew");
  return quirks.prefix === "prefix" || quirks.prefix === "partial" ? { [quirks.prefix]: true } : {};
}

function sortPart(part: AssistantPart, path: string, sorted: Sorted, context: RenderContext): void {
  const { quirks, lose } = context;
  switch (part.type) {
    case "text":
      if (part.citations !== undefined && part.citations.length > 0)
        lose(`${path}.citations`, "cannot be told in Chat Completions", true);
      sorted.texts.push(withCache({ type: "text", text: part.text }, part.cache, path, context));
      if (goesBack(part.signature, quirks)) sorted.extraContent = renderExtraContent(part.signature);
      return;
    case "refusal":
      if (quirks.refusals) sorted.refusals.push(part.text);
      else sorted.texts.push({ type: "text", text: part.text });
      return;
    case "reasoning":
      sorted.thoughts.push(part);
      sorted.places.set(part, path);
      return;
    case "tool-call":
      cacheMember(part.cache, path, context);
      sorted.calls.push(renderCall(part, context));
      return;
    case "image": {
      if (!quirks.imageOutput) return lose(path, "cannot be told to have been made by the model");
      const image = renderImage(part, path, context);
      if (image !== undefined) sorted.images.push(image);
      return;
    }
    case "spoken":
      if (part.id !== undefined && !context.lacks.has("audio")) sorted.audio = part.id;
      else if (part.transcript !== undefined) sorted.texts.push({ type: "text", text: part.transcript });
      else lose(path, "has no words that this model could read");
      return;
    case "vendor":
      if (part.dialect === "openai-chat" && isJsonObject(part.value)) {
        sorted.calls.push(part.value as JsonObject);
      } else lose(path, foreignReason(part, "has no counterpart in Chat Completions"));
  }
}

function renderCall(part: ToolCallPart, { quirks, toolCallId }: RenderContext): JsonObject {
  const { id, name, arguments: text, signature } = part;
  return {
    id: toolCallId(id),
    type: "function",
    function: { name, arguments: text === "" ? "{}" : text },
    ...(goesBack(signature, quirks) && { extra_content: renderExtraContent(signature) }),
  };
}

/** Seals are for the vendor that has made them: Gemini's go to Google's own Chat Completions alone. */
function goesBack(signature: Signature | undefined, { extraContent }: ChatQuirks): signature is Signature {
  return extraContent && signature?.dialect === "gemini";
}

interface RenderedThoughts {
  /** Parts to stand before the text. */
  readonly parts: readonly JsonObject[];
  readonly members: Readonly<Record<string, Json>>;
}

const NO_THOUGHTS: RenderedThoughts = { parts: [], members: {} };

/** Thinking of earlier turns, where the vendor wants it. */
function renderThoughts(
  { thoughts, places, calls }: Sorted,
  { quirks, lose }: RenderContext,
): RenderedThoughts {
  const none =
    quirks.thinkingInCalls && calls.length > 0
      ? { parts: [], members: { reasoning_content: "" } }
      : NO_THOUGHTS;
  if (thoughts.length === 0) return none;
  const loseAll = (lost: readonly ReasoningPart[]): void => {
    for (const part of lost)
      lose(places.get(part) ?? "messages", "has thinking that this provider does not take back", true);
  };
  const details = thoughts.filter(({ signature, redacted }) => isOwn(redacted ?? signature));
  if (quirks.thinkingBack === "reasoning_details" && details.length > 0) {
    return { parts: [], members: { reasoning_details: details.map(renderDetail) } };
  }
  const parts = quirks.thinkingBack === "parts" ? thoughts.flatMap(renderThinkingPart) : [];
  if (parts.length > 0) {
    loseAll(thoughts.filter((part) => renderThinkingPart(part).length === 0));
    return { parts, members: {} };
  }
  const text = thoughts
    .map((part) => part.text)
    .filter((words) => words !== "")
    .join("\n");
  if (text === "" || quirks.thinkingBack === "none") {
    loseAll(thoughts);
    return none;
  }
  loseAll(thoughts.filter(({ redacted }) => redacted !== undefined));
  switch (quirks.thinkingBack) {
    case "tags":
      return { parts: [{ type: "text", text: `<think>\n${text}\n</think>\n\n` }], members: {} };
    case "reasoning_content":
      return { parts: [], members: { reasoning_content: text } };
    default:
      return { parts: [], members: { reasoning: text } };
  }
}

function renderThinkingPart(part: ReasoningPart): JsonObject[] {
  const signature = innerSignature(part);
  if (part.text === "" && signature === undefined) return [];
  const thinking = [{ type: "text", text: part.text }];
  return [{ type: "thinking", thinking, ...(signature !== undefined && { signature }) }];
}

function isOwn(signature: ReasoningPart["signature"]): boolean {
  return signature?.dialect === "openai-chat";
}
