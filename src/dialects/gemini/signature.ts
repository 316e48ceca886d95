import type { ChatDialectName, Signature } from "../../canonical/content.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "../../kernel/json.ts";

/** What travels in a part's `thoughtSignature`. */
export interface SealedThought {
  readonly signature: Signature;
  /** Whether the thinking itself is sealed in it, so that the part has no text. */
  readonly isRedacted: boolean;
  /** Id of the item in its dialect. */
  readonly id?: string;
  readonly isSummary?: boolean;
}

const MARK = "latchkey:";

/** Base64 of the mark, whose nine bytes make twelve letters and no remainder. What begins with it was made here. */
export const sealMark: string = "bGF0Y2hrZXk6";

/**
 * Stands on the first call of an answer that nobody has signed, so that it is known for such when it comes back: newer
 * models of Gemini refuse calls without a signature.
 */
export const unsignedSeal: string = Buffer.from(`${MARK}{}`).toString("base64");

const DIALECTS: Readonly<Record<ChatDialectName, true>> = {
  "openai-chat": true,
  "openai-responses": true,
  "anthropic-messages": true,
  gemini: true,
  "bedrock-converse": true,
  "cohere-chat": true,
  "ollama-chat": true,
};

/**
 * The value of a part's `thoughtSignature`. Gemini's own signatures stand there as they are. Those of other vendors
 * stand there as base64 of `latchkey:` and a JSON object that says whose they are, so that they come back with the
 * conversation: the member has to be base64, since some of Google's clients decode it.
 */
export function sealThought({ signature, isRedacted, id, isSummary }: SealedThought): string {
  if (signature.dialect === "gemini") return signature.value;
  const sealed = {
    dialect: signature.dialect,
    value: signature.value,
    ...(isRedacted && { redacted: true }),
    ...(id !== undefined && { id }),
    ...(isSummary === true && { summary: true }),
  };
  return Buffer.from(MARK + JSON.stringify(sealed)).toString("base64");
}

/**
 * Reads a `thoughtSignature`; `undefined` where it says that there is none. What does not begin with the mark is
 * Gemini's. Clients that decode and encode it again
 * may use the other alphabet of base64, which is why the seal is read with either.
 */
export function openThought(thoughtSignature: string): SealedThought | undefined {
  // Without padding as well.
  if (
    thoughtSignature.startsWith(unsignedSeal.slice(0, -1)) &&
    thoughtSignature.length <= unsignedSeal.length
  )
    return undefined;
  const sealed = thoughtSignature.startsWith(sealMark) ? readSeal(thoughtSignature) : undefined;
  return sealed ?? { signature: { dialect: "gemini", value: thoughtSignature }, isRedacted: false };
}

function readSeal(text: string): SealedThought | undefined {
  const value = tryParseJson(Buffer.from(text, "base64").toString().slice(MARK.length));
  if (!isJsonObject(value)) return undefined;
  const { dialect, value: words, redacted, id, summary } = value as JsonObject;
  if (typeof words !== "string" || !isDialect(dialect)) return undefined;
  return {
    signature: { dialect, value: words },
    isRedacted: redacted === true,
    ...(typeof id === "string" && { id }),
    ...(summary === true && { isSummary: true }),
  };
}

function isDialect(name: unknown): name is ChatDialectName {
  return typeof name === "string" && Object.hasOwn(DIALECTS, name);
}
