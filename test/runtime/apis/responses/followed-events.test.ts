import { describe, expect, test } from "bun:test";
import { EventLog } from "../../../../src/runtime/apis/responses/event-log.ts";
import { FollowedEvents } from "../../../../src/runtime/apis/responses/followed-events.ts";

const event = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A caller that follows a log. */
function follow(log: EventLog, after = -1) {
  const seen = { text: "", isClosed: false, ends: [] as unknown[] };
  const producer = new FollowedEvents(log, after, {
    requestId: "req_test",
    onEnd: (bytes, error) => seen.ends.push([bytes, error?.code]),
    onLeave: (bytes) => seen.ends.push([bytes, "left"]),
  });
  producer.start({
    write(bytes) {
      seen.text += Buffer.from(bytes).toString();
    },
    flush() {},
    close() {
      seen.isClosed = true;
    },
    fail() {},
  });
  return { seen, producer };
}

describe("a caller that follows events", () => {
  test("has them as they come, until the last", () => {
    const log = new EventLog();
    log.push(event("a"));
    const { seen } = follow(log);
    log.push(event("b"));
    expect(seen).toEqual({ text: "ab", isClosed: false, ends: [] });
    log.end();
    expect(seen).toEqual({ text: "ab", isClosed: true, ends: [[2, undefined]] });
  });

  test("is not served faster than it takes, and goes on where it was", () => {
    const log = new EventLog();
    const { seen, producer } = follow(log);
    producer.pause();
    for (const text of ["a", "b", "c", "d"]) log.push(event(text));
    // What it had asked for before it was slow.
    expect(seen.text).toBe("a");
    producer.resume();
    producer.resume();
    expect(seen.text).toBe("abcd");
    log.end();
    expect(seen.isClosed).toBe(true);
  });

  test("that falls behind what is kept is told so, in an event that its client throws on", () => {
    const log = new EventLog();
    const { seen, producer } = follow(log);
    producer.pause();
    for (const text of ["a", "b", "c"]) log.push(event(text));
    log.trim(0);
    producer.resume();
    expect(seen.text).toStartWith("aevent: error\n");
    expect(JSON.parse(seen.text.slice(seen.text.indexOf("{")))).toMatchObject({
      ...{ type: "error", sequence_number: 1, error: { code: "LK-2121" } },
    });
    expect(seen).toMatchObject({ isClosed: true, ends: [[expect.any(Number), "LK-2121"]] });
  });

  test("that leaves is told nothing more", () => {
    const log = new EventLog();
    const { seen, producer } = follow(log);
    log.push(event("a"));
    producer.leave();
    producer.leave();
    log.push(event("b"));
    log.end();
    expect(seen).toEqual({ text: "a", isClosed: false, ends: [[1, "left"]] });
  });
});
