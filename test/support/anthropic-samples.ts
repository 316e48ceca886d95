import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { StreamEvent } from "../../src/canonical/stream-event.ts";
import { anthropicMessages } from "../../src/dialects/anthropic-messages/index.ts";
import type { TargetTraits } from "../../src/dialects/dialect.ts";
import type { JsonObject } from "../../src/kernel/json.ts";

const folder = resolve(import.meta.dir, "../wire/anthropic-messages");

/** A target that speaks Anthropic's Messages. */
export const claude: TargetTraits = { upstreamModel: "claude-sonnet-4-5-20250929" };

/** One of the repository's own wire samples of Anthropic's Messages. */
export function messagesSample(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(join(folder, name)));
}

/** A sample that is JSON, parsed. */
export function messagesJson(name: string): JsonObject {
  return JSON.parse(readFileSync(join(folder, name), "utf8")) as JsonObject;
}

/** Names of the samples with an ending, without it. */
export function messagesSampleNames(ending: ".sse" | ".json"): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .sort();
}

/** What a stream says that comes in these pieces and is closed after the last. */
export function decodeMessages(...pieces: readonly (Uint8Array | string)[]): readonly StreamEvent[] {
  const events: StreamEvent[] = [];
  const decoder = anthropicMessages.egress.decodeStream(claude, (event) => events.push(event));
  for (const piece of pieces) decoder.push(typeof piece === "string" ? Buffer.from(piece) : piece);
  decoder.close();
  return events;
}
