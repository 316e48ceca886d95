import type { CallerDialectName } from "../../../src/dialects/dialect.ts";
import { sealMark } from "../../../src/dialects/gemini/signature.ts";
import type { Json, JsonObject } from "../../../src/kernel/json.ts";
import { payloadsOf } from "./collect-told.ts";
import { members, objects } from "./told.ts";

type Kind = "string" | "number" | "object" | "list" | "string?" | "object?" | "number?";

function hasKind(value: Json | undefined, kind: Kind): boolean {
  if (kind.endsWith("?") && value === null) return true;
  const plain = kind.replace("?", "");
  if (plain === "list") return Array.isArray(value);
  if (plain === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  return typeof value === plain;
}

/** Throws unless the object has these members, of these kinds. */
function need(object: JsonObject, kinds: Readonly<Record<string, Kind>>, where: string): void {
  for (const [name, kind] of Object.entries(kinds)) {
    if (!hasKind(object[name], kind))
      throw new Error(`${where}.${name} is no ${kind}: ${JSON.stringify(object)?.slice(0, 300)}`);
  }
}

function needOne(value: unknown, words: readonly string[], where: string): void {
  if (!words.includes(String(value))) throw new Error(`${where} is ${String(value)}`);
}

/** Values that JSON leaves out or changes without a word. */
function checkJson(value: unknown, where: string): void {
  if (value === undefined || (typeof value === "number" && !Number.isFinite(value)))
    throw new Error(`${where} is ${String(value)}`);
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) checkJson(inner, `${where}.${name}`);
}

const FINISHES = ["stop", "length", "tool_calls", "content_filter", "function_call"];

/** https://platform.openai.com/docs/api-reference/chat/object */
function checkChat(body: JsonObject): void {
  need(body, { id: "string", created: "number", model: "string", choices: "list" }, "completion");
  needOne(body["object"], ["chat.completion"], "object");
  for (const choice of objects(body["choices"])) {
    need(choice, { index: "number", message: "object", logprobs: "object?" }, "choice");
    needOne(choice["finish_reason"], FINISHES, "finish_reason");
    const message = members(choice["message"]);
    need(message, { content: "string?", refusal: "string?" }, "message");
    needOne(message["role"], ["assistant"], "role");
    for (const call of objects(message["tool_calls"])) {
      need(call, { id: "string", type: "string" }, "call");
      if (call["type"] === "function")
        need(members(call["function"]), { name: "string", arguments: "string" }, "function");
    }
  }
}

function checkItem(item: JsonObject): void {
  need(item, { type: "string", id: "string" }, "item");
  if (item["type"] === "message") {
    need(item, { status: "string", content: "list" }, "message");
    for (const part of objects(item["content"])) {
      if (part["type"] === "refusal") need(part, { refusal: "string" }, "refusal");
      else need(part, { text: "string", annotations: "list" }, String(part["type"]));
    }
  }
  if (item["type"] === "function_call")
    need(item, { call_id: "string", name: "string", arguments: "string" }, "function_call");
  if (item["type"] === "reasoning") need(item, { summary: "list" }, "reasoning");
}

/** https://platform.openai.com/docs/api-reference/responses/object */
function checkResponses(body: JsonObject): void {
  const kinds = {
    id: "string",
    created_at: "number",
    model: "string",
    output: "list",
    tools: "list",
  } as const;
  need(body, { ...kinds, error: "object?", incomplete_details: "object?", metadata: "object?" }, "response");
  needOne(body["object"], ["response"], "object");
  needOne(body["status"], ["completed", "incomplete", "failed"], "status");
  for (const item of objects(body["output"])) checkItem(item);
}

function checkBlock(block: JsonObject): void {
  need(block, { type: "string" }, "block");
  if (block["type"] === "text") need(block, { text: "string" }, "text");
  if (block["type"] === "thinking") need(block, { thinking: "string", signature: "string" }, "thinking");
  if (block["type"] === "redacted_thinking") need(block, { data: "string" }, "redacted_thinking");
  if (block["type"] === "tool_use")
    need(block, { id: "string", name: "string", input: "object" }, "tool_use");
}

const STOPS = [
  "end_turn",
  "max_tokens",
  "stop_sequence",
  "tool_use",
  "pause_turn",
  "refusal",
  "model_context_window_exceeded",
];

/** https://docs.anthropic.com/en/api/messages */
function checkMessages(body: JsonObject): void {
  need(body, { id: "string", model: "string", content: "list", stop_sequence: "string?" }, "message");
  needOne(body["type"], ["message"], "type");
  needOne(body["role"], ["assistant"], "role");
  needOne(body["stop_reason"], STOPS, "stop_reason");
  need(members(body["usage"]), { input_tokens: "number", output_tokens: "number" }, "usage");
  for (const block of objects(body["content"])) checkBlock(block);
}

/** Members of which a part has one. https://ai.google.dev/api/caching#Part */
const PART_DATA = [
  "text",
  "inlineData",
  "fileData",
  "functionCall",
  "functionResponse",
  "executableCode",
  "codeExecutionResult",
  "toolCall",
  "toolResponse",
];

function checkCandidate(candidate: JsonObject): void {
  need(candidate, { content: "object", index: "number" }, "candidate");
  for (const part of objects(members(candidate["content"])["parts"])) {
    const data = Object.keys(part).filter((name) => PART_DATA.includes(name));
    if (data.length !== 1) throw new Error(`a part of ${data.length} kinds: ${JSON.stringify(part)}`);
    if (part["functionCall"] !== undefined)
      need(members(part["functionCall"]), { name: "string", args: "object" }, "functionCall");
    const seal = String(part["thoughtSignature"] ?? "");
    // Google's clients decode it. What a vendor calls a seal of Gemini's goes on as it came.
    if (seal.startsWith(sealMark) && !/^[A-Za-z0-9+/_-]+={0,2}$/.test(seal)) throw new Error(`seal ${seal}`);
  }
}

/** https://ai.google.dev/api/generate-content#GenerateContentResponse */
function checkGemini(body: JsonObject): void {
  need(body, { modelVersion: "string", responseId: "string" }, "response");
  if (body["promptFeedback"] === undefined) need(body, { candidates: "list" }, "response");
  for (const candidate of objects(body["candidates"])) {
    checkCandidate(candidate);
    need(candidate, { finishReason: "string" }, "candidate");
  }
}

const WHOLE: Readonly<Record<CallerDialectName, (body: JsonObject) => void>> = {
  "openai-chat": checkChat,
  "openai-responses": checkResponses,
  "anthropic-messages": checkMessages,
  gemini: checkGemini,
};

/** Throws unless a whole answer has what the official clients of its dialect rely on. */
export function checkWhole(caller: CallerDialectName, body: JsonObject): void {
  checkJson(JSON.parse(JSON.stringify(body)), caller);
  WHOLE[caller](body);
}

function checkChatChunks(payloads: readonly JsonObject[]): void {
  const ended = new Set<unknown>();
  for (const chunk of payloads) {
    need(chunk, { id: "string", created: "number", model: "string", choices: "list" }, "chunk");
    needOne(chunk["object"], ["chat.completion.chunk"], "object");
    for (const { index, delta, finish_reason } of objects(chunk["choices"])) {
      if (ended.has(index)) throw new Error(`choice ${index} goes on after its end`);
      if (finish_reason !== null) {
        needOne(finish_reason, FINISHES, "finish_reason");
        ended.add(index);
      }
      for (const call of objects(members(delta)["tool_calls"])) need(call, { index: "number" }, "tool_calls");
    }
  }
}

/** Numbers count up; an item's events stand between its beginning and its end. */
function checkResponsesEvents(payloads: readonly JsonObject[], isWhole: boolean): void {
  const open = new Set<unknown>();
  for (const [number, event] of payloads.entries()) {
    const { type, sequence_number, output_index } = event;
    if (sequence_number !== number) throw new Error(`${type} has number ${sequence_number} at ${number}`);
    if (type === "response.output_item.added") open.add(output_index);
    else if (output_index !== undefined && !open.has(output_index))
      throw new Error(`${type} of no open item`);
    if (type === "response.output_item.done") open.delete(output_index);
  }
  if (!isWhole) return;
  if (open.size > 0) throw new Error("an item is left open");
  needOne(
    payloads.at(-1)?.["type"],
    ["completed", "incomplete", "failed"].map((end) => `response.${end}`),
    "end",
  );
}

/** Blocks never overlap and count from 0. */
function checkMessagesEvents(payloads: readonly JsonObject[], isWhole: boolean): void {
  let next = 0;
  let open: number | undefined;
  for (const { type, index } of payloads) {
    if (type === "content_block_start") {
      if (open !== undefined || index !== next) throw new Error(`block ${index} begins out of turn`);
      open = next++;
    } else if (type === "content_block_delta" || type === "content_block_stop") {
      if (index !== open) throw new Error(`${type} of ${index} while ${open} is open`);
      if (type === "content_block_stop") open = undefined;
    } else if (type === "message_delta" && open !== undefined) throw new Error("ends with an open block");
  }
  if (!isWhole) return;
  const kinds = payloads.map(({ type }) => type).filter((type) => type !== "ping");
  if (kinds[0] !== "message_start") throw new Error(`begins with ${kinds[0]}`);
  if (kinds.slice(-2).join() !== "message_delta,message_stop") throw new Error(`ends with ${kinds.at(-1)}`);
}

function checkGeminiChunks(payloads: readonly JsonObject[], isWhole: boolean): void {
  for (const chunk of payloads) {
    need(chunk, { modelVersion: "string", responseId: "string" }, "chunk");
    for (const candidate of objects(chunk["candidates"])) checkCandidate(candidate);
  }
  const last = payloads.at(-1) ?? {};
  if (!isWhole || last["promptFeedback"] !== undefined) return;
  for (const candidate of objects(last["candidates"]))
    need(candidate, { finishReason: "string" }, "the last chunk");
}

/** Whether a stream says of itself that it is complete. */
export function looksComplete(caller: CallerDialectName, text: string): boolean {
  const payloads = payloadsOf(text);
  switch (caller) {
    case "openai-chat":
      return text.includes("data: [DONE]");
    case "openai-responses":
      return payloads.some(({ type }) => type === "response.completed" || type === "response.incomplete");
    case "anthropic-messages":
      return payloads.some(({ type }) => type === "message_stop");
    case "gemini":
      return payloads.some(
        ({ candidates, promptFeedback }) =>
          promptFeedback !== undefined ||
          objects(candidates).some(({ finishReason }) => finishReason !== undefined),
      );
  }
}

/**
 * Throws unless a stream has the order and the members that the official clients of its dialect rely on.
 * @param isWhole whether the stream has to be complete; else it must not look so
 */
export function checkStream(caller: CallerDialectName, text: string, isWhole: boolean): void {
  const payloads = payloadsOf(text).filter(({ error, type }) => error === undefined && type !== "error");
  if (caller === "openai-chat") checkChatChunks(payloads);
  else if (caller === "openai-responses") checkResponsesEvents(payloads, isWhole);
  else if (caller === "anthropic-messages") checkMessagesEvents(payloads, isWhole);
  else checkGeminiChunks(payloads, isWhole);
  const hasFailed = payloads.some(({ type }) => type === "response.failed");
  if (!hasFailed && looksComplete(caller, text) !== isWhole)
    throw new Error(isWhole ? "the stream has no end" : "a cut stream looks complete");
}

/** Throws unless an error's body is what the official clients of its dialect look for. */
export function checkError(caller: CallerDialectName, body: JsonObject): void {
  const error = members(body["error"]);
  need(error, { message: "string" }, "error");
  if (caller === "gemini") need(error, { code: "number", status: "string" }, "error");
  else need(error, { type: "string" }, "error");
  if (caller === "anthropic-messages") needOne(body["type"], ["error"], "type");
}
