import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { StreamEvent } from "../../../src/canonical/stream-event.ts";
import { openaiResponses } from "../../../src/dialects/openai-responses/index.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { answerContent, streamOf } from "./support/answer-arbitrary.ts";
import { contextOf, encode, wireEvents } from "./support/responses.ts";

const { ingress } = openaiResponses;
const hex = `${"0".repeat(24)}0000abcd`;
const start: StreamEvent = { type: "start", id: "msg_vendor", model: "claude-x", createdS: 7 };
const finish = (reason: "stop" | "tool-calls" | "length" | "error"): StreamEvent => ({
  type: "finish",
  choice: 0,
  reason,
});
const end: StreamEvent = { type: "end" };
const namesOf = (events: readonly JsonObject[]) => events.map(({ type }) => type);

test("a text is a message that begins, grows and ends, numbered from 0", () => {
  const text = encode([
    start,
    { type: "part-start", choice: 0, part: 0, content: { type: "text" } },
    { type: "delta", choice: 0, part: 0, text: "Grüße " },
    { type: "delta", choice: 0, part: 0, text: `"Bern"` },
    { type: "citation", choice: 0, part: 0, citation: { url: "https://example.org", title: "T" } },
    { type: "part-end", choice: 0, part: 0 },
    finish("stop"),
    { type: "usage", usage: { input: 3, output: 2, cacheRead: 1, cacheWrite: 0, reasoning: 0 } },
    end,
  ]);
  const events = wireEvents(text);
  expect(namesOf(events)).toEqual([
    "response.created",
    "response.in_progress",
    "response.output_item.added",
    "response.content_part.added",
    "response.output_text.delta",
    "response.output_text.delta",
    "response.output_text.annotation.added",
    "response.output_text.done",
    "response.content_part.done",
    "response.output_item.done",
    "response.completed",
  ]);
  expect(events.map(({ sequence_number: number }) => number)).toEqual(events.map((_, index) => index));
  expect(text.split("\n").filter((line) => line.startsWith("event: "))).toEqual(
    events.map(({ type }) => `event: ${type}`),
  );
  const at = { item_id: `msg_lk_${hex}_0`, output_index: 0, content_index: 0 };
  const annotation = {
    type: "url_citation",
    start_index: 0,
    end_index: 12,
    url: "https://example.org",
    title: "T",
  };
  const part = { type: "output_text", text: `Grüße "Bern"`, annotations: [annotation], logprobs: [] };
  const item = { id: at.item_id, type: "message", status: "completed", role: "assistant", content: [part] };
  expect(events[4]).toEqual({
    type: "response.output_text.delta",
    sequence_number: 4,
    ...at,
    delta: "Grüße ",
    logprobs: [],
  });
  expect(events[6]).toMatchObject({ ...at, annotation_index: 0, annotation });
  expect(events[7]).toMatchObject({ ...at, text: `Grüße "Bern"`, logprobs: [] });
  expect(events[8]).toMatchObject({ ...at, part });
  expect(events[9]).toMatchObject({ output_index: 0, item });
  expect(events[0]).toMatchObject({
    response: {
      id: `resp_lk_${hex}`,
      status: "in_progress",
      output: [],
      usage: null,
      created_at: 7,
      model: "fast",
    },
  });
  expect(events[10]).toMatchObject({
    response: { status: "completed", output: [item], usage: { total_tokens: 5 }, service_tier: "default" },
  });
});

test("thinking and calls have their own events", () => {
  const events = wireEvents(
    encode([
      start,
      { type: "part-start", choice: 0, part: 0, content: { type: "reasoning", isSummary: true } },
      { type: "delta", choice: 0, part: 0, text: "Hm" },
      { type: "part-end", choice: 0, part: 0 },
      { type: "part-start", choice: 0, part: 1, content: { type: "reasoning" } },
      { type: "delta", choice: 0, part: 1, text: "Deep" },
      { type: "signature", choice: 0, part: 1, signature: { dialect: "anthropic-messages", value: "Erw=" } },
      { type: "part-end", choice: 0, part: 1 },
      { type: "part-start", choice: 0, part: 2, content: { type: "tool-call", id: "c1", name: "f" } },
      { type: "delta", choice: 0, part: 2, text: `{"a":` },
      { type: "delta", choice: 0, part: 2, text: "1}" },
      { type: "part-end", choice: 0, part: 2 },
      { type: "part-start", choice: 0, part: 3, content: { type: "tool-call", id: "c2", name: "g" } },
      { type: "part-end", choice: 0, part: 3 },
      finish("tool-calls"),
      end,
    ]),
  );
  expect(namesOf(events).slice(2)).toEqual([
    "response.output_item.added",
    "response.reasoning_summary_part.added",
    "response.reasoning_summary_text.delta",
    "response.reasoning_summary_text.done",
    "response.reasoning_summary_part.done",
    "response.output_item.done",
    "response.output_item.added",
    "response.content_part.added",
    "response.reasoning_text.delta",
    "response.reasoning_text.done",
    "response.content_part.done",
    "response.output_item.done",
    "response.output_item.added",
    "response.function_call_arguments.delta",
    "response.function_call_arguments.delta",
    "response.function_call_arguments.done",
    "response.output_item.done",
    "response.output_item.added",
    "response.function_call_arguments.delta",
    "response.function_call_arguments.done",
    "response.output_item.done",
    "response.completed",
  ]);
  expect(events[14]).toMatchObject({
    item: {
      id: `fc_lk_${hex}_2`,
      type: "function_call",
      status: "in_progress",
      arguments: "",
      call_id: "c1",
      name: "f",
    },
  });
  expect(events[17]).toMatchObject({
    item_id: `fc_lk_${hex}_2`,
    output_index: 2,
    arguments: `{"a":1}`,
    name: "f",
  });
  expect(events[20]).toMatchObject({ delta: "{}" });
  expect(events.at(-1)).toMatchObject({
    response: {
      output: [
        { type: "reasoning", summary: [{ type: "summary_text", text: "Hm" }] },
        { encrypted_content: "lk1.s.anthropic-messages.Erw=" },
        { arguments: `{"a":1}` },
        { arguments: "{}" },
      ],
    },
  });
});

test("parts that come at the same time keep their places", () => {
  const events = wireEvents(
    encode([
      start,
      { type: "part-start", choice: 0, part: 0, content: { type: "text" } },
      { type: "delta", choice: 0, part: 0, text: "a" },
      { type: "part-start", choice: 0, part: 1, content: { type: "tool-call", id: "c1", name: "f" } },
      { type: "part-start", choice: 0, part: 2, content: { type: "tool-call", id: "c2", name: "g" } },
      { type: "delta", choice: 0, part: 2, text: "2" },
      { type: "delta", choice: 0, part: 1, text: "1" },
      { type: "delta", choice: 0, part: 0, text: "b" },
      { type: "part-end", choice: 0, part: 0 },
      { type: "part-end", choice: 0, part: 1 },
      { type: "part-end", choice: 0, part: 2 },
      finish("tool-calls"),
      end,
    ]),
  );
  expect(events.at(-1)).toMatchObject({
    response: { output: [{ content: [{ text: "ab" }] }, { arguments: "1" }, { arguments: "2" }] },
  });
  const indexOf = (type: string, index: number) =>
    events.findIndex((event) => event["type"] === type && event["output_index"] === index);
  for (const index of [0, 1, 2])
    expect(indexOf("response.output_item.done", index)).toBeGreaterThan(
      indexOf("response.output_item.added", index),
    );
});

test("a stream of any answer ends with what the whole answer would have been, and every event fits it", () => {
  fc.assert(
    fc.property(answerContent, fc.integer({ min: 1, max: 9 }), (content, size) => {
      const events = wireEvents(encode(streamOf(content, size)));
      const whole = ingress.renderResponse(
        {
          id: "resp_1",
          model: "m",
          createdS: 7,
          choices: [{ index: 0, content, finishReason: "stop" }],
          usage: { input: 1, output: 2, cacheRead: 0, cacheWrite: 0, reasoning: 0 },
        },
        contextOf(),
      );
      // A refusal is told by its part, which both have.
      expect(events.at(-1)?.["response"] as JsonObject).toEqual(whole);
      const output = whole["output"] as readonly JsonObject[];
      for (const { type, output_index: at, item, item_id: id } of events) {
        if (type === "response.output_item.done")
          expect(item as JsonObject).toEqual(output[Number(at)] as JsonObject);
        if (id !== undefined) expect(id).toBe(output[Number(at)]?.["id"] as string);
      }
    }),
    { numRuns: 300 },
  );
});

test("probabilities come with the text, also where they come before it", () => {
  const ja = { token: "Ja", logprob: -0.5 };
  const events = wireEvents(
    encode([
      start,
      { type: "logprobs", choice: 0, logprobs: [ja] },
      { type: "part-start", choice: 0, part: 0, content: { type: "text" } },
      { type: "delta", choice: 0, part: 0, text: "Ja." },
      { type: "logprobs", choice: 0, logprobs: [{ token: ".", logprob: -0.1 }] },
      { type: "part-end", choice: 0, part: 0 },
      finish("stop"),
      end,
    ]),
  );
  const tokens = events.flatMap(({ type, logprobs }) =>
    type === "response.output_text.delta" ? (logprobs as JsonObject[]).map(({ token }) => token) : [],
  );
  expect(tokens).toEqual(["Ja", "."]);
  expect(events.at(-1)).toMatchObject({
    response: { output: [{ content: [{ logprobs: [{ token: "Ja" }, { token: "." }] }] }] },
  });
});

describe("the end of a stream", () => {
  const said: readonly StreamEvent[] = [
    start,
    { type: "part-start", choice: 0, part: 0, content: { type: "text" } },
    { type: "delta", choice: 0, part: 0, text: "Hi" },
  ];
  test.each([
    ["stop", "response.completed", "completed"],
    ["length", "response.incomplete", "incomplete"],
    ["error", "response.failed", "incomplete"],
  ] as const)("for %s is %s, with all that was open closed before", (reason, type, status) => {
    const events = wireEvents(encode([...said, finish(reason), end]));
    expect(events.at(-1)).toMatchObject({
      type,
      response: { output: [{ status, content: [{ text: "Hi" }] }] },
    });
    expect(namesOf(events)).toContain("response.output_item.done");
  });

  test("is an error in both forms that clients read, where it failed in the middle", () => {
    const encoder = ingress.encodeStream(contextOf());
    const before = wireEvents(said.map((event) => encoder.encode(event)).join(""));
    const text = encoder.fail({ status: 502, code: "LK-3008", message: "cut", kind: "server", param: "x" });
    expect(text.startsWith("event: error\n")).toBe(true);
    expect(wireEvents(text)).toEqual([
      {
        type: "error",
        sequence_number: before.length,
        code: "LK-3008",
        message: "cut",
        param: "x",
        error: { message: "cut", type: "server_error", param: "x", code: "LK-3008" },
      },
    ]);
    expect(encoder.answer).toBeUndefined();
  });

  test("tells what has to be kept of the answer", () => {
    const encoder = ingress.encodeStream(contextOf());
    for (const event of [...said, finish("stop"), end]) encoder.encode(event);
    expect(encoder.answer?.id).toBe(`resp_lk_${hex}`);
    expect(JSON.parse(encoder.answer?.output ?? "")).toMatchObject([{ content: [{ text: "Hi" }] }]);
  });
});

test("further choices, sound and words about parts that are none are passed over", () => {
  const events = wireEvents(
    encode([
      start,
      { type: "part-start", choice: 1, part: 0, content: { type: "text" } },
      { type: "delta", choice: 1, part: 0, text: "no" },
      { type: "part-end", choice: 1, part: 0 },
      { type: "delta", choice: 0, part: 9, text: "no" },
      { type: "part-start", choice: 0, part: 0, content: { type: "spoken" } },
      { type: "sound", choice: 0, part: 0, data: "AAAA" },
      { type: "delta", choice: 0, part: 0, text: "Said" },
      { type: "part-end", choice: 0, part: 0 },
      { type: "whole-part", choice: 0, part: 1, content: { type: "vendor", dialect: "gemini", value: {} } },
      finish("stop"),
      { type: "finish", choice: 1, reason: "length" },
      end,
    ]),
  );
  expect(events.at(-1)).toMatchObject({
    type: "response.completed",
    response: { output: [{ content: [{ text: "Said" }] }] },
  });
  expect(encode([start, { type: "ping" }])).toEndWith(": ping\n\n");
});
