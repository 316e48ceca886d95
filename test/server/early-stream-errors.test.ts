import { afterEach, describe, expect, test } from "bun:test";
import type { ArtifactTarget } from "../../src/artifact/artifact.ts";
import { startGateway } from "../support/gateway-fixture.ts";

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

function vendor(stream: string): string {
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: () => new Response(stream, { headers: { "content-type": "text/event-stream" } }),
  });
  stops.push(() => server.stop(true));
  return `http://127.0.0.1:${server.port}/v1`;
}

const chunk = (delta: object, reason: string | null = null) =>
  `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model: "m", choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`;
const whole = `${chunk({ role: "assistant", content: "Here" })}${chunk({}, "stop")}data: [DONE]\n\n`;
const overloaded = (name: string) =>
  `event: error\ndata: ${JSON.stringify({ type: "error", error: { type: name, message: "Busy" } })}\n\n`;

async function ask(streams: readonly string[], dialects: readonly ArtifactTarget["dialect"][]) {
  const gateway = await startGateway({ baseUrls: streams.map(vendor), dialects });
  stops.push(() => gateway.stop());
  const response = await gateway.call("/v1/chat/completions", {
    model: "fast",
    stream: true,
    messages: [{ role: "user", content: "Hello" }],
  });
  const text = await response.text();
  return { status: response.status, text, row: await gateway.row() };
}

describe("a stream that begins with an error", () => {
  test("in another dialect is given up for the next target", async () => {
    const { status, text, row } = await ask(
      [overloaded("overloaded_error"), whole],
      ["anthropic-messages", "openai-chat"],
    );
    expect(status).toBe(200);
    expect(text).toContain("Here");
    expect(text).not.toContain("Busy");
    expect(row).toMatchObject({ attempts: 2, target: "box1/upstream-1", errorCode: null });
  });

  test("in the caller's own dialect as well", async () => {
    const error = `data: ${JSON.stringify({ error: { message: "Busy", type: "server_error" } })}\n\n`;
    const { text, row } = await ask([error, whole], ["openai-chat", "openai-chat"]);
    expect(text).toContain("Here");
    expect(row).toMatchObject({ attempts: 2, errorCode: null });
  });

  test("is a plain error where there is no other target", async () => {
    const { status, text, row } = await ask([overloaded("overloaded_error")], ["anthropic-messages"]);
    expect(status).toBe(503);
    expect(JSON.parse(text)).toMatchObject({
      error: { code: "LK-3022", message: expect.stringContaining("overloaded: Busy.") },
    });
    expect(row).toMatchObject({ attempts: 1, errorCode: "LK-3022" });
  });

  test("is given up as well where that is a tool call which cannot be told", async () => {
    const nameless = `event: message_start\ndata: ${JSON.stringify({ type: "message_start", message: { id: "m", model: "x" } })}\n\nevent: content_block_start\ndata: ${JSON.stringify({ type: "content_block_start", index: 0, content_block: { type: "tool_use", id: "c1", input: {} } })}\n\n`;
    const { text, row } = await ask([nameless, whole], ["anthropic-messages", "openai-chat"]);
    expect(text).toContain("Here");
    expect(row).toMatchObject({ attempts: 2, target: "box1/upstream-1", errorCode: null });
    const alone = await ask([nameless], ["anthropic-messages"]);
    expect(alone.status).toBe(502);
    expect(JSON.parse(alone.text)).toMatchObject({ error: { code: "LK-3012" } });
  });

  test("is told in the stream once a word of it has been heard", async () => {
    const begun = `event: message_start\ndata: ${JSON.stringify({ type: "message_start", message: { id: "m", model: "x", usage: { input_tokens: 1, output_tokens: 1 } } })}\n\nevent: content_block_start\ndata: ${JSON.stringify({ type: "content_block_start", index: 0, content_block: { type: "text", text: "" } })}\n\nevent: content_block_delta\ndata: ${JSON.stringify({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "Well" } })}\n\n`;
    const { status, text, row } = await ask(
      [begun + overloaded("overloaded_error"), whole],
      ["anthropic-messages", "openai-chat"],
    );
    expect(status).toBe(200);
    expect(text).toContain("Well");
    expect(text).toContain("LK-3022");
    expect(text).toContain("Busy");
    expect(text).not.toContain("[DONE]");
    expect(row).toMatchObject({ attempts: 1, errorCode: "LK-3022" });
  });
});

test("a translated stream that ends without a word of why is an error to its caller", async () => {
  const stream = `${chunk({ role: "assistant", content: "Half an ans" })}data: [DONE]\n\n`;
  const gateway = await startGateway({ baseUrls: [vendor(stream)], dialects: ["openai-chat"] });
  stops.push(() => gateway.stop());
  const response = await gateway.call("/v1/messages", {
    model: "fast",
    max_tokens: 50,
    stream: true,
    messages: [{ role: "user", content: "Hello" }],
  });
  const text = await response.text();
  expect(text).toContain("Half an ans");
  expect(text).toContain("event: error");
  expect(text).not.toContain("message_stop");
  expect(await gateway.row()).toMatchObject({ errorCode: "LK-3008" });
});
