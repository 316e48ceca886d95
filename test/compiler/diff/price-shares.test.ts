import { expect, test } from "bun:test";
import { priceShares } from "../../../src/compiler/diff/price-shares.ts";
import { targetPrice } from "../../support/target-price.ts";

const dollar = 1_000_000_000;
const plain = targetPrice({ input: dollar, output: 2 * dollar });

test.each([
  [
    "what rises, and what follows it is not told again",
    { input: 2 * dollar, output: 2 * dollar },
    "input +100%",
  ],
  ["what rises and what falls", { input: 1.5 * dollar, output: dollar }, "input +50%, output -50%"],
  ["a kind of its own", { input: dollar, output: 2 * dollar, cacheRead: dollar / 10 }, "cache read -90%"],
  ["small steps", { input: dollar, output: 2.0025 * dollar }, "output +0.125%"],
  ["what has become free", { input: 0, output: 2 * dollar }, "input now free"],
  ["what is free no more", { input: dollar, output: 2 * dollar, perRequest: 5 }, "each call no longer free"],
])("tells %s", (_, after, told) => {
  expect(priceShares(plain, targetPrice(after))).toBe(told);
});

test("tells nothing where there is nothing to compare", () => {
  expect(priceShares(null, plain)).toBe("");
  expect(priceShares(plain, null)).toBe("");
  expect(priceShares(plain, plain)).toBe("");
});
