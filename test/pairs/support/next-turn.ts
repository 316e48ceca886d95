import type { ChatResponse } from "../../../src/canonical/chat-response.ts";
import type { AssistantPart } from "../../../src/canonical/content.ts";
import type { Message } from "../../../src/canonical/message.ts";
import type { CallerDialectName } from "../../../src/dialects/dialect.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../src/kernel/json.ts";
import { members, objects, readTold } from "./told.ts";

/** The request with which a caller goes on from an answer: the answer as it came, results of its calls, a question. */
export function nextTurn(caller: CallerDialectName, told: JsonObject): JsonObject {
  const calls = readTold[caller](told)[0]?.calls ?? [];
  switch (caller) {
    case "openai-chat": {
      const results = calls.map(({ id }) => ({ role: "tool", tool_call_id: id, content: "done" }));
      const { message } = objects(told["choices"])[0] ?? {};
      const question = { role: "user", content: "Hi" };
      return { model: "fast", messages: [question, message ?? null, ...results, question] };
    }
    case "openai-responses": {
      const results = calls.map(({ id }) => ({ type: "function_call_output", call_id: id, output: "done" }));
      const question = { type: "message", role: "user", content: "Hi" };
      return {
        model: "fast",
        store: false,
        input: [question, ...objects(told["output"]), ...results, question],
      };
    }
    case "anthropic-messages": {
      const results = calls.map(({ id }) => ({ type: "tool_result", tool_use_id: id, content: "done" }));
      const question = { type: "text", text: "Hi" };
      const turns = [
        { role: "user", content: [question] },
        { role: "assistant", content: told["content"] },
        { role: "user", content: [...results, question] },
      ] as Json;
      return { model: "fast", max_tokens: 10_000, messages: turns };
    }
    case "gemini": {
      const results = calls.map(({ id, name }) => ({
        functionResponse: { id, name, response: { output: "done" } },
      }));
      const { content } = objects(told["candidates"])[0] ?? {};
      const question = { role: "user", parts: [{ text: "Hi" }] };
      const answered = results.length === 0 ? [] : [{ role: "user", parts: results }];
      return { contents: [question, content ?? null, ...answered, question] } as JsonObject;
    }
  }
}

/** The same conversation with the model's words as they were understood, without a caller between. */
export function directTurn(
  response: ChatResponse,
  keep: (part: AssistantPart) => boolean,
): readonly Message[] {
  const content = (response.choices[0]?.content ?? []).filter(keep);
  const question: Message = { role: "user", content: [{ type: "text", text: "Hi" }] };
  const results = content.flatMap((part): readonly Message[] =>
    part.type === "tool-call"
      ? [
          {
            role: "tool",
            toolCallId: part.id,
            toolName: part.name,
            content: [{ type: "text", text: "done" }],
          },
        ]
      : [],
  );
  return [question, { role: "assistant", content }, ...results, question];
}

/** Members of requests under which vendors look for what they have sealed, and for the ids of calls. */
const SEALS: readonly string[] = [
  "signature",
  "thoughtSignature",
  "thought_signature",
  "encrypted_content",
  "redactedContent",
  "data",
  "tool_plan",
  "phase",
  "tool_use_id",
  "toolUseId",
  "tool_call_id",
  "call_id",
  "callId",
];

/** Everything sealed and every id of a call in a vendor's request, sorted. Sources are no thoughts. */
export function sealsIn(value: unknown): readonly string[] {
  const found: string[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) walk(one);
    if (!isJsonObject(node)) return;
    for (const [name, inner] of Object.entries(members(node))) {
      if (name === "citations" || name === "annotations" || name === "inlineData") continue;
      if (SEALS.includes(name) && typeof inner === "string") found.push(`${name}: ${inner}`);
      else walk(inner);
    }
  };
  walk(value);
  // Texts of one phase that come to stand side by side are one item, which says it once.
  return found.filter((one, index) => !one.startsWith("phase: ") || found.indexOf(one) === index).sort();
}
