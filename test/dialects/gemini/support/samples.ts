import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ChatRequest } from "../../../../src/canonical/chat-request.ts";
import type { StreamEvent } from "../../../../src/canonical/stream-event.ts";
import type { AnswerContext, TargetTraits } from "../../../../src/dialects/dialect.ts";
import { gemini } from "../../../../src/dialects/gemini/index.ts";
import type { JsonObject } from "../../../../src/kernel/json.ts";

const folder = resolve(import.meta.dir, "../../../wire/gemini");

/** One of the repository's own wire samples. */
export function sample(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(join(folder, name)));
}

/** A whole answer among them. */
export function answer(name: string): JsonObject {
  return JSON.parse(new TextDecoder().decode(sample(name)));
}

/** Parts of an answer's first candidate, as they were sent. */
export function sentParts(value: JsonObject): readonly JsonObject[] {
  const [candidate] = (value["candidates"] ?? []) as readonly JsonObject[];
  const content = (candidate?.["content"] ?? {}) as JsonObject;
  return (content["parts"] ?? []) as readonly JsonObject[];
}

/** Names of the samples with an ending. */
export function sampleNames(ending: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort();
}

/** Targets of each family. */
export const flash: TargetTraits = { upstreamModel: "gemini-2.5-flash" };
export const pro3: TargetTraits = { upstreamModel: "gemini-3.1-pro-preview" };
export const vertex: TargetTraits = { upstreamModel: "gemini-2.5-pro", quirks: { vertex: true } };

/** A request in the canonical form. */
export function ask(changes: Partial<ChatRequest> = {}): ChatRequest {
  return {
    model: "fast",
    stream: false,
    messages: [{ role: "user", content: [{ type: "text", text: "Hello" }] }],
    ...changes,
  };
}

/** What an answer needs to know of its request. */
export function context(changes: Partial<AnswerContext> = {}): AnswerContext {
  return { request: ask(), model: "fast", requestId: "req_1", nowS: 1_700_000_000, ...changes };
}

/** Events of a stream that comes in these pieces and ends in good order. */
export function decode(pieces: readonly Uint8Array[], traits: TargetTraits = flash): StreamEvent[] {
  const events: StreamEvent[] = [];
  const decoder = gemini.egress.decodeStream(traits, (event) => events.push(event));
  for (const piece of pieces) decoder.push(piece);
  decoder.close();
  return events;
}

/** A stream's text as a caller gets it. */
export function encode(events: readonly StreamEvent[], asArray = false): string {
  const encoder = gemini.ingress.encodeStream(context({ asArray }));
  return events.map((event) => encoder.encode(event)).join("");
}

/** A stream of server-sent events. */
export function sse(...chunks: readonly JsonObject[]): Uint8Array {
  return Buffer.from(chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\r\n\r\n`).join(""));
}

/** What comes out of a stream, as far as a caller notices: pieces put together. */
export interface Gathered {
  readonly text: string;
  readonly thoughts: string;
  readonly calls: readonly { readonly id: string; readonly name: string; readonly arguments: unknown }[];
  readonly signatures: readonly string[];
}

/** Puts a stream's events together. Parts are told apart by choice and part. */
export function gather(events: readonly StreamEvent[]): Gathered {
  const parts = new Map<string, { type: string; id: string; name: string; text: string }>();
  const signatures: string[] = [];
  for (const event of events) {
    if (event.type === "part-start") {
      const { content } = event;
      const [id, name] = content.type === "tool-call" ? [content.id, content.name] : ["", ""];
      if (content.type === "tool-call" && content.signature !== undefined)
        signatures.push(content.signature.value);
      parts.set(`${event.choice}.${event.part}`, { type: content.type, id, name, text: "" });
    } else if (event.type === "delta") {
      const part = parts.get(`${event.choice}.${event.part}`);
      if (part === undefined) throw new Error("a delta without its part");
      part.text += event.text;
    } else if (event.type === "signature") signatures.push(event.signature.value);
  }
  const all = [...parts.values()];
  const words = (type: string): string =>
    all
      .filter((part) => part.type === type)
      .map(({ text }) => text)
      .join("");
  return {
    text: words("text"),
    thoughts: words("reasoning"),
    signatures,
    calls: all
      .filter(({ type }) => type === "tool-call")
      .map(({ id, name, text }) => ({ id, name, arguments: JSON.parse(text) })),
  };
}
