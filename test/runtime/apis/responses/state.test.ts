import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { KeptTurn } from "../../../../src/dialects/openai-responses/conversation-state.ts";
import { EventLog } from "../../../../src/runtime/apis/responses/event-log.ts";
import { ResponsesState, type ResponsesStateLimits } from "../../../../src/runtime/apis/responses/state.ts";

const turn = (id: string, bytes = 100, previous?: string): KeptTurn => ({
  id,
  previous,
  items: new Uint8Array(bytes),
  itemIds: [`msg_${id}`],
  inputCount: 0,
});

/** A state with a clock that stands still until it is moved. */
function stateWith(limits: Partial<ResponsesStateLimits> = {}) {
  let time = 0;
  const state = new ResponsesState(
    { maxBytes: 1_000_000, maxBytesPerKey: 1_000_000, ttlMs: 1_000, ...limits },
    { now: () => 0, monotonic: () => time },
  );
  const has = (key: string, id: string): boolean => state.of(key).upTo(id) !== undefined;
  const wait = (ms: number): void => {
    time += ms;
  };
  return { state, has, wait };
}

test("a conversation is its turns, the oldest first", () => {
  const { state } = stateWith();
  state.keep("k", turn("a"));
  state.keep("k", turn("b", 100, "a"));
  state.keep("k", turn("c", 100, "b"));
  expect(
    state
      .of("k")
      .upTo("c")
      ?.map(({ id }) => id),
  ).toEqual(["a", "b", "c"]);
  expect(
    state
      .of("k")
      .upTo("a")
      ?.map(({ id }) => id),
  ).toEqual(["a"]);
  expect(state.of("k").withItem("msg_b")?.id).toBe("b");
});

test("a key sees its own turns only, whatever another's are called", () => {
  const { state, has } = stateWith();
  state.keep("one", turn("a"));
  state.keep("two", turn("a", 300));
  expect(state.of("one").upTo("a")?.[0]?.items).toHaveLength(100);
  expect(state.of("two").upTo("a")?.[0]?.items).toHaveLength(300);
  expect(has("three", "a")).toBe(false);
  expect(state.of("three").withItem("msg_a")).toBeUndefined();
  expect(has("__proto__", "a")).toBe(false);
});

describe("without room", () => {
  test("what was not used for the longest time goes first", () => {
    const { state, has } = stateWith({ maxBytes: 1_600 });
    for (const id of ["a", "b", "c"]) state.keep("k", turn(id));
    expect(has("k", "a")).toBe(true);
    state.keep("k", turn("d"));
    expect(["a", "b", "c", "d"].filter((id) => has("k", id))).toEqual(["a", "c", "d"]);
    expect(state.of("k").withItem("msg_b")).toBeUndefined();
    expect(state.bytes).toBeLessThanOrEqual(1_600);
  });

  test("a key drives out its own turns, not another's", () => {
    const { state, has } = stateWith({ maxBytesPerKey: 1_100 });
    state.keep("quiet", turn("a"));
    for (let index = 0; index < 50; index++) state.keep("loud", turn(`b${index}`));
    expect(has("quiet", "a")).toBe(true);
    expect([has("loud", "b47"), has("loud", "b48"), has("loud", "b49")]).toEqual([false, true, true]);
  });

  test("a turn that is larger than all the room is not kept, and drives out nothing", () => {
    const { state, has } = stateWith({ maxBytesPerKey: 1_100 });
    state.keep("k", turn("a"));
    state.keep("k", turn("b", 5_000));
    expect([has("k", "a"), has("k", "b")]).toEqual([true, false]);
  });
});

test("a conversation whose beginning is gone is gone", () => {
  const { state, has } = stateWith({ maxBytesPerKey: 1_100 });
  state.keep("k", turn("a"));
  state.keep("k", turn("b", 100, "a"));
  state.keep("k", turn("c", 100, "b"));
  expect(has("k", "c")).toBe(false);
});

test("a turn is forgotten when nobody has gone on from it for its time", () => {
  const { state, has, wait } = stateWith();
  state.keep("k", turn("a"));
  state.keep("k", turn("b", 100, "a"));
  state.keep("k", turn("old"));
  wait(900);
  expect(has("k", "b")).toBe(true);
  wait(900);
  expect([has("k", "b"), has("k", "old")]).toEqual([true, false]);
  wait(1_000);
  expect(has("k", "a")).toBe(false);
  expect(state.bytes).toBe(0);
});

test("a turn that is kept again takes the place of the one before", () => {
  const { state } = stateWith();
  state.keep("k", turn("a", 100));
  state.keep("k", turn("a", 200));
  expect(state.of("k").upTo("a")).toHaveLength(1);
  expect(state.of("k").upTo("a")?.[0]?.items).toHaveLength(200);
  expect(state.bytes).toBeLessThan(700);
});

test("turns that name each other in a circle are no conversation", () => {
  const { state, has } = stateWith();
  state.keep("k", turn("a", 100, "b"));
  state.keep("k", turn("b", 100, "a"));
  expect(has("k", "a")).toBe(false);
});

test("the bounds hold, and nothing is left of what is forgotten", () => {
  const step = fc.record({
    key: fc.constantFrom("a", "b", "c"),
    id: fc.integer({ min: 0, max: 20 }).map(String),
    bytes: fc.nat(900),
    wait: fc.nat(300),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { state, has, wait } = stateWith({ maxBytes: 4_000, maxBytesPerKey: 2_500 });
      for (const { key, id, bytes, wait: ms } of steps) {
        wait(ms);
        state.keep(key, turn(id, bytes));
        expect(state.bytes).toBeLessThanOrEqual(4_000);
        expect(has(key, id)).toBe(bytes + 400 <= 2_500);
      }
      wait(2_000);
      expect(has("a", "0")).toBe(false);
      expect(state.bytes).toBe(0);
    }),
  );
});

describe("events of an answer", () => {
  const event = (bytes: number): Uint8Array => new Uint8Array(bytes);

  test("count among what a key keeps, and drive out what was not used for longer", () => {
    const { state, has } = stateWith({ maxBytesPerKey: 2_000 });
    state.keep("k", turn("old"));
    state.keep("k", turn("a"), new EventLog());
    const before = state.bytes;
    state.addEvent("k", "a", event(300));
    expect(state.bytes).toBe(before + 400);
    expect(has("k", "old")).toBe(true);
    // Having used the old turn makes the one with the events the oldest: its next event makes it the newest again.
    state.addEvent("k", "a", event(600));
    expect([has("k", "old"), has("k", "a")]).toEqual([false, true]);
  });

  test("go, the oldest first, where they have no room by themselves", () => {
    const { state, has } = stateWith({ maxBytesPerKey: 1_500 });
    const log = new EventLog();
    state.keep("k", turn("a"), log);
    for (let index = 0; index < 20; index++) state.addEvent("k", "a", event(200));
    expect([log.has(15), log.has(16), has("k", "a")]).toEqual([false, true, true]);
    expect(state.bytes).toBeLessThanOrEqual(1_500);
    // The whole answer takes the room of its events, and keeps those that still fit.
    state.keep("k", turn("a", 600));
    expect([log.has(17), log.has(18), state.events("k", "a") === log]).toEqual([false, true, true]);
  });

  test("stay with what was kept when the whole answer has no room", () => {
    const { state } = stateWith({ maxBytesPerKey: 1_500 });
    state.keep("k", turn("a"), new EventLog());
    state.addEvent("k", "a", event(10));
    expect(state.keep("k", turn("a", 5_000))).toBe(false);
    expect(state.events("k", "a")?.has(-1)).toBe(true);
  });

  test("are gone with their answer, for those who follow them as well, and no more are taken", () => {
    const { state } = stateWith();
    const log = new EventLog();
    state.keep("k", turn("a"), log);
    state.addEvent("other", "a", event(10));
    state.addEvent("k", "none", event(10));
    let told: unknown = "nothing";
    log.next(-1, (batch) => {
      told = batch;
    });
    expect(told).toBe("nothing");
    state.forget("k", "a");
    expect(told).toBeUndefined();
    state.addEvent("k", "a", event(10));
    expect([state.events("k", "a"), log.bytes, state.bytes]).toEqual([undefined, 0, 0]);
  });

  test("keep to the bounds, whatever comes when", () => {
    const step = fc.record({
      id: fc.constantFrom("a", "b", "c"),
      bytes: fc.nat(900),
      kind: fc.constantFrom("keep", "event", "forget"),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { state, wait } = stateWith({ maxBytes: 4_000, maxBytesPerKey: 2_500 });
        for (const { id, bytes, kind } of steps) {
          if (kind === "keep") state.keep("k", turn(id, bytes), state.events("k", id) ?? new EventLog());
          else if (kind === "event") state.addEvent("k", id, event(bytes));
          else state.forget("k", id);
          expect(state.bytes).toBeLessThanOrEqual(2_500);
        }
        wait(2_000);
        expect(state.find("k", "a")).toBeUndefined();
        expect(state.bytes).toBe(0);
      }),
    );
  });
});
