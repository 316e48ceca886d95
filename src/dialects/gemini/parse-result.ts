import type { JsonObject } from "../../kernel/json.ts";
import { isJsonObject, tryParseJson } from "../../kernel/json.ts";

/** What a tool has answered, as words. */
export interface ResultWords {
  readonly text: string;
  readonly isError: boolean;
}

/**
 * Reads a `functionResponse.response`. `output` and `error` that stand alone and are texts are the result itself;
 * everything else is JSON of the tool's own.
 */
export function readResponse(response: JsonObject): ResultWords {
  const members = Object.entries(response);
  const [[name, value] = ["", undefined]] = members;
  const isError = response["error"] !== undefined && response["error"] !== null;
  const isPlain =
    members.length === 1 && typeof value === "string" && (name === "output" || name === "error");
  // A text that is itself an object could not be told from the tool's own on the way back.
  if (isPlain && !isJsonObject(tryParseJson(value))) return { text: value, isError };
  return { text: JSON.stringify(response), isError };
}
