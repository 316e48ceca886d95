import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { anthropicMessages } from "../../../src/dialects/anthropic-messages/index.ts";
import { isJsonObject, type JsonObject } from "../../../src/kernel/json.ts";
import {
  claude,
  decodeMessages,
  messagesJson,
  messagesSample,
  messagesSampleNames,
} from "../../support/anthropic-samples.ts";
import { collectStream } from "../../support/collect-stream.ts";

const { egress } = anthropicMessages;
const read = (name: string) => egress.parseResponse(messagesJson(`${name}.json`), claude);
const whole = messagesSampleNames(".json").filter((name) => !name.startsWith("error-"));
const streamed = new Set(messagesSampleNames(".sse"));

describe("a whole answer of Anthropic", () => {
  test("is text with its id, model and usage", () => {
    expect(read("text")).toEqual({
      id: "msg_01Sample",
      model: "claude-sonnet-4-5-20250929",
      choices: [{ index: 0, content: [{ type: "text", text: "Grüße aus Bern 🐻" }], finishReason: "stop" }],
      usage: { input: 12, output: 9, cacheRead: 0, cacheWrite: 0, reasoning: 0 },
      serviceTier: "default",
    });
  });

  test("counts what was read from and written to the cache as input", () => {
    expect(read("cache-usage")).toMatchObject({
      usage: { input: 1304, output: 7, cacheRead: 1000, cacheWrite: 300, cacheWriteHour: 200, reasoning: 0 },
      serviceTier: "priority",
    });
  });

  test("keeps signatures and sealed thinking as they are, and counts thinking", () => {
    const answer = read("thinking");
    expect(answer?.choices[0]?.content).toEqual([
      {
        type: "reasoning",
        text: "Two and two …",
        signature: { dialect: "anthropic-messages", value: "RXFRQnNpZw==" },
      },
      { type: "reasoning", text: "", redacted: { dialect: "anthropic-messages", value: "RW1ibGluZA==" } },
      { type: "text", text: "Four." },
    ]);
    expect(answer?.usage).toMatchObject({ output: 40, reasoning: 31 });
  });

  test("calls tools, one after the other, also without arguments", () => {
    expect(read("tools")?.choices[0]).toMatchObject({
      finishReason: "tool-calls",
      content: [
        { type: "text", text: "I look it up." },
        { type: "tool-call", id: "toolu_01A", name: "weather", arguments: '{"city":"Bern","days":2}' },
        { type: "tool-call", id: "toolu_01B", name: "weather", arguments: '{"city":"Zürich"}' },
      ],
    });
    expect(read("tool-without-arguments")?.choices[0]?.content).toEqual([
      { type: "tool-call", id: "toolu_01C", name: "now", arguments: "{}" },
    ]);
  });

  test("cites documents and pages of the web", () => {
    const cited = read("citations")?.choices[0]?.content[1];
    expect(cited).toMatchObject({
      type: "text",
      text: "green",
      citations: [{ title: "Colours", quote: "The grass is green.", document: "0" }],
    });
    const [, , found] = read("server-tools")?.choices[0]?.content ?? [];
    expect(found).toMatchObject({ citations: [{ url: "https://bears.example/", title: "BearPark" }] });
  });

  test("keeps the steps of Anthropic's own tools as they were", () => {
    const blocks = messagesJson("server-tools.json")["content"] as readonly JsonObject[];
    const parts = read("server-tools")?.choices[0]?.content ?? [];
    expect(parts.slice(0, 2)).toEqual(
      blocks.slice(0, 2).map((value) => ({ type: "vendor", dialect: "anthropic-messages", value })),
    );
  });

  test.each([
    ["max-tokens", { finishReason: "length" }],
    ["stop-sequence", { finishReason: "stop-text", stopText: "three" }],
    ["pause-turn", { finishReason: "pause" }],
    ["context-window", { finishReason: "context-length" }],
    ["refusal", { finishReason: "refusal", content: [{ type: "refusal", text: "This was declined." }] }],
  ] as const)("of the kind %s ends for the reason it says", (name, choice) => {
    expect(read(name)?.choices[0]).toMatchObject(choice as never);
  });

  test("that came through the tool which stands in for it is text", () => {
    const answer = {
      ...messagesJson("tool-without-arguments.json"),
      content: [{ type: "tool_use", id: "toolu_1", name: "latchkey_answer", input: { sum: 4 } }],
    };
    expect(egress.parseResponse(answer, claude)?.choices[0]).toEqual({
      index: 0,
      content: [{ type: "text", isAnswer: true, text: '{"sum":4}' }],
      finishReason: "stop",
    });
  });

  test.each([
    {},
    { type: "message" },
    { type: "error", error: {} },
    { choices: [] },
    { type: "message", content: "text" },
  ] as const)("is not %j", (body) => {
    expect(egress.parseResponse(body as JsonObject, claude)).toBeUndefined();
  });

  test("never throws, whatever its members are", () => {
    fc.assert(
      fc.property(fc.object({ key: fc.constantFrom(...MEMBERS), maxDepth: 3 }), (value) => {
        const body = { type: "message", content: [value], usage: value, stop_details: value };
        const answer = egress.parseResponse(body as JsonObject, claude);
        expect(answer?.choices).toHaveLength(1);
      }),
    );
  });
});

const MEMBERS = [
  "type",
  "text",
  "thinking",
  "signature",
  "data",
  "id",
  "name",
  "input",
  "citations",
  "__proto__",
];

describe("a stream of Anthropic", () => {
  test.each(whole.filter((name) => streamed.has(name)))(
    "of the kind %s says what the whole answer does",
    (name) => {
      expect(collectStream(decodeMessages(messagesSample(`${name}.sse`)))).toEqual(read(name) as never);
    },
  );

  test("tells step by step what comes", () => {
    expect(decodeMessages(messagesSample("thinking.sse"))).toEqual([
      {
        type: "start",
        id: "msg_01Sample",
        model: "claude-sonnet-4-5-20250929",
        usage: { input: 12, output: 1, cacheRead: 0, cacheWrite: 0, reasoning: 0 },
        serviceTier: "default",
      },
      { type: "part-start", choice: 0, part: 0, content: { type: "reasoning" } },
      { type: "delta", choice: 0, part: 0, text: "Two and " },
      { type: "delta", choice: 0, part: 0, text: "two …" },
      {
        type: "signature",
        choice: 0,
        part: 0,
        signature: { dialect: "anthropic-messages", value: "RXFRQnNpZw==" },
      },
      { type: "part-end", choice: 0, part: 0 },
      {
        type: "part-start",
        choice: 0,
        part: 1,
        content: { type: "reasoning", redacted: { dialect: "anthropic-messages", value: "RW1ibGluZA==" } },
      },
      { type: "part-end", choice: 0, part: 1 },
      { type: "part-start", choice: 0, part: 2, content: { type: "text" } },
      { type: "delta", choice: 0, part: 2, text: "Four." },
      { type: "part-end", choice: 0, part: 2 },
      { type: "finish", choice: 0, reason: "stop" },
      { type: "usage", usage: { input: 12, output: 40, cacheRead: 0, cacheWrite: 0, reasoning: 31 } },
      { type: "end" },
    ]);
  });

  test("takes the last counts as totals and never adds them up", () => {
    const events = decodeMessages(messagesSample("cache-usage.sse"));
    expect(events.filter(({ type }) => type === "usage")).toEqual([
      {
        type: "usage",
        usage: {
          input: 1304,
          output: 7,
          cacheRead: 1000,
          cacheWrite: 300,
          reasoning: 0,
          cacheWriteHour: 200,
        },
      },
    ]);
    const searched = collectStream(decodeMessages(messagesSample("server-tools.sse")));
    expect(searched.usage).toMatchObject({ input: 512, output: 60 });
  });

  test("hands on that the vendor is alive", () => {
    expect(decodeMessages(messagesSample("text.sse")).some(({ type }) => type === "ping")).toBe(true);
  });

  test("that ends before `message_stop` was cut", () => {
    const types = decodeMessages(messagesSample("cut-before-stop.sse")).map(({ type }) => type);
    expect(types).toContain("delta");
    expect(types).not.toContain("end");
  });

  test.each(["crlf", "comments"])("written as in %s says the same", (name) => {
    const { choices } = collectStream(decodeMessages(messagesSample(`${name}.sse`)));
    expect(choices).toEqual(read("text")?.choices as never);
  });

  test("may send a tool's input at once", () => {
    const { choices } = collectStream(decodeMessages(messagesSample("tool-input-at-once.sse")));
    expect(choices[0]?.content).toMatchObject([{ type: "tool-call", arguments: '{"city":"Bern"}' }]);
  });

  test("of the tool that stands in for an answer is text", () => {
    const text = Buffer.from(messagesSample("tools.sse"))
      .toString()
      .replaceAll('"weather"', '"latchkey_answer"');
    const { choices } = collectStream(decodeMessages(text));
    expect(choices[0]?.finishReason).toBe("stop");
    expect(choices[0]?.content.map((part) => (part.type === "text" ? part.text : part))).toEqual([
      "I look it up.",
      '{"city":"Bern","days":2}',
      '{"city":"Zürich"}',
    ]);
  });

  test.each(messagesSampleNames(".sse"))("is the same wherever %s is cut", (name) => {
    const bytes = messagesSample(`${name}.sse`);
    const events = decodeMessages(bytes);
    for (let cut = 1; cut < bytes.length; cut++)
      expect(decodeMessages(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual(events as never);
  });

  test.each(["cut-after-text", "cut-in-block", "cut-in-line"])("that is %s has no end", (name) => {
    const types = decodeMessages(messagesSample(`${name}.sse`)).map(({ type }) => type);
    expect(types[0]).toBe("start");
    expect(types).not.toContain("end");
    expect(types).not.toContain("error");
  });

  test("has no end wherever it is cut off before the reason why it stopped", () => {
    const text = Buffer.from(messagesSample("tools.sse"));
    const reason = text.indexOf('"stop_reason":"tool_use"');
    for (let end = 0; end < reason; end++)
      expect(decodeMessages(text.subarray(0, end)).some(({ type }) => type === "end")).toBe(false);
  });

  test("may fail in the middle", () => {
    const events = decodeMessages(messagesSample("error-inside.sse"), messagesSample("text.sse"));
    expect(events.at(-1)).toEqual({
      type: "error",
      error: { kind: "overloaded", message: "Overloaded", code: "overloaded_error" },
    });
    expect(events.filter(({ type }) => type === "error")).toHaveLength(1);
  });

  test("that begins anew in the middle is broken", () => {
    const cut = messagesSample("cut-in-block.sse");
    expect(decodeMessages(cut, messagesSample("text.sse")).at(-1)).toMatchObject({
      type: "error",
      error: { kind: "server" },
    });
  });

  test.each([
    ["data: <html>\n\n", "an event of the stream is not JSON"],
    ['data: {"type":"message_stop"}\n\n', "the stream ends before it begins"],
    [`data: ${"x".repeat(8 * 1024 * 1024)}x`, "an event of the stream is too long"],
  ])("that is none ends in an error", (text, message) => {
    expect(decodeMessages(text)).toEqual([{ type: "error", error: { kind: "server", message } }]);
  });

  test("with kinds of events, blocks and pieces that are new goes on", () => {
    const [start = "", ...rest] = Buffer.from(messagesSample("text.sse"))
      .toString()
      .split(/(?<=\n\n)/);
    const news = [
      { type: "message_thought" },
      { type: "content_block_start", index: 7, content_block: { type: "dream", depth: 1 } },
      { type: "content_block_delta", index: 7, delta: { type: "dream_delta", words: "zz" } },
      { type: "content_block_delta", index: 9, delta: { type: "text_delta", text: "lost" } },
      { type: "content_block_stop", index: 7 },
    ].map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    const { choices } = collectStream(decodeMessages(start, ...news, ...rest));
    expect(choices[0]?.content).toEqual([
      { type: "vendor", dialect: "anthropic-messages", value: { type: "dream", depth: 1, words: "zz" } },
      { type: "text", text: "Grüße aus Bern 🐻" },
    ]);
  });

  test("never throws, whatever comes, and has no end where there was none", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 6 }), (pieces) => {
        const events = decodeMessages(...pieces);
        expect(events.some(({ type }) => type === "end")).toBe(false);
      }),
    );
    const event = fc.record({
      type: fc.constantFrom(...EVENTS),
      index: fc.oneof(fc.nat(2), fc.anything()),
      message: fc.anything(),
      content_block: fc.oneof(
        fc.record({ type: fc.constantFrom(...BLOCKS), id: fc.string(), name: fc.string() }),
        fc.anything(),
      ),
      delta: fc.oneof(
        fc.record({ type: fc.constantFrom(...DELTAS), text: fc.string(), partial_json: fc.anything() }),
        fc.anything(),
      ),
      usage: fc.anything(),
      error: fc.anything(),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), (list) => {
        const events = decodeMessages(...list.map((item) => `data: ${toJson(item)}\n\n`));
        const ends = events.findIndex(({ type }) => type === "end" || type === "error");
        expect(ends === -1 || ends === events.length - 1).toBe(true);
        if (events.at(-1)?.type === "end") collectStream(events);
      }),
    );
  });
});

const EVENTS = [
  "message_start",
  "content_block_start",
  "content_block_delta",
  "content_block_stop",
  "message_delta",
  "message_stop",
];
const BLOCKS = ["text", "thinking", "redacted_thinking", "tool_use", "server_tool_use"];
const DELTAS = ["text_delta", "thinking_delta", "input_json_delta", "signature_delta", "citations_delta"];

function toJson(value: unknown): string {
  const text = JSON.stringify(value, (_key, member: unknown) => (typeof member === "bigint" ? 0 : member));
  return isJsonObject(JSON.parse(text)) ? text : "{}";
}
