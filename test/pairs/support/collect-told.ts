import { MessageStream } from "@anthropic-ai/sdk/lib/MessageStream";
import { ChatCompletionStream } from "openai/lib/ChatCompletionStream";
import { ResponseStream } from "openai/lib/responses/ResponseStream";
import type { CallerDialectName } from "../../../src/dialects/dialect.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { members, objects, textIn } from "./told.ts";

/** The JSON payloads of a stream of server-sent events, in order. */
export function payloadsOf(text: string): readonly JsonObject[] {
  return text
    .split(/\r?\n/)
    .flatMap((line) => (line.startsWith("data: {") ? [JSON.parse(line.slice(6)) as JsonObject] : []));
}

/** What the official accumulators read: a JSON value a line. */
function linesOf(payloads: readonly JsonObject[]): ReadableStream {
  return new Response(payloads.map((payload) => `${JSON.stringify(payload)}\n`).join(""))
    .body as ReadableStream;
}

/** Members that the official accumulator keeps the last of only, put together as the vendors' own clients do. */
function extrasOf(payloads: readonly JsonObject[], choice: number): JsonObject {
  const deltas = payloads
    .flatMap(({ choices }) => objects(choices))
    .filter(({ index }) => index === choice)
    .map(({ delta }) => members(delta));
  const lists = (name: string) => deltas.flatMap((delta) => objects(delta[name]));
  const thinking = textIn(deltas, "reasoning_content");
  const details = lists("reasoning_details");
  const sealed = deltas.findLast(({ extra_content }) => extra_content !== undefined);
  const sounds = deltas.map(({ audio }) => members(audio));
  const isSpoken = deltas.some(({ audio }) => audio !== undefined);
  return {
    ...(thinking !== "" && { reasoning_content: thinking }),
    ...(details.length > 0 && { reasoning_details: details }),
    annotations: lists("annotations"),
    images: lists("images"),
    ...(isSpoken && {
      audio: {
        id: textIn(sounds, "id"),
        data: textIn(sounds, "data"),
        transcript: textIn(sounds, "transcript"),
        expires_at: 0,
      },
    }),
    ...(sealed !== undefined && { extra_content: sealed["extra_content"] }),
  };
}

/** The accumulator drops what a call has beside its function. */
function withSeals(calls: readonly JsonObject[], payloads: readonly JsonObject[], choice: number) {
  const pieces = payloads
    .flatMap(({ choices }) => objects(choices))
    .filter(({ index }) => index === choice)
    .flatMap(({ delta }) => objects(members(delta)["tool_calls"]));
  return calls.map((call, index) => {
    const sealed = pieces.find((piece) => piece["index"] === index && piece["extra_content"] !== undefined);
    return sealed === undefined ? call : { ...call, extra_content: sealed["extra_content"] };
  });
}

async function collectChat(text: string): Promise<JsonObject> {
  if (!text.endsWith("data: [DONE]\n\n")) throw new Error("the stream has no end");
  const payloads = payloadsOf(text);
  const final = await ChatCompletionStream.fromReadableStream(linesOf(payloads)).finalChatCompletion();
  const body = JSON.parse(JSON.stringify(final)) as JsonObject;
  const choices = objects(body["choices"]).map((choice) => {
    const index = Number(choice["index"]);
    const { parsed: _, tool_calls, ...message } = members(choice["message"]);
    const calls = withSeals(objects(tool_calls), payloads, index).map((call) => {
      const { parsed_arguments: __, ...called } = members(call["function"]);
      return call["type"] === "function" ? { ...call, function: called } : call;
    });
    const told = { ...message, ...extrasOf(payloads, index), ...(calls.length > 0 && { tool_calls: calls }) };
    return { ...choice, message: told };
  });
  return { ...body, choices };
}

async function collectResponses(text: string): Promise<JsonObject> {
  const payloads = payloadsOf(text);
  const final = await ResponseStream.fromReadableStream(linesOf(payloads)).finalResponse();
  // The accumulator takes the last event's answer; it has to be what the pieces before made.
  const last = members(payloads.at(-1)?.["response"]);
  const items = payloads.flatMap(({ type, item }) =>
    type === "response.output_item.done" ? [item ?? null] : [],
  );
  if (JSON.stringify(items) !== JSON.stringify(last["output"]))
    throw new Error("the items are not the output");
  return { ...last, output: JSON.parse(JSON.stringify(final.output)) };
}

async function collectMessages(text: string): Promise<JsonObject> {
  const stream = MessageStream.fromReadableStream(
    linesOf(payloadsOf(text).filter(({ type }) => type !== "ping")),
  );
  return JSON.parse(JSON.stringify(await stream.finalMessage()));
}

/** Google's clients hand out chunks; a conversation keeps the parts of all of them. */
function collectGemini(text: string): JsonObject {
  const payloads = payloadsOf(text);
  const last = payloads.at(-1) ?? {};
  const indexes = [
    ...new Set(payloads.flatMap(({ candidates }) => objects(candidates).map(({ index }) => Number(index)))),
  ].sort((a, b) => a - b);
  const candidates = indexes.map((index) => {
    const pieces = payloads.flatMap(({ candidates: list }) =>
      objects(list).filter((one) => one["index"] === index),
    );
    const parts = pieces.flatMap(({ content }) => objects(members(content)["parts"]));
    const end = pieces.at(-1) ?? {};
    return { ...end, content: { role: "model", parts } };
  });
  return { ...last, candidates };
}

/** Puts a stream together as its caller's official client would; fails where that one would. */
export async function collectTold(caller: CallerDialectName, text: string): Promise<JsonObject> {
  switch (caller) {
    case "openai-chat":
      return collectChat(text);
    case "openai-responses":
      return collectResponses(text);
    case "anthropic-messages":
      return collectMessages(text);
    case "gemini":
      return collectGemini(text);
  }
}
