import { describe, expect, test } from "bun:test";
import { createServer } from "node:net";
import { type GatewayFixture, startGateway, upstreamSecret } from "../support/gateway-fixture.ts";
import { type ReplayScript, startReplayUpstream, wholeAnswer } from "../support/replay-upstream.ts";
import { chatSample } from "../support/wire-samples.ts";
import {
  ask,
  good,
  rowOf,
  shortTimeouts,
  startFaulty,
  stopAfterEach,
  stopAfterTest,
} from "./support/fault-gateway.ts";

stopAfterEach();

/** An address at which nobody listens. */
async function deadUrl(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${address !== null && typeof address === "object" ? address.port : 1}/v1`;
}

/** A gateway before addresses instead of upstreams. */
async function startAt(...baseUrls: string[]): Promise<GatewayFixture> {
  const gateway = await startGateway({ baseUrls, timeouts: shortTimeouts });
  stopAfterTest(gateway);
  return gateway;
}

async function expectError(
  gateway: GatewayFixture,
  response: Response,
  expected: { readonly status: number; readonly code: string; readonly attempts?: number },
): Promise<void> {
  const { status, code, attempts = 1 } = expected;
  const body = await response.text();
  expect({ status: response.status, header: response.headers.get("x-latchkey-error") }).toEqual({
    status,
    header: code,
  });
  expect(JSON.parse(body)).toEqual({
    error: {
      message: expect.stringMatching(/\w.*\.$/),
      type: status === 429 ? "rate_limit_error" : "server_error",
      param: null,
      code: code === "LK-3011" ? "rate_limit_exceeded" : code,
    },
  });
  const row = await rowOf(gateway, response);
  expect(row).toMatchObject({ status, errorCode: code, attempts, costNanoUsd: null });
  expect(body + JSON.stringify([...response.headers]) + JSON.stringify(row)).not.toContain(upstreamSecret);
  await gateway.gateway.idle();
  expect(gateway.gateway.active()).toBe(0);
}

describe.each([false, true])("an upstream that cannot be reached (streamed: %p)", (stream) => {
  test.each([
    ["refuses connections", deadUrl],
    ["has no address", async () => "http://nowhere.invalid/v1"],
  ])("because it %s", async (_, urlOf) => {
    const url = await urlOf();
    const alone = await startAt(url);
    await expectError(alone, await ask(alone, stream), { status: 502, code: "LK-3002" });
    const twice = await startAt(url, await deadUrl());
    await expectError(twice, await ask(twice, stream), { status: 502, code: "LK-3002", attempts: 2 });
    const second = startReplayUpstream(good);
    stopAfterTest(second);
    const helped = await startAt(url, second.baseUrl);
    const response = await ask(helped, stream);
    expect(response.status).toBe(200);
    expect(await rowOf(helped, response)).toMatchObject({
      attempts: 2,
      target: "box1/upstream-1",
      errorCode: null,
    });
  });

  test("because all its connections are taken", async () => {
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    const { promise: goOn, resolve: answer } = Promise.withResolvers<void>();
    const slow: ReplayScript = async (connection) => {
      resolve();
      await goOn;
      await good(connection);
    };
    const timeouts = { connectMs: 100, firstTokenMs: 0, idleMs: 0, totalMs: 0 };
    const { gateway, first } = await startFaulty(slow, false, { timeouts, maxConnections: 1 });
    const pending = ask(gateway, stream);
    await asked;
    const second = await ask(gateway, stream);
    answer();
    expect((await pending).status).toBe(200);
    await (await pending).text();
    await expectError(gateway, second, { status: 504, code: "LK-3003" });
    expect((await ask(gateway, stream)).status).toBe(200);
    expect(first.seen).toHaveLength(2);
  });
});

describe.each([false, true])("an upstream that answers no HTTP (streamed: %p)", (stream) => {
  const ok = "HTTP/1.1 200 OK\r\n";
  test.each([
    ["a header with a line feed inside", `${ok}x: a\nb: c\r\ncontent-length: 2\r\n\r\n{}`],
    ["a header with a carriage return inside", `${ok}x: a\rb: c\r\ncontent-length: 2\r\n\r\n{}`],
    ["a header with a null byte", `${ok}x: a\0b\r\ncontent-length: 2\r\n\r\n{}`],
    ["a header without a name", `${ok}: a\r\ncontent-length: 2\r\n\r\n{}`],
    ["a header with a space before the colon", `${ok}content-length : 2\r\n\r\n{}`],
    ["a folded header", `${ok}x: a\r\n b\r\ncontent-length: 2\r\n\r\n{}`],
    ["a negative length", `${ok}content-length: -2\r\n\r\n{}`],
    ["a length in hexadecimal", `${ok}content-length: 0x2\r\n\r\n{}`],
    ["two lengths in one", `${ok}content-length: 2, 3\r\n\r\n{}`],
    ["an unknown transfer encoding", `${ok}transfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n`],
    ["chunks that are counted twice", `${ok}transfer-encoding: chunked, chunked\r\n\r\n0\r\n\r\n`],
    ["a chunk size with an underscore", `${ok}transfer-encoding: chunked\r\n\r\n1_0\r\n`],
    ["a chunk that is longer than it says", `${ok}transfer-encoding: chunked\r\n\r\n2\r\n{}}\r\n0\r\n\r\n`],
    ["a switch of protocols", "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n"],
    ["HTTP/2", "HTTP/2 200\r\n\r\n"],
    ["a status of four digits", "HTTP/1.1 2000 OK\r\n\r\n"],
  ])("but %s", async (_, bytes) => {
    const { gateway } = await startFaulty(({ send }) => send(bytes), false);
    await expectError(gateway, await ask(gateway, stream), { status: 502, code: "LK-3007" });
  });

  test("but chunks that end too early", async () => {
    const { gateway } = await startFaulty(({ send, end }) => {
      send(`${ok}content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"c`);
      end();
    }, false);
    // What is asked for as a stream is judged by its type first.
    const code = stream ? /LK-300[89]/ : /LK-3008/;
    const response = await ask(gateway, stream);
    expect(response.status).toBe(502);
    expect(response.headers.get("x-latchkey-error")).toMatch(code);
  });

  test("but the end of a stream that never began", async () => {
    const empty: ReplayScript = ({ send }) =>
      send(`${ok}content-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`);
    const { gateway } = await startFaulty(empty, false);
    await expectError(gateway, await ask(gateway, stream), {
      status: 502,
      code: stream ? "LK-3008" : "LK-3009",
    });
    const { gateway: helped } = await startFaulty(empty, true);
    expect((await ask(helped, stream)).status).toBe(200);
  });
});

describe("an upstream's refusal", () => {
  const refusal =
    (status: number, body: string, headers: readonly string[] = []): ReplayScript =>
    ({ send }) =>
      send(wholeAnswer(body, status, headers));

  test.each([401, 403, 400])("of the gateway's key with %d never shows the key", async (status) => {
    const body = JSON.stringify({ error: { message: `Incorrect API key provided: ${upstreamSecret}.` } });
    for (const stream of [false, true]) {
      const { gateway } = await startFaulty(refusal(status, body), false);
      await expectError(gateway, await ask(gateway, stream), { status: 502, code: "LK-3010" });
      const { gateway: helped } = await startFaulty(refusal(status, body), true);
      expect((await ask(helped, stream)).status).toBe(200);
    }
  });

  test("is not tried again by the official SDKs where that would not help", async () => {
    const { gateway } = await startFaulty(refusal(401, "{}"), false);
    expect((await ask(gateway, false)).headers.get("x-should-retry")).toBe("false");
    const { gateway: limited } = await startFaulty(refusal(429, "{}"), false);
    expect((await ask(limited, false)).headers.get("x-should-retry")).toBe("true");
  });

  test.each([
    ["in seconds", "7", /^7$/],
    ["as a date", new Date(Date.now() + 3_600_000).toUTCString(), /^3(59\d|600)$/],
    ["as a date gone by", "Wed, 21 Oct 2015 07:28:00 GMT", null],
    ["in words", "soon", null],
    ["in seconds below zero", "-5", null],
    ["in more seconds than make sense", "99999999999999", null],
    ["not at all", undefined, null],
    ["in a part of a second", "0.4", /^1$/],
    ["in milliseconds", "9\r\nretry-after-ms: 1500", /^2$/],
    ["in milliseconds that are none", "9\r\nretry-after-ms: many", /^9$/],
  ])("for now says when to come back: %s", async (_, value, expected) => {
    const headers = value === undefined ? [] : [`retry-after: ${value}`];
    const { gateway } = await startFaulty(refusal(429, `{"error":{"message":"slow down"}}`, headers), false);
    const response = await ask(gateway, false);
    const after = response.headers.get("retry-after");
    if (expected === null) expect(after).toBeNull();
    else expect(after).toMatch(expected);
    await expectError(gateway, response, { status: 429, code: "LK-3011" });
  });

  test.each([400, 415, 422])("of the request with %d reaches the caller as it came", async (status) => {
    const body = `{"error":{"message":"Unknown field: 'colour'","type":"invalid_request_error","param":"colour"}}`;
    const { gateway, second } = await startFaulty(refusal(status, body), true);
    const response = await ask(gateway, false);
    expect(response.status).toBe(status);
    expect(await response.text()).toBe(body);
    expect(response.headers.get("x-latchkey-error")).toBe("LK-3015");
    expect(await rowOf(gateway, response)).toMatchObject({ status, errorCode: "LK-3015", attempts: 1 });
    expect(second.seen).toHaveLength(0);
  });

  test.each([
    ["too long a request", 400, Buffer.from(chatSample("error-400.json")).toString(), "LK-3017"],
    [
      "too large a request",
      413,
      `{"error":{"message":"Too large","type":"invalid_request_error"}}`,
      "LK-3019",
    ],
    ["an unknown model", 404, `{"error":{"message":"No gpt-9","code":"model_not_found"}}`, "LK-3020"],
  ])("for %s reaches the caller as it came where no other target helps", async (_, status, body, code) => {
    const { gateway } = await startFaulty(refusal(status, body), false);
    const response = await ask(gateway, false);
    expect(response.status).toBe(status);
    expect(await response.text()).toBe(body);
    expect(await rowOf(gateway, response)).toMatchObject({ status, errorCode: code, attempts: 1 });
    const { gateway: helped } = await startFaulty(refusal(status, body), true);
    const answered = await ask(helped, false);
    expect(answered.status).toBe(200);
    expect(await rowOf(helped, answered)).toMatchObject({ status: 200, errorCode: null, attempts: 2 });
  });

  test("of the request that quotes the gateway's key stays one, without the key", async () => {
    const body = JSON.stringify({
      error: { message: `Header 'x-user' is malformed: ${upstreamSecret}`, type: "invalid_request_error" },
    });
    for (const stream of [false, true]) {
      const { gateway, second } = await startFaulty(refusal(400, body), true);
      const response = await ask(gateway, stream);
      expect(response.status).toBe(400);
      expect(response.headers.get("x-latchkey-error")).toBe("LK-3015");
      expect(await response.json()).toEqual({
        error: { message: "Header 'x-user' is malformed: [redacted]", type: "invalid_request_error" },
      });
      expect(second.seen).toHaveLength(0);
    }
  });

  test.each([
    ["400 in HTML", 400, "<html></html>", []],
    ["400 that is compressed", 400, "\x1f\x8b\x08", ["content-encoding: gzip"]],
    ["400 without a word", 400, "", []],
    ["404 in HTML", 404, "<html></html>", []],
    ["a redirect", 307, "", ["location: http://127.0.0.1:1/"]],
    ["304", 304, "", []],
    ["204", 204, "", []],
  ] as const)(
    "that says nothing about the request, %s, is the provider's failure",
    async (_, status, body, headers) => {
      for (const stream of [false, true]) {
        const { gateway } = await startFaulty(refusal(status, body, headers), false);
        const code = status === 204 ? "LK-3009" : "LK-3012";
        await expectError(gateway, await ask(gateway, stream), { status: 502, code });
        const { gateway: helped } = await startFaulty(refusal(status, body, headers), true);
        expect((await ask(helped, stream)).status).toBe(200);
      }
    },
  );

  test("that is endless is not waited for", async () => {
    const endless: ReplayScript = ({ send }) => {
      send("HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\n\r\n");
      send("x".repeat(3_000_000));
    };
    const { gateway } = await startFaulty(endless, false);
    await expectError(gateway, await ask(gateway, false), { status: 502, code: "LK-3012" });
  });
});

test("a call lasts no longer than the total limit, be the upstream silent or not", async () => {
  const timeouts = { connectMs: 0, firstTokenMs: 0, idleMs: 0, totalMs: 150 };
  const { gateway } = await startFaulty(() => {}, false, { timeouts });
  await expectError(gateway, await ask(gateway, false), { status: 504, code: "LK-3006" });
  const trickle: ReplayScript = async ({ send, left }) => {
    send("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n");
    const timer = setInterval(() => send(" "), 10);
    await left;
    clearInterval(timer);
  };
  const { gateway: trickled } = await startFaulty(trickle, false, { timeouts });
  await expectError(trickled, await ask(trickled, false), { status: 504, code: "LK-3006" });
});
