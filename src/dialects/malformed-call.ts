import { isJsonObject } from "../kernel/json.ts";

/** A vendor's answer calls a tool, and which or with what cannot be told: it is no answer. */
export class MalformedCallError extends Error {
  override readonly name = "MalformedCallError";
}

/** Reads a whole answer; `undefined` where it calls a tool in a way that cannot be told. */
export function unlessMalformed<T>(read: () => T | undefined): T | undefined {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof MalformedCallError) return undefined;
    throw thrown;
  }
}

/** Takes a piece of a stream; answers what is wrong with a tool call in it, if anything. */
export function malformedIn(take: () => void): string | undefined {
  try {
    take();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof MalformedCallError) return thrown.message;
    throw thrown;
  }
}

/** A name or an id of a call. @throws MalformedCallError where it is none. */
export function callWord(value: unknown, what: "name" | "id"): string {
  if (typeof value === "string" && value !== "") return value;
  throw new MalformedCallError(`a tool call has no ${what}`);
}

/**
 * Arguments that are an object on the wire, as JSON text; servers that imitate a vendor may give the text itself.
 * @throws MalformedCallError where they are neither
 */
export function argumentsText(value: unknown): string {
  if (value === undefined || value === null || value === "") return "{}";
  if (typeof value === "string") return value;
  if (isJsonObject(value)) return JSON.stringify(value);
  throw new MalformedCallError("the arguments of a tool call are no object");
}

/**
 * The tool calls of a message. What is as good as none is none.
 * @throws MalformedCallError where there is something else than a list of objects
 */
export function callsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (Array.isArray(value)) {
    if (value.every(isJsonObject)) return value;
  } else if (!value || (isJsonObject(value) && Object.keys(value).length === 0)) return [];
  throw new MalformedCallError("the tool calls of an answer are no list of objects");
}
