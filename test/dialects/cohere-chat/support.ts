import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ChatRequest } from "../../../src/canonical/chat-request.ts";
import type { StreamEvent } from "../../../src/canonical/stream-event.ts";
import { cohereChat } from "../../../src/dialects/cohere-chat/index.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";

/** The target of these tests. */
export const command = { upstreamModel: "command-a-plus-05-2026" };

/** A request for an answer to a greeting, with changes. */
export function ask(changes: Partial<ChatRequest> = {}): ChatRequest {
  return {
    model: "fast",
    stream: false,
    messages: [{ role: "user", content: [{ type: "text", text: "Hello" }] }],
    ...changes,
  };
}

/** A tool. */
export const weather = {
  type: "function",
  name: "weather",
  description: "Tells the weather",
  parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
} as const;

/** Bytes of a wire sample. */
export function wireSample(name: string): Uint8Array {
  return new Uint8Array(readFileSync(resolve(import.meta.dir, "../../wire/cohere-chat", name)));
}

/** A wire sample's JSON. */
export function wireAnswer(name: string): JsonObject {
  return JSON.parse(Buffer.from(wireSample(name)).toString());
}

/** What the decoder finds in the pieces of a stream. */
export function decode(...pieces: readonly Uint8Array[]): readonly StreamEvent[] {
  const events: StreamEvent[] = [];
  const decoder = cohereChat.egress.decodeStream(command, (event) => events.push(event));
  for (const piece of pieces) decoder.push(piece);
  decoder.close();
  return events;
}

/** All deltas of parts of one kind, put together. */
export function words(events: readonly StreamEvent[], type: "text" | "reasoning"): string {
  const parts = new Set(
    events.flatMap((event) =>
      event.type === "part-start" && event.content.type === type ? [event.part] : [],
    ),
  );
  return events.map((event) => (event.type === "delta" && parts.has(event.part) ? event.text : "")).join("");
}
