import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { StreamEvent } from "../../../src/canonical/stream-event.ts";
import { gemini } from "../../../src/dialects/gemini/index.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { decode, flash, gather, sample, sampleNames, sse } from "./support/samples.ts";

const { egress } = gemini;
const start = { type: "start", id: "r3spOnse-1d", model: "gemini-2.5-flash" } as const;
const types = (events: readonly StreamEvent[]): string => events.map(({ type }) => type).join(" ");
const isWhole = (events: readonly StreamEvent[]): boolean => events.at(-1)?.type === "end";
const chunk = (parts: readonly JsonObject[], finishReason?: string): JsonObject => ({
  candidates: [
    { content: { parts, role: "model" }, ...(finishReason !== undefined && { finishReason }), index: 0 },
  ],
});

describe("a stream", () => {
  test("of events or of an array has the same text, usage of the last chunk and an end", () => {
    const expected: StreamEvent[] = [
      { ...start, usage: { input: 12, output: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0 } },
      { type: "part-start", choice: 0, part: 0, content: { type: "text" } },
      { type: "delta", choice: 0, part: 0, text: "Grüße 👋" },
      { type: "delta", choice: 0, part: 0, text: "🏽 from " },
      { type: "delta", choice: 0, part: 0, text: '"Bern"\n' },
      { type: "part-end", choice: 0, part: 0 },
      { type: "finish", choice: 0, reason: "stop" },
      { type: "usage", usage: { input: 12, output: 5, cacheRead: 0, cacheWrite: 0, reasoning: 0 } },
      { type: "end" },
    ];
    expect(decode([sample("text.sse")])).toEqual(expected);
    expect(decode([sample("text.array.json")])).toEqual(expected);
    expect(decode([sample("comments.sse")]).filter(({ type }) => type !== "ping")).toEqual(expected);
    expect(types(decode([sample("comments.sse")]))).toContain("ping");
  });

  test.each([...sampleNames(".sse"), ...sampleNames(".array.json")])(
    "%s is the same wherever it is cut",
    (name) => {
      const bytes = sample(name);
      const whole = decode([bytes]);
      for (let cut = 0; cut <= bytes.length; cut++)
        expect(decode([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(whole);
      expect(decode(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(whole);
    },
  );

  test.each([...sampleNames(".sse"), ...sampleNames(".array.json")])("%s has parts in order", (name) => {
    const open = new Set<string>();
    const ended = new Set<string>();
    for (const event of decode([sample(name)])) {
      if (!("part" in event)) continue;
      const key = `${event.choice}.${event.part}`;
      expect(ended.has(key)).toBe(false);
      if (event.type === "part-start") open.add(key);
      else if (event.type !== "whole-part") expect(open.has(key)).toBe(true);
      if (event.type === "part-end" || event.type === "whole-part") ended.add(key);
    }
  });

  test("has thoughts, text and calls one after the other, signatures at their parts", () => {
    const events = decode([sample("thinking-tools.sse")]);
    expect(gather(events)).toEqual({
      thoughts: "**Look** up.",
      text: "I check.",
      signatures: ["c2lnbmF0dXJlLTY="],
      calls: [
        { id: "gemini_r3spOnse-1d_0", name: "weather", arguments: { city: "Bern" } },
        { id: "gemini_r3spOnse-1d_1", name: "weather", arguments: { city: "Zürich" } },
      ],
    });
    expect(events).toContainEqual({ type: "finish", choice: 0, reason: "tool-calls" });
    expect(events).toContainEqual({
      type: "usage",
      usage: { input: 12, output: 19, cacheRead: 0, cacheWrite: 0, reasoning: 14 },
    });
  });

  test("keeps a signature that comes last on a part of its own, as it came", () => {
    expect(decode([sample("signature-last.sse")]).slice(1, -3)).toEqual([
      { type: "part-start", choice: 0, part: 0, content: { type: "text" } },
      { type: "delta", choice: 0, part: 0, text: "Three" },
      { type: "delta", choice: 0, part: 0, text: " r" },
      { type: "part-end", choice: 0, part: 0 },
      { type: "part-start", choice: 0, part: 1, content: { type: "text" } },
      { type: "signature", choice: 0, part: 1, signature: { dialect: "gemini", value: "c2lnbmF0dXJlLTU=" } },
      { type: "part-end", choice: 0, part: 1 },
    ]);
  });

  test("cites what was said before, though a signature comes with it", () => {
    const events = decode([sample("grounding.sse")]);
    const citations = events.flatMap((event) => (event.type === "citation" ? [event] : []));
    expect(citations.map(({ part, citation: { start: from, end, url } }) => [part, from, end, url])).toEqual([
      [0, 0, 16, "https://a.example/zurich"],
      [0, 17, 37, "https://a.example/zurich"],
      [0, 17, 37, "https://b.example/bern"],
    ]);
    expect(gather(events).signatures).toEqual(["c2lnbmF0dXJlLTg="]);
  });

  test("may hold pictures, sound and what only Google knows", () => {
    expect(decode([sample("image.sse")])).toContainEqual({
      type: "whole-part",
      choice: 0,
      part: 1,
      content: { type: "image", source: { kind: "base64", mediaType: "image/png", data: "iVBORw0KGgo=" } },
    });
    expect(decode([sample("audio.sse")]).slice(1, 5)).toEqual([
      { type: "part-start", choice: 0, part: 0, content: { type: "spoken", format: "pcm16" } },
      { type: "sound", choice: 0, part: 0, data: "AAAB" },
      { type: "sound", choice: 0, part: 0, data: "AAIA" },
      { type: "part-end", choice: 0, part: 0 },
    ]);
    expect(types(decode([sample("code-execution.sse")]))).toBe(
      "start whole-part whole-part part-start delta part-end finish usage end",
    );
  });

  test("of several candidates ends when the last of them has", () => {
    const events = decode([sample("two-candidates.sse")]);
    expect(events.filter(({ type }) => type === "finish")).toEqual([
      { type: "finish", choice: 0, reason: "stop" },
      { type: "finish", choice: 1, reason: "length" },
    ]);
    const lines = Buffer.from(sample("two-candidates.sse")).toString().split("\r\n\r\n");
    expect(isWhole(decode([Buffer.from(`${lines.slice(0, 3).join("\r\n\r\n")}\r\n\r\n`)]))).toBe(false);
  });

  test("may say STOP with every chunk", () => {
    expect(gather(decode([sample("stop-in-every-chunk.sse")])).text).toBe("One two three");
    expect(decode([sample("stop-in-every-chunk.sse")]).filter(({ type }) => type === "finish")).toHaveLength(
      1,
    );
  });

  test("may be held back before or after it has begun", () => {
    expect(types(decode([sample("blocked.sse")]))).toBe("start finish usage end");
    expect(decode([sample("blocked.sse")])[1]).toMatchObject({ reason: "content-filter" });
    expect(decode([sample("safety.sse")])).toContainEqual({
      type: "finish",
      choice: 0,
      reason: "content-filter",
    });
  });

  test.each(["cut.sse", "cut-in-event.sse", "cut.array.json"])("%s has no end and is no error", (name) => {
    const events = decode([sample(name)]);
    expect(gather(events).text).toBe("Grüße 👋🏽 from ");
    expect(events.some(({ type }) => type === "end" || type === "error" || type === "finish")).toBe(false);
  });

  test("whose array is not closed was cut, though its answer has ended", () => {
    const bytes = sample("text.array.json");
    expect(isWhole(decode([bytes.subarray(0, bytes.lastIndexOf(0x5d))]))).toBe(false);
  });

  test.each(["error-inside.sse", "error-inside.array.json"])("%s fails in the middle", (name) => {
    expect(decode([sample(name)]).at(-1)).toEqual({
      type: "error",
      error: {
        kind: "overloaded",
        code: "UNAVAILABLE",
        message: "The model is overloaded. Please try again later.",
      },
    });
  });

  test("that is no stream but an error is that error", () => {
    expect(decode([sample("error-429.json")]).at(-1)).toMatchObject({
      error: { kind: "rate-limit", retryAfterS: 13 },
    });
    expect(decode([Buffer.from("data: <html>\n\n")]).at(-1)).toMatchObject({ error: { kind: "server" } });
    expect(decode([Buffer.from("[1]")]).at(-1)).toMatchObject({ error: { kind: "server" } });
  });

  test("may be ended by a marker that Google does not send", () => {
    expect(isWhole(decode([sample("text.sse"), Buffer.from("data: [DONE]\n\n")]))).toBe(true);
  });

  test("gives the text of an answer that had to come through a tool", () => {
    const call = { functionCall: { name: "latchkey_answer", args: { a: 1 } } };
    expect(decode([sse(chunk([call], "STOP"))]).slice(1, -1)).toEqual([
      { type: "part-start", choice: 0, part: 0, content: { type: "text", isAnswer: true } },
      { type: "delta", choice: 0, part: 0, text: `{"a":1}` },
      { type: "part-end", choice: 0, part: 0 },
      { type: "finish", choice: 0, reason: "stop" },
    ]);
  });

  test("whose arguments are nested beyond all measure fails, and an event without end as well", () => {
    const deep = `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`;
    const text = `data: {"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":${deep}}}]}}]}\n\n`;
    expect(decode([Buffer.from(text)]).at(-1)?.type).toBe("error");
    const piece = Buffer.alloc(1024 * 1024, "a");
    expect(decode([Buffer.from("data: "), ...Array(9).fill(piece)]).at(-1)?.type).toBe("error");
  });

  test("of random bytes ends in an error or not at all", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 }), (pieces) => {
        expect(decode(pieces).every(({ type }) => type === "error" || type === "ping")).toBe(true);
      }),
    );
  });

  test("of random chunks never throws and never ends without a reason", () => {
    const part = fc.oneof(
      fc.record({ text: fc.string(), thought: fc.boolean() }),
      fc.record({ functionCall: fc.record({ name: fc.string(), args: fc.jsonValue() }) }),
      fc.record({ functionCall: fc.record({ partialArgs: fc.jsonValue(), willContinue: fc.boolean() }) }),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.array(fc.array(part), { maxLength: 5 }), (chunks) => {
        const bytes = sse(
          ...chunks.map((parts) => ({ candidates: [{ content: { parts: parts as never } }] })),
        );
        expect(isWhole(decode([bytes]))).toBe(false);
      }),
    );
  });

  test("that is over says nothing more", () => {
    const events: StreamEvent[] = [];
    const decoder = egress.decodeStream(flash, (event) => events.push(event));
    decoder.push(sample("error-inside.sse"));
    const count = events.length;
    decoder.push(sample("text.sse"));
    decoder.close();
    decoder.close();
    expect(events).toHaveLength(count);
  });
});
