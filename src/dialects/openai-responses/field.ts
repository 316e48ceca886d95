import { standardBase64 } from "../../kernel/base64.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";

/** A caller's mistake. @param text goes on after the field's name: `has to be a string` */
export function fieldError(param: string, text: string): LatchkeyError {
  return new LatchkeyError("LK-2102", `\`${param}\` ${text}.`, { param });
}

/** Something optional; null counts as absent, as it does at OpenAI. */
function optional<T>(
  value: Json | undefined,
  param: string,
  isType: (value: Json) => value is T & Json,
  what: string,
): T | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isType(value)) throw fieldError(param, `has to be ${what}`);
  return value;
}

/** @throws LatchkeyError LK-2102 */
export function optionalString(value: Json | undefined, param: string): string | undefined {
  return optional(value, param, (given): given is string => typeof given === "string", "a string");
}

/** @throws LatchkeyError LK-2102 */
export function requiredString(value: Json | undefined, param: string): string {
  const text = optionalString(value, param);
  if (text === undefined || text === "") throw fieldError(param, "has to be a string that is not empty");
  return text;
}

/** Bytes as base64, padded. @throws LatchkeyError LK-2102 */
export function requiredBase64(value: Json | undefined, param: string): string {
  const text = standardBase64(requiredString(value, param));
  if (text !== undefined) return text;
  throw fieldError(param, "has to hold base64: the letters of RFC 4648 alone, without line breaks");
}

/** @throws LatchkeyError LK-2102 */
export function optionalNumber(value: Json | undefined, param: string): number | undefined {
  return optional(value, param, (given): given is number => typeof given === "number", "a number");
}

/** @throws LatchkeyError LK-2102 */
export function optionalCount(value: Json | undefined, param: string): number | undefined {
  const isCount = (given: Json): given is number => Number.isSafeInteger(given) && Number(given) >= 0;
  return optional(value, param, isCount, "a whole number from 0 on");
}

/** @throws LatchkeyError LK-2102 */
export function optionalBoolean(value: Json | undefined, param: string): boolean | undefined {
  return optional(value, param, (given): given is boolean => typeof given === "boolean", "true or false");
}

/** @throws LatchkeyError LK-2102 */
export function optionalObject(value: Json | undefined, param: string): JsonObject | undefined {
  return optional(value, param, (given): given is JsonObject => isJsonObject(given), "an object");
}

/** @throws LatchkeyError LK-2102 */
export function requiredObject(value: Json | undefined, param: string): JsonObject {
  const object = optionalObject(value, param);
  if (object === undefined) throw fieldError(param, "has to be an object");
  return object;
}

/** @throws LatchkeyError LK-2102 */
export function optionalList(value: Json | undefined, param: string): readonly Json[] | undefined {
  return optional(value, param, (given): given is readonly Json[] => Array.isArray(given), "a list");
}

/** One of some words. @throws LatchkeyError LK-2102 */
export function optionalWord<T extends string>(
  value: Json | undefined,
  param: string,
  words: readonly T[],
): T | undefined {
  const isWord = (given: Json): given is T => words.some((word) => word === given);
  return optional(value, param, isWord, `one of ${words.map((word) => `\`${word}\``).join(", ")}`);
}
