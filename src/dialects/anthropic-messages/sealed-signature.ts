import type { ChatDialectName, Signature } from "../../canonical/content.ts";
import { isJsonObject, tryParseJson } from "../../kernel/json.ts";

/**
 * How thinking of other vendors travels through a caller of this dialect. Anthropic's clients send `thinking` and
 * `redacted_thinking` blocks back as they came, so what another vendor wants to see again stands in the block's
 * `signature` (`data`): `latchkey.sealed.` and the base64url of a JSON object with the members of `Sealed`. Signatures
 * of text and of tool calls stand in a `thinking` block without words that follows the part. What Anthropic itself
 * has signed is not touched, and sealed blocks are never sent to it.
 */
export interface Sealed {
  readonly signature?: Signature;
  readonly redacted?: Signature;
  /** Id of a reasoning part. */
  readonly id?: string;
  readonly isSummary?: boolean;
  /** Whether the signature belongs to the part before this block, which is no thinking. */
  readonly isOfPrevious?: boolean;
}

/** What a sealed signature begins with. */
export const sealPrefix = "latchkey.sealed.";

/** Puts into one text what has to come back. */
export function seal(sealed: Sealed): string {
  return sealPrefix + Buffer.from(JSON.stringify(sealed)).toString("base64url");
}

/** Takes it out again; `undefined` where the text is no sealed one. A damaged one holds nothing. */
export function unseal(text: string): Sealed | undefined {
  if (!text.startsWith(sealPrefix)) return undefined;
  const value = tryParseJson(Buffer.from(text.slice(sealPrefix.length), "base64url").toString());
  if (!isJsonObject(value)) return {};
  const { id, isSummary, isOfPrevious } = value;
  const signature = readSignature(value["signature"]);
  const redacted = readSignature(value["redacted"]);
  return {
    ...(signature !== undefined && { signature }),
    ...(redacted !== undefined && { redacted }),
    ...(typeof id === "string" && { id }),
    ...(isSummary === true && { isSummary }),
    ...(isOfPrevious === true && { isOfPrevious }),
  };
}

const DIALECTS: Readonly<Record<ChatDialectName, true>> = {
  "openai-chat": true,
  "openai-responses": true,
  "anthropic-messages": true,
  gemini: true,
  "bedrock-converse": true,
  "cohere-chat": true,
  "ollama-chat": true,
};

function readSignature(value: unknown): Signature | undefined {
  if (!isJsonObject(value) || typeof value["value"] !== "string") return undefined;
  const { dialect, value: text } = value;
  return isDialectName(dialect) ? { dialect, value: text } : undefined;
}

function isDialectName(value: unknown): value is ChatDialectName {
  return typeof value === "string" && Object.hasOwn(DIALECTS, value);
}
