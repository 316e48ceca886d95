import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { StreamEvent } from "../../../src/canonical/stream-event.ts";
import { openaiResponses } from "../../../src/dialects/openai-responses/index.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { answerOf } from "./support/answer-of.ts";
import { anyModel, decode, jsonSample, sample } from "./support/responses.ts";

const types = (events: readonly StreamEvent[]): readonly string[] => events.map(({ type }) => type);
const streamOf = (events: readonly JsonObject[]): Uint8Array =>
  Buffer.from(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(""));

const whole = ["text", "tools", "reasoning-text", "citations", "refusal", "image", "logprobs"] as const;

test.each(whole)("the stream %s says what the whole answer says", (name) => {
  const streamed = answerOf(decode([sample(`${name}.sse`)]));
  // The tier that was used is told at the end only, where a stream has no place for it any more.
  const answer = jsonSample(`${name}.json`);
  const expected = { ...openaiResponses.egress.parseResponse(answer, anyModel), serviceTier: undefined };
  expect(streamed).toEqual(expected as never);
});

test.each([...whole, "crlf", "incomplete", "failed", "error-inside", "error-flat", "no-deltas", "cut"])(
  "the stream %s is the same wherever it is cut",
  (name) => {
    const bytes = sample(`${name}.sse`);
    const expected = JSON.stringify(decode([bytes]));
    for (let cut = 1; cut < bytes.length; cut += bytes.length > 5_000 ? 5 : 1)
      expect(JSON.stringify(decode([bytes.subarray(0, cut), bytes.subarray(cut)]))).toBe(expected);
    expect(JSON.stringify(decode([...bytes].map((byte) => Uint8Array.of(byte))))).toBe(expected);
  },
);

test("a text comes piece by piece, between its beginning and its end", () => {
  expect(decode([sample("text.sse")])).toEqual([
    { type: "start", id: "resp_t1", model: "gpt-5.6-mini-2026-06-01", createdS: 1_790_000_000 },
    { type: "part-start", choice: 0, part: 0, content: { type: "text" } },
    { type: "delta", choice: 0, part: 0, text: "Grüße " },
    { type: "delta", choice: 0, part: 0, text: "👋🏽 aus" },
    { type: "delta", choice: 0, part: 0, text: " Bern." },
    { type: "part-end", choice: 0, part: 0 },
    { type: "finish", choice: 0, reason: "stop" },
    { type: "usage", usage: { input: 25, output: 9, cacheRead: 16, cacheWrite: 0, reasoning: 0 } },
    { type: "end" },
  ]);
});

test("lines that end with CR LF, and servers that leave out events, make no difference", () => {
  const expected = answerOf(decode([sample("text.sse")]));
  for (const name of ["crlf.sse", "no-deltas.sse", "only-completed.sse"])
    expect(answerOf(decode([sample(name)]))).toEqual(expected);
});

test("calls and thinking come in pieces, each part closed before the next", () => {
  const events = decode([sample("tools.sse")]);
  const parts = events.flatMap((event) => (event.type === "part-start" ? [event.content] : []));
  expect(parts).toEqual([
    { type: "reasoning", id: "rs_b1", isSummary: true },
    { type: "reasoning", id: "rs_b1", isSummary: true },
    { type: "tool-call", id: "call_bern", name: "weather" },
    { type: "reasoning", id: "rs_b2", redacted: { dialect: "openai-responses", value: "gAAAAABsealed2==" } },
    { type: "tool-call", id: "call_rome", name: "weather" },
    { type: "tool-call", id: "call_now", name: "now" },
  ]);
  expect(events).toContainEqual({ type: "delta", choice: 0, part: 2, text: `{"ci` });
  const open = new Set<number>();
  for (const event of events) {
    if (event.type === "part-start") open.add(event.part);
    if (event.type === "delta") expect(open.has(event.part)).toBe(true);
    if (event.type === "part-end") open.delete(event.part);
    expect(open.size).toBeLessThan(2);
  }
});

test.each([
  ["cut.sse", undefined],
  ["failed.sse", { kind: "server", message: "The server had an error while processing your request." }],
  ["error-inside.sse", { kind: "rate-limit", message: "Rate limit reached on tokens per min." }],
  ["error-flat.sse", { kind: "server", message: "The server failed." }],
] as const)("%s has no end", (name, error) => {
  const events = decode([sample(name)]);
  expect(types(events)).not.toContain("end");
  expect(events.find(({ type }) => type === "error")).toEqual(
    error && ({ type: "error", error: expect.objectContaining(error) } as never),
  );
});

test("an answer that reached its limit says so", () => {
  expect(decode([sample("incomplete.sse")])).toContainEqual({ type: "finish", choice: 0, reason: "length" });
});

test("every cut leaves a stream without its end", () => {
  const bytes = sample("tools.sse");
  // The last event counts without its empty line.
  for (let length = 0; length < bytes.length - 2; length += 13)
    expect(types(decode([bytes.subarray(0, length)]))).not.toContain("end");
});

describe("servers that differ", () => {
  const created = { type: "response.created", response: { id: "resp_x", model: "m", created_at: 1.5 } };
  const completed = { type: "response.completed", response: { usage: null } };

  test("may count parts in their own way, and keep the connection alive with comments", () => {
    const text = { output_index: 1, content_index: 1, item_id: "msg" };
    const item = { type: "message", content: [{ type: "output_text", text: "Hi", annotations: [] }] };
    const events = decode([
      Buffer.from(": OPENROUTER PROCESSING\n\n"),
      streamOf([created]),
      Buffer.from(": ping\n\nevent: keepalive\ndata:\n\n"),
      streamOf([
        { type: "response.output_text.delta", ...text, delta: "Hi" },
        { type: "response.output_item.done", output_index: 1, item },
        completed,
      ]),
      Buffer.from("data: [DONE]\n\n"),
    ]);
    expect(types(events)).toEqual(["start", "ping", "part-start", "delta", "part-end", "finish", "end"]);
    expect(events[0]).toMatchObject({ createdS: 1 });
  });

  test("may say in the event's name what it is", () => {
    const bytes = Buffer.from(
      `event: response.output_text.delta\ndata: {"delta":"Hi"}\n\nevent: response.completed\ndata: {}\n\n`,
    );
    expect(answerOf(decode([bytes]))?.choices[0]).toEqual({
      index: 0,
      content: [{ type: "text", text: "Hi" }],
      finishReason: "stop",
    });
  });

  test("may send a call whole when it begins, and a call without arguments as nothing", () => {
    const call = { type: "function_call", call_id: "c1", name: "f", arguments: `{"a":1}` };
    const none = { type: "function_call", call_id: "c2", name: "g", arguments: "" };
    const events = decode([
      streamOf([
        created,
        { type: "response.output_item.added", output_index: 0, item: call },
        { type: "response.output_item.done", output_index: 0, item: call },
        { type: "response.output_item.added", output_index: 1, item: none },
        { type: "response.output_item.done", output_index: 1, item: none },
        completed,
      ]),
    ]);
    expect(events.filter(({ type }) => type === "delta")).toEqual([
      { type: "delta", choice: 0, part: 0, text: `{"a":1}` },
    ]);
    expect(events).toContainEqual({ type: "finish", choice: 0, reason: "tool-calls" });
  });

  test("may seal thinking whose summary has come before, or end without closing their items", () => {
    const events = decode([
      streamOf([
        created,
        { type: "response.output_item.added", output_index: 0, item: { type: "reasoning", id: "rs_1" } },
        { type: "response.reasoning_summary_text.delta", output_index: 0, summary_index: 0, delta: "Hm" },
        {
          type: "response.output_item.done",
          output_index: 0,
          item: { type: "reasoning", id: "rs_1", summary: [], encrypted_content: "gAAAA" },
        },
        { type: "response.refusal.delta", output_index: 1, delta: "No" },
        completed,
      ]),
    ]);
    expect(answerOf(events)?.choices[0]).toEqual({
      index: 0,
      content: [
        {
          type: "reasoning",
          text: "Hm",
          isSummary: true,
          id: "rs_1",
          signature: { dialect: "openai-responses", value: "gAAAA" },
        },
        { type: "refusal", text: "No" },
      ],
      finishReason: "refusal",
    });
  });

  test("may stream the thinking and tell of its summary at the end only", () => {
    const item = {
      type: "reasoning",
      id: "rs_1",
      summary: [{ type: "summary_text", text: "In short" }],
      content: [{ type: "reasoning_text", text: "At length" }],
      encrypted_content: "gAAAA",
    };
    const events = decode([
      streamOf([
        created,
        { type: "response.reasoning_text.delta", output_index: 0, content_index: 0, delta: "At length" },
        { type: "response.output_item.done", output_index: 0, item },
        { type: "response.completed", response: { status: "incomplete" } },
      ]),
    ]);
    expect(answerOf(events)?.choices[0]).toMatchObject({
      finishReason: "other",
      content: [{ text: "At length" }, { text: "In short", isSummary: true, signature: { value: "gAAAA" } }],
    });
  });

  test("may tell of an error without saying what it is", () => {
    const events = decode([streamOf([created, { error: { message: "boom", code: "server_error" } }])]);
    expect(events.at(-1)).toMatchObject({ type: "error", error: { kind: "server", message: "boom" } });
  });

  test("may fail without a word", () => {
    const events = decode([streamOf([created, { type: "response.failed", response: {} }])]);
    expect(events.at(-1)).toMatchObject({ type: "error", error: { kind: "server" } });
  });
});

test("a structured answer that came through a tool is the text", () => {
  const item = { type: "function_call", call_id: "c", name: "latchkey_answer", arguments: `{"a":1}` };
  const events = decode([
    streamOf([
      { type: "response.output_item.added", output_index: 0, item: { ...item, arguments: "" } },
      { type: "response.function_call_arguments.delta", output_index: 0, delta: `{"a":1}` },
      { type: "response.output_item.done", output_index: 0, item },
      { type: "response.completed", response: {} },
    ]),
  ]);
  expect(answerOf(events)?.choices[0]).toEqual({
    index: 0,
    content: [{ type: "text", isAnswer: true, text: `{"a":1}` }],
    finishReason: "stop",
  });
});

test("an event that is not JSON, or has no end, is an error", () => {
  expect(decode([Buffer.from("data: {oops\n\n")])).toEqual([
    { type: "error", error: { kind: "server", message: "an event of the stream is not JSON" } },
  ]);
  const long = new Uint8Array(9 * 1024 * 1024).fill(0x61);
  expect(decode([Buffer.from("data: "), long, Buffer.from("\n\n")]).map(({ type }) => type)).toEqual([
    "error",
  ]);
});

test("bytes of any kind never throw, and events of any kind neither end twice nor go on after an error", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 5 }), (pieces) => {
      expect(types(decode(pieces))).not.toContain("end");
    }),
  );
  const kinds = [
    "response.created",
    "response.output_item.added",
    "response.output_item.done",
    "response.output_text.delta",
    "response.output_text.annotation.added",
    "response.reasoning_summary_text.delta",
    "response.reasoning_text.delta",
    "response.refusal.delta",
    "response.function_call_arguments.delta",
    "response.completed",
    "error",
  ];
  const event = fc.record(
    {
      type: fc.constantFrom(...kinds),
      output_index: fc.oneof(fc.nat(3), fc.jsonValue()),
      content_index: fc.oneof(fc.nat(3), fc.jsonValue()),
      delta: fc.oneof(fc.string(), fc.jsonValue()),
      item: fc.oneof(
        fc.record({
          type: fc.constantFrom("message", "reasoning", "function_call"),
          content: fc.jsonValue(),
          summary: fc.jsonValue(),
          call_id: fc.string(),
          name: fc.string(),
          arguments: fc.string(),
        }),
        fc.jsonValue(),
      ),
      annotation: fc.jsonValue(),
      logprobs: fc.jsonValue(),
      response: fc.jsonValue(),
    },
    { requiredKeys: ["type"] },
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 12 }), (events) => {
      const told = types(decode([streamOf(events as readonly JsonObject[])]));
      const last = told.findIndex((type) => type === "end" || type === "error");
      expect(last === -1 || last === told.length - 1).toBe(true);
      expect(told.filter((type) => type === "start").length).toBeLessThan(2);
    }),
  );
});
