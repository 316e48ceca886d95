import { describe, expect, test } from "bun:test";
import type { ChatDialectName } from "../../src/canonical/content.ts";
import type { VendorErrorKind } from "../../src/canonical/vendor-error.ts";
import { chatDialects } from "../../src/dialects/registry.ts";
import { recordedExchanges } from "../support/recorded-exchanges.ts";
import { hasRecordings } from "../support/recordings.ts";

const APIS: Readonly<Partial<Record<ChatDialectName, readonly string[]>>> = {
  "openai-chat": ["chat.completions", "embeddings"],
  "openai-responses": ["responses"],
  "anthropic-messages": ["messages", "messages.count_tokens"],
  gemini: ["generateContent", "streamGenerateContent", "embedContent", "countTokens"],
  "bedrock-converse": ["converse", "converse-stream"],
  "cohere-chat": ["cohere.v2.chat", "embed"],
};

/** What a recording's name says that went wrong; a limit may have come first. */
const MEANT: readonly (readonly [name: RegExp, kinds: readonly VendorErrorKind[]])[] = [
  [/auth_error|invalid_api_keys/, ["authentication", "permission"]],
  [/context_length_exceeded/, ["context-length", "rate-limit"]],
  [/model_name_suggestion|unknown-model|embed_error|count_tokens_error/, ["not-found"]],
];

const recorded = Object.entries(APIS).flatMap(([dialect, apis]) =>
  recordedExchanges(...apis)
    .filter(({ status }) => status >= 400)
    .map((exchange) => [exchange.name, dialect as ChatDialectName, exchange] as const),
);

describe("a recorded failure", () => {
  test("is there wherever recordings are", () => {
    expect(recorded.length > 0).toBe(hasRecordings);
  });

  for (const [name, dialect, { status, body }] of recorded) {
    test(`${name} is read by ${dialect} as what it was`, () => {
      const error = chatDialects[dialect]?.egress.parseError(status, body);
      const meant = MEANT.find(([pattern]) => pattern.test(name))?.[1];
      if (meant !== undefined) expect(meant).toContain(error?.kind ?? "server");
      // The words are the vendor's own, not the body around them.
      expect(Buffer.from(body).toString()).toContain(JSON.stringify(error?.message).slice(1, 24));
      expect(error?.message).not.toStartWith("{");
    });
  }
});
