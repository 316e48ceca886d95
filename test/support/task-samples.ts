import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { TaskBody } from "../../src/dialects/task/task-dialect.ts";
import { isJsonObject, type JsonObject } from "../../src/kernel/json.ts";

const TYPES: Readonly<Record<string, string>> = {
  json: "application/json",
  sse: "text/event-stream",
  txt: "text/plain; charset=utf-8",
};

/** One of the repository's own wire samples: `images/openai.json`. */
export function taskSample(path: string): TaskBody {
  const body = new Uint8Array(readFileSync(resolve(import.meta.dir, "../wire", path)));
  return { body, contentType: TYPES[path.slice(path.lastIndexOf(".") + 1)] ?? "" };
}

/** A JSON body of a caller. */
export function jsonInput(value: unknown, operation?: string) {
  const body = new TextEncoder().encode(JSON.stringify(value));
  return { body, contentType: "application/json", ...(operation !== undefined && { operation }) };
}

/** A body as JSON. */
export function jsonOf({ body }: TaskBody): JsonObject {
  const value: unknown = JSON.parse(new TextDecoder().decode(body));
  if (!isJsonObject(value)) throw new Error("no JSON object");
  return value;
}
