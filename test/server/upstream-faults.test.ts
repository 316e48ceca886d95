import { afterEach, describe, expect, test } from "bun:test";
import { type GatewayFixture, startGateway, upstreamSecret } from "../support/gateway-fixture.ts";
import {
  chunk,
  lastChunk,
  type ReplayScript,
  type ReplayUpstream,
  startReplayUpstream,
  streamAnswer,
  streamHead,
  wholeAnswer,
} from "../support/replay-upstream.ts";
import { chatSample } from "../support/wire-samples.ts";

const started: { stop: () => unknown }[] = [];
afterEach(async () => {
  for (const one of started.splice(0)) await one.stop();
});

const timeouts = { connectMs: 500, firstTokenMs: 150, idleMs: 150, totalMs: 2_000 };
const good: ReplayScript = ({ request, send }) =>
  send(
    JSON.parse(request.body).stream === true
      ? streamAnswer(chatSample("text-usage.sse"))
      : wholeAnswer(chatSample("text.json")),
  );

async function setUp(
  script: ReplayScript,
  withFallback: boolean,
): Promise<{ gateway: GatewayFixture; first: ReplayUpstream }> {
  const first = startReplayUpstream(script);
  const second = startReplayUpstream(good);
  const baseUrls = withFallback ? [first.baseUrl, second.baseUrl] : [first.baseUrl];
  const gateway = await startGateway({ baseUrls, timeouts, settings: { maxResponseBytes: 5_000_000 } });
  started.push(gateway, first, second);
  return { gateway, first };
}

const ask = (gateway: GatewayFixture, stream: boolean) =>
  gateway.call("/v1/chat/completions", {
    model: "fast",
    messages: [{ role: "user", content: "Hi" }],
    stream,
  });

const codeOf = (response: Response): string | null => response.headers.get("x-latchkey-error");

const html = "<html><body>Bad gateway</body></html>";
const raw =
  (text: string): ReplayScript =>
  ({ send, end }) => {
    send(text);
    end();
  };
const json =
  (status: number, body: string, headers: readonly string[] = []): ReplayScript =>
  ({ send }) =>
    send(wholeAnswer(body, status, headers));

/** What a target may do before it answers, and what the caller then sees. */
const faults: readonly (readonly [name: string, script: ReplayScript, status: number, code: string])[] = [
  ["closes before answering", ({ end }) => end(), 502, "LK-3002"],
  ["resets", ({ reset }) => reset(), 502, "LK-3002"],
  ["never answers", () => {}, 504, "LK-3004"],
  ["answers garbage", raw("SSH-2.0-OpenSSH_9.2\r\n\r\n"), 502, "LK-3007"],
  [
    "gives its length twice",
    raw("HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}x"),
    502,
    "LK-3007",
  ],
  [
    "gives length and chunks",
    raw("HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"),
    502,
    "LK-3007",
  ],
  ["gives a bad chunk", raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n"), 502, "LK-3007"],
  ["ends lines with bare LF", raw("HTTP/1.1 200 OK\ncontent-length: 2\n\n{}"), 502, "LK-3007"],
  ["has an endless head", raw(`HTTP/1.1 200 OK\r\nx: ${"y".repeat(200_000)}\r\n\r\n`), 502, "LK-3007"],
  ["answers HTML with 502", json(502, html), 502, "LK-3012"],
  ["answers 500", json(500, `{"error":{"message":"oops"}}`), 502, "LK-3012"],
  ["answers 404", json(404, `{"error":{"message":"no such model"}}`), 404, "LK-3020"],
  ["answers 404 in HTML", json(404, html), 502, "LK-3012"],
  ["answers 413", json(413, html), 413, "LK-3019"],
  ["is overloaded", json(503, `{"error":{"message":"busy"}}`), 503, "LK-3022"],
  ["redirects", json(302, "", ["location: http://example.com/"]), 502, "LK-3012"],
  [
    "refuses the gateway's key",
    json(401, `{"error":{"message":"Incorrect API key provided: ${upstreamSecret}"}}`),
    502,
    "LK-3010",
  ],
  ["limits", json(429, `{"error":{"message":"slow down"}}`, ["retry-after: 7"]), 429, "LK-3011"],
];

describe.each([false, true])("an upstream that fails before its answer (streamed: %p)", (stream) => {
  test.each(faults)("%s", async (_, script, status, code) => {
    const { gateway } = await setUp(script, false);
    const response = await ask(gateway, stream);
    const body = await response.text();
    expect({ status: response.status, code: codeOf(response) }).toEqual({ status, code });
    expect(JSON.parse(body)).toMatchObject({ error: { message: expect.any(String) } });
    expect(body).not.toContain(upstreamSecret);
    if (code === "LK-3011") expect(response.headers.get("retry-after")).toBe("7");
    const id = response.headers.get("x-request-id");
    expect(await gateway.row((row) => row.requestId === id)).toMatchObject({
      status,
      errorCode: code,
      attempts: 1,
    });
    expect(gateway.gateway.active()).toBe(0);
  });

  test.each(faults)("%s: another target answers", async (_, script) => {
    const { gateway } = await setUp(script, true);
    const response = await ask(gateway, stream);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain(stream ? "data: [DONE]" : "Grüße");
    const id = response.headers.get("x-request-id");
    expect(await gateway.row((row) => row.requestId === id)).toMatchObject({
      attempts: 2,
      target: "box1/upstream-1",
      errorCode: null,
    });
  });
});

describe("an answer that is none", () => {
  test.each([
    ["HTML with 200", html],
    ["JSON that is no completion", `{"hello":1}`],
    ["half a JSON", `{"choices":[`],
    ["nothing", ""],
  ])("%s is not passed on", async (_, body) => {
    const { gateway } = await setUp(json(200, body), false);
    const response = await ask(gateway, false);
    expect(response.status).toBe(502);
    expect(codeOf(response)).toBe("LK-3009");
  });

  test("JSON where a stream was asked for is not passed on", async () => {
    const { gateway } = await setUp(({ send }) => send(wholeAnswer(chatSample("text.json"))), false);
    const response = await ask(gateway, true);
    expect(codeOf(response)).toBe("LK-3009");
  });

  test("a compressed one is not passed on as if it were plain", async () => {
    const zipped = Bun.gzipSync(chatSample("text.json"));
    const { gateway } = await setUp(
      ({ send }) => send(wholeAnswer(zipped, 200, ["content-encoding: gzip"])),
      false,
    );
    expect(codeOf(await ask(gateway, false))).toBe("LK-3009");
  });

  test("one that is too large is refused", async () => {
    const large = `{"choices":[{}],"x":"${"y".repeat(900_000)}"}`;
    const { gateway, first } = await setUp(json(200, large), false);
    expect((await ask(gateway, false)).status).toBe(200);
    await gateway.reload({ baseUrls: [first.baseUrl], settings: { maxResponseBytes: 500_000 } });
    const response = await ask(gateway, false);
    expect({ status: response.status, code: codeOf(response) }).toEqual({
      status: 502,
      code: "LK-3013",
    });
  });

  test("a 400 about the request reaches the caller as it is, and no other target is asked", async () => {
    const words = Buffer.from(`{"error":{"message":"no such field","type":"invalid_request_error"}}`);
    const { gateway } = await setUp(({ send }) => send(wholeAnswer(words, 400)), true);
    for (const stream of [false, true]) {
      const response = await ask(gateway, stream);
      expect(response.status).toBe(400);
      expect(response.headers.get("x-latchkey-error")).toBe("LK-3015");
      expect(Buffer.from(await response.arrayBuffer())).toEqual(words);
      const id = response.headers.get("x-request-id");
      expect(await gateway.row((row) => row.requestId === id)).toMatchObject({
        attempts: 1,
        errorCode: "LK-3015",
      });
    }
  });

  test("one that is cut short of its length is not passed on", async () => {
    const { gateway } = await setUp(({ send, end }) => {
      send(wholeAnswer(chatSample("text.json")).subarray(0, 300));
      end();
    }, false);
    expect(codeOf(await ask(gateway, false))).toBe("LK-3008");
  });

  test("a large one that is cut while it is passed on breaks off for the caller, too", async () => {
    const large = `{"choices":[],"x":"${"y".repeat(3_000_000)}"}`;
    const { gateway } = await setUp(({ send, left, end }) => {
      send(wholeAnswer(large).subarray(0, 2_000_000));
      setTimeout(end, 50);
      void left;
    }, false);
    const response = await ask(gateway, false);
    await expect(response.text()).rejects.toThrow();
    const id = response.headers.get("x-request-id");
    expect(await gateway.row((row) => row.requestId === id)).toMatchObject({ errorCode: "LK-3008" });
  });
});

describe("a stream that fails on its way", () => {
  const begun =
    (name: string, then: ReplayScript): ReplayScript =>
    async (connection) => {
      connection.send(streamHead);
      connection.send(chunk(chatSample(name)));
      await then(connection);
    };

  test.each<readonly [string, ReplayScript, string]>([
    ["is cut", begun("cut-after-text.sse", ({ end }) => end()), "LK-3008"],
    ["is cut in a line", begun("cut-in-line.sse", ({ end }) => end()), "LK-3008"],
    ["ends without its end", begun("cut-after-text.sse", ({ send }) => send(lastChunk)), "LK-3008"],
    ["stalls", begun("cut-after-text.sse", () => {}), "LK-3005"],
  ])("%s", async (_, script, code) => {
    const { gateway } = await setUp(script, true);
    const response = await ask(gateway, true);
    expect(response.status).toBe(200);
    const text = await response.text();
    expect(text).not.toContain("[DONE]\n");
    const last = text.trimEnd().split("\n\n").at(-1) ?? "";
    expect(JSON.parse(last.slice("data: ".length)).error.code).toBe(code);
    const id = response.headers.get("x-request-id");
    expect(await gateway.row((row) => row.requestId === id)).toMatchObject({ errorCode: code, attempts: 1 });
    expect(gateway.gateway.active()).toBe(0);
  });

  test("turns to garbage", async () => {
    const script = begun("cut-after-text.sse", ({ send }) => send("zz\r\n"));
    const { gateway } = await setUp(script, false);
    const text = await (await ask(gateway, true)).text();
    expect(text).toContain('"code":"LK-3007"');
    expect(text).not.toContain("data: [DONE]");
  });

  test("tells the upstream's own error once", async () => {
    const { gateway } = await setUp(
      begun("error-inside.sse", ({ send }) => send(lastChunk)),
      false,
    );
    const response = await ask(gateway, true);
    expect((await response.text()).match(/"error"/g)).toHaveLength(1);
    const id = response.headers.get("x-request-id");
    expect(await gateway.row((row) => row.requestId === id)).toMatchObject({ errorCode: "LK-3012" });
  });

  test("lasts no longer than the total limit", async () => {
    const { gateway } = await setUp(async ({ send, left }) => {
      send(streamHead);
      const timer = setInterval(() => send(chunk(": ping\n\n")), 20);
      await left;
      clearInterval(timer);
    }, false);
    const text = await (await ask(gateway, true)).text();
    expect(text).toContain('"code":"LK-3006"');
  });
});

describe("a caller who reads slowly", () => {
  test("slows the upstream down instead of filling the gateway's memory", async () => {
    let sent = 0;
    const total = 200 * 1024 * 1024;
    const piece = `data: ${JSON.stringify({ choices: [{ delta: { content: "x".repeat(60_000) } }] })}\n\n`;
    const first = Bun.listen({
      hostname: "127.0.0.1",
      port: 0,
      socket: {
        data(socket) {
          sent += Math.max(0, socket.write(streamHead));
          pump(socket);
        },
        drain: (socket) => pump(socket),
      },
    });
    const bytes = Buffer.from(chunk(piece));
    let rest: Buffer = bytes;
    const pump = (socket: { write: (data: Buffer) => number }): void => {
      while (sent < total) {
        const written = socket.write(rest);
        sent += Math.max(0, written);
        if (written < rest.length) {
          rest = rest.subarray(Math.max(0, written));
          return;
        }
        rest = bytes;
      }
    };
    const gateway = await startGateway({ baseUrls: [`http://127.0.0.1:${first.port}/v1`] });
    started.push(gateway, { stop: () => first.stop(true) });
    const response = await ask(gateway, true);
    const reader = response.body?.getReader();
    await reader?.read();
    // What the sockets and buffers in between take is bounded: it stops growing long before the total.
    let before = -1;
    while (before !== sent) {
      before = sent;
      for (let call = 0; call < 200; call++) await fetch(`${gateway.url}/healthz`);
    }
    expect(sent).toBeLessThan(60 * 1024 * 1024);
    await reader?.cancel();
    expect(await gateway.row((row) => row.status === 499)).toMatchObject({ errorCode: "LK-2301" });
  }, 20_000);
});
