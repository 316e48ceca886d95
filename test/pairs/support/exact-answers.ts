import type { ChatDialectName } from "../../../src/canonical/content.ts";
import { encodeEventStreamMessage } from "../../../src/dialects/bedrock-converse/event-stream.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { filled } from "./exact-requests.ts";

/** Answers that call a tool; `@args` stands for the arguments. */
const WHOLES: Readonly<Record<ChatDialectName, JsonObject>> = {
  "openai-chat": {
    id: "a1",
    object: "chat.completion",
    model: "m",
    choices: [
      {
        index: 0,
        message: {
          role: "assistant",
          content: null,
          tool_calls: [{ id: "c1", type: "function", function: { name: "look", arguments: "@args@text" } }],
        },
        finish_reason: "tool_calls",
      },
    ],
  },
  "openai-responses": {
    id: "a1",
    object: "response",
    model: "m",
    status: "completed",
    output: [{ type: "function_call", id: "f1", call_id: "c1", name: "look", arguments: "@args@text" }],
  },
  "anthropic-messages": {
    id: "a1",
    type: "message",
    role: "assistant",
    model: "m",
    content: [{ type: "tool_use", id: "c1", name: "look", input: "@args" }],
    stop_reason: "tool_use",
    usage: { input_tokens: 1, output_tokens: 1 },
  },
  gemini: {
    responseId: "a1",
    candidates: [
      {
        content: { role: "model", parts: [{ functionCall: { name: "look", args: "@args" } }] },
        finishReason: "STOP",
      },
    ],
  },
  "bedrock-converse": {
    output: {
      message: {
        role: "assistant",
        content: [{ toolUse: { toolUseId: "c1", name: "look", input: "@args" } }],
      },
    },
    stopReason: "tool_use",
  },
  "cohere-chat": {
    id: "a1",
    message: {
      role: "assistant",
      tool_calls: [{ id: "c1", type: "function", function: { name: "look", arguments: "@args@text" } }],
    },
    finish_reason: "TOOL_CALL",
  },
  "ollama-chat": {
    model: "m",
    message: {
      role: "assistant",
      content: "",
      tool_calls: [{ function: { name: "look", arguments: "@args" } }],
    },
    done: true,
    done_reason: "stop",
  },
};

/** Events of streams that do the same. */
const STREAMS: Readonly<Record<ChatDialectName, readonly JsonObject[]>> = {
  "openai-chat": [
    {
      id: "a1",
      choices: [
        {
          index: 0,
          delta: {
            tool_calls: [
              { index: 0, id: "c1", type: "function", function: { name: "look", arguments: "@args@text" } },
            ],
          },
        },
      ],
    },
    { id: "a1", choices: [{ index: 0, delta: {}, finish_reason: "tool_calls" }] },
  ],
  "openai-responses": [
    { type: "response.created", response: { id: "a1", model: "m" } },
    {
      type: "response.output_item.done",
      output_index: 0,
      item: { type: "function_call", id: "f1", call_id: "c1", name: "look", arguments: "@args@text" },
    },
    { type: "response.completed", response: { id: "a1", status: "completed", output: [] } },
  ],
  "anthropic-messages": [
    { type: "message_start", message: { id: "a1", model: "m", usage: { input_tokens: 1 } } },
    {
      type: "content_block_start",
      index: 0,
      content_block: { type: "tool_use", id: "c1", name: "look", input: "@args" },
    },
    { type: "content_block_stop", index: 0 },
    { type: "message_delta", delta: { stop_reason: "tool_use" }, usage: { output_tokens: 1 } },
    { type: "message_stop" },
  ],
  gemini: [WHOLES.gemini],
  "bedrock-converse": [
    {
      contentBlockStart: { contentBlockIndex: 0, start: { toolUse: { toolUseId: "c1", name: "look" } } },
    },
    { contentBlockDelta: { contentBlockIndex: 0, delta: { toolUse: { input: "@args@text" } } } },
    { contentBlockStop: { contentBlockIndex: 0 } },
    { messageStop: { stopReason: "tool_use" } },
  ],
  "cohere-chat": [
    { type: "message-start", id: "a1" },
    {
      type: "tool-call-start",
      index: 0,
      delta: {
        message: { tool_calls: { id: "c1", function: { name: "look", arguments: "@args@text" } } },
      },
    },
    { type: "tool-call-end", index: 0 },
    { type: "message-end", delta: { finish_reason: "TOOL_CALL" } },
  ],
  "ollama-chat": [WHOLES["ollama-chat"]],
};

/** A vendor's whole answer that calls a tool with these arguments. */
export function wholeText(vendor: ChatDialectName, args: string): string {
  return filled(WHOLES[vendor], { args });
}

/** The same as a stream. */
export function streamBytes(vendor: ChatDialectName, args: string): Uint8Array {
  const lines = STREAMS[vendor].map((event) => filled(event, { args }));
  if (vendor === "bedrock-converse") return Buffer.concat(lines.map(frame));
  if (vendor === "ollama-chat") return Buffer.from(lines.map((line) => `${line}\n`).join(""));
  const events = lines.map((line) => `data: ${line}\n\n`).join("");
  return Buffer.from(vendor === "openai-chat" ? `${events}data: [DONE]\n\n` : events);
}

/** A frame of Amazon's event streams. */
function frame(line: string): Uint8Array {
  const [, type = "", payload = ""] = /^\{"(\w+)":(.*)\}$/s.exec(line) ?? [];
  const headers = { ":event-type": type, ":content-type": "application/json", ":message-type": "event" };
  return encodeEventStreamMessage(headers, Buffer.from(payload));
}
