import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { costOf } from "../../src/runtime/price.ts";

const none = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0 };
const count = fc.nat({ max: 2_000_000 });
const amount = fc.nat({ max: 2_000_000_000 }).map((n) => n * 1_000);

describe("cost of a call", () => {
  test("is tokens times price, in whole nano-USD", () => {
    const price = {
      input: 150_000_000,
      output: 600_000_000,
      cacheRead: 75_000_000,
      cacheWrite: 150_000_000,
      reasoning: 600_000_000,
    };
    expect(costOf({ ...none, input: 1_000, output: 100 }, price)).toBe(210_000);
    expect(costOf({ ...none, input: 1_000, cacheRead: 400 }, price)).toBe(120_000);
    expect(costOf(none, price)).toBe(0);
  });

  test("counts cached input and reasoning once, at their own price", () => {
    const price = { input: 1_000_000, output: 1_000_000, cacheRead: 0, cacheWrite: 0, reasoning: 0 };
    expect(costOf({ input: 10, cacheRead: 4, cacheWrite: 3, output: 10, reasoning: 9 }, price)).toBe(4);
  });

  test("rounds once, half up", () => {
    const price = { ...none, input: 500_000, output: 499_999 };
    expect(costOf({ ...none, input: 1 }, price)).toBe(1);
    expect(costOf({ ...none, output: 1 }, price)).toBe(0);
    expect(costOf({ ...none, input: 1, output: 1 }, price)).toBe(1);
  });

  test("is exact for any size", () => {
    fc.assert(
      fc.property(count, count, amount, amount, (input, output, inputPrice, outputPrice) => {
        const price = { ...none, input: inputPrice, output: outputPrice, reasoning: outputPrice };
        const exact = BigInt(input) * BigInt(inputPrice) + BigInt(output) * BigInt(outputPrice);
        expect(BigInt(costOf({ ...none, input, output }, price))).toBe((exact + 500_000n) / 1_000_000n);
      }),
    );
  });
});
