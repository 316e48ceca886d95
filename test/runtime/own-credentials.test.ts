import { describe, expect, test } from "bun:test";
import { withoutOwnCredentials } from "../../src/runtime/own-credentials.ts";
import { renderRequestHead } from "../../src/upstream/request-head.ts";

const head = renderRequestHead({
  method: "POST",
  path: "/v1/chat/completions",
  host: "upstream.example",
  headers: [
    ["content-type", "application/json"],
    ["accept-encoding", "identity"],
    ["authorization", "Bearer sk-secret-of-ours"],
    ["x-tenant-key", "second-secret"],
    ["x-short", "yes"],
  ],
});

describe("an upstream's words", () => {
  test("lose the credentials that were sent to it, however often they are quoted", () => {
    const words = "Bearer sk-secret-of-ours is wrong: sk-secret-of-ours, second-secret";
    expect(withoutOwnCredentials(words, head)).toBe("Bearer [redacted] is wrong: [redacted], [redacted]");
  });

  test("keep everything else", () => {
    const words = "yes, upstream.example takes application/json with identity and no sk-secret";
    expect(withoutOwnCredentials(words, head)).toBe(words);
  });
});
