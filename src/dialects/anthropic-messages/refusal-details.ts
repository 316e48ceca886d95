import type { JsonObject } from "../../kernel/json.ts";

/** `stop_details` for the model's words about why it declines; null without any. */
export function refusalDetails(explanation: string | undefined): JsonObject | null {
  return explanation === undefined ? null : { type: "refusal", category: null, explanation };
}
