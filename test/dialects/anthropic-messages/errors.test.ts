import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { anthropicMessages } from "../../../src/dialects/anthropic-messages/index.ts";
import { messagesSample } from "../../support/anthropic-samples.ts";

const { egress, ingress } = anthropicMessages;

describe("an error of Anthropic", () => {
  test.each([
    [
      400,
      "error-400",
      { kind: "invalid-request", code: "invalid_request_error", param: "messages.0.content.0.text" },
    ],
    [400, "error-400-length", { kind: "context-length" }],
    [401, "error-401", { kind: "authentication", message: "invalid x-api-key" }],
    [429, "error-429", { kind: "rate-limit" }],
    [529, "error-529", { kind: "overloaded", message: "Overloaded" }],
  ] as const)("with status %d is understood: %s", (status, name, error) => {
    expect(egress.parseError(status, messagesSample(`${name}.json`))).toMatchObject(error);
  });

  const own = (type: string, message: string): string =>
    JSON.stringify({ type: "error", error: { type, message } });
  test.each([
    [400, own("invalid_request_error", "Your credit balance is too low"), "quota"],
    [400, own("invalid_request_error", "Output blocked by content filtering policy"), "content-policy"],
    [400, own("billing_error", "Pay"), "quota"],
    [403, own("permission_error", "No"), "permission"],
    [404, own("not_found_error", "model: claude-9"), "not-found"],
    [413, own("request_too_large", "Too large"), "too-large"],
    [504, own("timeout_error", "Late"), "timeout"],
    [500, own("api_error", "Oh"), "server"],
    [418, own("teapot_error", "Short and stout"), "invalid-request"],
    // Those of other clouds, and of whoever stands in between.
    [429, '[{"error":{"code":429,"message":"Quota exceeded","status":"RESOURCE_EXHAUSTED"}}]', "rate-limit"],
    [403, '{"error":{"code":403,"message":"Denied","status":"PERMISSION_DENIED"}}', "permission"],
    [404, '{"error":"no such model"}', "not-found"],
    [503, "", "overloaded"],
    [502, "<html>", "server"],
    [400, "null", "invalid-request"],
  ])("with status %d and body %p is of the kind %s", (status, body, kind) => {
    const error = egress.parseError(status, Buffer.from(body));
    expect(error.kind).toBe(kind as never);
    expect(error.message).not.toBe("");
  });

  const google = (code: number, status: string, message: string, details: readonly object[] = []): string =>
    JSON.stringify({ error: { code, message, status, details } });
  const rpc = (type: string, members: object): object => ({
    "@type": `type.googleapis.com/google.rpc.${type}`,
    ...members,
  });
  test.each([
    [
      429,
      google(429, "RESOURCE_EXHAUSTED", "Quota exceeded for online_prediction_requests_per_base_model.", [
        rpc("RetryInfo", { retryDelay: "13.2s" }),
      ]),
      { kind: "rate-limit", code: "RESOURCE_EXHAUSTED", retryAfterS: 14 },
    ],
    [
      429,
      `[${google(429, "RESOURCE_EXHAUSTED", "Quota exceeded.", [rpc("RetryInfo", { retryDelay: "7s" })])}]`,
      { kind: "rate-limit", retryAfterS: 7 },
    ],
    [
      429,
      google(429, "RESOURCE_EXHAUSTED", "Quota exceeded.", [
        rpc("QuotaFailure", { violations: [{ quotaId: "TokensPerDayPerBaseModel" }] }),
      ]),
      { kind: "quota", code: "RESOURCE_EXHAUSTED" },
    ],
    [
      503,
      google(503, "UNAVAILABLE", "Overloaded.", [rpc("RetryInfo", { retryDelay: "1s" })]),
      { kind: "overloaded", retryAfterS: 1 },
    ],
    [504, google(504, "DEADLINE_EXCEEDED", "Late."), { kind: "timeout" }],
    [401, google(401, "UNAUTHENTICATED", "No token."), { kind: "authentication" }],
    [403, google(403, "PERMISSION_DENIED", "Denied."), { kind: "permission" }],
    [404, google(404, "NOT_FOUND", "Publisher Model `claude-9` was not found."), { kind: "not-found" }],
    [400, google(400, "FAILED_PRECONDITION", "Not ready."), { kind: "invalid-request" }],
    [400, google(400, "INVALID_ARGUMENT", "prompt is too long: 9 tokens > 8"), { kind: "context-length" }],
    [
      400,
      google(400, "INVALID_ARGUMENT", "No.", [
        rpc("BadRequest", { fieldViolations: [{ field: "max_tokens" }] }),
      ]),
      { kind: "invalid-request", param: "max_tokens" },
    ],
  ])("on Google Cloud, with status %d and body %s, is read as Google's", (status, body, error) => {
    expect(egress.parseError(status, Buffer.from(body))).toMatchObject(error as never);
  });

  test("is read whatever it holds", () => {
    fc.assert(
      fc.property(
        fc.nat(599),
        fc.oneof(
          fc.uint8Array(),
          fc.json().map((json) => Buffer.from(json)),
        ),
        (status, body) => {
          expect(egress.parseError(status, body).message).not.toBe("");
        },
      ),
    );
  });
});

test.each([
  ["invalid-request", 400, "invalid_request_error"],
  ["context-length", 400, "invalid_request_error"],
  ["content-policy", 400, "invalid_request_error"],
  ["authentication", 401, "authentication_error"],
  ["permission", 403, "permission_error"],
  ["not-found", 404, "not_found_error"],
  ["too-large", 413, "request_too_large"],
  ["rate-limit", 429, "rate_limit_error"],
  ["quota", 402, "billing_error"],
  ["quota", 429, "billing_error"],
  ["overloaded", 503, "overloaded_error"],
  ["timeout", 504, "timeout_error"],
  ["server", 502, "api_error"],
] as const)("an error of the kind %s and status %d is told as %s", (kind, status, type) => {
  expect(ingress.renderError({ kind, status, code: "LK-2102", message: "No.", param: "model" })).toEqual({
    type: "error",
    error: { type, message: "No.", details: { error_code: "LK-2102", param: "model" } },
  });
});
