import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { EventTooLargeError, type ServerSentEvent, SseParser } from "../../sdk/client/sse-parser.ts";
import { everyCut } from "./support/event-stream.ts";

const encoder = new TextEncoder();

function parse(pieces: Iterable<Uint8Array>, maxEventLength?: number): ServerSentEvent[] {
  const parser = new SseParser(maxEventLength);
  return Array.from(pieces).flatMap((piece) => [...parser.push(piece)]);
}

const parseText = (text: string): ServerSentEvent[] => parse([encoder.encode(text)]);
const message = (data: string): ServerSentEvent => ({ event: "message", data });

describe("the event stream format", () => {
  const cases: readonly [name: string, text: string, events: ServerSentEvent[]][] = [
    ["one line of data", "data: a\n\n", [message("a")]],
    ["a named event", "event: delta\ndata: a\n\n", [{ event: "delta", data: "a" }]],
    ["a name after the data", "data: a\nevent: delta\n\n", [{ event: "delta", data: "a" }]],
    ["a name that does not outlive its event", "event: x\n\ndata: a\n\n", [message("a")]],
    ["several lines of data", "data: a\ndata: b\ndata:\n\n", [message("a\nb\n")]],
    ["no space after the colon", "data:a\n\n", [message("a")]],
    ["only the first space is taken away", "data:  a \n\n", [message(" a ")]],
    ["a colon within the value", 'data: {"a":1}\n\n', [message('{"a":1}')]],
    ["a field without a colon", "data\n\n", [message("")]],
    ["empty data", "data:\n\n", [message("")]],
    ["comments", ": ping\n\n:\n\ndata: a\n: in between\n\n", [message("a")]],
    ["unknown fields", "id: 7\nretry: 10\nfoo: bar\ndata: a\n\n", [message("a")]],
    ["fields are case-sensitive", "Data: a\n\n", []],
    ["a field name with a space", " data: a\n\n", []],
    ["CRLF", "event: x\r\ndata: a\r\n\r\ndata: b\r\n\r\n", [{ event: "x", data: "a" }, message("b")]],
    ["CR", "event: x\rdata: a\r\rdata: b\r\r", [{ event: "x", data: "a" }, message("b")]],
    ["mixed line ends", "data: a\r\n\ndata: b\n\rdata: c\r\r\n", [message("a"), message("b"), message("c")]],
    ["a byte order mark", "\uFEFFdata: a\n\n", [message("a")]],
    ["a byte order mark later on is text", "data: a\n\n\uFEFFdata: b\n\n", [message("a")]],
    ["many empty lines", "\n\n\ndata: a\n\n\n\n\n", [message("a")]],
    ["other line separators are text", "data: a\u2028b\u0085c\n\n", [message("a\u2028b\u0085c")]],
    ["characters of two to four bytes", "data: é€😀\n\n", [message("é€😀")]],
    ["an unfinished event is not told", "data: a\n\ndata: b\n", [message("a")]],
  ];

  for (const [name, text, events] of cases) {
    test(name, () => expect(parseText(text)).toEqual(events));

    test(`${name}: cut anywhere`, () => {
      for (const pieces of everyCut(encoder.encode(text))) expect(parse(pieces)).toEqual(events);
    });
  }

  test("an event is told at its CR, without waiting for a LF that may follow", () => {
    const parser = new SseParser();
    expect([...parser.push(encoder.encode("data: a\r\r"))]).toEqual([message("a")]);
    expect([...parser.push(encoder.encode("\ndata: b\n\n"))]).toEqual([message("b")]);
  });

  test("malformed UTF-8 becomes replacement characters", () => {
    const bytes = Uint8Array.of(...encoder.encode("data: "), 0xff, 0xe2, 0x82, ...encoder.encode("\n\n"));
    expect(parse([bytes])).toEqual([message("\uFFFD\uFFFD")]);
  });
});

describe("the end of the bytes", () => {
  function endOf(text: string): ServerSentEvent | undefined {
    const parser = new SseParser();
    for (const _ of parser.push(encoder.encode(text)));
    return parser.end();
  }

  test("tells what was left of an event", () => {
    expect(endOf("data: [DONE]\n")).toEqual(message("[DONE]"));
    expect(endOf("data: [DONE]")).toEqual(message("[DONE]"));
    expect(endOf("event: x\ndata: a\ndata: b")).toEqual({ event: "x", data: "a\nb" });
  });

  test("tells nothing when nothing was left", () => {
    expect(endOf("")).toBeUndefined();
    expect(endOf("data: a\n\n")).toBeUndefined();
    expect(endOf("data: a\n\n: ping")).toBeUndefined();
    expect(endOf("event: x\n")).toBeUndefined();
  });
});

describe("the bound of an event", () => {
  const refuse = (text: string): void => {
    expect(() => parse([encoder.encode(text)], 16)).toThrow(EventTooLargeError);
    expect(() =>
      parse(
        Array.from(encoder.encode(text), (byte) => Uint8Array.of(byte)),
        16,
      ),
    ).toThrow(EventTooLargeError);
  };

  test("holds for a line that never ends", () => refuse("data: 01234567890123456789"));
  test("holds for a finished line", () => refuse("data: 01234567890123456789\n\n"));
  test("holds for the sum of lines", () => refuse("data: 01234\ndata: 56789\ndata: 01234\ndata: 5\n\n"));
  test("holds for comments", () => refuse(": 01234567890123456789\n"));

  test("is counted anew for each event", () => {
    const text = "data: 012345678\n\n".repeat(5);
    expect(parse([encoder.encode(text)], 16)).toHaveLength(5);
  });

  test("leaves the events before it standing", () => {
    const parser = new SseParser(16);
    const events = parser.push(encoder.encode("data: a\n\ndata: 01234567890123456789\n\n"));
    expect(events.next().value).toEqual(message("a"));
    expect(() => events.next()).toThrow(EventTooLargeError);
  });
});

const lineEnd = fc.constantFrom("\n", "\r", "\r\n");
const value = fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => text.replace(/[\r\n]/g, ""));
const writtenEvent = fc.record({
  event: value.filter((name) => name !== ""),
  lines: fc.array(value, { minLength: 1, maxLength: 3 }),
  end: lineEnd,
});

test("whatever is written is read, in whatever pieces it comes", () => {
  const property = fc.property(
    fc.array(writtenEvent, { maxLength: 5 }),
    fc.array(fc.nat(400), { maxLength: 6 }),
    (written, cuts) => {
      const text = written
        .map(({ event, lines, end }) =>
          [`event: ${event}`, ...lines.map((line) => `data: ${line}`), "", ""].join(end),
        )
        .join("");
      const bytes = encoder.encode(text);
      const places = [
        0,
        ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b),
        bytes.length,
      ];
      const pieces = places.slice(1).map((place, index) => bytes.slice(places[index], place));
      const expected = written.map(({ event, lines }) => ({ event, data: lines.join("\n") }));
      expect(parse(pieces)).toEqual(expected);
    },
  );
  fc.assert(property, { numRuns: 200 });
});
