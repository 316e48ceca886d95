import { parseDocument } from "yaml";
import { isJsonObject, type JsonObject, tryParseJson } from "../../kernel/json.ts";

/** What reading a document's text comes to; a problem is a sentence's end. */
export type ReadDocument =
  | { readonly ok: true; readonly document: JsonObject }
  | { readonly ok: false; readonly problem: string };

/** Characters of a document at most. */
const LONGEST = 8 * 1024 ** 2;
/** Aliases of YAML that are followed: those in each other grow without bound. */
const MAX_ALIASES = 1_000;
const DEEPEST = 128;

/** Reads OpenAPI 3.0 or 3.1 as JSON, or as YAML 1.2 with nothing in it that JSON does not have. */
export function readDocument(text: string | undefined): ReadDocument {
  if (text === undefined) return { ok: false, problem: "cannot be read" };
  if (text.length > LONGEST) return { ok: false, problem: "is larger than 8 MiB" };
  const value = tryParseJson(text, Number.POSITIVE_INFINITY) ?? parseYaml(text);
  if (value instanceof Error) return { ok: false, problem: `is neither JSON nor YAML: ${value.message}` };
  if (depthOf(value, 0) > DEEPEST) return { ok: false, problem: "is nested too deeply" };
  if (!isJsonObject(value)) return { ok: false, problem: "holds no object" };
  const version = value["openapi"];
  if (typeof version === "string" && /^3\.[01]\.\d+$/.test(version)) return { ok: true, document: value };
  if ("swagger" in value) return { ok: false, problem: "is Swagger 2.0; convert it to OpenAPI 3" };
  return { ok: false, problem: "is no OpenAPI document of version 3.0 or 3.1" };
}

function parseYaml(text: string): unknown {
  try {
    const document = parseDocument(text, { schema: "core", prettyErrors: false, uniqueKeys: true });
    const [error] = document.errors;
    if (error !== undefined) return new Error(`${error.message} ${lineOf(text, error.pos[0])}`);
    // Through JSON, so that nothing is left that it has no words for, and no two places share a value.
    return JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: MAX_ALIASES })) ?? "null");
  } catch (thrown) {
    return thrown instanceof Error ? thrown : new Error("it is not understood");
  }
}

function lineOf(text: string, offset: number): string {
  return `(line ${text.slice(0, offset).split("\n").length})`;
}

function depthOf(value: unknown, depth: number): number {
  if (typeof value !== "object" || value === null || depth > DEEPEST) return depth;
  let deepest = depth;
  for (const item of Object.values(value)) deepest = Math.max(deepest, depthOf(item, depth + 1));
  return deepest;
}
