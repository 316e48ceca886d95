/** What stands in the place of a secret. */
export const MASK = "[redacted]";

/** Names of headers and fields whose value is a credential wherever it is written out in a text. */
const NAMED = "(?:proxy-)?authorization|x-api-key|x-goog-api-key|[a-z]{0,20}_?api[-_]?key|password|secret";

/**
 * Texts that are credentials by their form. Each is matched wherever it stands, also glued to other text, unless
 * it would then be found in ordinary words (`sk-` in "risk-assessment"). Everything that looks backwards is
 * bounded, so that no text makes it slow.
 */
const CREDENTIALS: readonly RegExp[] = [
  // Latchkey's own keys, also cut short: see kernel/api-key.ts.
  /lk_[a-z0-9]{1,16}_[0-9A-Za-z]{12}_[0-9A-Za-z]*/g,
  // OpenAI, Anthropic and those who write keys like them.
  /(?<![A-Za-z])sk-[0-9A-Za-z_-]{8,}/g,
  // Google.
  /AIza[0-9A-Za-z_-]{20,}/g,
  /(?<![A-Za-z])ya29\.[0-9A-Za-z_.-]{8,}/g,
  // AWS: ids of access keys.
  /(?<![0-9A-Za-z])(?:AKIA|ASIA)[0-9A-Z]{16}/g,
  // Groq, xAI, Hugging Face, Perplexity, Replicate, GitHub.
  /(?<![A-Za-z])(?:gsk|xai|hf|pplx|r8|gh[a-z]|github_pat)[_-][0-9A-Za-z_-]{16,}/g,
  // JSON web tokens.
  /(?<![0-9A-Za-z_-])eyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]+\.[0-9A-Za-z_-]*/g,
  /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,20}PRIVATE KEY-----|$)/g,
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
  let safe = text;
  for (const pattern of CREDENTIALS) safe = safe.replace(pattern, MASK);
  return safe;
}
