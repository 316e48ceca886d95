import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { generateApiKey } from "../../src/kernel/api-key.ts";
import { createLogger } from "../../src/telemetry/logger.ts";
import { maskText } from "../../src/telemetry/mask-text.ts";
import { redact, redactText } from "../../src/telemetry/redact.ts";

const letters = (alphabet: string, length: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: length, maxLength: length });
const ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Credentials of all forms that are found wherever they stand. */
const secret = fc.oneof(
  fc.constantFrom("live", "test", "0", "averylongname123").map(generateApiKey),
  letters(ALPHANUMERIC, 20).map((text) => `sk-${text}`),
  letters(ALPHANUMERIC, 30).map((text) => `sk-ant-api03-${text}`),
  letters(ALPHANUMERIC, 24).map((text) => `sk-proj-${text}`),
  letters(`${ALPHANUMERIC}-_`, 35).map((text) => `AIza${text}`),
);
/** Text around them: anything that does not end in a letter, which would make one long word of it. */
const before = fc.oneof(
  fc.constant(""),
  fc.string({ unit: "binary" }).map((text) => `${text}:`),
);
const after = fc.oneof(
  fc.constant(""),
  fc.string({ unit: "binary" }).map((text) => ` ${text}`),
);

/** A value with the text somewhere in it: in lists, fields, names, errors and their causes, maps and headers. */
function hiding(text: string): fc.Arbitrary<unknown> {
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.constant(text),
      fc.tuple(fc.anything(), tie("value")),
      fc
        .tuple(fc.string(), tie("value"), fc.anything())
        .map(([name, inner, other]) => ({ other, [name]: inner })),
      tie("value").map((inner) => ({ [text]: inner })),
      tie("value").map((cause) => new Error(text, { cause })),
      tie("value").map((inner) => new AggregateError([inner], "several")),
      tie("value").map((inner) => Object.assign(new Error("x"), { inner })),
      tie("value").map((inner) => new Map([[text, inner]])),
      tie("value").map((inner) => new Set([inner, text])),
      tie("value").map((inner) => Object.assign(Object.create(null), { inner })),
      fc.constant(Symbol(text)),
    ),
  }));
  return value;
}

describe("a credential", () => {
  const hidden = fc.tuple(before, secret, after).chain(([start, key, end]) =>
    fc.record({
      key: fc.constant(key),
      text: fc.constant(start + key + end),
      value: hiding(start + key + end),
    }),
  );

  test.each(["json", "text"] as const)("never reaches the log as %s, wherever it stands", (format) => {
    fc.assert(
      fc.property(hidden, ({ key, text, value }) => {
        const lines: string[] = [];
        const destination = { write: (line: string) => void lines.push(line) };
        const logger = createLogger({ level: "info", format, destination });
        logger.child({ value }).info(text, { text, again: value, [text]: 1 });
        expect(lines).toHaveLength(1);
        expect(lines.join("")).not.toContain(key);
        // Not its secret part alone either.
        expect(lines.join("")).not.toContain(key.slice(-16));
      }),
      { numRuns: 300 },
    );
  });

  test("is masked although the text around it is cut", () => {
    const key = generateApiKey("live");
    for (let at = 7_900; at < 8_010; at++) {
      const text = redactText(`${"-".repeat(at)}${key}${"-".repeat(20_000)}`);
      expect(text).not.toContain(key.slice(24, 30));
    }
    for (let at = 15_930; at < 16_001; at += 7)
      expect(redactText(`${" ".repeat(at)}${key}`)).not.toContain(key.slice(24, 30));
  });

  test.each([
    ["a Latchkey key glued to words", "abclk_live_0123456789ab_secretsecretXYZ", "secret"],
    ["a Latchkey key cut short", "lk_live_0123456789ab_sec", "sec"],
    ["an Anthropic key", "key sk-ant-api03-abcdefgh-ij", "abcdefgh"],
    ["a Google key", "AIzaSyA1234567890abcdefghijklmnopqrs", "A1234"],
    ["a Google token", "ya29.a0AfH6SMBxyz", "a0AfH6"],
    ["an AWS id", "AKIAIOSFODNN7EXAMPLE", "IOSFODNN7"],
    ["a GitHub token", "ghp_abcdefghijklmnopqrst", "abcdefgh"],
    ["a Groq key", "gsk_abcdefghijklmnopqrst", "abcdefgh"],
    ["a web token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "c2lnb"],
    ["a private key", "-----BEGIN RSA PRIVATE KEY-----\nMIIabc\n-----END RSA PRIVATE KEY-----", "MIIabc"],
    ["a private key cut short", "-----BEGIN PRIVATE KEY-----\nMIIabc", "MIIabc"],
    ["a bearer token", "Authorization: Bearer abc.def", "abc.def"],
    ["a basic password", "authorization: Basic dXNlcjpwYXNz", "dXNlcjpwYXNz"],
    ["a key in a query", "/v1?alt=sse&key=hidden&x=1", "hidden"],
    ["a password in a URL", "redis://user:hidden@host:6379/0", "hidden"],
    ["a header", "x-api-key: hidden", "hidden"],
    ["cookies", "cookie: a=hidden; b=hidden", "hidden"],
    ["a field of JSON", '{"apiKey": "hid\\"hidden","b":1}', "hidden"],
    ["a field of JSON inside JSON", '{"body":"{\\"api_key\\":\\"hidden\\"}"}', "hidden"],
    ["a variable", "OPENAI_API_KEY=hidden", "hidden"],
  ])("is masked: %s", (_, text, gone) => {
    expect(redactText(text)).not.toContain(gone);
    expect(redactText(text)).toContain("[redacted]");
  });

  test.each([
    "a risk-assessment-of-the-whole thing",
    "/v1/chat/completions?alt=sse&x=1",
    "key production of app checkout",
    "the secret is set in OPENAI_API_KEY",
    "sentiment@1.0.0 at http://127.0.0.1:8787/v1 for ops@example.com",
    "a9f5e1".repeat(10),
    "req_0193b1f2c3d4e5f60718293a4b5c6d7e",
    "token bucket is empty",
  ])("is not seen in %p", (text) => {
    expect(redactText(text)).toBe(text);
  });

  test("is looked for in a time that grows with the text, not with its square", () => {
    // Each would take minutes if any pattern looked on or back without a bound.
    const parts = [
      " ",
      "a",
      "eyJ",
      "eyJaaaaaaaa.",
      "-----BEGIN PRIVATE KEY-----",
      "://",
      "bearer ",
      "cookie:",
      "api_key",
      "api key ",
      "api key provided was ",
      "api key: ",
      "sk-abc",
      "a*",
      "***",
      "sk-...",
    ];
    for (const part of parts) {
      const text = part.repeat(400_000 / part.length);
      expect(maskText(text).length).toBeLessThanOrEqual(text.length * 2);
    }
  });
});

describe("a key that a vendor quotes", () => {
  const SENTENCES: readonly (readonly [string, string])[] = [
    [
      "Incorrect API key provided: ",
      ". You can find your API key at https://platform.openai.com/account/api-keys.",
    ],
    ["Authentication Fails, Your api key: ", " is invalid"],
    [
      "Authentication Error, Invalid proxy server token passed. Received API Key = ",
      ", unable to find token",
    ],
    ['{"error":{"message":"The API key \'', "' is not valid\"}}"],
    ["invalid access token (", ")"],
    ["your credential is: ", ""],
    ["subscription-key was “", "”, which nobody knows"],
  ];
  const around = fc.constantFrom(...SENTENCES);
  const ends = letters(ALPHANUMERIC, 4);
  const hidden = fc.oneof(
    fc.integer({ min: 3, max: 60 }).map((count) => "*".repeat(count)),
    fc.constantFrom("...", "…", "••••"),
  );
  /** Of no form that is known. */
  const unknown = fc
    .tuple(fc.string({ unit: fc.constantFrom(...ALPHANUMERIC, "-", "_"), minLength: 4, maxLength: 80 }), ends)
    .map(([start, end]) => `${start}7x${end}`);
  const starred = fc
    .tuple(
      fc.constantFrom("sk-", "sk-proj-", "gsk_", "xai-", "", "key-"),
      ends,
      hidden,
      fc.oneof(ends, fc.constant("")),
    )
    .map(([prefix, start, stars, end]) => `${prefix}${start}${stars}${end}`);

  test("whole, of whatever form, is all that its sentence loses", () => {
    fc.assert(
      fc.property(around, unknown, ([start, end], key) => {
        expect(redactText(start + key + end)).toBe(`${start}[redacted]${end}`);
      }),
      { numRuns: 500 },
    );
  });

  test("partly hidden, is all that its sentence loses", () => {
    fc.assert(
      fc.property(around, starred, ([start, end], key) => {
        expect(redactText(start + key + end)).toBe(`${start}[redacted]${end}`);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ["Incorrect API key provided: sk-abc…", "Incorrect API key provided: [redacted]"],
    ["Incorrect API key provided: xa***ab. Bye", "Incorrect API key provided: [redacted]. Bye"],
    ["Your api key: ****c92d is invalid", "Your api key: [redacted] is invalid"],
    ["key sk-proj-****************wxyz is wrong", "key [redacted] is wrong"],
    ["gsk_...9f3a of team a", "[redacted] of team a"],
    ["API key abc123def456 is invalid", "API key [redacted] is invalid"],
    ["API key provided: correct-horse-battery", "API key provided: [redacted]"],
  ])("is masked: %s", (text, safe) => {
    expect(redactText(text)).toBe(safe);
  });

  test.each([
    "Incorrect API key provided",
    "Incorrect API key provided: please check your account.",
    "Invalid API key: missing",
    "API key not valid. Please pass a valid API key.",
    "invalid x-api-key",
    "No API key: see https://platform.example/account/api-keys1",
    "Set the API key: OPENAI_API_KEY_OF_PRODUCTION",
    "The API key for gpt-4.1-mini-2025-04-14 is missing",
    "session token: expired, access token = unauthenticated",
    "max_tokens: 128000, refresh token: 3600",
    "keys look like sk-... or gsk_...",
    "footnote***, **bold** and ***both***",
    "API key is read-only: read-only",
  ])("is not seen in %p", (text) => {
    expect(redactText(text)).toBe(text);
  });

  test("is not looked for where it was masked before", () => {
    const once = redactText("Incorrect API key provided: sk-abcdefghijklmnopqrstuvwxyz123456.");
    expect(once).toBe("Incorrect API key provided: [redacted].");
    expect(redactText(once)).toBe(once);
  });
});

describe("a field", () => {
  test.each([
    "authorization",
    "Proxy-Authorization",
    "Cookie",
    "set-cookie",
    "apiKey",
    "api_key",
    "APIKey",
    "openaiApiKey",
    "OPENAI_API_KEY",
    "x-api-key",
    "x-goog-api-key",
    "password",
    "dbPassword",
    "passwd",
    "clientSecret",
    "client-secret",
    "token",
    "access_token",
    "refreshToken",
    "privateKey",
    "aws.secret.access.key",
    "credentials",
  ])("named %s is masked whole", (name) => {
    expect(redact({ headers: { [name]: "plain words", b: 1 } })).toEqual({
      headers: { [name]: "[redacted]", b: 1 },
    });
    expect(redact({ [name]: { deep: ["plain words"] } })).toEqual({ [name]: "[redacted]" });
    expect(redact(new Map([[name, 12]]))).toEqual({ [name]: "[redacted]" });
  });

  test("of headers is masked by its name", () => {
    const headers = new Headers({ "x-api-key": "plain", accept: "text/plain" });
    expect(redact(headers)).toEqual({ "x-api-key": "[redacted]", accept: "text/plain" });
  });

  test.each([
    "key",
    "keyId",
    "secretName",
    "tokens",
    "inputTokens",
    "firstTokenMs",
    "tokenizer",
    "publicId",
    "path",
  ])("named %s is shown", (name) => {
    expect(redact({ [name]: "plain words" })).toEqual({ [name]: "plain words" });
  });

  test("that holds no secret says so", () => {
    expect(redact({ token: null, secret: undefined, password: true })).toEqual({
      token: null,
      secret: undefined,
      password: true,
    });
  });
});
