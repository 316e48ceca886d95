import type { AssistantPart, ToolCallPart, UserPart } from "../../canonical/content.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { Message, ToolMessage } from "../../canonical/message.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { standsAt, standsLike } from "../origins.ts";
import { booleanAt, listAt, objectAt, optional, stringAt, wrong } from "./field-reader.ts";
import { noteBlock, noteMessage } from "./known-members.ts";
import {
  cacheStandsAt,
  ownPart,
  parseInput,
  parseText,
  parseTexts,
  readBlocks,
  readCache,
} from "./parse-content.ts";
import { callerOf } from "./read-answer-blocks.ts";
import { openReasoning, openRedacted } from "./sealed-reasoning.ts";
import { unseal } from "./sealed-signature.ts";

/** `system`, which is a string or a list of text blocks, as the conversation's first message. */
export function parseSystem(system: unknown, losses: Loss[]): readonly Message[] {
  if (system === undefined || system === null) return [];
  return [standsAt({ role: "system", content: parseTexts(system, "system", losses) }, "system")];
}

/**
 * A conversation. Results of tools, which stand in the user's turn, become messages of their own; a last message of the
 * model's is one to go on from.
 * Wire format: https://docs.anthropic.com/en/api/messages (`messages`)
 */
export function parseMessages(value: unknown, losses: Loss[]): readonly Message[] {
  const list = listAt(value, "messages");
  if (list.length === 0) throw wrong("messages", "has to hold at least one message");
  return list.flatMap((item, index): readonly Message[] => {
    const path = `messages[${index}]`;
    const message = objectAt(item, path);
    const at = `${path}.content`;
    noteMessage(message, path, losses);
    switch (message["role"]) {
      case "user":
        return parseUser(message["content"], path, losses);
      case "assistant": {
        const isPrefix = index === list.length - 1;
        const content = parseAnswer(message["content"], at, losses);
        return [standsAt({ role: "assistant", content, ...(isPrefix && { isPrefix }) }, path)];
      }
      case "system":
        return [standsAt({ role: "system", content: parseTexts(message["content"], at, losses) }, path)];
      default:
        throw wrong(`${path}.role`, "has to be `user`, `assistant` or `system`");
    }
  });
}

function parseUser(content: unknown, path: string, losses: Loss[]): readonly Message[] {
  const messages: Message[] = [];
  let parts: UserPart[] | undefined;
  for (const { block, path: at } of readBlocks(content, `${path}.content`)) {
    if (block["type"] === "tool_result") {
      messages.push(standsAt(parseResult(block, at, losses), at));
      parts = undefined;
      continue;
    }
    if (parts === undefined) {
      parts = [];
      messages.push(standsAt({ role: "user", content: parts }, path));
    }
    parts.push(standsAt(parseInput(block, at, losses), at));
  }
  return messages.length === 0 ? [standsAt({ role: "user", content: [] }, path)] : messages;
}

function parseResult(block: JsonObject, path: string, losses: Loss[]): ToolMessage {
  noteBlock(block, path, losses);
  const content = optional(block["content"], `${path}.content`, readBlocks) ?? [];
  const isError = optional(block["is_error"], `${path}.is_error`, booleanAt);
  if (typeof block["toolset_name"] === "string") {
    const reason = "can be told to Anthropic only";
    losses.push({ path: `${path}.toolset_name`, isHarmless: true, reason });
  }
  const message: ToolMessage = {
    role: "tool",
    toolCallId: stringAt(block["tool_use_id"], `${path}.tool_use_id`),
    content: content.map(({ block: inner, path: at }) => standsAt(parseInput(inner, at, losses), at)),
    ...(isError !== undefined && { isError }),
    ...readCache(block, path),
  };
  return cacheStandsAt(message, path);
}

function parseAnswer(content: unknown, path: string, losses: Loss[]): readonly AssistantPart[] {
  const parts: AssistantPart[] = [];
  for (const { block, path: at } of readBlocks(content, path)) {
    noteBlock(block, at, losses);
    if (!attachSeal(block, parts)) parts.push(standsAt(parseAnswerBlock(block, at), at));
  }
  return parts;
}

function parseAnswerBlock(block: JsonObject, path: string): AssistantPart {
  switch (block["type"]) {
    case "text":
      return parseText(block, path);
    case "thinking": {
      const text = stringAt(block["thinking"], `${path}.thinking`);
      return openReasoning(text, optional(block["signature"], `${path}.signature`, stringAt) ?? "");
    }
    case "redacted_thinking":
      return openRedacted(stringAt(block["data"], `${path}.data`));
    case "tool_use": {
      const input = optional(block["input"], `${path}.input`, objectAt) ?? {};
      const call: ToolCallPart = {
        type: "tool-call",
        id: stringAt(block["id"], `${path}.id`),
        name: stringAt(block["name"], `${path}.name`),
        arguments: JSON.stringify(input),
        ...callerOf(block),
        ...readCache(block, path),
      };
      return cacheStandsAt(call, path);
    }
    case "tool_result":
    case "image":
    case "document":
      throw wrong(`${path}.type`, "is no block that the model's turn can have");
    default:
      return ownPart(block);
  }
}

/** Gives a signature that stands in a block of its own back to the part before it. */
function attachSeal(block: JsonObject, parts: AssistantPart[]): boolean {
  if (block["type"] !== "thinking" || typeof block["signature"] !== "string") return false;
  const sealed = unseal(block["signature"]);
  if (sealed?.isOfPrevious !== true) return false;
  const last = parts.at(-1);
  if (sealed.signature !== undefined && (last?.type === "text" || last?.type === "tool-call"))
    parts[parts.length - 1] = standsLike({ ...last, signature: sealed.signature }, last);
  return true;
}
