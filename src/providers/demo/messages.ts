import type { JsonObject } from "../../kernel/json.ts";
import { given, readList, readObject, readString } from "./fields.ts";
import { missing, wrongType, wrongValue } from "./refusal.ts";

const roles = ["system", "developer", "user", "assistant", "tool"] as const;

/** Who wrote a message. */
export type DemoRole = (typeof roles)[number];

/** A tool call in the history. */
export interface PastToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** A message of a request. */
export interface DemoMessage {
  readonly role: DemoRole;
  /** Its text; what is not text stands as `[image]`, `[audio]` or `[file]`. */
  readonly text: string;
  /** The text without these marks, for counting. */
  readonly plainText: string;
  /** How many parts are not text. */
  readonly attachments: number;
  readonly name: string | undefined;
  /** Calls of an assistant message. */
  readonly toolCalls: readonly PastToolCall[];
  /** The call that a tool message answers. */
  readonly toolCallId: string | undefined;
}

/** Reads and checks the messages of a request. @throws DemoRefusal naming the field at fault. */
export function readMessages(value: unknown): readonly DemoMessage[] {
  const messages = readList(value, "messages").map((item, index) => readMessage(item, `messages[${index}]`));
  checkToolMessages(messages);
  return messages;
}

function readMessage(value: unknown, param: string): DemoMessage {
  const fields = readObject(value, param);
  const role = readRole(fields["role"], `${param}.role`);
  const toolCalls = role === "assistant" ? readPastCalls(fields, param) : [];
  const optional = role === "assistant" && (toolCalls.length > 0 || given(fields, "refusal"));
  const content = readContent(fields, param, optional);
  return {
    role,
    ...content,
    name: given(fields, "name") ? readString(fields["name"], `${param}.name`) : undefined,
    toolCalls,
    toolCallId: role === "tool" ? readString(fields["tool_call_id"], `${param}.tool_call_id`) : undefined,
  };
}

function readRole(value: unknown, param: string): DemoRole {
  const role = readString(value, param);
  const known = roles.find((name) => name === role);
  if (known === undefined) throw wrongValue(param, `has to be one of ${roles.join(", ")}`);
  return known;
}

type Content = Pick<DemoMessage, "text" | "plainText" | "attachments">;

function readContent(fields: JsonObject, param: string, optional: boolean): Content {
  const { content } = fields;
  if (!given(fields, "content")) {
    if (optional) return { text: "", plainText: "", attachments: 0 };
    throw content === null
      ? wrongType(`${param}.content`, "a string or an array of parts", content)
      : missing(`${param}.content`);
  }
  if (typeof content === "string") return { text: content, plainText: content, attachments: 0 };
  if (!Array.isArray(content)) {
    throw wrongType(`${param}.content`, "a string or an array of parts", content);
  }
  const parts = readList(content, `${param}.content`).map((part, index) =>
    readPart(part, `${param}.content[${index}]`),
  );
  const plain = parts.filter((part) => part.isText).map((part) => part.text);
  return {
    text: parts.map((part) => part.text).join(" "),
    plainText: plain.join(" "),
    attachments: parts.length - plain.length,
  };
}

/** What stands in the text for a part that is not text. */
const marks: Readonly<Record<string, string>> = {
  image_url: "[image]",
  input_audio: "[audio]",
  file: "[file]",
};

function readPart(value: unknown, param: string): { text: string; isText: boolean } {
  const part = readObject(value, param);
  const type = readString(part["type"], `${param}.type`);
  if (type === "text") return { text: readString(part["text"], `${param}.text`), isText: true };
  if (type === "refusal") return { text: readString(part["refusal"], `${param}.refusal`), isText: true };
  const mark = Object.hasOwn(marks, type) ? marks[type] : undefined;
  if (mark === undefined) {
    throw wrongValue(`${param}.type`, `has to be one of text, refusal, ${Object.keys(marks).join(", ")}`);
  }
  const attachment = readObject(part[type], `${param}.${type}`);
  if (type === "image_url") readString(attachment["url"], `${param}.image_url.url`);
  return { text: mark, isText: false };
}

function readPastCalls(fields: JsonObject, param: string): readonly PastToolCall[] {
  if (!given(fields, "tool_calls")) return [];
  return readList(fields["tool_calls"], `${param}.tool_calls`).map((item, index) => {
    const path = `${param}.tool_calls[${index}]`;
    const call = readObject(item, path);
    const called = readObject(call["function"], `${path}.function`);
    return {
      id: readString(call["id"], `${path}.id`),
      name: readString(called["name"], `${path}.function.name`),
      arguments: readString(called["arguments"], `${path}.function.arguments`),
    };
  });
}

/** Every tool call has its answers right behind it, and every tool message answers such a call. */
function checkToolMessages(messages: readonly DemoMessage[]): void {
  let open = new Set<string>();
  let asked = -1;
  for (const [index, message] of messages.entries()) {
    if (message.role === "tool") {
      if (!open.delete(message.toolCallId ?? "")) {
        throw wrongValue(
          `messages[${index}].tool_call_id`,
          "has to be the id of a call in the assistant message before it that is not answered yet",
        );
      }
      continue;
    }
    checkAnswered(open, asked);
    open = new Set(message.toolCalls.map((call) => call.id));
    asked = index;
  }
  checkAnswered(open, asked);
}

function checkAnswered(open: ReadonlySet<string>, asked: number): void {
  if (open.size === 0) return;
  const ids = [...open].join(", ");
  throw wrongValue(
    `messages[${asked}].tool_calls`,
    `has to be followed by a tool message for each call; missing: ${ids}`,
  );
}
