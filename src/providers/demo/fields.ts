import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { missing, wrongType, wrongValue } from "./refusal.ts";

/** Bounds of a number field, inclusive. */
export interface NumberBounds {
  readonly min: number;
  readonly max: number;
}

/** A field that is absent or null counts as not given, as in OpenAI's API. */
export function given(object: JsonObject, name: string): boolean {
  return Object.hasOwn(object, name) && object[name] !== null && object[name] !== undefined;
}

/** An object. @throws DemoRefusal for anything else; so do all readers of this file. */
export function readObject(value: unknown, param: string): JsonObject {
  if (value === undefined) throw missing(param);
  if (!isJsonObject(value)) throw wrongType(param, "an object", value);
  return value;
}

/** A list that is not empty. */
export function readList(value: unknown, param: string): readonly unknown[] {
  if (value === undefined) throw missing(param);
  if (!Array.isArray(value)) throw wrongType(param, "an array", value);
  if (value.length === 0) throw wrongValue(param, "has to hold at least one item");
  return value;
}

/** A text, which may be empty. */
export function readString(value: unknown, param: string): string {
  if (value === undefined) throw missing(param);
  if (typeof value !== "string") throw wrongType(param, "a string", value);
  return value;
}

/** A boolean field; `fallback` where it is not given. */
export function readBoolean(object: JsonObject, name: string, fallback: boolean): boolean {
  if (!given(object, name)) return fallback;
  const value = object[name];
  if (typeof value !== "boolean") throw wrongType(name, "true or false", value);
  return value;
}

/** A number field within bounds; `undefined` where it is not given. */
export function readNumber(object: JsonObject, name: string, bounds: NumberBounds): number | undefined {
  if (!given(object, name)) return undefined;
  const value = object[name];
  if (typeof value !== "number") throw wrongType(name, "a number", value);
  if (value < bounds.min || value > bounds.max) {
    throw wrongValue(name, `has to be between ${bounds.min} and ${bounds.max}, but it is ${value}`);
  }
  return value;
}

/** A whole number within bounds; `undefined` where it is not given. */
export function readInteger(object: JsonObject, name: string, bounds: NumberBounds): number | undefined {
  const value = readNumber(object, name, bounds);
  if (value !== undefined && !Number.isInteger(value)) throw wrongType(name, "an integer", value);
  return value;
}
