import { isJsonObject, type Json, type JsonObject } from "../kernel/json.ts";

/**
 * The first of some names for the same wish, the one that counts first, that a body has; null is as good as nothing.
 * @param names paths such as `output_config.format`; the first one stands for all where the body has none of them
 */
export function writtenName(names: readonly [string, ...string[]], body: JsonObject): string {
  return names.find((name) => isWritten(body, name)) ?? names[0];
}

/** Whether there is something at a path of a body, such as `messages[2].content[0].text`. */
export function isWritten(body: JsonObject, path: string): boolean {
  let value: Json | undefined = body;
  for (const [, name, index] of path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)) {
    if (index !== undefined)
      value = Array.isArray(value) ? (value as readonly Json[])[Number(index)] : undefined;
    else if (name !== undefined && isJsonObject(value))
      value = Object.hasOwn(value, name) ? (value as JsonObject)[name] : undefined;
    else return false;
  }
  return value !== undefined && value !== null;
}
