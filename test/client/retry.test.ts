import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { LatchkeyClientError } from "../../sdk/client/error.ts";
import { isRetryable, retryDelayMs } from "../../sdk/client/retry.ts";
import { parseRetryAfter } from "../../sdk/client/retry-after.ts";

describe("which errors are worth another attempt", () => {
  const withStatus = (status: number): LatchkeyClientError =>
    new LatchkeyClientError("upstream", "failed", { status });

  test("busy and broken gateways and providers are", () => {
    for (const status of [408, 429, 502, 503, 504]) expect(isRetryable(withStatus(status))).toBe(true);
  });

  test("other answers are not", () => {
    for (const status of [301, 400, 401, 403, 404, 409, 410, 413, 422, 499, 500, 501]) {
      expect(isRetryable(withStatus(status))).toBe(false);
    }
  });

  test("an account at a provider that is used up is not, whose status is a limit's", () => {
    const limit = (code: string) => new LatchkeyClientError("rate-limit", "failed", { status: 429, code });
    expect(isRetryable(limit("LK-3011"))).toBe(true);
    expect(isRetryable(limit("LK-3021"))).toBe(false);
  });

  test("of calls without an answer only those that never reached the gateway", () => {
    expect(isRetryable(new LatchkeyClientError("connection", "failed"))).toBe(true);
    for (const kind of ["timeout", "aborted", "cut-stream", "invalid-input"] as const) {
      expect(isRetryable(new LatchkeyClientError(kind, "failed"))).toBe(false);
    }
  });
});

describe("the wait between attempts", () => {
  test("has a ceiling that doubles up to eight seconds", () => {
    const ceilings = [0, 1, 2, 3, 4, 5, 60].map((attempt) => retryDelayMs(attempt, undefined, 1));
    expect(ceilings).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
  });

  test("is spread over the whole range", () => {
    expect(retryDelayMs(2, undefined, 0)).toBe(0);
    expect(retryDelayMs(2, undefined, 0.25)).toBe(500);
  });

  test("is never shorter than the gateway asked for", () => {
    expect(retryDelayMs(0, 3_000, 0.5)).toBe(3_000);
    expect(retryDelayMs(3, 100, 0.5)).toBe(2_000);
    const property = fc.property(
      fc.nat(100),
      fc.nat(100_000),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (attempt, ms, random) => retryDelayMs(attempt, ms, random) >= ms,
    );
    fc.assert(property);
  });
});

describe("Retry-After", () => {
  const now = Date.UTC(1994, 10, 6, 8, 49, 7);

  test("in seconds", () => {
    expect(parseRetryAfter("30", now)).toBe(30_000);
    expect(parseRetryAfter(" 0 ", now)).toBe(0);
    expect(parseRetryAfter("1.5", now)).toBe(1_500);
  });

  test("as a date, in each of the three forms", () => {
    expect(parseRetryAfter("Sun, 06 Nov 1994 08:49:37 GMT", now)).toBe(30_000);
    expect(parseRetryAfter("Sunday, 06-Nov-94 08:49:37 GMT", now)).toBe(30_000);
    expect(parseRetryAfter("Sun Nov  6 08:49:37 1994", now)).toBe(30_000);
  });

  test("as a date that has passed", () => {
    expect(parseRetryAfter("Sun, 06 Nov 1994 08:00:00 GMT", now)).toBe(0);
  });

  test("nonsense counts as none", () => {
    for (const text of [null, "", " ", "soon", "-5", "1e3", "0x10", "Infinity", "Monday", "5 s"]) {
      expect(parseRetryAfter(text, now)).toBeUndefined();
    }
  });
});
