import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { median, quantile, spread } from "../../bench/support/stats.ts";

const someNumbers = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), {
  minLength: 1,
  maxLength: 40,
});

describe("median", () => {
  test("is the middle value whatever the order", () => expect(median([9, 1, 5])).toBe(5));
  test("is the mean of the two middle values of an even number", () =>
    expect(median([4, 1, 2, 100])).toBe(3));
  test("of one value is that value", () => expect(median([7])).toBe(7));
  test("leaves the list as it was", () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
  test("of nothing is an error", () => expect(() => median([])).toThrow(RangeError));
});

describe("quantile", () => {
  test("interpolates between neighbours", () => expect(quantile([0, 10], 0.25)).toBe(2.5));
  test("at 0.99 of one to a hundred is just below the highest", () => {
    const values = Array.from({ length: 101 }, (_, index) => index);
    expect(quantile(values, 0.99)).toBe(99);
  });
  test("sorts as numbers, not as texts", () => expect(quantile([10, 9, 100], 1)).toBe(100));
  test.each([-0.1, 1.1, Number.NaN])("refuses the fraction %p", (fraction) => {
    expect(() => quantile([1], fraction)).toThrow(RangeError);
  });
  test("never leaves the range of the values and never falls as the fraction grows", () => {
    fc.assert(
      fc.property(someNumbers, fc.double({ min: 0, max: 1, noNaN: true }), (values, fraction) => {
        const value = quantile(values, fraction);
        expect(value).toBeGreaterThanOrEqual(Math.min(...values));
        expect(value).toBeLessThanOrEqual(Math.max(...values));
        expect(value).toBeGreaterThanOrEqual(quantile(values, fraction / 2) - 1e-6);
      }),
    );
  });
});

test("spread gives middle, lowest and highest", () => {
  expect(spread([3, 1, 8])).toEqual({ median: 3, lowest: 1, highest: 8 });
});
