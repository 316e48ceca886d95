import type { ChatDialectName, Signature } from "../../canonical/content.ts";

/** What a sealed value belongs to. */
export type SealedKind =
  /** Signature of the reasoning item that carries it. */
  | "signature"
  /** Thinking that is shown in sealed form only. */
  | "redacted"
  /** Signature of the item before, which has no place for one itself. */
  | "before";

/** A signature of another vendor, as it travels through this dialect. */
export interface Sealed {
  readonly kind: SealedKind;
  readonly signature: Signature;
}

/**
 * What `encrypted_content` begins with where the gateway wrote it: `lk1.<kind>.<dialect>.<value>`. OpenAI's own begin
 * with `gAAAA`. It is the one member that clients send back as it came, so other vendors' signatures travel there.
 */
export const sealPrefix = "lk1.";

const KINDS: Readonly<Record<string, SealedKind>> = { s: "signature", r: "redacted", b: "before" };
const LETTERS: Readonly<Record<SealedKind, string>> = { signature: "s", redacted: "r", before: "b" };

const DIALECTS: ReadonlySet<string> = new Set<ChatDialectName>([
  "openai-chat",
  "openai-responses",
  "anthropic-messages",
  "gemini",
  "bedrock-converse",
  "cohere-chat",
  "ollama-chat",
]);

/** A signature as the value of `encrypted_content`: this dialect's own as it is, another's with its name. */
export function seal(signature: Signature, kind: SealedKind): string {
  if (signature.dialect === "openai-responses" && kind !== "before") return signature.value;
  return `${sealPrefix}${LETTERS[kind]}.${signature.dialect}.${signature.value}`;
}

/** Reads a value of `encrypted_content`; what the gateway has not sealed is a signature of this dialect. */
export function unseal(text: string): Sealed {
  const match = /^lk1\.([srb])\.([a-z-]+)\.(.*)$/s.exec(text);
  const [, letter = "", dialect = "", value = ""] = match ?? [];
  const kind = KINDS[letter];
  if (kind === undefined || !isDialect(dialect))
    return { kind: "signature", signature: { dialect: "openai-responses", value: text } };
  return { kind, signature: { dialect, value } };
}

function isDialect(name: string): name is ChatDialectName {
  return DIALECTS.has(name);
}
