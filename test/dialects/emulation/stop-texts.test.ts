import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { ChatResponse, TokenLogprob } from "../../../src/canonical/chat-response.ts";
import type { StreamEvent } from "../../../src/canonical/stream-event.ts";
import { maxReadOn } from "../../../src/dialects/emulation/cut-stream.ts";
import { StopMatcher, stopPatterns } from "../../../src/dialects/emulation/stop-matcher.ts";
import { emulateStopTexts, maxStopTexts } from "../../../src/dialects/emulation/stop-texts.ts";
import { collectStream } from "../../support/collect-stream.ts";

const usage = { input: 9, output: 5, cacheRead: 0, cacheWrite: 0, reasoning: 0 };
const start: StreamEvent = { type: "start", id: "a", model: "m" };
const text = (part: number): StreamEvent => ({
  type: "part-start",
  choice: 0,
  part,
  content: { type: "text" },
});
const delta = (part: number, words: string): StreamEvent => ({ type: "delta", choice: 0, part, text: words });
const partEnd = (part: number): StreamEvent => ({ type: "part-end", choice: 0, part });
const finish: StreamEvent = { type: "finish", choice: 0, reason: "stop" };
const stopped = (stopText: string): StreamEvent => ({
  type: "finish",
  choice: 0,
  reason: "stop-text",
  stopText,
});
const counted: StreamEvent = { type: "usage", usage };
const end: StreamEvent = { type: "end" };
const failed: StreamEvent = { type: "error", error: { kind: "server", message: "Oh." } };

function changeFor(stop: readonly string[], choices = 1) {
  const change = emulateStopTexts({ stop, choices }, () => {});
  if (change === undefined) throw new Error("nothing to emulate");
  return change;
}

function cut(stop: readonly string[], events: readonly StreamEvent[], choices = 1): readonly StreamEvent[] {
  const told: StreamEvent[] = [];
  const stream = changeFor(stop, choices).stream((event) => told.push(event));
  for (const event of events) stream.take(event);
  stream.close();
  return told;
}

/** What a text is cut to in pieces, and where. */
function feed(stops: readonly string[], pieces: readonly string[]) {
  const matcher = new StopMatcher(stopPatterns(stops));
  let told = "";
  for (const piece of pieces) {
    const { text: more, stop } = matcher.feed(piece);
    told += more;
    if (stop !== undefined) return { told, stop };
  }
  return { told: told + matcher.end(), stop: undefined };
}

/** The plain way to say it: of the stop texts that end first the longest. */
function expected(stops: readonly string[], whole: string) {
  for (let at = 0; at <= whole.length; at++) {
    const found = stops
      .filter((stop) => stop !== "" && whole.slice(0, at).endsWith(stop))
      .sort((a, b) => b.length - a.length)[0];
    if (found !== undefined) return { told: whole.slice(0, at - found.length), stop: found };
  }
  return { told: whole, stop: undefined };
}

describe("a text with stop texts", () => {
  const letters = fc.array(fc.constantFrom("a", "b", "c", "\n", "👋", "ü"), { maxLength: 30 });
  const words = letters.map((parts) => parts.join(""));
  const stop = fc
    .array(fc.constantFrom("a", "b", "\n", "👋"), { maxLength: 5 })
    .map((parts) => parts.join(""));

  test("ends at the same place however it is cut into pieces", () => {
    const cases = fc.record({
      whole: words,
      stops: fc.array(stop, { minLength: 1, maxLength: 4 }),
      cuts: fc.array(fc.nat(30)),
    });
    fc.assert(
      fc.property(cases, ({ whole, stops, cuts }) => {
        const places = [0, ...cuts.map((place) => Math.min(place, whole.length)), whole.length].sort(
          (a, b) => a - b,
        );
        const pieces = places.map((place, index) => whole.slice(places[index - 1] ?? 0, place));
        const wanted = expected(stops, whole);
        expect(feed(stops, [whole])).toEqual(wanted);
        expect(feed(stops, pieces)).toEqual(wanted);
        expect(
          feed(
            stops,
            [...whole].flatMap((character) => character.split("")),
          ),
        ).toEqual(wanted);
      }),
    );
  });

  test("is told at once but for what could begin a stop text", () => {
    const matcher = new StopMatcher(stopPatterns(["</end>"]));
    expect(matcher.feed("Hello <")).toEqual({ text: "Hello " });
    expect(matcher.feed("/en")).toEqual({ text: "" });
    expect(matcher.feed("glish <")).toEqual({ text: "</english " });
    expect(matcher.feed("</end>more")).toEqual({ text: "<", stop: "</end>" });
  });

  test("ends where the first stop text is complete, and at the longest of those", () => {
    expect(feed(["abcd", "bc"], ["xabcd"])).toEqual({ told: "xa", stop: "bc" });
    expect(feed(["cd", "abcd"], ["xabcd"])).toEqual({ told: "x", stop: "abcd" });
    expect(feed(["aab"], ["aa", "ab"])).toEqual({ told: "a", stop: "aab" });
  });
});

describe("a streamed answer", () => {
  test("ends at a stop text that comes in pieces; usage and end are those of the vendor", () => {
    const events = [
      start,
      text(0),
      delta(0, "One. EN"),
      delta(0, "D Two."),
      delta(0, "!"),
      partEnd(0),
      finish,
    ];
    expect(cut(["END"], [...events, counted, end])).toEqual([
      start,
      text(0),
      delta(0, "One. "),
      partEnd(0),
      stopped("END"),
      counted,
      end,
    ]);
  });

  test("that meets no stop text keeps every word", () => {
    const events = [start, text(0), delta(0, "One. EN"), partEnd(0), finish, counted, end];
    const told = cut(["END"], events);
    expect(told).toEqual([start, text(0), delta(0, "One. "), delta(0, "EN"), ...events.slice(3)]);
  });

  test("ends with all of its parts, those that follow included", () => {
    const thought: StreamEvent = { type: "part-start", choice: 0, part: 0, content: { type: "reasoning" } };
    const tool = { type: "tool-call", id: "1", name: "weather" } as const;
    const call: StreamEvent = { type: "part-start", choice: 0, part: 2, content: tool };
    const image = {
      type: "image",
      source: { kind: "base64", mediaType: "image/png", data: "AA==" },
    } as const;
    const told = cut(
      ["END"],
      [
        ...[
          start,
          thought,
          delta(0, "END of thought"),
          partEnd(0),
          text(1),
          call,
          delta(2, '{"a":"END"'),
          delta(1, "AEND"),
        ],
        ...[delta(2, "}"), partEnd(2), partEnd(1), text(3), delta(3, "more"), partEnd(3)],
        { type: "whole-part", choice: 0, part: 4, content: image },
        ...[finish, counted, end],
      ],
    );
    expect(told).toEqual([
      ...[start, thought, delta(0, "END of thought"), partEnd(0), text(1), call, delta(2, '{"a":"END"')],
      ...[delta(1, "A"), partEnd(1), partEnd(2), stopped("END"), counted, end],
    ]);
  });

  test("tells probabilities and citations of what is told only", () => {
    const token = (words: string): TokenLogprob => ({ token: words, logprob: -1 });
    const logprobs = (...words: string[]): StreamEvent => ({
      type: "logprobs",
      choice: 0,
      logprobs: words.map(token),
    });
    const cited = (start: number, stop: number): StreamEvent => ({
      type: "citation",
      choice: 0,
      part: 0,
      citation: { start, end: stop, url: "https://example.org" },
    });
    const told = cut(
      ["END"],
      [
        ...[
          start,
          text(0),
          delta(0, "Grüße E"),
          logprobs("Grüße ", "E"),
          cited(0, 6),
          cited(0, 7),
          delta(0, "ND secret"),
        ],
        ...[logprobs("ND", " secret"), partEnd(0), finish, end],
      ],
    );
    expect(told).toEqual([
      ...[
        start,
        text(0),
        delta(0, "Grüße "),
        logprobs("Grüße "),
        cited(0, 6),
        partEnd(0),
        stopped("END"),
        end,
      ],
    ]);
    const kept = cut(
      ["END"],
      [start, text(0), delta(0, "E"), logprobs("E"), cited(0, 1), partEnd(0), finish, end],
    );
    expect(kept).toEqual([
      start,
      text(0),
      delta(0, "E"),
      logprobs("E"),
      cited(0, 1),
      partEnd(0),
      finish,
      end,
    ]);
    // Tokens that do not add up to the text are told at its end.
    const odd = cut(["END"], [start, text(0), delta(0, "A"), logprobs("ABC"), partEnd(0), finish, end]);
    expect(odd).toEqual([start, text(0), delta(0, "A"), partEnd(0), logprobs("ABC"), finish, end]);
  });

  test("that was cut is whole, whatever the vendor does next", () => {
    const begun = [start, text(0), delta(0, "AENDB")];
    const whole = [start, text(0), delta(0, "A"), partEnd(0), stopped("END"), end];
    expect(cut(["END"], [...begun, failed])).toEqual(whole);
    expect(cut(["END"], begun)).toEqual(whole);
    expect(cut(["END"], [start, text(0), delta(0, "A"), failed]).at(-1)).toEqual(failed);
    expect(cut(["END"], [start, text(0), delta(0, "A")]).at(-1)).toEqual(delta(0, "A"));
  });

  test("is read on for its usage up to a bound", () => {
    const rest = delta(0, "x".repeat(maxReadOn));
    const begun = [start, text(0), delta(0, "AEND"), rest];
    expect(cut(["END"], [...begun, finish, counted, end]).slice(-2)).toEqual([counted, end]);
    expect(cut(["END"], [...begun, delta(0, "x"), finish, counted, end]).slice(-2)).toEqual([
      stopped("END"),
      end,
    ]);
  });

  test("with several choices ends each by itself, and goes on until all have ended", () => {
    const second = (event: StreamEvent): StreamEvent => ("choice" in event ? { ...event, choice: 1 } : event);
    const told = cut(
      ["END"],
      [
        ...[start, text(0), second(text(0)), delta(0, "AEND"), delta(0, "x".repeat(maxReadOn + 1))],
        ...[second(delta(0, "B")), second(partEnd(0)), second(finish), finish, counted, end],
      ],
      2,
    );
    expect(told).toEqual([
      ...[start, text(0), second(text(0)), delta(0, "A"), partEnd(0), stopped("END"), second(delta(0, "B"))],
      ...[second(partEnd(0)), second(finish), counted, end],
    ]);
    // The second one may still begin.
    expect(cut(["END"], [start, text(0), delta(0, "AEND"), failed], 2).at(-1)).toEqual(failed);
  });
});

test("a whole answer is cut as its stream is", () => {
  const token = (words: string): TokenLogprob => ({
    token: words,
    logprob: -1,
    bytes: [...Buffer.from(words)],
  });
  const answer: ChatResponse = {
    id: "a",
    model: "m",
    usage,
    choices: [
      {
        index: 0,
        content: [
          { type: "reasoning", text: "END" },
          { type: "text", text: "First. " },
          {
            type: "text",
            text: "ABENDC",
            signature: { dialect: "gemini", value: "s" },
            citations: [
              { start: 0, end: 2, url: "https://example.org" },
              { start: 0, end: 6, url: "https://example.org" },
            ],
          },
          { type: "tool-call", id: "1", name: "weather", arguments: "{}" },
        ],
        finishReason: "tool-calls",
        logprobs: ["First. ", "A", "B", "END", "C"].map(token),
      },
      { index: 1, content: [{ type: "text", text: "Nothing here" }], finishReason: "length" },
    ],
  };
  const told = changeFor(["END"]).whole(answer);
  expect(told).toEqual({
    ...answer,
    choices: [
      {
        index: 0,
        content: [
          { type: "reasoning", text: "END" },
          { type: "text", text: "First. " },
          { type: "text", text: "AB", citations: [{ start: 0, end: 2, url: "https://example.org" }] },
        ],
        finishReason: "stop-text",
        stopText: "END",
        logprobs: ["First. ", "A", "B"].map(token),
      },
      { index: 1, content: [{ type: "text", text: "Nothing here" }], finishReason: "length" },
    ],
  });
  expect(changeFor(["First"]).whole(answer).choices[0]).toMatchObject({
    content: [{ type: "reasoning", text: "END" }],
    finishReason: "stop-text",
    logprobs: [],
  });
});

test("a streamed answer is cut to what the whole one is cut to, however it comes", () => {
  const letters = fc.constantFrom("a", "b", "E", "N", "D", "ü", "👋");
  const piece = fc.array(letters, { maxLength: 6 }).map((parts) => parts.join(""));
  const texts = fc.array(fc.array(piece, { maxLength: 6 }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(texts, fc.array(piece, { minLength: 1, maxLength: 3 }), (parts, stop) => {
      const whole: ChatResponse = {
        id: "a",
        model: "m",
        usage,
        choices: [
          {
            index: 0,
            content: parts.map((pieces) => ({ type: "text", text: pieces.join("") })),
            finishReason: "stop",
          },
        ],
      };
      const events = parts.flatMap((pieces, part) => [
        text(part),
        ...pieces.map((words) => delta(part, words)),
        partEnd(part),
      ]);
      const change = emulateStopTexts({ stop }, () => {});
      if (change === undefined) return;
      const told = collectStream(cut(stop, [start, ...events, finish, counted, end]));
      const wanted = change.whole(whole);
      const textsOf = ({ choices: [choice] }: ChatResponse) =>
        choice?.content.flatMap((part) => (part.type === "text" && part.text !== "" ? [part.text] : []));
      expect(textsOf(told)).toEqual(textsOf(wanted));
      expect(told.choices[0]?.finishReason).toBe(wanted.choices[0]?.finishReason as never);
      expect(told.choices[0]?.stopText).toBe(wanted.choices[0]?.stopText as never);
      expect(told.usage).toEqual(usage);
    }),
  );
});

test("no stop texts need nothing, too many are refused", () => {
  const reasons: string[] = [];
  const lose = (reason: string): number => reasons.push(reason);
  expect(emulateStopTexts({}, lose)).toBeUndefined();
  expect(emulateStopTexts({ stop: [""] }, lose)).toBeUndefined();
  expect(reasons).toEqual([]);
  const many = Array.from({ length: maxStopTexts + 1 }, (_, index) => `stop ${index}`);
  expect(emulateStopTexts({ stop: many.slice(1) }, lose)).toBeDefined();
  expect(emulateStopTexts({ stop: many }, lose)).toBeUndefined();
  expect(reasons).toEqual(["can hold 64 texts at most where the gateway looks for them itself"]);
});
