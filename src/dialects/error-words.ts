import { isJsonObject } from "../kernel/json.ts";

/** Errors inside each other that are looked into. */
const MAX_DEPTH = 4;

/** Members that hold an error's words, or another error, in one vendor's shape or another's. */
const MEMBERS = ["message", "error", "detail", "errors", "msg"] as const;

/**
 * The words of an error in whatever shape: `{"message"}`, `{"error"}`, `{"detail"}` as a text or as FastAPI's list,
 * `{"errors":[…]}`, of which the first one says enough unless they are but texts, and these inside each other. `undefined` where there are none.
 */
export function errorWords(value: unknown, depth = 0): string | undefined {
  if (typeof value === "string") return value.trim() === "" ? undefined : value;
  if (depth === MAX_DEPTH) return undefined;
  if (Array.isArray(value)) {
    const isWords = value.every((item) => typeof item === "string");
    return isWords ? errorWords(value.join("; ")) : errorWords(value[0], depth + 1);
  }
  if (!isJsonObject(value)) return undefined;
  for (const name of MEMBERS) {
    const words = Object.hasOwn(value, name) ? errorWords(value[name], depth + 1) : undefined;
    if (words !== undefined) return words;
  }
  return undefined;
}

/** Whether an error's body is `{"error":{"message":"…"}}`, where clients of most dialects look for its words. */
export function hasErrorMessage(value: unknown): boolean {
  const error = isJsonObject(value) ? value["error"] : undefined;
  return isJsonObject(error) && typeof error["message"] === "string";
}
