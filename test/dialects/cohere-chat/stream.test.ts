import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { StreamEvent } from "../../../src/canonical/stream-event.ts";
import { decode, wireSample, words } from "./support.ts";

const shape = (events: readonly StreamEvent[]): string => events.map(({ type }) => type).join(" ");
const usage = {
  input: 71,
  output: 8,
  cacheRead: 64,
  cacheWrite: 0,
  reasoning: 0,
  billed: { input: 5, output: 6 },
};

describe("a stream of Cohere", () => {
  test("tells its text, its usage and its end", () => {
    expect(decode(wireSample("text.sse"))).toEqual([
      { type: "start", id: "29f14a5a-11de-4cae-9800-25e4747408ea", model: "command-a-plus-05-2026" },
      { type: "part-start", choice: 0, part: 0, content: { type: "text" } },
      { type: "delta", choice: 0, part: 0, text: "Grüezi " },
      { type: "delta", choice: 0, part: 0, text: "from Bern." },
      { type: "part-end", choice: 0, part: 0 },
      { type: "usage", usage },
      { type: "finish", choice: 0, reason: "stop" },
      { type: "end" },
    ]);
  });

  test("is the same with CR LF and without the marker of its end", () => {
    const events = decode(wireSample("text.sse"));
    expect(decode(wireSample("crlf.sse"))).toEqual(events);
    expect(decode(wireSample("no-end-marker.sse"))).toEqual(events);
    expect(decode(wireSample("comments.sse")).filter(({ type }) => type !== "ping")).toEqual([...events]);
  });

  test("has its plan as thinking that goes back as a plan, and calls with their arguments", () => {
    const events = decode(wireSample("tools.sse"));
    expect(words(events, "reasoning")).toBe("I will look.");
    expect(words(events, "text")).toBe("");
    expect(events.filter(({ type }) => type === "part-start" || type === "signature")).toEqual([
      { type: "part-start", choice: 0, part: 0, content: { type: "reasoning" } },
      { type: "signature", choice: 0, part: 0, signature: { dialect: "cohere-chat", value: "tool_plan" } },
      {
        type: "part-start",
        choice: 0,
        part: 1,
        content: { type: "tool-call", id: "weather_k1d8", name: "weather" },
      },
      {
        type: "part-start",
        choice: 0,
        part: 2,
        content: { type: "tool-call", id: "clock_p4x2", name: "clock" },
      },
    ]);
    const text = events.map((event) => (event.type === "delta" && event.part === 1 ? event.text : ""));
    expect(text.join("")).toBe(`{"city": "Bern"}`);
    expect(events.at(-2)).toEqual({ type: "finish", choice: 0, reason: "tool-calls" });
  });

  test("has thinking before its text", () => {
    const events = decode(wireSample("thinking.sse"));
    expect(shape(events)).toBe(
      "start part-start delta delta part-end part-start delta part-end usage finish end",
    );
    expect(words(events, "reasoning")).toBe("Two and two.");
    expect(words(events, "text")).toBe("Four.");
  });

  test("cites what it has said, also after the end of the block", () => {
    const events = decode(wireSample("citations.sse"));
    expect(shape(events)).toBe("start part-start delta citation delta citation part-end usage finish end");
    const citations = events.flatMap((event) => (event.type === "citation" ? [event.citation] : []));
    const said = words(events, "text");
    expect(citations.map(({ start, end }) => said.slice(start, end))).toEqual(["Ruby", "best"]);
    expect(citations).toMatchObject([{ document: "best_1:0", quote: "Ruby" }, { title: "Guide" }]);
  });

  test("tells how likely its words were", () => {
    expect(decode(wireSample("logprobs.sse"))).toContainEqual({
      type: "logprobs",
      choice: 0,
      logprobs: [{ token: "Yes", logprob: -0.25 }],
    });
  });

  test("may interleave calls, name none of them, and leave one without its end", () => {
    const event = (type: string, index: number, call: object): Uint8Array =>
      Buffer.from(`data: ${JSON.stringify({ type, index, delta: { message: { tool_calls: call } } })}\n\n`);
    const named = (name: string) => ({ type: "function", function: { name, arguments: "" } });
    const more = (text: string) => ({ function: { arguments: text } });
    const events = decode(
      event("tool-call-start", 0, named("weather")),
      event("tool-call-start", 1, named("clock")),
      event("tool-call-delta", 0, more(`{"a"`)),
      event("tool-call-delta", 1, more("{}")),
      event("tool-call-delta", 0, more(":1}")),
      event("tool-call-end", 0, {}),
      Buffer.from(`data: {"type":"message-end","delta":{"finish_reason":"TOOL_CALL"}}\n\n`),
    );
    const text = (part: number) =>
      events.map((each) => (each.type === "delta" && each.part === part ? each.text : "")).join("");
    expect([text(0), text(1)]).toEqual([`{"a":1}`, "{}"]);
    expect(shape(events)).toBe("start part-start part-start delta delta delta part-end part-end finish end");
    const ids = events.flatMap((each) =>
      each.type === "part-start" && each.content.type === "tool-call" ? [each.content.id] : [],
    );
    expect(ids).toEqual([expect.stringMatching(/^weather_\w{12}$/), expect.stringMatching(/^clock_\w{12}$/)]);
  });

  test("through the tool that stands in for an answer is text", () => {
    const event = (value: object): Uint8Array => Buffer.from(`data: ${JSON.stringify(value)}\n\n`);
    const call = { id: "t", type: "function", function: { name: "latchkey_answer", arguments: `{"a"` } };
    const more = { function: { arguments: ":1}" } };
    const events = decode(
      event({ type: "tool-call-start", index: 0, delta: { message: { tool_calls: call } } }),
      event({ type: "tool-call-delta", index: 0, delta: { message: { tool_calls: more } } }),
      event({ type: "tool-call-end", index: 0 }),
      event({ type: "message-end", delta: { finish_reason: "TOOL_CALL" } }),
    );
    expect(words(events, "text")).toBe(`{"a":1}`);
    expect(shape(events)).toBe("start part-start delta delta part-end finish end");
    expect(events.at(-2)).toEqual({ type: "finish", choice: 0, reason: "stop" });
  });

  test.each(["text.sse", "crlf.sse", "tools.sse", "citations.sse", "thinking.sse"])(
    "is the same wherever %s is cut",
    (name) => {
      const bytes = wireSample(name);
      const whole = JSON.stringify(decode(bytes));
      for (let cut = 1; cut < bytes.length; cut++)
        expect(JSON.stringify(decode(bytes.subarray(0, cut), bytes.subarray(cut)))).toBe(whole);
    },
  );

  test("has no end where it is cut off", () => {
    expect(shape(decode(wireSample("cut.sse")))).toBe("start part-start delta");
    const bytes = wireSample("text.sse");
    const end = Buffer.from(bytes).indexOf('"finish_reason"');
    for (let cut = 0; cut < end; cut += 5)
      expect(decode(bytes.subarray(0, cut)).some(({ type }) => type === "end")).toBe(false);
  });

  test("that fails says why and has no end", () => {
    expect(decode(wireSample("error-inside.sse")).at(-1)).toEqual({
      type: "error",
      error: { kind: "server", message: "internal server error" },
    });
    expect(shape(decode(wireSample("error-at-end.sse")))).toBe("start part-start delta part-end usage error");
    expect(decode(Buffer.from("data: <html>\n\n")).at(-1)).toMatchObject({ type: "error" });
    const huge = Buffer.alloc(9 * 1024 * 1024, "x");
    expect(decode(Buffer.from("data: "), huge).at(-1)).toMatchObject({ type: "error" });
  });

  test("of random bytes or of any events never throws", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 5 }), (pieces) => {
        expect(decode(...pieces).every(({ type }) => type === "error" || type === "ping")).toBe(true);
      }),
    );
    const types = ["content-start", "content-delta", "tool-plan-delta", "tool-call-start", "tool-call-delta"];
    const type = fc.constantFrom(...types, "tool-call-end", "citation-start", "message-end", "debug");
    const event = fc.record({ type, index: fc.nat(2), delta: fc.jsonValue(), logprobs: fc.jsonValue() });
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const found = decode(...events.map((value) => Buffer.from(`data: ${JSON.stringify(value)}\n\n`)));
        expect(found.length > 0).toBe(events.length > 0);
      }),
    );
  });
});
