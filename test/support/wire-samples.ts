import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const folder = resolve(import.meta.dir, "../wire/openai-chat");

/** One of the repository's own wire samples of Chat Completions. */
export function chatSample(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(join(folder, name)));
}

/** Names of the samples with an ending. */
export function chatSampleNames(ending: ".sse" | ".json"): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort();
}
