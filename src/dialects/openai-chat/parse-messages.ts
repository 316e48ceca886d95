import type { Loss } from "../../canonical/loss.ts";
import type { Message, ToolMessage } from "../../canonical/message.ts";
import { standsAt, standsLike } from "../origins.ts";
import { fieldError, listAt, type Members, noteUnknown, objectAt, optionalText, textAt } from "./fields.ts";
import { parseAssistant } from "./parse-assistant.ts";
import { cacheStandsAt, parseCache, parseContent, parseText } from "./parse-content.ts";

const KNOWN = new Set(["role", "content", "name", "tool_call_id", "cache_control"]);

/**
 * A conversation.
 * Wire format: https://platform.openai.com/docs/api-reference/chat/create (`messages`)
 * @throws LatchkeyError LK-2102.
 */
export function parseMessages(value: unknown, losses: Loss[]): readonly Message[] {
  const list = listAt(value, "messages");
  if (list.length === 0) throw fieldError("messages", "has to hold a message at least");
  /** Ids of calls in the older style, which has none: by the name of the function that was called last. */
  const functionCalls = new Map<string, string>();
  return list.map((message, index) => {
    const path = `messages[${index}]`;
    return standsAt(parseMessage(objectAt(message, path), path, functionCalls, losses), path);
  });
}

function parseMessage(
  message: Members,
  path: string,
  functionCalls: Map<string, string>,
  losses: Loss[],
): Message {
  const { role, content } = message;
  if (role === "assistant") return parseAssistant(message, path, functionCalls, losses);
  noteUnknown(message, KNOWN, path, losses);
  const name = optionalText(message["name"], `${path}.name`);
  const at = `${path}.content`;
  switch (role) {
    case "system":
    case "developer":
      return withName({ role, content: marked(parseText(content, at, losses), message, path) }, name);
    case "user":
      return withName({ role, content: marked(parseContent(content, at, losses), message, path) }, name);
    case "tool":
      return parseResult(message, textAt(message["tool_call_id"], `${path}.tool_call_id`), path, losses);
    case "function": {
      const called = textAt(name, `${path}.name`);
      return parseResult(message, functionCalls.get(called) ?? `call_${called}`, path, losses);
    }
    default:
      throw fieldError(
        `${path}.role`,
        "has to be one of `system`, `developer`, `user`, `assistant`, `tool` and `function`",
      );
  }
}

function withName<M extends object>(message: M, name: string | undefined): M {
  return name === undefined ? message : { ...message, name };
}

/** A marker at the message itself means its last part. */
function marked<P extends object>(parts: readonly P[], message: Members, path: string): readonly P[] {
  const cache = parseCache(message, path);
  if (cache === undefined) return parts;
  return parts.map((part, index) =>
    index === parts.length - 1 ? cacheStandsAt(standsLike({ ...part, cache }, part), message, path) : part,
  );
}

function parseResult(message: Members, toolCallId: string, path: string, losses: Loss[]): Message {
  const content = parseContent(message["content"] ?? "", `${path}.content`, losses).map((part, index) => {
    if (part.type !== "audio") return part;
    throw fieldError(`${path}.content[${index}].type`, "cannot be a tool's result");
  });
  const name = optionalText(message["name"], `${path}.name`);
  const cache = parseCache(message, path);
  const result: ToolMessage = {
    role: "tool",
    toolCallId,
    ...(name !== undefined && { toolName: name }),
    content,
    ...(cache !== undefined && { cache }),
  };
  return cacheStandsAt(result, message, path);
}
