import { expect, test } from "bun:test";
import type { Clock } from "../../../src/kernel/clock.ts";
import { createProblemReporter } from "../../../src/stores/sqlite/problem-reporter.ts";

test("a problem is told at once and then once in an interval", () => {
  const at = { ms: 5 };
  const clock: Clock = { now: () => 0, monotonic: () => at.ms };
  const told: string[] = [];
  const report = createProblemReporter({ onProblem: (text) => void told.push(text), intervalMs: 100, clock });
  report("a");
  report("b");
  at.ms = 104;
  report("c");
  at.ms = 105;
  report("d");
  at.ms = 1_000;
  report("e");
  expect(told).toEqual(["a", "d (2 more like this since the last report)", "e"]);
});

test("a listener that throws is not heard of", () => {
  const clock: Clock = { now: () => 0, monotonic: () => 0 };
  const report = createProblemReporter({
    onProblem() {
      throw new Error("no");
    },
    intervalMs: 0,
    clock,
  });
  expect(() => report("a")).not.toThrow();
});
