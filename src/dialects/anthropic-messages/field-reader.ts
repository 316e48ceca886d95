import { standardBase64 } from "../../kernel/base64.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";

/** LK-2102: a field of the request is missing or wrong. `param` is its path as the caller wrote it. */
export function wrong(param: string, text: string): LatchkeyError {
  return new LatchkeyError("LK-2102", `\`${param}\` ${text}.`, { param });
}

/** A string that has to be there. */
export function stringAt(value: unknown, param: string): string {
  if (typeof value === "string") return value;
  throw wrong(param, "has to be a string");
}

/** Bytes as base64, padded, that have to be there. */
export function base64At(value: unknown, param: string): string {
  const text = standardBase64(stringAt(value, param));
  if (text !== undefined) return text;
  throw wrong(param, "has to be base64: the letters of RFC 4648 alone, without line breaks, and not empty");
}

/** An object that has to be there. */
export function objectAt(value: unknown, param: string): JsonObject {
  if (isJsonObject(value)) return value as JsonObject;
  throw wrong(param, "has to be an object");
}

/** A list that has to be there. */
export function listAt(value: unknown, param: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw wrong(param, "has to be a list");
}

/** A number, whole and not negative, that has to be there. */
export function countAt(value: unknown, param: string): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw wrong(param, "has to be a whole number, 0 or more");
}

/** A number that has to be there. */
export function numberAt(value: unknown, param: string): number {
  if (typeof value === "number") return value;
  throw wrong(param, "has to be a number");
}

/** Whether something is so; it has to be said. */
export function booleanAt(value: unknown, param: string): boolean {
  if (typeof value === "boolean") return value;
  throw wrong(param, "has to be true or false");
}

/** Reads a member that may be left out or null, in which case it is `undefined`. */
export function optional<T>(
  value: unknown,
  param: string,
  read: (value: unknown, param: string) => T,
): T | undefined {
  return value === undefined || value === null ? undefined : read(value, param);
}
