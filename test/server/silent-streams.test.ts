import { afterEach, expect, spyOn, test } from "bun:test";
import { SilenceWatch, silenceWatches } from "../../src/runtime/relay/silence-watch.ts";
import { afterTest } from "../support/after-test.ts";
import { startGateway } from "../support/gateway-fixture.ts";
import { chunk, lastChunk, startReplayUpstream, streamHead } from "../support/replay-upstream.ts";

const added = spyOn(silenceWatches, "add");
const removed = spyOn(silenceWatches, "remove");
afterEach(() => {
  added.mockClear();
  removed.mockClear();
});

const event = (value: object): string => `data: ${JSON.stringify(value)}\n\n`;
const chat = {
  begin: event({
    id: "c",
    choices: [{ index: 0, delta: { role: "assistant", content: "Hello" }, finish_reason: null }],
  }),
  end: `${event({ id: "c", choices: [{ index: 0, delta: {}, finish_reason: "stop" }] })}data: [DONE]\n\n`,
};
const named = (value: { readonly type: string }): string => `event: ${value.type}\n${event(value)}`;
const anthropic = {
  begin: [
    {
      type: "message_start",
      message: {
        id: "m",
        type: "message",
        role: "assistant",
        model: "m",
        content: [],
        usage: { input_tokens: 1, output_tokens: 1 },
      },
    },
    { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
    { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "Hello" } },
  ]
    .map(named)
    .join(""),
  end: [
    { type: "content_block_stop", index: 0 },
    { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 1 } },
    { type: "message_stop" },
  ]
    .map(named)
    .join(""),
};

const messages = [{ role: "user", content: "Hi" }];
const contents = [{ parts: [{ text: "Hi" }] }];
const beat = (watch: SilenceWatch | undefined, times: number): void => {
  for (let count = 0; count < times; count++) watch?.beat();
};

test.each([
  [
    "openai-chat",
    chat,
    "/v1/messages",
    { model: "fast", max_tokens: 9, messages, stream: true },
    "event: ping\ndata: ",
  ],
  [
    "anthropic-messages",
    anthropic,
    "/v1/chat/completions",
    { model: "fast", messages, stream: true },
    ": ping\n\n",
  ],
  [
    "anthropic-messages",
    anthropic,
    "/v1/responses",
    { model: "fast", input: "Hi", stream: true },
    ": ping\n\n",
  ],
  ["openai-chat", chat, "/v1beta/models/fast:streamGenerateContent?alt=sse", { contents }, ": ping\r\n\r\n"],
] as const)(
  "a silent stream of %s is kept alive for its caller (%p, %s)",
  async (dialect, { begin, end }, path, body, ping) => {
    const { promise: isOver, resolve: finish } = Promise.withResolvers<void>();
    const upstream = startReplayUpstream(async ({ send }) => {
      send(streamHead);
      send(chunk(begin));
      await isOver;
      send(chunk(end));
      send(lastChunk);
    });
    afterTest(upstream.stop);
    const gateway = await startGateway({ baseUrls: [upstream.baseUrl], dialects: [dialect] });
    afterTest(gateway.stop);
    const reader = (await gateway.call(path, body)).body?.getReader();
    const decoder = new TextDecoder();
    let text = "";
    const readUntil = async (words: string): Promise<void> => {
      while (!text.includes(words)) {
        const next = await reader?.read();
        if (next?.done !== false) throw new Error(`ended before ${words}: ${text}`);
        text += decoder.decode(next.value);
      }
    };
    await readUntil("Hello");
    const watch = added.mock.calls[0]?.[0];
    // The first look finds that it has spoken since the one before.
    beat(watch, 3);
    expect(text).not.toContain("ping");
    beat(watch, 1);
    await readUntil(ping);
    text = "";
    beat(watch, 3);
    await readUntil(ping);
    finish();
    for (let next = await reader?.read(); next?.done === false; next = await reader?.read())
      text += decoder.decode(next.value);
    expect(text).toMatch(/message_stop|\[DONE\]|response\.completed|STOP/);
    expect(removed.mock.calls.map(([item]) => item)).toContain(watch as SilenceWatch);
    expect(await gateway.row()).toMatchObject({ errorCode: null });
  },
);

test("a caller that takes nothing gets no signs of life to wait behind it", () => {
  let pings = 0;
  const watch = new SilenceWatch(() => pings++);
  watch.isPaused = true;
  beat(watch, 10);
  expect(pings).toBe(0);
  watch.isPaused = false;
  beat(watch, 6);
  expect(pings).toBe(2);
});
