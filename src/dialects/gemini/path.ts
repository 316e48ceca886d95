import { LatchkeyError } from "../../kernel/error.ts";
import type { RequestPath } from "../dialect.ts";

/** What stands in a path of Gemini's API. */
export interface GeminiPath {
  /** Name of the model, decoded and without `models/`. */
  readonly model: string;
  /** `generateContent`, `countTokens` …; absent where the path names the model alone. */
  readonly method?: string;
}

/**
 * `/v1beta/models/X`, `/v1/tunedModels/X`, `/models/X`, and Vertex AI's `/v1/projects/P/locations/L/publishers/G/models/X`.
 * What follows is the name, which may hold slashes.
 */
const PREFIX =
  /^(?:\/v\d[0-9a-z]*)?(?:\/projects\/[^/]+\/locations\/[^/]+)?(?:\/publishers\/[^/]+)?\/(?:models|tunedModels|endpoints)\/(?=.)/;

const METHOD = /^[a-z]+(?:[A-Z][a-z]*)+$/;

/**
 * Reads a path. The method is what follows the last colon, where it has the form of one, since names of models may hold
 * colons as well: `qwen3:8b`, `qwen3:latest`.
 * Wire format: https://ai.google.dev/api/generate-content
 * @returns `undefined` where the path is none of Gemini's
 * @throws LatchkeyError LK-2107 where the name is no plain path
 */
export function readPath(path: string): GeminiPath | undefined {
  const [prefix] = PREFIX.exec(path) ?? [];
  if (prefix === undefined) return undefined;
  const rest = decode(path.slice(prefix.length));
  const colon = rest.lastIndexOf(":");
  const method = colon < 0 ? "" : rest.slice(colon + 1);
  const isMethod = METHOD.test(method);
  const model = isMethod ? rest.slice(0, colon) : rest;
  if (!isPlain(model)) throw new LatchkeyError("LK-2107");
  return { model, ...(isMethod && { method }) };
}

/**
 * What a path and its query say of a request. A stream is one JSON array unless `alt=sse` asks for events.
 * @param alt value of the query's `alt`
 */
export function requestPath({ model, method }: GeminiPath, alt: string | null): RequestPath {
  const stream = method === "streamGenerateContent";
  return { model, stream, asArray: stream && alt !== "sse" };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new LatchkeyError("LK-2107");
  }
}

/** No empty, `.` or `..` segments, and nothing that a path could be cut at. */
function isPlain(model: string): boolean {
  if (/[\0-\x20\x7f\\?#%]/.test(model)) return false;
  return model.split("/").every((segment) => segment !== "" && segment !== "." && segment !== "..");
}
