import type { FinishReason } from "../../canonical/finish-reason.ts";
import type { VendorError } from "../../canonical/vendor-error.ts";
import type { JsonObject } from "../../kernel/json.ts";

const REASONS: Readonly<Record<string, FinishReason>> = {
  STOP: "stop",
  MAX_TOKENS: "length",
  SAFETY: "content-filter",
  RECITATION: "content-filter",
  BLOCKLIST: "content-filter",
  PROHIBITED_CONTENT: "content-filter",
  SPII: "content-filter",
  MODEL_ARMOR: "content-filter",
  IMAGE_SAFETY: "content-filter",
  IMAGE_PROHIBITED_CONTENT: "content-filter",
  IMAGE_RECITATION: "content-filter",
  MALFORMED_FUNCTION_CALL: "error",
  MALFORMED_RESPONSE: "error",
  UNEXPECTED_TOOL_CALL: "error",
  TOO_MANY_TOOL_CALLS: "error",
  MISSING_THOUGHT_SIGNATURE: "error",
  CONTINUATION: "pause",
};

/**
 * What went wrong with a candidate, such as a call that cannot be read; `undefined` where nothing did. Other dialects have
 * no word for it among their reasons: to their callers it is the vendor's failure.
 */
export function candidateFailure({ finishReason, finishMessage }: JsonObject): VendorError | undefined {
  if (typeof finishReason !== "string" || readFinishReason(finishReason, false) !== "error") return undefined;
  const words = typeof finishMessage === "string" && finishMessage !== "" ? `: ${finishMessage}` : "";
  return { kind: "server", message: `${finishReason}${words}`, code: finishReason };
}

const NAMES: Readonly<Record<FinishReason, string>> = {
  stop: "STOP",
  "stop-text": "STOP",
  // Gemini itself says `STOP` when it waits for tools.
  "tool-calls": "STOP",
  length: "MAX_TOKENS",
  "context-length": "MAX_TOKENS",
  "content-filter": "SAFETY",
  refusal: "SAFETY",
  // `CONTINUATION` would promise a token with which to go on.
  pause: "OTHER",
  error: "OTHER",
  other: "OTHER",
};

/**
 * Why Gemini stopped; `STOP` is all that it says when it wants tools to be used.
 * Wire format: https://ai.google.dev/api/generate-content#FinishReason
 */
export function readFinishReason(reason: string, hasToolCalls: boolean): FinishReason {
  const known = Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined;
  return known === "stop" && hasToolCalls ? "tool-calls" : (known ?? "other");
}

/** Why an answer ended, in Gemini's words. */
export function renderFinishReason(reason: FinishReason): string {
  return NAMES[reason];
}
