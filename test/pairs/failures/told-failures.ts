import type { VendorErrorKind } from "../../../src/canonical/vendor-error.ts";
import type { CallerDialectName } from "../../../src/dialects/dialect.ts";

/** What a caller gets to see of a failure. */
export interface ToldFailure {
  readonly status: number;
  /** OpenAI's `code`, Anthropic's `type`, Google's `status`. */
  readonly name: string;
}

/** What becomes of a kind of failure. */
export interface Meaning {
  readonly code: string;
  /** Whether official clients send the request again by themselves. */
  readonly retry: boolean;
  /** Whether the model's next target is asked. */
  readonly next: boolean;
  /** Absent where the vendor's words are the operator's alone. */
  readonly words?: false;
  readonly openai: ToldFailure;
  readonly messages: ToldFailure;
  readonly gemini: ToldFailure;
}

const row = (
  code: string,
  [retry, next]: readonly [retry: boolean, next: boolean],
  openai: readonly [number, string],
  messages: readonly [number, string],
  gemini: readonly [number, string],
): Meaning => {
  const told = ([status, name]: readonly [number, string]): ToldFailure => ({ status, name });
  return { code, retry, next, openai: told(openai), messages: told(messages), gemini: told(gemini) };
};

const refused = [false, false] as const;
const elsewhere = [false, true] as const;
const later = [true, true] as const;

const credentials: Meaning = {
  ...row("LK-3010", elsewhere, [502, "LK-3010"], [502, "api_error"], [502, "UNAVAILABLE"]),
  words: false,
};

/** What callers of every dialect are told of every kind of a vendor's failure. */
export const meanings: Readonly<Record<VendorErrorKind, Meaning>> = {
  "invalid-request": row(
    "LK-3015",
    refused,
    [400, "LK-3015"],
    [400, "invalid_request_error"],
    [400, "INVALID_ARGUMENT"],
  ),
  "context-length": row(
    "LK-3017",
    elsewhere,
    [400, "context_length_exceeded"],
    [400, "invalid_request_error"],
    [400, "INVALID_ARGUMENT"],
  ),
  "content-policy": row(
    "LK-3018",
    refused,
    [400, "content_policy_violation"],
    [400, "invalid_request_error"],
    [400, "INVALID_ARGUMENT"],
  ),
  "too-large": row(
    "LK-3019",
    elsewhere,
    [413, "LK-3019"],
    [413, "request_too_large"],
    [413, "INVALID_ARGUMENT"],
  ),
  "not-found": row(
    "LK-3020",
    elsewhere,
    [404, "model_not_found"],
    [404, "not_found_error"],
    [404, "NOT_FOUND"],
  ),
  authentication: credentials,
  permission: credentials,
  "rate-limit": row(
    "LK-3011",
    later,
    [429, "rate_limit_exceeded"],
    [429, "rate_limit_error"],
    [429, "RESOURCE_EXHAUSTED"],
  ),
  quota: row(
    "LK-3021",
    elsewhere,
    [429, "insufficient_quota"],
    [402, "billing_error"],
    [429, "RESOURCE_EXHAUSTED"],
  ),
  overloaded: row("LK-3022", later, [503, "LK-3022"], [529, "overloaded_error"], [503, "UNAVAILABLE"]),
  timeout: row("LK-3023", later, [504, "LK-3023"], [504, "timeout_error"], [504, "DEADLINE_EXCEEDED"]),
  server: row("LK-3012", later, [502, "LK-3012"], [502, "api_error"], [502, "UNAVAILABLE"]),
};

/** Kinds that are about the request, so that a vendor of the caller's own dialect speaks for itself. */
export const refusals: readonly VendorErrorKind[] = [
  "invalid-request",
  "context-length",
  "content-policy",
  "too-large",
  "not-found",
];

/** What a caller of a dialect is told. */
export function toldTo(dialect: CallerDialectName, kind: VendorErrorKind): ToldFailure {
  const meaning = meanings[kind];
  if (dialect === "anthropic-messages") return meaning.messages;
  return dialect === "gemini" ? meaning.gemini : meaning.openai;
}
