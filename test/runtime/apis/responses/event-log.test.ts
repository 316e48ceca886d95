import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type EventBatch, EventLog } from "../../../../src/runtime/apis/responses/event-log.ts";

const event = (text: string): Uint8Array => new TextEncoder().encode(text);
const words = (batch: EventBatch | undefined): unknown =>
  batch && [Buffer.from(batch.bytes).toString(), batch.last, batch.isEnd];

/** What a log has told so far to one who asked. */
function asked(log: EventLog, after: number): unknown[] {
  const told: unknown[] = [];
  log.next(after, (batch) => told.push(words(batch) ?? "gone"));
  return told;
}

function logOf(...texts: readonly string[]): EventLog {
  const log = new EventLog();
  for (const text of texts) log.push(event(text));
  return log;
}

describe("a log of events", () => {
  test("tells what comes behind an event, and then what comes", () => {
    const log = logOf("a", "b", "c");
    expect(asked(log, -1)).toEqual([["abc", 2, false]]);
    expect(asked(log, 0)).toEqual([["bc", 2, false]]);
    const waiting = asked(log, 2);
    expect(waiting).toEqual([]);
    log.push(event("d"));
    expect(waiting).toEqual([["d", 3, false]]);
    log.push(event("e"));
    expect(waiting).toHaveLength(1);
  });

  test("tells one who is ahead of it nothing before its event has come", () => {
    const log = logOf("a");
    const ahead = asked(log, 2);
    for (const text of ["b", "c"]) log.push(event(text));
    expect(ahead).toEqual([]);
    log.push(event("d"));
    expect(ahead).toEqual([["d", 3, false]]);
  });

  test("has an end, which is told to those who wait and those who come later", () => {
    const log = logOf("a");
    const waiting = asked(log, 0);
    log.end();
    log.push(event("late"));
    expect(waiting).toEqual([["", 0, true]]);
    expect(asked(log, -1)).toEqual([["a", 0, true]]);
    expect(asked(log, 7)).toEqual([["", 7, true]]);
  });

  test("tells much in pieces", () => {
    const log = logOf("x".repeat(60_000), "y".repeat(60_000), "z".repeat(200_000));
    log.end();
    const sizes: number[] = [];
    let after = -1;
    for (let isEnd = false; !isEnd; )
      log.next(after, (batch) => {
        sizes.push(batch?.bytes.length ?? 0);
        after = batch?.last ?? 0;
        isEnd = batch?.isEnd ?? true;
      });
    expect(sizes).toEqual([120_000, 200_000]);
  });

  test("lets the oldest go, and says so to those who ask for them", () => {
    const log = logOf("a".repeat(400), "b".repeat(400), "c".repeat(400));
    log.trim(1_100);
    expect(log.bytes).toBe(1_000);
    expect([log.has(-1), log.has(0), asked(log, -1)]).toEqual([false, true, ["gone"]]);
    log.trim(-1);
    expect([log.bytes, log.has(1), log.has(2)]).toEqual([0, false, true]);
    log.push(event("d"));
    expect(asked(log, 2)).toEqual([["d", 3, false]]);
  });

  test("tells those who wait when it is dropped, and all who come later", () => {
    const log = logOf("a");
    const waiting = asked(log, 0);
    log.drop();
    log.push(event("b"));
    expect([waiting, asked(log, 0), log.has(0), log.bytes]).toEqual([["gone"], ["gone"], false, 0]);
  });

  test("tells every follower every event once and in order, wherever the follower comes in", () => {
    const steps = fc.array(fc.oneof(fc.string({ minLength: 1 }), fc.constant(undefined)), { maxLength: 30 });
    fc.assert(
      fc.property(steps, (texts) => {
        const log = new EventLog();
        const said: string[] = [];
        const heard: { from: number; text: string; ends: number }[] = [];
        for (const text of texts) {
          if (text !== undefined) {
            said.push(text);
            log.push(event(text));
            continue;
          }
          const follower = { from: Math.floor(said.length / 2), text: "", ends: 0 };
          heard.push(follower);
          const follow = (batch: EventBatch | undefined): void => {
            follower.text += Buffer.from(batch?.bytes ?? []).toString();
            if (batch?.isEnd === true) follower.ends++;
            else log.next(batch?.last ?? -1, follow);
          };
          log.next(follower.from - 1, follow);
        }
        log.end();
        for (const { from, text, ends } of heard) {
          const whole = Buffer.concat(said.slice(from).map(event)).toString();
          expect([text, ends]).toEqual([whole, 1]);
        }
      }),
    );
  });
});
