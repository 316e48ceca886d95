import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { formatDuration, parseDuration } from "../../src/kernel/duration.ts";

describe("durations", () => {
  test.each([
    ["250ms", 250],
    ["1.5s", 1_500],
    ["1m", 60_000],
    ["6h", 21_600_000],
    ["3d", 259_200_000],
    ["2w", 1_209_600_000],
  ])("%s is %d ms", (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each(["", "5", "5 s", "-1s", "1y", "0.1ms", "1e3s", "99999999999w"])("%p is none", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  test("survive being written and read", () => {
    fc.assert(fc.property(fc.nat(), (ms) => expect(parseDuration(formatDuration(ms))).toBe(ms)));
  });
});
