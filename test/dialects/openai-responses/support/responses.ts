import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ChatRequest } from "../../../../src/canonical/chat-request.ts";
import type { StreamEvent } from "../../../../src/canonical/stream-event.ts";
import type { TargetTraits } from "../../../../src/dialects/dialect.ts";
import { openaiResponses } from "../../../../src/dialects/openai-responses/index.ts";
import type { JsonObject } from "../../../../src/kernel/json.ts";

const folder = resolve(import.meta.dir, "../../../wire/openai-responses");

/** A model of which nothing is known. */
export const anyModel: TargetTraits = { upstreamModel: "gpt-5.6-mini" };

/** The bytes of a wire sample. */
export function sample(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(resolve(folder, name)));
}

/** A wire sample that is one JSON object. */
export function jsonSample(name: string): JsonObject {
  return JSON.parse(new TextDecoder().decode(sample(name))) as JsonObject;
}

/** A small request. */
export function ask(changes: Partial<ChatRequest> = {}): ChatRequest {
  return {
    model: "fast",
    stream: false,
    messages: [{ role: "user", content: [{ type: "text", text: "Hello" }] }],
    ...changes,
  };
}

/** The events of a stream that comes in these pieces. */
export function decode(pieces: readonly Uint8Array[], traits = anyModel): readonly StreamEvent[] {
  const events: StreamEvent[] = [];
  const decoder = openaiResponses.egress.decodeStream(traits, (event) => events.push(event));
  for (const piece of pieces) decoder.push(piece);
  decoder.close();
  return events;
}

/** What an answer to a request needs to know. */
export function contextOf(request: Partial<ChatRequest> = {}) {
  return {
    request: ask(request),
    model: "fast",
    requestId: `req_${"0".repeat(24)}0000abcd`,
    nowS: 1_800_000_000,
  };
}

/** The wire text of a stream of events. */
export function encode(events: readonly StreamEvent[], request: Partial<ChatRequest> = {}): string {
  const encoder = openaiResponses.ingress.encodeStream(contextOf(request));
  return events.map((event) => encoder.encode(event)).join("");
}

/** The data of the events in a stream's wire text. */
export function wireEvents(text: string): readonly JsonObject[] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("data: "))
    .map((line) => JSON.parse(line.slice(6)) as JsonObject);
}
