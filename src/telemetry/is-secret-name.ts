/** Last words of names whose value is a secret: `OPENAI_API_KEY`, `clientSecret`, `x-goog-api-key`, `token`. */
const SECRET_ENDINGS: readonly string[] = [
  "authorization",
  "cookie",
  "cookies",
  "credential",
  "credentials",
  "passphrase",
  "passwd",
  "password",
  "pwd",
  "secret",
  "secrets",
  "token",
  "jwt",
  "apikey",
  "api key",
  "access key",
  "encryption key",
  "master key",
  "private key",
  "secret key",
  "signing key",
  "plain text",
];

const SECRET = new RegExp(`(?:^| )(?:${SECRET_ENDINGS.join("|")})$`);

/**
 * Whether a field is named like a secret, however its words are joined. Counts (`inputTokens`), times
 * (`firstTokenMs`) and names (`secretName`, `key`) are not.
 */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .replace(/[^0-9A-Za-z]+/g, " ")
    .trim()
    .toLowerCase();
  return SECRET.test(words);
}
