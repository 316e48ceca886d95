import { expect, test } from "bun:test";
import { LossReporter } from "../../../src/stores/sqlite/loss-reporter.ts";

/** A reporter whose time passes by hand. */
function reporter(onTold: (text: string) => void = () => {}) {
  const told: string[] = [];
  const due: { run: () => void; ms: number }[] = [];
  const losses = new LossReporter({
    onProblem(text) {
      told.push(text);
      onTold(text);
    },
    intervalMs: 10_000,
    schedule: (run, ms) => void due.push({ run, ms }),
  });
  return {
    losses,
    told,
    due,
    pass: () => due.shift()?.run(),
  };
}

test("rows are counted before the first report, and told again as long as more are lost", () => {
  const { losses, told, due, pass } = reporter();
  for (let row = 0; row < 120_000; row++) losses.count(1, "the queue is full");
  expect([told, due.map(({ ms }) => ms)]).toEqual([[], [500]]);
  pass();
  expect(told).toEqual(["the call log lost 120,000 rows, 120,000 so far: the queue is full"]);
  losses.count(5, "the queue is full");
  losses.count(1, "the file is locked");
  expect(due.map(({ ms }) => ms)).toEqual([10_000]);
  pass();
  expect(told.slice(1)).toEqual(["the call log lost 6 rows, 120,006 so far: the file is locked"]);
  pass();
  expect([told.length, due]).toEqual([2, []]);
  losses.count(1, "the queue is full");
  pass();
  expect(told.slice(2)).toEqual(["the call log lost a row, 120,007 so far: the queue is full"]);
});

test("what was not told can be told at the end, and only once", () => {
  const { losses, told, pass } = reporter();
  losses.tell();
  losses.count(2, "the queue is full");
  losses.tell();
  pass();
  losses.tell();
  expect([told, losses.total]).toEqual([["the call log lost 2 rows, 2 so far: the queue is full"], 2]);
});

test("a listener that throws is not heard of", () => {
  const { losses, told, pass } = reporter(() => {
    throw new Error("no");
  });
  losses.count(1, "the queue is full");
  expect(pass).not.toThrow();
  losses.count(1, "the queue is full");
  expect(() => losses.tell()).not.toThrow();
  expect(told).toHaveLength(2);
});
