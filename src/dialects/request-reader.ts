import { LatchkeyError } from "../kernel/error.ts";
import { isJsonObject, type Json, type JsonObject } from "../kernel/json.ts";

/**
 * Reads members of a caller's JSON and refuses what has another type, with the member's place in `param`. A member
 * that is null counts as absent.
 */
export class RequestReader {
  readonly #body: JsonObject;
  readonly #path: string;
  readonly #read = new Set<string>();

  /** @param path where the object stands, with a dot at its end; empty for the body itself */
  constructor(body: JsonObject, path = "") {
    this.#body = body;
    this.#path = path;
  }

  /** The first of the names that is there: some callers write a member in another way. */
  value(...names: readonly string[]): Json | undefined {
    let found: Json | undefined;
    for (const name of names) {
      this.#read.add(name);
      const value = Object.hasOwn(this.#body, name) ? this.#body[name] : undefined;
      if (found === undefined && value !== undefined && value !== null) found = value;
    }
    return found;
  }

  /** @throws LatchkeyError LK-2102 */
  text(name: string): string | undefined {
    const value = this.value(name);
    if (value === undefined || typeof value === "string") return value;
    throw this.fault(name, "has to be a string");
  }

  /** @throws LatchkeyError LK-2102 */
  requiredText(name: string, what: string): string {
    const value = this.value(name);
    if (typeof value === "string" && value !== "") return value;
    throw this.fault(name, `has to be ${what}, as a string`);
  }

  /** @throws LatchkeyError LK-2102 */
  flag(name: string): boolean | undefined {
    const value = this.value(name);
    if (value === undefined || typeof value === "boolean") return value;
    throw this.fault(name, "has to be true or false");
  }

  /** A whole number from 1 on. @throws LatchkeyError LK-2102 */
  count(...names: readonly [string, ...string[]]): number | undefined {
    const value = this.value(...names);
    if (value === undefined) return undefined;
    if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
    throw this.fault(names[0], "has to be a whole number from 1 on");
  }

  /** One of some words. @throws LatchkeyError LK-2102 */
  word<Value>(
    words: Readonly<Record<string, Value>>,
    ...names: readonly [string, ...string[]]
  ): Value | undefined {
    const value = this.value(...names);
    if (value === undefined) return undefined;
    if (typeof value === "string" && Object.hasOwn(words, value)) return words[value];
    throw this.fault(names[0], `has to be one of ${Object.keys(words).join(", ")}`);
  }

  /** @throws LatchkeyError LK-2102 */
  object(name: string): JsonObject {
    const value = this.value(name);
    if (isJsonObject(value)) return value as JsonObject;
    throw this.fault(name, "has to be an object");
  }

  /** Names of the members that nobody has read. */
  rest(): readonly string[] {
    return Object.keys(this.#body).filter(
      (name) => !this.#read.has(name) && (this.#body[name] ?? null) !== null,
    );
  }

  /** The caller's error for a member. */
  fault(name: string, text: string): LatchkeyError {
    return fieldFault(`${this.#path}${name}`, text);
  }
}

/** The caller's error for a member of its request. */
export function fieldFault(param: string, text: string): LatchkeyError {
  return new LatchkeyError("LK-2102", `\`${param}\` ${text}.`, { param });
}
