import type { UserPart } from "../../canonical/content.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { InstructionMessage, Message, ToolMessage, UserMessage } from "../../canonical/message.ts";
import type { Json, JsonObject } from "../../kernel/json.ts";
import type { ResponsesQuirks } from "./quirks.ts";
import { renderAssistant } from "./render-assistant.ts";
import {
  breakpoint,
  type ContentOptions,
  foreignPart,
  noteCache,
  renderInputPart,
  vendorItem,
} from "./render-content.ts";

/** A conversation in this dialect's words. */
export interface RenderedConversation {
  readonly instructions?: string;
  readonly input: readonly JsonObject[];
}

/**
 * Renders messages as items. A plain system message at the very beginning becomes the `instructions`.
 * Wire format: https://platform.openai.com/docs/api-reference/responses/create (`input`, `instructions`)
 */
export function renderMessages(
  messages: readonly Message[],
  quirks: ResponsesQuirks,
  losses: Loss[],
): RenderedConversation {
  const instructions = plainInstructions(messages[0], quirks);
  const input: JsonObject[] = [];
  for (const [index, message] of messages.entries()) {
    if (index === 0 && instructions !== undefined) {
      const [part] = message.content;
      if (part !== undefined && "cache" in part) noteCache(part.cache, "messages[0].content[0]", losses);
      continue;
    }
    input.push(...renderMessage(message, `messages[${index}]`, { quirks, losses }));
  }
  return { input, ...(instructions !== undefined && { instructions }) };
}

function plainInstructions(message: Message | undefined, quirks: ResponsesQuirks): string | undefined {
  if (message?.role !== "system" || message.content.length !== 1) return undefined;
  const [part] = message.content;
  return part?.cache !== undefined && quirks.cacheBreakpoints ? undefined : part?.text;
}

function renderMessage(message: Message, path: string, options: ContentOptions): readonly JsonObject[] {
  if ("name" in message && message.name !== undefined) {
    options.losses.push({
      path: `${path}.name`,
      isHarmless: true,
      reason: "has no counterpart in OpenAI's Responses API",
    });
  }
  switch (message.role) {
    case "assistant":
      return renderAssistant(message, path, options);
    case "tool":
      return [renderResult(message, path, options)];
    default:
      return renderSpeech(message, path, options);
  }
}

/** What stands between items that only this dialect knows is a message of its own. */
function renderSpeech(
  { role, content }: UserMessage | InstructionMessage,
  path: string,
  options: ContentOptions,
): readonly JsonObject[] {
  const items: JsonObject[] = [];
  let parts: JsonObject[] = [];
  const flush = (): void => {
    const known = role === "developer" && !options.quirks.developerRole ? "system" : role;
    if (parts.length > 0) items.push({ type: "message", role: known, content: plainOr(parts) });
    parts = [];
  };
  for (const [index, part] of (content as readonly UserPart[]).entries()) {
    const place = `${path}.content[${index}]`;
    if (part.type !== "vendor") {
      parts.push(...renderInputPart(part, place, options));
      continue;
    }
    const item = vendorItem(part);
    flush();
    if (item === undefined) options.losses.push(foreignPart(place));
    else items.push(item);
  }
  flush();
  return items;
}

/** A single text without more to it, as servers of all ages understand it. */
function plainOr(parts: readonly JsonObject[]): Json {
  const [only] = parts;
  const isPlain =
    parts.length === 1 && only?.["type"] === "input_text" && only["prompt_cache_breakpoint"] === undefined;
  return isPlain ? (only["text"] ?? "") : parts;
}

function renderResult(message: ToolMessage, path: string, options: ContentOptions): JsonObject {
  const { toolCallId, content, isError, cache } = message;
  const parts = content.flatMap((part, index): readonly JsonObject[] => {
    const place = `${path}.content[${index}]`;
    if (part.type === "vendor") {
      options.losses.push(foreignPart(place));
      return [];
    }
    return renderInputPart(part, place, options);
  });
  const last = parts.pop();
  if (last !== undefined) parts.push({ ...last, ...breakpoint(cache, path, options) });
  if (isError === true) sayError(parts);
  return {
    type: "function_call_output",
    call_id: toolCallId,
    output: parts.length === 0 ? "" : plainOr(parts),
  };
}

/** There is no word for a tool that failed, so that its text says it. */
function sayError(parts: JsonObject[]): void {
  const [first] = parts;
  if (first?.["type"] === "input_text") parts[0] = { ...first, text: `Error: ${String(first["text"])}` };
  else parts.unshift({ type: "input_text", text: "Error:" });
}
