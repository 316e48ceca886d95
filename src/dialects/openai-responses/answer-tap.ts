import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { tryParseExactJson } from "../../kernel/json-exact.ts";
import { createAnswerTap } from "../answer-tap.ts";
import type { ToldAnswer } from "../dialect.ts";
import { readUsage } from "./usage.ts";

/** What is read of a response that passes through. */
export const { readAnswer, readTail } = createAnswerTap("output", readUsage, true);

/** What has to be kept of a response that passes through; `undefined` where it is none. */
export function toldAnswer(text: string): ToldAnswer | undefined {
  const value = tryParseExactJson(text);
  const told = isJsonObject(value) ? toldResponse(value as JsonObject) : undefined;
  return told && { ...told, response: text };
}

/** The same of one that was read already. */
export function toldResponse(response: JsonObject): ToldAnswer | undefined {
  const { id, output } = response;
  if (typeof id !== "string" || !Array.isArray(output)) return undefined;
  return { id, output: JSON.stringify(output), response: JSON.stringify(response) };
}
