import { LatchkeyError } from "../kernel/error.ts";
import { isJsonObject, type JsonObject } from "../kernel/json.ts";
import { isNestedTooDeep, maxJsonDepth } from "../kernel/json-depth.ts";
import { tryParseExactJson } from "../kernel/json-exact.ts";

/**
 * Arguments of a tool call as the object that some dialects carry them as, its numbers as they were written; `{}` for
 * no words at all, `undefined` where they are no object.
 */
export function argumentsObject(text: string): JsonObject | undefined {
  const value = tryParseExactJson(text === "" ? "{}" : text);
  return isJsonObject(value) ? (value as JsonObject) : undefined;
}

/**
 * The same for a model that is to see its own call again: words that are no object go out under the name that Anthropic
 * recommends for them, so that they are neither lost nor taken for arguments.
 * Source: https://platform.claude.com/docs/en/agents-and-tools/tool-use/fine-grained-tool-streaming
 */
export function argumentsAsSaid(text: string): JsonObject {
  return argumentsObject(text) ?? { INVALID_JSON: text };
}

/**
 * Arguments that a caller sends back as a text. Dialects that carry them as an object would have to build it, however
 * deep it is.
 * @throws LatchkeyError LK-2130 where they are nested too deep, whole or not
 */
export function argumentsOfCaller(text: string, param: string): string {
  if (!isNestedTooDeep(text)) return text;
  throw new LatchkeyError(
    "LK-2130",
    `\`${param}\` is nested too deep: objects and lists may stand ${maxJsonDepth} deep inside each other.`,
    { param },
  );
}
