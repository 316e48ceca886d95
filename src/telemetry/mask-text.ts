import { credentialShapes } from "../kernel/credential-shapes.ts";
import { maskQuotedKeys } from "./mask-quoted-keys.ts";

/** What stands in the place of a secret. */
export const MASK = "[redacted]";

/** Names of headers and fields whose value is a credential wherever it is written out in a text. */
const NAMED = "(?:proxy-)?authorization|x-api-key|x-goog-api-key|[a-z]{0,20}_?api[-_]?key|password|secret";

/**
 * What is masked beside `credentialShapes`: the same glued to other text or cut short, and whatever stands where a
 * credential does. Everything that looks backwards is bounded, so that no text makes it slow.
 */
const CREDENTIALS: readonly RegExp[] = [
  ...credentialShapes,
  // Latchkey's own keys and OpenAI's, also glued to other text and cut short: see kernel/api-key.ts.
  /lk_[a-z0-9]{1,16}_[0-9A-Za-z]{12}_[0-9A-Za-z]*/g,
  /(?<![A-Za-z])sk-[0-9A-Za-z_-]{8,}/g,
  /AIza[0-9A-Za-z_-]{20,}/g,
  /(?<![A-Za-z])(?:gsk|xai|hf|pplx|r8|gh[a-z]|github_pat)[_-][0-9A-Za-z_-]{16,}/g,
  /(?<=\bbearer\s{1,8})[^\s"',;]+/gi,
  // In queries and in the user part of URLs.
  /(?<=[?&;](?:key|api[-_]?key|token|access_token|sig|signature)=)[^&\s"'#]+/gi,
  /(?<=:\/\/[^\s/@:]{0,64}:)[^\s/@]+(?=@)/g,
  /(?<=\b(?:set-)?cookie\s{0,8}[:=]\s{0,8})[^\r\n"]+/gi,
  // `"name":"value"`, the same inside a JSON text, and `name: value` or `name=value`.
  new RegExp(`(?<=\\b(?:${NAMED})"\\s{0,8}:\\s{0,8}")(?:[^"\\\\]|\\\\.)+`, "gi"),
  new RegExp(`(?<=\\b(?:${NAMED})\\\\{1,4}"\\s{0,8}:\\s{0,8}\\\\{1,4}")[^"\\\\]+`, "gi"),
  new RegExp(
    `(?<=\\b(?:${NAMED})\\s{0,8}[:=]\\s{0,8})(?:(?:basic|bearer|digest)\\s{1,8})?[^\\s"',;&]+`,
    "gi",
  ),
];

/** A text with everything masked that looks like a credential. */
export function maskText(text: string): string {
  // First, since a key that is partly hidden has the form of a shorter one.
  let safe = maskQuotedKeys(text, MASK);
  for (const pattern of CREDENTIALS) safe = safe.replace(pattern, MASK);
  return safe;
}
