import type { ChatDialectName, Signature, TextPart } from "../../canonical/content.ts";
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
    const dialect = dialectOf(key);
    const sealed = isJsonObject(content) ? content["thought_signature"] : undefined;
    if (isDialectName(dialect) && typeof sealed === "string")
      return { signature: { dialect, value: sealed } };
  }
  return {};
}

/** `extra_content` for a signature. */
export function renderExtraContent({ dialect, value }: Signature): JsonObject {
  return { [keyOf(dialect)]: { thought_signature: value } };
}

/** A text of a message that is sealed: its place in the message's text, in UTF-16 code units, and its seal. */
export interface SealedText {
  readonly start: number;
  readonly end: number;
  readonly signature: Signature;
}

/**
 * `extra_content` of a message whose texts are sealed; `undefined` where none is. A message has one text and one
 * `thought_signature`, the last one. Where there are several, all stand beside it with their places in the text, in a
 * list of our own: `sealed_texts`.
 */
export function renderTextSeals(texts: readonly SealedText[]): JsonObject | undefined {
  const last = texts.at(-1);
  if (last === undefined) return undefined;
  const { dialect, value } = last.signature;
  if (texts.length === 1) return renderExtraContent(last.signature);
  const sealed_texts = texts.map(({ start, end, signature }) => ({
    start,
    end,
    ...(signature.dialect !== dialect && { dialect: signature.dialect }),
    thought_signature: signature.value,
  }));
  return { [keyOf(dialect)]: { thought_signature: value, sealed_texts } };
}

/** A message's text as the parts that were sealed one by one; `undefined` where it is no longer the same. */
export function splitAtSeals(text: string, value: unknown): readonly TextPart[] | undefined {
  const texts = readTextSeals(value);
  const parts: TextPart[] = [];
  let told = 0;
  for (const { start, end, signature } of texts) {
    if (start < told || end < start || end > text.length) return undefined;
    if (start > told) parts.push({ type: "text", text: text.slice(told, start) });
    parts.push({ type: "text", text: text.slice(start, end), signature });
    told = end;
  }
  if (texts.length > 0 && told < text.length) parts.push({ type: "text", text: text.slice(told) });
  return parts.length === 0 ? undefined : parts;
}

function readTextSeals(value: unknown): readonly SealedText[] {
  if (!isJsonObject(value)) return [];
  for (const [key, content] of Object.entries(value)) {
    const own = dialectOf(key);
    const list = isJsonObject(content) ? content["sealed_texts"] : undefined;
    if (!isDialectName(own) || !Array.isArray(list)) continue;
    return list.flatMap((entry: unknown): readonly SealedText[] => {
      if (!isJsonObject(entry)) return [];
      const { start, end, dialect = own, thought_signature } = entry;
      return isOffset(start) &&
        isOffset(end) &&
        isDialectName(dialect) &&
        typeof thought_signature === "string"
        ? [{ start, end, signature: { dialect, value: thought_signature } }]
        : [];
    });
  }
  return [];
}

function isOffset(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function keyOf(dialect: ChatDialectName): string {
  return dialect === "gemini" ? GEMINI_KEY : dialect;
}

function dialectOf(key: string): string {
  return key === GEMINI_KEY ? "gemini" : key;
}
