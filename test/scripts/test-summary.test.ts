import { describe, expect, test } from "bun:test";
import { summarize, type TestRun } from "../../scripts/test-summary.ts";

const good: TestRun = {
  report: " 12 pass\n 0 fail\n 40 expect() calls\nRan 12 tests across 3 files.\n",
  exitCode: 0,
  steps: 5,
  failedSteps: [],
  hasRecordings: true,
};

describe("the end of npm test", () => {
  test("counts checks and tests", () => {
    expect(summarize(good)).toEqual({ lines: ["17 passed, 0 failed"], ok: true });
  });

  test("names the checks that failed", () => {
    const { lines, ok } = summarize({ ...good, failedSteps: ["types", "lint"] });
    expect(lines).toEqual(["Failed checks: types, lint", "15 passed, 2 failed"]);
    expect(ok).toBe(false);
  });

  test("counts tests that failed, and a run that died before it reported", () => {
    const failing = { ...good, report: " 11 pass\n 1 fail\n", exitCode: 1 };
    expect(summarize(failing)).toEqual({ lines: ["16 passed, 1 failed"], ok: false });
    const dead = { ...good, report: "Killed\n", exitCode: 137 };
    expect(summarize(dead)).toEqual({ lines: ["5 passed, 1 failed"], ok: false });
  });

  test("says when the recordings were not here", () => {
    const { lines, ok } = summarize({ ...good, hasRecordings: false });
    expect(lines).toEqual([
      expect.stringContaining("recorded provider responses were not here"),
      "17 passed, 0 failed",
    ]);
    expect(ok).toBe(true);
  });
});
