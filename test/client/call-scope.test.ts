import { describe, expect, test } from "bun:test";
import { CallScope } from "../../sdk/client/call-scope.ts";
import { catchError } from "./support/catch-error.ts";
import { ManualClock } from "./support/manual-clock.ts";

describe("the time limit", () => {
  test("ends the call when it is reached, not before", () => {
    const clock = new ManualClock();
    const scope = new CallScope(clock, 1_000);
    clock.advance(999);
    expect(scope.signal.aborted).toBe(false);
    expect(scope.remainingMs).toBe(1);
    clock.advance(1);
    expect(scope.signal.aborted).toBe(true);
    expect(scope.failure).toMatchObject({
      kind: "timeout",
      message: "The call took longer than its limit of 1000 ms.",
    });
  });

  test("of any length is kept, though timers know none over 24 days", () => {
    for (const timeoutMs of [Number.POSITIVE_INFINITY, 2 ** 31]) {
      const clock = new ManualClock();
      const scope = new CallScope(clock, timeoutMs);
      expect(clock.pending).toBe(0);
      expect(scope.remainingMs).toBe(timeoutMs);
    }
  });
});

describe("the caller's signal", () => {
  test("ends the call and its reason is kept", () => {
    const clock = new ManualClock();
    const controller = new AbortController();
    const scope = new CallScope(clock, 1_000, controller.signal);
    controller.abort("no longer needed");
    expect(scope.failure).toMatchObject({ kind: "aborted", cause: "no longer needed" });
    expect(clock.pending).toBe(0);
  });

  test("that was aborted before ends the call at once", () => {
    const clock = new ManualClock();
    const scope = new CallScope(clock, 1_000, AbortSignal.abort());
    expect(scope.signal.aborted).toBe(true);
    expect(scope.failure?.kind).toBe("aborted");
    expect(clock.delays).toEqual([]);
  });

  test("no longer counts when the call is over", () => {
    const controller = new AbortController();
    const scope = new CallScope(new ManualClock(), 1_000, controller.signal);
    scope.close();
    controller.abort();
    expect(scope.failure).toBeUndefined();
  });
});

test("the first reason stands", () => {
  const clock = new ManualClock();
  const controller = new AbortController();
  const scope = new CallScope(clock, 1_000, controller.signal);
  scope.abort();
  controller.abort();
  clock.advance(2_000);
  expect(scope.failure?.message).toBe("The stream was left before its end.");
});

test("a closed scope leaves no timer behind", () => {
  const clock = new ManualClock();
  new CallScope(clock, 1_000).close();
  expect(clock.pending).toBe(0);
});

describe("sleeping", () => {
  test("lasts as long as asked", async () => {
    const clock = new ManualClock();
    const scope = new CallScope(clock, 1_000);
    const order: string[] = [];
    const sleep = scope.sleep(300).then(() => order.push("awake"));
    clock.advance(299);
    await Promise.resolve();
    order.push("299 ms");
    clock.advance(1);
    await sleep;
    expect(order).toEqual(["299 ms", "awake"]);
  });

  test("ends with the call, and its timer too", async () => {
    const clock = new ManualClock();
    const scope = new CallScope(clock, 1_000);
    const sleep = scope.sleep(5_000);
    scope.abort();
    expect((await catchError(sleep)).kind).toBe("aborted");
    expect(clock.pending).toBe(0);
    expect((await catchError(scope.sleep(1))).kind).toBe("aborted");
  });
});
