import type { SpeechRequestField } from "../../canonical/speech.ts";

/** Where a member of the canonical request stands in OpenAI's shape. */
export function fieldName(field: SpeechRequestField): string {
  return field === "format" ? "response_format" : field;
}
