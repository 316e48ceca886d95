import type { VendorError } from "../../canonical/vendor-error.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { readEmbeddedError } from "./error.ts";
import { readFinishReason } from "./finish-reason.ts";

/**
 * What went wrong in an answer of status 200: an error in its place or beside its choices, one that a choice has met, or
 * a choice that ended in one before its first word. `undefined` where nothing did.
 * Source: https://openrouter.ai/docs/api-reference/errors
 */
export function answerFailure(answer: JsonObject): VendorError | undefined {
  const { error, choices } = answer;
  const isNothing = error === "" || (isJsonObject(error) && Object.keys(error).length === 0);
  const whole = isNothing ? undefined : readEmbeddedError(answer);
  if (whole !== undefined || !Array.isArray(choices)) return whole;
  for (const choice of choices as readonly unknown[]) {
    const failure = isJsonObject(choice) ? choiceFailure(choice as JsonObject) : undefined;
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** The error that a choice of an answer, or of a chunk, has met. */
export function choiceError({ error }: JsonObject): VendorError | undefined {
  return isJsonObject(error) && Object.keys(error).length > 0
    ? readEmbeddedError({ error: error as JsonObject })
    : undefined;
}

/** What is said of a choice that ends in an error without a word about it. */
export const unnamedFailure: VendorError = { kind: "server", message: "the answer ended in an error" };

function choiceFailure(choice: JsonObject): VendorError | undefined {
  const failure = choiceError(choice);
  if (failure !== undefined) return failure;
  const { finish_reason, message } = choice;
  if (typeof finish_reason !== "string" || readFinishReason(finish_reason, false) !== "error")
    return undefined;
  return isJsonObject(message) && Object.entries(message).some(isWord) ? undefined : unnamedFailure;
}

/** Whether a member of a message says something. */
function isWord([name, value]: [string, unknown]): boolean {
  if (name === "role" || value === null || value === undefined || value === "") return false;
  return !(Array.isArray(value) && value.length === 0);
}
