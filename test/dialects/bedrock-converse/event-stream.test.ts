import { describe, expect, test } from "bun:test";
import { EventStreamCodec } from "@smithy/eventstream-codec";
import { fromUtf8, toUtf8 } from "@smithy/util-utf8";
import fc from "fast-check";
import {
  EventStreamError,
  type EventStreamMessage,
  EventStreamParser,
  encodeEventStreamMessage,
} from "../../../src/dialects/bedrock-converse/event-stream.ts";

const codec = new EventStreamCodec(toUtf8, fromUtf8);
const text = fc.string({ unit: "binary", maxLength: 20 }).filter((value) => value.isWellFormed());
const message = fc.record({
  headers: fc.dictionary(fc.stringMatching(/^[a-z:-]{1,12}$/), text, { maxKeys: 4, noNullPrototype: true }),
  payload: fc.uint8Array({ maxLength: 60 }),
});

function parse(pieces: readonly Uint8Array[]): readonly EventStreamMessage[] {
  const messages: EventStreamMessage[] = [];
  const parser = new EventStreamParser(({ headers, payload }) =>
    messages.push({ headers, payload: payload.slice() }),
  );
  for (const piece of pieces) parser.push(piece);
  expect(parser.isAtBoundary).toBe(true);
  return messages;
}

describe("an event stream", () => {
  test("of AWS's own encoder is read, wherever it is cut", () => {
    const property = fc.property(
      fc.array(message, { maxLength: 4 }),
      fc.array(fc.nat(400), { maxLength: 9 }),
      (messages, cuts) => {
        const bytes = Buffer.concat(
          messages.map(({ headers, payload }) =>
            codec.encode({
              headers: Object.fromEntries(
                Object.entries(headers).map(([name, value]) => [name, { type: "string", value }]),
              ),
              body: payload,
            }),
          ),
        );
        const places = [
          ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b),
          bytes.length,
        ];
        const read = parse(places.map((place, index) => bytes.subarray(places[index - 1] ?? 0, place)));
        expect(read.map(({ headers }) => Object.fromEntries(headers))).toEqual(
          messages.map(({ headers }) => headers),
        );
        expect(read.map(({ payload }) => Buffer.from(payload).toString("hex"))).toEqual(
          messages.map(({ payload }) => Buffer.from(payload).toString("hex")),
        );
      },
    );
    fc.assert(property, { numRuns: 200 });
  });

  test("of our own encoder is read by AWS", () => {
    fc.assert(
      fc.property(message, ({ headers, payload }) => {
        const decoded = codec.decode(encodeEventStreamMessage(headers, payload));
        expect(
          Object.fromEntries(Object.entries(decoded.headers).map(([name, { value }]) => [name, value])),
        ).toEqual(headers);
        expect(Buffer.from(decoded.body).equals(Buffer.from(payload))).toBe(true);
      }),
    );
  });

  test("may have headers of every type, of which the texts are told", () => {
    const bytes = codec.encode({
      headers: {
        yes: { type: "boolean", value: true },
        no: { type: "boolean", value: false },
        byte: { type: "byte", value: 1 },
        short: { type: "short", value: 2 },
        integer: { type: "integer", value: 3 },
        binary: { type: "binary", value: Uint8Array.of(1, 2, 3) },
        time: { type: "timestamp", value: new Date(1_000) },
        id: { type: "uuid", value: "01234567-89ab-cdef-0123-456789abcdef" },
        ":event-type": { type: "string", value: "messageStop" },
      },
      body: Uint8Array.of(7),
    });
    expect(parse([bytes])).toEqual([
      { headers: new Map([[":event-type", "messageStop"]]), payload: Uint8Array.of(7) },
    ]);
  });

  test("that was damaged is refused, and never read as something else", () => {
    const whole = encodeEventStreamMessage(
      { ":event-type": "contentBlockDelta" },
      Buffer.from(`{"delta":{"text":"hello"}}`),
    );
    for (let at = 0; at < whole.length; at++) {
      const bytes = whole.slice();
      bytes[at] = (bytes[at] as number) ^ 0x10;
      expect(() => parse([bytes])).toThrow(EventStreamError);
    }
  });

  test("of random bytes is refused or not at its end, without a hang", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 64 }), { maxLength: 8 }), (pieces) => {
        const parser = new EventStreamParser(() => expect.unreachable());
        try {
          for (const piece of pieces) parser.push(piece);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(EventStreamError);
        }
      }),
    );
  });
});
