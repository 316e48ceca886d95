import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { chatApi, messagesApi } from "../../bench/support/api.ts";
import { EventCounter } from "../../bench/support/event-counter.ts";
import { STREAM_EVENTS, STREAM_PIECES, streamedAnswer } from "../../bench/upstream/answers.ts";
import { streamedMessage } from "../../bench/upstream/messages-answers.ts";

const whole = Buffer.concat([...streamedAnswer()]);

function count(bytes: Buffer, cuts: readonly number[] = []): EventCounter {
  const counter = new EventCounter(chatApi.lastEvent);
  const positions = [0, ...cuts.toSorted((left, right) => left - right), bytes.length];
  for (let index = 1; index < positions.length; index++) {
    counter.read(bytes.subarray(positions[index - 1], positions[index]));
  }
  return counter;
}

function answer(body: string, head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"): Buffer {
  return Buffer.from(head + body);
}

describe("a whole answer", () => {
  test("is complete with all its events", () => {
    const counter = count(whole);
    expect({ complete: counter.complete, events: counter.events }).toEqual({
      complete: true,
      events: STREAM_EVENTS,
    });
  });

  test("is not complete with the end of another API", () => {
    const counter = new EventCounter(messagesApi.lastEvent);
    counter.read(whole);
    expect({ complete: counter.complete, over: counter.over }).toEqual({ complete: false, over: true });
  });

  test("of Messages ends in its own way", () => {
    const counter = new EventCounter(messagesApi.lastEvent);
    counter.read(Buffer.concat([...streamedMessage()]));
    expect({ complete: counter.complete, events: counter.events }).toEqual({
      complete: true,
      events: STREAM_PIECES + 6,
    });
  });

  test("is read the same when it comes byte by byte", () => {
    const counter = count(
      whole,
      Array.from({ length: whole.length }, (_, index) => index),
    );
    expect({ complete: counter.complete, events: counter.events }).toEqual({
      complete: true,
      events: STREAM_EVENTS,
    });
    expect(counter.bodyBytes).toBe(count(whole).bodyBytes);
  });

  test("is read the same wherever it is cut", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(whole.length), { maxLength: 12 }), (cuts) => {
        const counter = count(whole, cuts);
        expect({ complete: counter.complete, events: counter.events }).toEqual({
          complete: true,
          events: STREAM_EVENTS,
        });
      }),
    );
  });

  test("may end with trailers", () => {
    expect(count(answer("e\r\ndata: [DONE]\n\n\r\n0\r\nx-cost: 1\r\n\r\n")).complete).toBe(true);
  });
});

describe("an answer is not complete", () => {
  test("whenever any of its end is missing", () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), (length) => {
        expect(count(whole.subarray(0, length)).complete).toBe(false);
      }),
    );
  });

  test.each([
    ["that has another status", answer("", "HTTP/1.1 502 Bad Gateway\r\ntransfer-encoding: chunked\r\n\r\n")],
    ["that has a content-length", answer("", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")],
    ["whose chunk size is no number", answer("zz\r\n")],
    ["whose chunk is longer than it says", answer("2\r\nabc\r\n")],
  ])("and is over, %s", (_, bytes) => {
    const counter = count(bytes);
    expect({ complete: counter.complete, over: counter.over }).toEqual({ complete: false, over: true });
  });

  test("that ends in order but without [DONE]", () => {
    const counter = count(answer("9\r\ndata: 1\n\n\r\n0\r\n\r\n"));
    expect({ complete: counter.complete, over: counter.over, events: counter.events }).toEqual({
      complete: false,
      over: true,
      events: 1,
    });
  });
});
