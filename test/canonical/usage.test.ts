import { describe, expect, test } from "bun:test";
import { addUsage, type Usage } from "../../src/canonical/usage.ts";

const usage = (input: number, output: number, more: Partial<Usage> = {}): Usage => ({
  input,
  output,
  cacheRead: 0,
  cacheWrite: 0,
  reasoning: 0,
  ...more,
});

describe("the usage of two attempts", () => {
  test("is the sum of both", () => {
    const second = usage(10, 20, { cacheRead: 4, cacheWrite: 1, reasoning: 7 });
    expect(addUsage(usage(1, 2), second)).toEqual(
      usage(11, 22, { cacheRead: 4, cacheWrite: 1, reasoning: 7 }),
    );
  });

  test("has the searches of both", () => {
    expect(addUsage(usage(0, 0, { searchUnits: 1 }), usage(0, 0, { searchUnits: 2 })).searchUnits).toBe(3);
    expect(addUsage(usage(1, 2), usage(0, 0, { searchUnits: 2 })).searchUnits).toBe(2);
  });

  test("is charged as the vendor of each says, and as it is counted where one says nothing", () => {
    const apart = usage(100, 20, { billed: { input: 5, output: 15 } });
    const expected = { input: 6, output: 17 };
    expect(addUsage(apart, usage(1, 2)).billed).toEqual(expected);
    expect(addUsage(usage(1, 2), apart).billed).toEqual(expected);
    expect(addUsage(apart, apart).billed).toEqual({ input: 10, output: 30 });
    expect(addUsage(usage(1, 2), usage(3, 4)).billed).toBeUndefined();
  });
});
