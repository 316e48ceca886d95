import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { EmbeddingInput, EmbeddingRequest } from "../../../src/canonical/embedding.ts";
import type { Json } from "../../../src/kernel/json.ts";

/** An input of words. */
export function text(words: string): EmbeddingInput {
  return { type: "text", text: words };
}

/** A picture, as its bytes. */
export const picture = {
  type: "parts",
  parts: [{ type: "image", source: { kind: "base64", mediaType: "image/png", data: "AAAA" } }],
} as const satisfies EmbeddingInput;

/** A picture somewhere else. */
export const linked = {
  type: "parts",
  parts: [{ type: "image", source: { kind: "url", url: "https://x.example/a.png" } }],
} as const satisfies EmbeddingInput;

/** Words and a picture. */
export const mixed = {
  type: "parts",
  parts: [{ type: "text", text: "A stone" }, ...picture.parts],
} as const satisfies EmbeddingInput;

/** A request for the vectors of two words, with changes. */
export function ask(changes: Partial<EmbeddingRequest> = {}): EmbeddingRequest {
  return { model: "vectors", inputs: [text("a"), text("b")], ...changes };
}

/** A request for some vectors. */
export function askFor(vectors: number): EmbeddingRequest {
  return ask({ inputs: Array.from({ length: vectors }, () => text("a")) });
}

/** A wire sample's JSON. */
export function wireAnswer(name: string): Json {
  return JSON.parse(readFileSync(resolve(import.meta.dir, "../../wire/embeddings", name), "utf8"));
}

/** Reads no header. */
export function noHeader(): undefined {
  return undefined;
}
