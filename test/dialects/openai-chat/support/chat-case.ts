import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ChatRequest } from "../../../../src/canonical/chat-request.ts";
import type { ChatResponse, TokenLogprob } from "../../../../src/canonical/chat-response.ts";
import type { AssistantPart, Citation } from "../../../../src/canonical/content.ts";
import type { StreamEvent } from "../../../../src/canonical/stream-event.ts";
import type { AnswerContext, TargetTraits } from "../../../../src/dialects/dialect.ts";
import { openaiChat } from "../../../../src/dialects/openai-chat/index.ts";
import { isJsonObject, type JsonObject } from "../../../../src/kernel/json.ts";

const folder = resolve(import.meta.dir, "../../../wire/openai-chat");

/** A target without any departure from OpenAI. */
export const plain: TargetTraits = { upstreamModel: "gpt-5-mini" };

/** A target with quirks. */
export function quirky(quirks: NonNullable<TargetTraits["quirks"]>): TargetTraits {
  return { upstreamModel: "some-model", quirks };
}

/** The request of most tests. */
export function ask(changes: Partial<ChatRequest> = {}): ChatRequest {
  return {
    model: "fast",
    stream: false,
    messages: [{ role: "user", content: [{ type: "text", text: "Hello" }] }],
    ...changes,
  };
}

/** What answers are told with. */
export function answerContext(request: Partial<ChatRequest> = {}): AnswerContext {
  return { request: ask(request), model: "fast", requestId: "req_1", nowS: 1_800_000_000 };
}

/** A wire sample's bytes. */
export function sample(name: string): Uint8Array {
  return new Uint8Array(readFileSync(resolve(folder, name)));
}

/** A wire sample that is a whole answer. */
export function answerSample(name: string): JsonObject {
  return JSON.parse(Buffer.from(sample(name)).toString()) as JsonObject;
}

/** A whole answer, read. */
export function parse(answer: JsonObject, traits: TargetTraits = plain): ChatResponse {
  const response = openaiChat.egress.parseResponse(answer, traits);
  if (response === undefined) throw new Error("no answer");
  return response;
}

/** The events of a stream that comes in these pieces. */
export function decode(pieces: readonly Uint8Array[], traits: TargetTraits = plain): readonly StreamEvent[] {
  const events: StreamEvent[] = [];
  const decoder = openaiChat.egress.decodeStream(traits, (event) => events.push(event));
  for (const piece of pieces) decoder.push(piece);
  decoder.close();
  return events;
}

/** Chunks as a stream of server-sent events. */
export function sse(chunks: readonly unknown[], isEnded = true): Uint8Array {
  const lines = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join("");
  return Buffer.from(isEnded ? `${lines}data: [DONE]\n\n` : lines);
}

/** A chunk of one choice. */
export function chunk(delta: JsonObject, rest: JsonObject = {}): JsonObject {
  return {
    id: "chatcmpl-1",
    object: "chat.completion.chunk",
    created: 1_700_000_000,
    model: "some-model-1",
    choices: [{ index: 0, delta, finish_reason: null, ...rest }],
  };
}

/** Events as a caller's stream. */
export function encode(events: readonly StreamEvent[], request: Partial<ChatRequest> = {}): string {
  const encoder = openaiChat.ingress.encodeStream(answerContext(request));
  return events.map((event) => encoder.encode(event)).join("");
}

/** The JSON chunks of a stream. */
export function chunksOf(stream: string): readonly JsonObject[] {
  return stream
    .split("\n\n")
    .filter((event) => event.startsWith("data: {"))
    .map((event) => JSON.parse(event.slice("data: ".length)) as JsonObject);
}

/** What the events of a stream amount to, as a whole answer would say it. */
export function collect(events: readonly StreamEvent[]): ChatResponse {
  const start = events.find((event) => event.type === "start");
  const usage = events.find((event) => event.type === "usage")?.usage;
  const finishes = events.filter((event) => event.type === "finish");
  return {
    id: start?.id ?? "",
    model: start?.model ?? "",
    ...(start?.createdS !== undefined && { createdS: start.createdS }),
    ...(start?.serviceTier !== undefined && { serviceTier: start.serviceTier }),
    choices: finishes.map(({ choice, reason, stopText }) => {
      const logprobs = events.flatMap((event): readonly TokenLogprob[] =>
        event.type === "logprobs" && event.choice === choice ? event.logprobs : [],
      );
      return {
        index: choice,
        content: collectParts(events, choice),
        finishReason: reason,
        ...(stopText !== undefined && { stopText }),
        ...(logprobs.length > 0 && { logprobs }),
      };
    }),
    ...(usage !== undefined && { usage }),
  };
}

function collectParts(events: readonly StreamEvent[], choice: number): readonly AssistantPart[] {
  const parts = new Map<number, AssistantPart>();
  const open = new Set<number>();
  for (const event of events) {
    if (!("part" in event) || event.choice !== choice) continue;
    const part = parts.get(event.part);
    if (event.type === "part-start" || event.type === "whole-part") {
      if (part !== undefined) throw new Error(`part ${event.part} begins twice`);
      if (event.part !== parts.size) throw new Error(`part ${event.part} is out of turn`);
      parts.set(event.part, event.type === "whole-part" ? event.content : begun(event.content));
      if (event.type === "part-start") open.add(event.part);
      continue;
    }
    if (part === undefined || !open.has(event.part))
      throw new Error(`${event.type} of part ${event.part}, which is not open`);
    if (event.type === "part-end") {
      open.delete(event.part);
      if (part.type === "tool-call" && part.arguments === "")
        parts.set(event.part, { ...part, arguments: "{}" });
    } else parts.set(event.part, grown(part, event));
  }
  if (open.size > 0) throw new Error("a part was not ended");
  return [...parts.values()];
}

function begun(content: Extract<StreamEvent, { type: "part-start" }>["content"]): AssistantPart {
  if (content.type === "tool-call") return { ...content, arguments: "" };
  return content.type === "spoken" ? content : { ...content, text: "" };
}

function grown(part: AssistantPart, event: StreamEvent): AssistantPart {
  if (event.type === "signature") return { ...part, signature: event.signature } as AssistantPart;
  if (event.type === "citation" && part.type === "text") {
    const citations: readonly Citation[] = [...(part.citations ?? []), event.citation];
    return { ...part, citations };
  }
  if (event.type === "sound" && part.type === "spoken")
    return { ...part, data: (part.data ?? "") + event.data };
  if (event.type !== "delta") throw new Error(`${event.type} does not fit a ${part.type} part`);
  if (part.type === "tool-call") return { ...part, arguments: part.arguments + event.text };
  if (part.type === "spoken") return { ...part, transcript: (part.transcript ?? "") + event.text };
  if (part.type === "image" || part.type === "vendor") throw new Error("words do not fit a whole part");
  return { ...part, text: part.text + event.text };
}

/** The text of a choice's parts of one kind. */
export function textOf(content: readonly AssistantPart[], type: "text" | "reasoning" | "refusal"): string {
  return content.map((part) => (part.type === type && "text" in part ? part.text : "")).join("");
}

/** The same value with the ids that the gateway makes under one name. */
export function withoutMadeIds<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll(/(chatcmpl-|call_)[0-9a-f]{32}/g, "$1ID")) as T;
}

/** Members of a JSON object, or none. */
export function membersOf(value: unknown): JsonObject {
  return isJsonObject(value) ? (value as JsonObject) : {};
}
