import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type GatewayFixture, startGateway } from "../support/gateway-fixture.ts";
import { rawRequest } from "../support/raw-request.ts";

let gateway: GatewayFixture;
beforeAll(async () => {
  gateway = await startGateway({ baseUrls: ["http://127.0.0.1:9/v1"] });
});
afterAll(() => gateway.stop());

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Sends bytes and reads the answer. */
async function ask(bytes: string): Promise<Answer> {
  const [head = "", body = ""] = (await rawRequest(gateway.url, bytes)).split("\r\n\r\n");
  const lines = head.split("\r\n").slice(1);
  const headers = new Headers(
    lines.map((line): [string, string] => [line.split(":")[0] ?? "", line.replace(/^[^:]*: /, "")]),
  );
  return { status: Number(head.slice(9, 12)), headers, body: JSON.parse(body) };
}

const openaiError = (code: string, param: string | null = null) => ({
  error: { message: expect.stringMatching(/\w.*\.$/), type: "invalid_request_error", param, code },
});

const rowOf = ({ headers }: Answer) =>
  gateway.row(({ requestId }) => requestId === headers.get("x-request-id"));

describe("what the front refuses has the gateway's error form and a row in the call log", () => {
  const chat = "POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\n";

  test.each([
    ["no request", "GARBAGE\r\n\r\n", 400, "LK-2114", null, "", ""],
    ["a line ended by LF", "GET / HTTP/1.1\nHost: a\r\n\r\n", 400, "LK-2114", null, "", ""],
    [
      "two lengths",
      `${chat}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`,
      400,
      "LK-2108",
      "content-length",
      "",
      "",
    ],
    ["no Host", "GET / HTTP/1.1\r\n\r\n", 400, "LK-2108", "host", "", ""],
    ["a head too large", `${chat}X-A: ${"a".repeat(40_000)}\r\n\r\n`, 431, "LK-2115", null, "", ""],
    [
      "chunks that are none",
      `${chat}Transfer-Encoding: chunked\r\n\r\nx`,
      400,
      "LK-2114",
      null,
      "POST",
      "/v1/chat/completions",
    ],
  ] as const)("%s", async (_, bytes, status, code, param, method, path) => {
    const answer = await ask(bytes);
    expect([answer.status, answer.body]).toEqual([status, openaiError(code, param)]);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(answer.headers.get("connection")).toBe("close");
    expect(answer.headers.get("x-latchkey-error")).toBe(code);
    expect(await rowOf(answer)).toMatchObject({ status, errorCode: code, key: null, method, path });
  });

  test("in the dialect of its path, where that is known", async () => {
    const { body } = await ask(
      "POST /v1/messages HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nx",
    );
    expect(body).toMatchObject({ type: "error", error: { type: "invalid_request_error" } });
  });
});

describe("a method that nobody knows", () => {
  const foo = (path: string, key = gateway.key): Promise<Answer> =>
    ask(`FOO ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${key}\r\nConnection: close\r\n\r\n`);

  test.each([
    ["/v1/chat/completions", "POST"],
    ["/v1/responses/abc", "GET, DELETE"],
    ["/healthz", "GET"],
  ])("is answered on %s with 405 and what is allowed: %s", async (path, allow) => {
    const answer = await foo(path);
    expect([answer.status, answer.body]).toEqual([405, openaiError("LK-2007")]);
    expect(answer.headers.get("allow")).toBe(allow);
    expect(await rowOf(answer)).toMatchObject({ status: 405, method: "FOO", path });
  });

  test("tells nothing to those without a key", async () => {
    const answer = await foo("/v1/chat/completions", "wrong");
    expect(answer.status).toBe(401);
    expect(answer.headers.get("allow")).toBeNull();
  });
});
