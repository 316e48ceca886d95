import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { maxSseEventLength, type SseEvent, SseParser } from "../../src/kernel/sse.ts";

function parse(pieces: readonly Uint8Array[]): { events: SseEvent[]; comments: number } {
  const events: SseEvent[] = [];
  let comments = 0;
  const parser = new SseParser(
    (event) => events.push(event),
    () => comments++,
  );
  for (const piece of pieces) parser.push(piece);
  parser.close();
  return { events, comments };
}

const whole = (text: string) => parse([Buffer.from(text)]);

describe("server-sent events", () => {
  test("have a name, data of one line or several, and comments between them", () => {
    const { events, comments } = whole(
      ": hello\nevent: a\ndata: 1\n\ndata:2\ndata: 3\n\n:\nid: 7\nretry: 5\n\nevent: lonely\n\ndata\n\n",
    );
    expect(events).toEqual([
      { event: "a", data: "1" },
      { event: "", data: "2\n3" },
      { event: "", data: "" },
    ]);
    expect(comments).toBe(2);
  });

  test("count at the end of the stream also without their empty line", () => {
    expect(whole("data: 1\n\ndata: [DONE]").events.at(-1)).toEqual({ event: "", data: "[DONE]" });
    expect(whole("data: 1\r").events).toEqual([{ event: "", data: "1" }]);
  });

  test("lose the byte order mark and one space", () => {
    expect(whole("\ufeffdata:  x\n\n").events).toEqual([{ event: "", data: " x" }]);
  });

  test("come out alike whatever ends their lines and wherever they are cut", () => {
    const event = fc.record({
      event: fc.constantFrom("", "delta", "grüße"),
      data: fc.array(fc.constantFrom("", "a", "日本", "👋🏽", '{"x":1}', " b"), {
        minLength: 1,
        maxLength: 3,
      }),
    });
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 5 }),
        fc.constantFrom("\n", "\r\n", "\r"),
        fc.array(fc.nat(200), { maxLength: 12 }),
        (events, newline, cuts) => {
          const lines = events.flatMap(({ event: name, data }) => [
            ...(name === "" ? [] : [`event: ${name}`]),
            ...data.map((line) => `data: ${line}`),
            "",
          ]);
          const bytes = Buffer.from(lines.map((line) => line + newline).join(""));
          const places = [
            ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b),
            bytes.length,
          ];
          const pieces = places.map((place, index) => bytes.subarray(places[index - 1] ?? 0, place));
          expect(parse(pieces).events).toEqual(
            events.map(({ event: name, data }) => ({ event: name, data: data.join("\n") })),
          );
        },
      ),
    );
  });

  test("that never end are given up", () => {
    const parser = new SseParser(() => expect.unreachable());
    const piece = Buffer.alloc(1024 * 1024, "x");
    for (let size = 0; size <= maxSseEventLength; size += piece.length) parser.push(piece);
    expect(parser.isOverlong).toBe(true);
    parser.close();
  });
});
