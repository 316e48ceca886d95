import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { openaiChat } from "../../../src/dialects/openai-chat/index.ts";

const { parseError } = openaiChat.egress;
const bytes = (value: unknown): Uint8Array =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value));

describe("a vendor's error", () => {
  test.each([
    [
      400,
      { error: { message: "Bad", type: "invalid_request_error", param: "messages", code: null } },
      "invalid-request",
    ],
    [400, { error: { message: "Too long", code: "context_length_exceeded" } }, "context-length"],
    [400, { error: { message: "This model's maximum context length is 8192 tokens." } }, "context-length"],
    [
      400,
      { error: { message: "prompt too long; exceeded max context length by 9 tokens" } },
      "context-length",
    ],
    [413, { error: { message: "Request too large" } }, "too-large"],
    [400, { error: { message: "Filtered", code: "content_filter" } }, "content-policy"],
    [400, { error: { message: "due to Azure's content management policy" } }, "content-policy"],
    [401, { error: { message: "Wrong key", code: "invalid_api_key" } }, "authentication"],
    [401, { detail: "Invalid API Key" }, "authentication"],
    [402, { error: { message: "Insufficient Balance" } }, "quota"],
    [403, { error: { message: "Not yours" } }, "permission"],
    [404, { error: { message: "No such model", code: "model_not_found" } }, "not-found"],
    [
      422,
      { detail: [{ loc: ["body", "messages", 0], msg: "field required", type: "missing" }] },
      "invalid-request",
    ],
    [429, { error: { message: "Slow down", type: "requests", code: "rate_limit_exceeded" } }, "rate-limit"],
    [429, { error: { message: "No money", code: "insufficient_quota" } }, "quota"],
    // Each vendor calls the same things differently.
    [
      400,
      { object: "error", message: "Invalid model: mistral-9", type: "invalid_model", code: "1500" },
      "not-found",
    ],
    [400, { error: { message: "Model Not Exist", code: "invalid_request_error" } }, "not-found"],
    [400, { error: { message: "acme/none is not a valid model ID", code: 400 } }, "not-found"],
    [400, { error: { message: "The model 'x/y-9' does not exist." } }, "not-found"],
    [
      400,
      { error: { message: "The model says that a function `x` of yours was not found" } },
      "invalid-request",
    ],
    [410, { error: { message: "The model has been retired." } }, "not-found"],
    [400, { code: "invalid-argument", error: "Incorrect API key provided: xa***9f." }, "authentication"],
    [400, { error: { message: "Access denied", code: "Arrearage" } }, "quota"],
    [429, { error: { message: "Suspended", type: "exceeded_current_quota_error" } }, "quota"],
    [
      429,
      { error: { message: "Spent", type: "insufficient_quota", code: "credit_balance_exhausted" } },
      "quota",
    ],
    [429, { error: { message: "Spent", code: "organization_usage_limit_exceeded" } }, "quota"],
    [429, { error: { message: "Busy", type: "engine_overloaded_error" } }, "overloaded"],
    [503, { error: { message: "Slow down", type: "slow_down" } }, "overloaded"],
    [400, { error: { message: "Too big", type: "request_too_large" } }, "too-large"],
    [
      403,
      { error: { code: 403, message: "Flagged", metadata: { reasons: ["violence"], flagged_input: "…" } } },
      "content-policy",
    ],
    [403, { code: "forbidden", error: "Content violates usage guidelines." }, "content-policy"],
    [498, { error: { message: "No capacity" } }, "overloaded"],
    [500, { error: "boom" }, "server"],
    [503, { object: "error", message: "Overloaded", type: "ServiceUnavailable" }, "overloaded"],
    [504, "upstream timed out", "timeout"],
    [400, [{ error: { code: 400, message: "Bad", status: "INVALID_ARGUMENT" } }], "invalid-request"],
    [
      400,
      { errors: [{ code: 5006, message: "required properties at '/' are 'prompt'" }], success: false },
      "invalid-request",
    ],
  ])("of status %d, %j, is of kind %s", (status, body, kind) => {
    const error = parseError(status, bytes(body));
    expect(error.kind).toBe(kind as never);
    expect(error.message).not.toBe("");
    if (typeof body !== "string") expect(error.message).not.toBe("no message");
  });

  test("keeps the vendor's words, code and field", () => {
    const body = {
      error: { message: "Bad value", type: "invalid_request_error", param: "top_p", code: "bad_value" },
    };
    expect(parseError(400, bytes(body))).toEqual({
      kind: "invalid-request",
      message: "Bad value",
      code: "bad_value",
      param: "top_p",
    });
    expect(
      parseError(422, bytes({ detail: [{ loc: ["body", "messages", 0], msg: "field required" }] })),
    ).toEqual({
      kind: "invalid-request",
      message: "field required",
      param: "messages.0",
    });
    const routed = {
      error: { message: "Provider returned error", code: 429, metadata: { raw: "try later" } },
    };
    expect(parseError(429, bytes(routed)).message).toBe("Provider returned error: try later");
  });

  test.each([
    ["Please try again in 20s.", 20],
    ["Please try again in 1m2.5s. Visit …", 63],
    ["Please try again in 850ms.", 1],
    ["Please try again in 6m0s.", 360],
    ["Please try again later.", undefined],
  ])("says in %j how long to wait", (message, seconds) => {
    expect(parseError(429, bytes({ error: { message } })).retryAfterS).toBe(seconds);
  });

  test.each([
    ["", "no message"],
    ["<html>Bad gateway</html>", "<html>Bad gateway</html>"],
    ["{}", "{}"],
    ["x".repeat(9_000), "x".repeat(500)],
  ])("may be no error at all: %#", (body, message) => {
    expect(parseError(502, bytes(body))).toEqual({ kind: "server", message });
  });

  test("never throws", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 599 }),
        fc.oneof(fc.uint8Array(), fc.json().map(bytes)),
        (status, body) => {
          expect(typeof parseError(status, body).message).toBe("string");
        },
      ),
    );
  });
});
