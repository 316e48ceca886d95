import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { formatMoney, formatUsd, parseMoney } from "../../src/kernel/money.ts";

describe("money", () => {
  test.each([
    ["0 USD", 0],
    ["0.15 USD", 150_000_000],
    ["500 USD", 500_000_000_000],
    ["0.000000001 USD", 1],
  ])("%s is %d nano-USD", (text, nano) => {
    expect(parseMoney(text)).toBe(nano);
  });

  test.each([
    "",
    "5",
    "5USD",
    "5 EUR",
    "-5 USD",
    "5. USD",
    ".5 USD",
    "0.0000000001 USD",
    "1e3 USD",
    "99999999 USD",
    " 5 USD",
  ])("%p is no amount", (text) => {
    expect(parseMoney(text)).toBeUndefined();
  });

  test("survives being written and read", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (nano) => {
        expect(parseMoney(formatMoney(nano))).toBe(nano);
      }),
    );
  });

  test("has no exponent and no trailing zeros", () => {
    expect([formatUsd(150), formatUsd(1_500_000_000), formatUsd(0), formatUsd(-1)]).toEqual([
      "0.00000015",
      "1.5",
      "0",
      "-0.000000001",
    ]);
  });
});
