import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { lineDiff } from "../../../src/compiler/diff/line-diff.ts";

const lines = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 12 });

describe("lineDiff", () => {
  test("shows what went and what came", () => {
    expect(lineDiff(["one", "two", "three"], ["one", "2", "three", "four"])).toEqual([
      "- two",
      "+ 2",
      "+ four",
    ]);
  });

  test("keeps what is in common in the middle", () => {
    expect(lineDiff(["a", "same", "b"], ["x", "same", "y"])).toEqual(["- a", "+ x", "- b", "+ y"]);
  });

  test("is empty for the same lines", () => {
    fc.assert(fc.property(lines, (all) => expect(lineDiff(all, [...all])).toHaveLength(0)));
  });

  test("removes old lines and adds new ones only, in their order", () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const diff = lineDiff(before, after);
        const gone = diff.filter((line) => line.startsWith("- ")).map((line) => line.slice(2));
        const come = diff.filter((line) => line.startsWith("+ ")).map((line) => line.slice(2));
        expect(gone.length - come.length).toBe(before.length - after.length);
        expect(isWithin(gone, before) && isWithin(come, after)).toBe(true);
      }),
    );
  });

  test("shows no more lines than the shortest way takes", () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const common = longestCommon(before, after);
        expect(lineDiff(before, after)).toHaveLength(before.length + after.length - 2 * common);
      }),
    );
  });

  test("takes enormous texts for changed as a whole", () => {
    const before = Array.from({ length: 2_000 }, (_, at) => `old ${at}`);
    const after = before.map((line) => `new ${line}`);
    expect(lineDiff(before, after)).toHaveLength(4_000);
    expect(lineDiff(before, before.with(1_000, "x"))).toEqual(["- old 1000", "+ x"]);
  });
});

/** Whether some lines are among others in their order. */
function isWithin(some: readonly string[], all: readonly string[]): boolean {
  let at = 0;
  for (const line of all) if (line === some[at]) at++;
  return at === some.length;
}

function longestCommon(a: readonly string[], b: readonly string[]): number {
  let row = b.map(() => 0);
  for (const line of a) {
    const next: number[] = [];
    b.forEach((other, at) => {
      const above = row[at] ?? 0;
      next.push(line === other ? (row[at - 1] ?? 0) + 1 : Math.max(above, next[at - 1] ?? 0));
    });
    row = next;
  }
  return row.at(-1) ?? 0;
}
