import { afterEach, describe, expect, test } from "bun:test";
import { maxReadOn } from "../../src/dialects/emulation/cut-stream.ts";
import { type GatewayFixture, startGateway } from "../support/gateway-fixture.ts";
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

const started: { stop: () => unknown }[] = [];
afterEach(async () => {
  for (const one of started.splice(0)) await one.stop();
});

const usage = { input_tokens: 20, output_tokens: 10, total_tokens: 30 };
const words = "One. Two. END Three.";
const item = (text: string) => ({
  type: "message",
  id: "msg_1",
  role: "assistant",
  status: "completed",
  content: [{ type: "output_text", annotations: [], text }],
});
const answer = (output: readonly object[], status: string) => ({
  id: "resp_1",
  object: "response",
  created_at: 1_790_000_000,
  status,
  model: "upstream-0",
  output,
  usage: status === "completed" ? usage : null,
});
const event = (data: { readonly type: string }): string =>
  `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
const textDelta = (delta: string): string =>
  event({
    type: "response.output_text.delta",
    ...{ item_id: "msg_1", output_index: 0, content_index: 0, delta },
  });
const begun = event({ type: "response.created", ...{ response: answer([], "in_progress") } });
const completed = event({ type: "response.completed", ...{ response: answer([item(words)], "completed") } });

const vendor: ReplayScript = ({ request, send }) =>
  send(
    JSON.parse(request.body).stream === true
      ? streamAnswer(Buffer.from([begun, ...[...words].map(textDelta), completed].join("")))
      : wholeAnswer(JSON.stringify(answer([item(words)], "completed"))),
  );

async function setUp(script: ReplayScript): Promise<{ gateway: GatewayFixture; upstream: ReplayUpstream }> {
  const upstream = startReplayUpstream(script);
  const gateway = await startGateway({ baseUrls: [upstream.baseUrl], dialects: ["openai-responses"] });
  started.push(gateway, upstream);
  return { gateway, upstream };
}

const chat = (gateway: GatewayFixture, stream: boolean) =>
  gateway.call("/v1/chat/completions", {
    model: "fast",
    messages: [{ role: "user", content: "Count" }],
    stop: ["END", "\n\n"],
    stream,
    ...(stream && { stream_options: { include_usage: true } }),
  });

interface Chunk {
  readonly choices: readonly {
    readonly delta: { readonly content?: string };
    readonly finish_reason: string | null;
  }[];
  readonly usage?: { readonly completion_tokens: number } | null;
}

function chunksOf(text: string): readonly Chunk[] {
  const lines = text.split("\n\n").filter((line) => line !== "");
  expect(lines.at(-1)).toBe("data: [DONE]");
  return lines.slice(0, -1).map((line) => JSON.parse(line.replace(/^data: /, "")) as Chunk);
}

const textOf = (chunks: readonly Chunk[]): string =>
  chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta.content ?? "")).join("");

describe("stop texts for a vendor whose API has none", () => {
  test("end a whole answer; the vendor is not told, and what it has written is paid for", async () => {
    const { gateway, upstream } = await setUp(vendor);
    const response = await chat(gateway, false);
    expect(await response.json()).toMatchObject({
      choices: [{ message: { content: "One. Two. " }, finish_reason: "stop" }],
      usage: { completion_tokens: 10 },
    });
    expect(response.headers.get("x-latchkey-dropped")).toBeNull();
    expect(JSON.parse(upstream.seen[0]?.body ?? "")).not.toHaveProperty("stop");
    expect(await gateway.row()).toMatchObject({ status: 200, usage: { input: 20, output: 10 } });
  });

  test("end a stream, which is read on for its usage", async () => {
    const { gateway } = await setUp(vendor);
    const chunks = chunksOf(await (await chat(gateway, true)).text());
    expect(textOf(chunks)).toBe("One. Two. ");
    expect(chunks.flatMap(({ choices }) => choices.map((choice) => choice.finish_reason))).toContain("stop");
    expect(chunks.at(-1)?.usage?.completion_tokens).toBe(10);
    expect(await gateway.row()).toMatchObject({ status: 200, errorCode: null, usage: { output: 10 } });
  });

  test("are told to callers of Anthropic's dialect by name", async () => {
    const { gateway } = await setUp(vendor);
    const response = await gateway.call("/v1/messages", {
      model: "fast",
      max_tokens: 100,
      messages: [{ role: "user", content: "Count" }],
      stop_sequences: ["Three", "END"],
    });
    expect(await response.json()).toMatchObject({
      content: [{ type: "text", text: "One. Two. " }],
      stop_reason: "stop_sequence",
      stop_sequence: "END",
    });
  });

  test("leave a vendor that does not come to an end", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { gateway } = await setUp(({ send, left }) => {
      send(streamHead);
      send(chunk(begun + textDelta(words)));
      for (let sent = 0; sent <= maxReadOn; sent += 1_024) send(chunk(textDelta("x".repeat(1_024))));
      void left.then(resolve);
    });
    const chunks = chunksOf(await (await chat(gateway, true)).text());
    expect(textOf(chunks)).toBe("One. Two. ");
    await promise;
    expect(await gateway.row()).toMatchObject({ status: 200, usage: null, costNanoUsd: null });
  });

  test("make an answer whole although the vendor breaks off after them", async () => {
    const { gateway } = await setUp(({ send }) => {
      send(streamHead);
      send(chunk(begun + textDelta(words)));
      send(lastChunk);
    });
    const chunks = chunksOf(await (await chat(gateway, true)).text());
    expect(textOf(chunks)).toBe("One. Two. ");
    expect(await gateway.row()).toMatchObject({ status: 200, errorCode: null, usage: null });
  });
});
