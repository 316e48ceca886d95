import { afterEach, describe, expect, test } from "bun:test";
import { type GatewayFixture, startGateway } from "../support/gateway-fixture.ts";
import {
  type ReplayUpstream,
  startReplayUpstream,
  streamAnswer,
  wholeAnswer,
} from "../support/replay-upstream.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const DEEP = `{"a":${"[".repeat(50_000)}${"]".repeat(50_000)}}`;
const dialects = ["openai-chat", "anthropic-messages", "gemini", "bedrock-converse", "ollama-chat"] as const;

interface Played {
  readonly gateway: GatewayFixture;
  readonly upstreams: readonly ReplayUpstream[];
}

async function play(
  ...answers: readonly (readonly [(typeof dialects)[number], Uint8Array])[]
): Promise<Played> {
  const upstreams = answers.map(([, answer]) =>
    startReplayUpstream(({ send, end }) => {
      send(answer);
      end();
    }),
  );
  for (const upstream of upstreams) cleanups.push(upstream.stop);
  const gateway = await startGateway({
    baseUrls: upstreams.map(({ baseUrl }) => baseUrl),
    dialects: answers.map(([dialect]) => dialect),
  });
  cleanups.push(gateway.stop);
  return { gateway, upstreams };
}

const hello = { role: "user", content: "Hello" };
const called = { name: "look", arguments: DEEP };
const bodies = {
  "messages[1].tool_calls[0].function.arguments": [
    "/v1/chat/completions",
    {
      model: "fast",
      messages: [
        hello,
        { role: "assistant", tool_calls: [{ id: "c1", type: "function", function: called }] },
        { role: "tool", tool_call_id: "c1", content: "ok" },
      ],
    },
  ],
  "messages[1].function_call.arguments": [
    "/v1/chat/completions",
    {
      model: "fast",
      messages: [
        hello,
        { role: "assistant", function_call: called },
        { role: "function", name: "look", content: "ok" },
      ],
    },
  ],
  "input[1].arguments": [
    "/v1/responses",
    {
      model: "fast",
      input: [
        hello,
        { type: "function_call", call_id: "c1", ...called },
        { type: "function_call_output", call_id: "c1", output: "ok" },
      ],
    },
  ],
} as const;

describe("a caller's text of JSON that is nested too deep", () => {
  test.each(Object.entries(bodies))("is refused by its place: %s", async (param, [path, body]) => {
    const { gateway, upstreams } = await play(["anthropic-messages", wholeAnswer("{}")]);
    const response = await gateway.call(path, body);
    expect([response.status, response.headers.get("x-latchkey-error")]).toEqual([400, "LK-2130"]);
    expect(await response.json()).toMatchObject({
      error: { param, message: expect.stringContaining("128 deep") },
    });
    expect(upstreams[0]?.seen).toEqual([]);
  });

  test("is a tool's words to Gemini", async () => {
    const { gateway, upstreams } = await play([
      "gemini",
      wholeAnswer(
        '{"candidates":[{"content":{"role":"model","parts":[{"text":"Hi"}]},"finishReason":"STOP"}]}',
      ),
    ]);
    const call = { id: "c1", type: "function", function: { name: "look", arguments: "{}" } };
    const response = await gateway.call("/v1/chat/completions", {
      model: "fast",
      messages: [
        hello,
        { role: "assistant", tool_calls: [call] },
        { role: "tool", tool_call_id: "c1", content: DEEP },
      ],
    });
    expect(response.status).toBe(200);
    expect(upstreams[0]?.seen[0]?.body).toContain('"response":{"output":"{');
  });
});

const choice = (message: object): string =>
  JSON.stringify({
    id: "x",
    object: "chat.completion",
    model: "m",
    choices: [{ index: 0, message, finish_reason: "stop" }],
  });
const withCall = choice({
  role: "assistant",
  content: null,
  tool_calls: [{ id: "c1", type: "function", function: called }],
}).replace('"stop"', '"tool_calls"');
const messages = { model: "fast", max_tokens: 9, messages: [hello] };
const contents = { contents: [{ parts: [{ text: "Hello" }] }] };

describe("a vendor's call whose arguments are nested too deep", () => {
  test("lets another target answer", async () => {
    const { gateway, upstreams } = await play(
      ["openai-chat", wholeAnswer(withCall)],
      ["openai-chat", wholeAnswer(choice({ role: "assistant", content: "Better" }))],
    );
    const response = await gateway.call("/v1/messages", messages);
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining("Better")]);
    expect(upstreams[1]?.seen).toHaveLength(1);
  });

  test("is an error where there is none", async () => {
    const { gateway } = await play(["openai-chat", wholeAnswer(withCall)]);
    const response = await gateway.call("/v1/messages", messages);
    expect([response.status, response.headers.get("x-latchkey-error")]).toEqual([502, "LK-3009"]);
  });

  test("has a word of its own in Gemini", async () => {
    const { gateway } = await play(["openai-chat", wholeAnswer(withCall)]);
    const text = await (await gateway.call("/v1/models/fast:generateContent", contents)).text();
    expect(text).toContain("MALFORMED_FUNCTION_CALL");
    expect(text).not.toContain("[[[[");
  });

  test("as an object is no answer either", async () => {
    const input = `{"id":"m","type":"message","role":"assistant","model":"m","content":[{"type":"tool_use","id":"t1","name":"look","input":${DEEP}}],"stop_reason":"tool_use","usage":{"input_tokens":1,"output_tokens":1}}`;
    const { gateway } = await play(["anthropic-messages", wholeAnswer(input)]);
    const response = await gateway.call("/v1/chat/completions", { model: "fast", messages: [hello] });
    expect(response.headers.get("x-latchkey-error")).toBe("LK-3009");
  });

  test("breaks the stream that it comes in", async () => {
    const pieces = DEEP.match(/.{1,2000}/g) ?? [];
    const chunkOf = (delta: object, reason: string | null = null): string =>
      `data: ${JSON.stringify({ id: "x", choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`;
    const events = [
      chunkOf({
        tool_calls: [{ index: 0, id: "c1", type: "function", function: { name: "look", arguments: "" } }],
      }),
      ...pieces.map((text) => chunkOf({ tool_calls: [{ index: 0, function: { arguments: text } }] })),
      chunkOf({}, "tool_calls"),
      "data: [DONE]\n\n",
    ];
    const { gateway } = await play(["openai-chat", streamAnswer(Buffer.from(events.join("")))]);
    const response = await gateway.call("/v1/models/fast:streamGenerateContent?alt=sse", contents);
    const text = await response.text();
    expect(text).toContain("MALFORMED_FUNCTION_CALL");
    expect(text).not.toContain("[[[[");
  });
});
