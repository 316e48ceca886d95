import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { type GatewayFixture, startGateway, upstreamSecret } from "../support/gateway-fixture.ts";
import {
  type ReplayUpstream,
  startReplayUpstream,
  streamAnswer,
  wholeAnswer,
} from "../support/replay-upstream.ts";
import { chatSample } from "../support/wire-samples.ts";

let upstream: ReplayUpstream;
let gateway: GatewayFixture;

beforeAll(async () => {
  upstream = startReplayUpstream(() => {});
  gateway = await startGateway({ baseUrls: [upstream.baseUrl] });
});
afterAll(async () => {
  await gateway.stop();
  upstream.stop();
});
beforeEach(() => {
  upstream.script = ({ send }) => send(wholeAnswer(chatSample("text.json")));
});

const messages = [{ role: "user", content: "Grüße 👋🏽" }];
const lastSeen = () => {
  const seen = upstream.seen.at(-1);
  if (seen === undefined) throw new Error("the upstream has seen nothing");
  return seen;
};

describe("a chat completion", () => {
  test("reaches the caller byte for byte, with what it cost", async () => {
    const response = await gateway.call("/v1/chat/completions", { model: "fast", messages });
    expect(response.status).toBe(200);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(chatSample("text.json"));
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("x-latchkey-model")).toBe("fast");
    expect(response.headers.get("x-latchkey-artifact")).toMatch(/^[0-9a-f]{64}$/);
    expect(response.headers.get("x-request-id")).toMatch(/^req_[0-9a-f]{32}$/);
    // 11 input tokens at 0.15, 8 cached ones at 0.075 and 10 output tokens at 0.60 USD per million.
    expect(response.headers.get("x-latchkey-cost")).toBe("0.00000825");
  });

  test("reaches the upstream with another model name and credential, and otherwise as it was sent", async () => {
    const body = `{ "n":1,\n"model" :"fast", "messages": ${JSON.stringify(messages)}, "odd": 1.50 , "x":"\\u00fc" }`;
    await gateway.call("/v1/chat/completions", body, {
      "x-fixed": "no",
      "openai-organization": "evil",
      cookie: "a=b",
    });
    const { head, headers, body: seen } = lastSeen();
    expect(seen).toBe(body.replace('"fast"', '"upstream-0"'));
    expect(head.split("\r\n")[0]).toBe("POST /v1/chat/completions HTTP/1.1");
    expect(headers["authorization"]).toBe(`Bearer ${upstreamSecret}`);
    expect(headers["x-fixed"]).toBe("yes");
    expect(headers["host"]).toBe(new URL(upstream.baseUrl).host);
    expect(head).not.toContain(gateway.key);
    expect(Object.keys(headers)).not.toContain("cookie");
    expect(Object.keys(headers)).not.toContain("openai-organization");
  });

  test.each(["x-api-key", "x-goog-api-key"])(
    "takes the key from %s and does not pass it on",
    async (name) => {
      const response = await fetch(`${gateway.url}/v1/chat/completions`, {
        method: "POST",
        headers: { [name]: gateway.key },
        body: JSON.stringify({ model: "fast", messages }),
      });
      expect(response.status).toBe(200);
      expect(lastSeen().head).not.toContain(gateway.key);
    },
  );

  test("takes the key from the query, logs the path without it and does not pass it on", async () => {
    const response = await fetch(`${gateway.url}/v1/chat/completions?key=${gateway.key}`, {
      method: "POST",
      body: JSON.stringify({ model: "fast", messages }),
    });
    expect(response.status).toBe(200);
    expect(lastSeen().head).not.toContain("lk_");
    expect(gateway.rows.at(-1)?.path).toBe("/v1/chat/completions");
  });

  test("leaves a row that says who called what and what it cost", async () => {
    const response = await gateway.call("/v1/chat/completions", { model: "fast", messages });
    const id = response.headers.get("x-request-id");
    expect(await gateway.row((row) => row.requestId === id)).toMatchObject({
      artifact: response.headers.get("x-latchkey-artifact"),
      tenant: "acme",
      app: "shop",
      key: "production",
      service: "texts",
      endpoint: null,
      model: "fast",
      target: "box0/upstream-0",
      method: "POST",
      path: "/v1/chat/completions",
      status: 200,
      errorCode: null,
      stream: false,
      attempts: 1,
      usage: { input: 19, output: 10, cacheRead: 8, cacheWrite: 0, reasoning: 4 },
      costNanoUsd: 8_250,
      responseBytes: chatSample("text.json").length,
    });
  });

  test("of unknown usage has an unknown cost, never 0", async () => {
    upstream.script = ({ send }) => send(wholeAnswer(`{"choices":[{}]}`));
    const response = await gateway.call("/v1/chat/completions", { model: "fast", messages });
    expect(response.headers.get("x-latchkey-cost")).toBeNull();
    expect(gateway.rows.at(-1)).toMatchObject({ usage: null, costNanoUsd: null });
  });

  test("that is larger than what is held comes as it is, and is still metered", async () => {
    const padding = "x".repeat(3_000_000);
    const large = new TextDecoder().decode(chatSample("text.json")).replace("Grüße", padding);
    upstream.script = ({ send }) => send(wholeAnswer(large));
    const response = await gateway.call("/v1/chat/completions", { model: "fast", messages });
    expect(await response.text()).toBe(large);
    const id = response.headers.get("x-request-id");
    expect(await gateway.row((row) => row.requestId === id)).toMatchObject({
      costNanoUsd: 8_250,
      status: 200,
    });
  });
});

describe("a streamed chat completion", () => {
  const stream = (body: object = {}) =>
    gateway.call("/v1/chat/completions", { model: "fast", messages, stream: true, ...body });

  test("asks the upstream for usage and takes the usage chunk out again", async () => {
    upstream.script = ({ send }) => send(streamAnswer(chatSample("text-usage.sse")));
    const response = await stream();
    const text = await response.text();
    expect(JSON.parse(lastSeen().body)).toMatchObject({
      stream: true,
      stream_options: { include_usage: true },
    });
    expect(text).not.toContain("prompt_tokens");
    expect(text).toEndWith("data: [DONE]\n\n");
    expect(response.headers.get("content-type")).toStartWith("text/event-stream");
    const id = response.headers.get("x-request-id");
    expect(await gateway.row((row) => row.requestId === id)).toMatchObject({
      stream: true,
      costNanoUsd: 8_250,
      status: 200,
      errorCode: null,
    });
  });

  test("comes byte for byte where the caller asked for usage", async () => {
    upstream.script = ({ send }) => send(streamAnswer(chatSample("text-usage.sse"), [3, 700, 701]));
    const options = { include_usage: true, other: 1 };
    const response = await stream({ stream_options: options });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(chatSample("text-usage.sse"));
    expect(JSON.parse(lastSeen().body)).toMatchObject({ stream_options: options });
  });

  test("keeps the caller's other stream options", async () => {
    upstream.script = ({ send }) => send(streamAnswer(chatSample("text-usage.sse")));
    await (await stream({ stream_options: { include_obfuscation: false } })).text();
    expect(JSON.parse(lastSeen().body).stream_options).toEqual({
      include_obfuscation: false,
      include_usage: true,
    });
  });

  test("sends each piece when it comes, not when the stream ends", async () => {
    const { promise: goOn, resolve } = Promise.withResolvers<void>();
    const bytes = chatSample("text.sse");
    const middle = bytes.indexOf(10, 300) + 2;
    upstream.script = async ({ send }) => {
      const answer = streamAnswer(bytes, [middle]);
      const cut =
        Buffer.from(answer).indexOf("\r\n", Buffer.from(answer).indexOf("\r\n\r\n") + 4) + 2 + middle + 2;
      send(answer.subarray(0, cut));
      await goOn;
      send(answer.subarray(cut));
    };
    const reader = (await stream()).body?.getReader();
    const first = await reader?.read();
    expect(first?.value?.length).toBe(middle);
    resolve();
    let rest = 0;
    for (let next = await reader?.read(); next?.done === false; next = await reader?.read())
      rest += next.value?.length ?? 0;
    expect(middle + rest).toBe(bytes.length);
  });

  test("that the caller leaves is ended at the upstream, and logged as left", async () => {
    const { promise: left, resolve } = Promise.withResolvers<void>();
    upstream.script = ({ send, left: gone }) => {
      send(streamAnswer(chatSample("text.sse")).subarray(0, 600));
      void gone.then(resolve);
    };
    const response = await stream();
    const id = response.headers.get("x-request-id");
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await left;
    expect(await gateway.row((row) => row.requestId === id)).toMatchObject({
      status: 499,
      errorCode: "LK-2301",
    });
  });
});

describe("a caller who leaves before the answer", () => {
  test("ends the upstream's call", async () => {
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
    const { promise: left, resolve: leave } = Promise.withResolvers<void>();
    upstream.script = ({ left: gone }) => {
      ask();
      void gone.then(leave);
    };
    const controller = new AbortController();
    const path = "/v1/chat/completions";
    const pending = fetch(gateway.url + path, {
      method: "POST",
      headers: { authorization: `Bearer ${gateway.key}` },
      body: JSON.stringify({ model: "fast", messages, user: "leaver" }),
      signal: controller.signal,
    });
    await asked;
    controller.abort();
    await expect(pending).rejects.toThrow();
    await left;
    expect(await gateway.row((row) => row.status === 499 && !row.stream)).toMatchObject({
      errorCode: "LK-2301",
      model: "fast",
    });
  });
});

describe("the models of a key", () => {
  test("are listed and can be looked up one by one", async () => {
    const list = await (await gateway.call("/v1/models")).json();
    const fast = { id: "fast", object: "model", created: 0, owned_by: "latchkey" };
    expect(list).toEqual({ object: "list", data: [fast] });
    expect(await (await gateway.call("/v1/models/fast")).json()).toEqual(fast);
  });

  test("tell when they came out where that is known, in the words of each vendor", async () => {
    await gateway.reload({ baseUrls: [upstream.baseUrl], releasedOn: "2026-03-17" });
    const created = Date.UTC(2026, 2, 17) / 1_000;
    const list = await (await gateway.call("/v1/models")).json();
    expect(list).toMatchObject({ data: [{ id: "fast", created }] });
    expect(await (await gateway.call("/v1/models/fast")).json()).toMatchObject({ created });
    const asAnthropic = { "anthropic-version": "2023-06-01" };
    const theirs = await (await gateway.call("/v1/models", undefined, asAnthropic)).json();
    expect(theirs).toMatchObject({ data: [{ id: "fast", created_at: "2026-03-17T00:00:00.000Z" }] });
    await gateway.reload({ baseUrls: [upstream.baseUrl] });
    const unknown = await (await gateway.call("/v1/models", undefined, asAnthropic)).json();
    expect(unknown).toMatchObject({ data: [{ created_at: "1970-01-01T00:00:00.000Z" }] });
  });

  test("do not show what the key may not use", async () => {
    for (const name of ["private", "nothing", "%ff"]) {
      const response = await gateway.call(`/v1/models/${name}`);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ error: { code: "LK-2004", param: "model" } });
    }
  });
});
