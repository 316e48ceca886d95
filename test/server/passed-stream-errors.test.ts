import { afterEach, describe, expect, test } from "bun:test";
import type { ArtifactTarget } from "../../src/artifact/artifact.ts";
import { startGateway, upstreamSecret } from "../support/gateway-fixture.ts";
import { startReplayUpstream, streamAnswer } from "../support/replay-upstream.ts";

type Dialect = Exclude<ArtifactTarget["dialect"], null>;

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const events = (...data: readonly object[]): string =>
  data.map((each) => `data: ${JSON.stringify(each)}\n\n`).join("");
const named = (...data: readonly { readonly type: string }[]): string =>
  data.map((each) => `event: ${each.type}\ndata: ${JSON.stringify(each)}\n\n`).join("");

/** What a vendor says before it fails, and how it says that it does. */
interface Failure {
  readonly dialect: Dialect;
  readonly path: string;
  readonly body: object;
  readonly begun: string;
  readonly failed: (words: string) => string;
  readonly code: string;
  /** The vendor's own name for it. */
  readonly name: string;
}

const said = { model: "fast", stream: true, messages: [{ role: "user", content: "Hello" }] };
const chunk = { id: "c", object: "chat.completion.chunk", created: 1, model: "m" };
const choice = (delta: object) => ({ ...chunk, choices: [{ index: 0, delta, finish_reason: null }] });

const failures: readonly Failure[] = [
  {
    dialect: "openai-chat",
    path: "/v1/chat/completions",
    body: said,
    begun: events(choice({ role: "assistant", content: "Well" })),
    failed: (message) =>
      events({ error: { message, type: "tokens", code: "rate_limit_exceeded", param: null } }),
    code: "LK-3011",
    name: "rate_limit_exceeded",
  },
  {
    dialect: "openai-responses",
    path: "/v1/responses",
    body: { model: "fast", stream: true, store: false, input: "Hello" },
    begun: named(
      { type: "response.created", response: { id: "resp_1", status: "in_progress", output: [] } } as never,
      {
        type: "response.output_item.added",
        output_index: 0,
        item: { id: "msg_1", type: "message", role: "assistant", content: [] },
      } as never,
      {
        type: "response.output_text.delta",
        output_index: 0,
        content_index: 0,
        item_id: "msg_1",
        delta: "Well",
      } as never,
    ),
    failed: (message) =>
      named({
        type: "response.failed",
        response: {
          id: "resp_1",
          status: "failed",
          error: { code: "server_is_overloaded", message },
          output: [],
        },
      } as never),
    code: "LK-3022",
    name: "server_is_overloaded",
  },
  {
    dialect: "anthropic-messages",
    path: "/v1/messages",
    body: { ...said, max_tokens: 9 },
    begun: named(
      {
        type: "message_start",
        message: {
          id: "m",
          type: "message",
          role: "assistant",
          model: "x",
          content: [],
          usage: { input_tokens: 1, output_tokens: 1 },
        },
      } as never,
      { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } } as never,
      { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "Well" } } as never,
    ),
    failed: (message) => named({ type: "error", error: { type: "overloaded_error", message } } as never),
    code: "LK-3022",
    name: "overloaded_error",
  },
  {
    dialect: "gemini",
    path: "/v1beta/models/fast:streamGenerateContent?alt=sse",
    body: { contents: [{ role: "user", parts: [{ text: "Hello" }] }] },
    begun: events({ candidates: [{ index: 0, content: { role: "model", parts: [{ text: "Well" }] } }] }),
    failed: (message) => events({ error: { code: 503, message, status: "UNAVAILABLE" } }),
    code: "LK-3022",
    name: "UNAVAILABLE",
  },
];

const cases = failures.map((failure) => [failure.dialect, failure] as const);

async function start(dialect: Dialect, body: string, places: readonly number[] = []) {
  const upstream = startReplayUpstream(({ send }) => send(streamAnswer(Buffer.from(body), places)));
  const gateway = await startGateway({ baseUrls: [upstream.baseUrl], dialects: [dialect] });
  stops.push(
    () => gateway.stop(),
    () => upstream.stop(),
  );
  return gateway;
}

describe("a stream in the caller's own dialect that its vendor breaks off", () => {
  test.each(cases)(
    "%s: passes byte for byte and is logged as what the vendor says",
    async (_dialect, failure) => {
      const { begun, failed, code, name, path, body, dialect } = failure;
      const stream = begun + failed("We are busy.");
      const gateway = await start(dialect, stream, [begun.length]);
      const response = await gateway.call(path, body);
      expect([response.status, await response.text()]).toEqual([200, stream]);
      expect(await gateway.row()).toMatchObject({
        status: 200,
        attempts: 1,
        errorCode: code,
        errorDetail: `status 200: ${name}: We are busy.`,
      });
    },
  );

  test.each(cases)("%s: is logged as it is where it is translated", async (_dialect, failure) => {
    const { begun, failed, code, name, dialect } = failure;
    const gateway = await start(dialect, begun + failed("We are busy."), [begun.length]);
    const other = failures.find((each) => each.dialect !== dialect) ?? failure;
    const response = await gateway.call(other.path, other.body);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("We are busy.");
    expect(await gateway.row()).toMatchObject({
      status: 200,
      errorCode: code,
      errorDetail: `status 200: ${name}: We are busy.`,
    });
  });

  test.each(cases)(
    "%s: neither its caller nor the log sees the gateway's credential",
    async (_dialect, failure) => {
      const { begun, failed, code, path, body, dialect } = failure;
      const gateway = await start(dialect, begun + failed(`No room for ${upstreamSecret}.`), [begun.length]);
      const text = await (await gateway.call(path, body)).text();
      expect(text).toContain("No room for ");
      expect(text).not.toContain(upstreamSecret);
      const row = await gateway.row();
      expect(row.errorCode).toBe(code);
      expect(row.errorDetail).toContain("No room for ");
      expect(row.errorDetail).not.toContain(upstreamSecret);
    },
  );

  test.each(cases)("%s: says more than the connection that breaks after it", async (_dialect, failure) => {
    const { begun, failed, code, path, body, dialect } = failure;
    const upstream = startReplayUpstream(({ send, reset }) => {
      const all = Buffer.from(streamAnswer(Buffer.from(begun + failed("We are busy.")), [begun.length]));
      send(all.subarray(0, all.length - 5));
      setImmediate(reset);
    });
    const gateway = await startGateway({ baseUrls: [upstream.baseUrl], dialects: [dialect] });
    stops.push(
      () => gateway.stop(),
      () => upstream.stop(),
    );
    const text = await (await gateway.call(path, body)).text();
    expect(text).toBe(begun + failed("We are busy."));
    expect(await gateway.row()).toMatchObject({ errorCode: code });
  });
});

test("an error that is named by its object alone is one as well", async () => {
  const begun = events(choice({ role: "assistant", content: "Well" }));
  const stream = begun + events({ object: "error", message: "The model is overloaded.", type: "overloaded" });
  const gateway = await start("openai-chat", stream, [begun.length]);
  expect(await (await gateway.call("/v1/chat/completions", said)).text()).toBe(stream);
  expect(await gateway.row()).toMatchObject({ errorCode: "LK-3022" });
});
