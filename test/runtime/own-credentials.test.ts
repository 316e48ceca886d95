import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { Sigv4Signer } from "../../src/providers/auth/sigv4.ts";
import { withoutOwnCredentials } from "../../src/runtime/own-credentials.ts";
import { renderRequestHead } from "../../src/upstream/request-head.ts";

type Headers = readonly (readonly [string, string])[];

function headOf(headers: Headers, path = "/v1/chat/completions"): string {
  return renderRequestHead({
    method: "POST",
    path,
    host: "upstream.example",
    headers: [["content-type", "application/json"], ["accept-encoding", "identity"], ...headers],
  });
}

const head = headOf([
  ["authorization", "Bearer sk-secret-of-ours"],
  ["x-tenant-key", "second-secret"],
  ["x-short", "yes"],
]);

describe("an upstream's words", () => {
  test("lose the credentials that were sent to it, however often they are quoted", () => {
    const words = "Bearer sk-secret-of-ours is wrong: sk-secret-of-ours, second-secret";
    expect(withoutOwnCredentials(words, head)).toBe("Bearer [redacted] is wrong: [redacted], [redacted]");
  });

  test.each(["sk-s***ours", "sk-secr••••urs", "sk-...urs", "sk-sec…ours"])(
    "lose a copy of which the middle is hidden: %s",
    (shown) => {
      expect(withoutOwnCredentials(`Incorrect API key provided: ${shown}.`, head)).toBe(
        "Incorrect API key provided: [redacted].",
      );
    },
  );

  test("keep what is hidden of others' texts", () => {
    const words = "see chapter...urs, sk-x***ours and sk-s***theirs";
    expect(withoutOwnCredentials(words, head)).toBe(words);
  });

  test("keep everything else", () => {
    const words = "yes, upstream.example takes application/json with identity and no sk-secret";
    expect(withoutOwnCredentials(words, head)).toBe(words);
  });

  test.each(["x-api-key", "api-key", "x-goog-api-key", "cookie"])("lose what was sent as %s", (name) => {
    const words = `invalid ${name}: key-of-ours`;
    expect(withoutOwnCredentials(words, headOf([[name, "key-of-ours"]]))).toBe(`invalid ${name}: [redacted]`);
  });

  test("keep the version of the API that was asked for", () => {
    const words = "anthropic-version: 2023-06-01 is not supported";
    const sent = headOf([
      ["x-api-key", "key-of-ours"],
      ["anthropic-version", "2023-06-01"],
    ]);
    expect(withoutOwnCredentials(words, sent)).toBe(words);
  });

  test("lose credentials in a query, as they were sent and as they were meant", () => {
    const sent = headOf([], "/v1/models?alt=sse&key=AIza%2Bof-ours&api_key=second-key&monkey");
    const words = "no API key AIza+of-ours (AIza%2Bof-ours), second-key; alt=sse";
    expect(withoutOwnCredentials(words, sent)).toBe(
      "no API key [redacted] ([redacted]), [redacted]; alt=sse",
    );
  });

  test("lose every part of an AWS signature that is ours, and the session token", () => {
    const credentials = {
      accessKeyId: "AKIDEXAMPLEOFOURS",
      secretAccessKey: "secret-key-of-ours",
      sessionToken: "session/token+of=ours",
    };
    const body = new Uint8Array([123, 125]);
    const signed = new Sigv4Signer(credentials, "eu-central-1", "bedrock").sign({
      method: "POST",
      path: "/model/x/converse",
      host: "upstream.example",
      body,
      nowMs: 1_700_000_000_000,
    });
    const sent = headOf(signed, "/model/x/converse");
    const signature = /Signature=(\w+)/.exec(sent)?.[1] ?? "none";
    // As in AWS' own errors, which show the text that they have signed.
    const words = `The Canonical String should have been 'POST
/model/x/converse
x-amz-date:20231114T221320Z
x-amz-security-token:${credentials.sessionToken}' for ${credentials.accessKeyId}, not ${signature}`;
    const safe = withoutOwnCredentials(words, sent);
    expect(safe).toBe(`The Canonical String should have been 'POST
/model/x/converse
x-amz-date:20231114T221320Z
x-amz-security-token:[redacted]' for [redacted], not [redacted]`);
  });

  test("never hold a token of eight characters and more that was sent, whatever it is", () => {
    const token = fc.stringMatching(/^[!-~]{8,40}$/).filter((text) => !/^\d{4}-\d\d-\d\d$/.test(text));
    fc.assert(
      fc.property(token, fc.string(), (secret, words) => {
        const sent = headOf([["authorization", `Bearer ${secret}`]]);
        const safe = withoutOwnCredentials(`${words}${secret}${words}`, sent);
        expect(safe.split("[redacted]").filter((piece) => piece.includes(secret))).toEqual([]);
      }),
    );
  });
});
