import type { ChatDialectName, Signature } from "../../canonical/content.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";

const DIALECTS: ReadonlySet<string> = new Set<ChatDialectName>([
  "openai-chat",
  "openai-responses",
  "anthropic-messages",
  "gemini",
  "bedrock-converse",
  "cohere-chat",
  "ollama-chat",
]);

/** Key under which Gemini's own Chat Completions keep what only they understand. */
const GEMINI_KEY = "google";

/** Whether a text is the name of a dialect. */
export function isDialectName(name: unknown): name is ChatDialectName {
  return typeof name === "string" && DIALECTS.has(name);
}

/**
 * The signature of a tool call or a text in `extra_content`, as Gemini's own Chat Completions have it; signatures of
 * other dialects stand under the dialect's name.
 * Wire format: https://ai.google.dev/gemini-api/docs/thought-signatures (`extra_content.google.thought_signature`)
 */
export function readExtraContent(value: unknown): { readonly signature?: Signature } {
  if (!isJsonObject(value)) return {};
  for (const [key, content] of Object.entries(value)) {
    const dialect = key === GEMINI_KEY ? "gemini" : key;
    const sealed = isJsonObject(content) ? content["thought_signature"] : undefined;
    if (isDialectName(dialect) && typeof sealed === "string")
      return { signature: { dialect, value: sealed } };
  }
  return {};
}

/** `extra_content` for a signature. */
export function renderExtraContent({ dialect, value }: Signature): JsonObject {
  return { [dialect === "gemini" ? GEMINI_KEY : dialect]: { thought_signature: value } };
}
