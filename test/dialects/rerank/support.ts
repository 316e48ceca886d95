import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { RerankRequest } from "../../../src/canonical/rerank.ts";

/** A request to rank three texts, with changes. */
export function ask(changes: Partial<RerankRequest> = {}): RerankRequest {
  return { model: "ranks", query: "ruby", documents: ["Ruby", "Paris", "Rails"], ...changes };
}

/** Bytes of a wire sample. */
export function wireSample(name: string): Uint8Array {
  return new Uint8Array(readFileSync(resolve(import.meta.dir, "../../wire/rerank", name)));
}
