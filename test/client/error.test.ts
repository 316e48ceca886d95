import { describe, expect, test } from "bun:test";
import { LatchkeyClientError } from "../../sdk/client/error.ts";
import { kindOfCode, kindOfStatus } from "../../sdk/client/error-kind.ts";

const details = {
  status: 429,
  code: "LK-2201",
  type: "rate_limit_error",
  param: "model",
  requestId: "req_1",
  retryAfterMs: 2_000,
};

describe("the client's error", () => {
  const cause = new Error("socket closed");
  const error = new LatchkeyClientError("rate-limit", "Too many calls.", { ...details, cause });

  test("is an error that carries what is known", () => {
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toBe("LatchkeyClientError: Too many calls.");
    expect(error).toMatchObject({ kind: "rate-limit", ...details });
    expect(error.cause).toBe(cause);
  });

  test("writes itself as JSON without stack and cause", () => {
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: "LatchkeyClientError",
      kind: "rate-limit",
      message: "Too many calls.",
      ...details,
    });
  });

  test("leaves out what is not known", () => {
    const bare = new LatchkeyClientError("connection", "The gateway could not be reached.");
    expect(Object.keys(JSON.parse(JSON.stringify(bare)))).toEqual(["name", "kind", "message"]);
    expect("cause" in bare).toBe(false);
  });

  test("is known by its marker, across copies of the package", async () => {
    const copy: { LatchkeyClientError: typeof LatchkeyClientError } = await import(
      `${import.meta.dir}/../../sdk/client/error.ts?copy`
    );
    const foreign = new copy.LatchkeyClientError("timeout", "late");
    expect(foreign).not.toBeInstanceOf(LatchkeyClientError);
    expect(LatchkeyClientError.isInstance(foreign)).toBe(true);
    expect(LatchkeyClientError.isInstance(foreign, "timeout")).toBe(true);
    expect(LatchkeyClientError.isInstance(foreign, "aborted")).toBe(false);
  });

  test("nothing else is taken for one", () => {
    for (const value of [
      undefined,
      null,
      "LatchkeyClientError",
      {},
      new Error("other"),
      { kind: "timeout" },
    ]) {
      expect(LatchkeyClientError.isInstance(value)).toBe(false);
    }
  });
});

describe("kinds", () => {
  test("follow from the status", () => {
    const kinds = [302, 400, 401, 402, 403, 404, 405, 408, 410, 413, 415, 422, 429, 500, 502, 503, 504].map(
      (status) => [status, kindOfStatus(status, undefined)],
    );
    expect(Object.fromEntries(kinds)).toEqual({
      302: "protocol",
      400: "invalid-input",
      401: "authentication",
      402: "permission",
      403: "permission",
      404: "not-found",
      405: "not-found",
      408: "timeout",
      410: "not-found",
      413: "invalid-input",
      415: "invalid-input",
      422: "invalid-input",
      429: "rate-limit",
      500: "gateway",
      502: "upstream",
      503: "upstream",
      504: "upstream",
    });
  });

  test("the gateway's own 503 is told from the provider's", () => {
    expect(kindOfStatus(503, "LK-5002")).toBe("gateway");
    expect(kindOfStatus(503, "LK-3001")).toBe("upstream");
    expect(kindOfStatus(429, "LK-5003")).toBe("rate-limit");
  });

  test("follow from the code inside a stream", () => {
    expect(kindOfCode("LK-3008")).toBe("upstream");
    expect(kindOfCode("LK-3011")).toBe("rate-limit");
    expect(kindOfCode("LK-3015")).toBe("invalid-input");
    expect(kindOfCode("LK-2105")).toBe("invalid-input");
    expect(kindOfCode("LK-5001")).toBe("gateway");
    expect(kindOfCode("LK-3017")).toBe("invalid-input");
    expect(kindOfCode("LK-3020")).toBe("not-found");
    expect(kindOfCode("LK-3022")).toBe("upstream");
    expect(kindOfCode("rate_limit_exceeded")).toBe("rate-limit");
    expect(kindOfCode("context_length_exceeded")).toBe("invalid-input");
    expect(kindOfCode("server_error")).toBe("upstream");
    expect(kindOfCode(undefined)).toBe("upstream");
  });
});
