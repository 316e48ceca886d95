import { expect, test } from "bun:test";
import fc from "fast-check";
import { seedFrom } from "./fuzz-seed.ts";

test("property tests of this very run have a seed, which is the same each time unless one is asked for", () => {
  expect(fc.readConfigureGlobal().seed).toBe(seedFrom(process.env));
  expect(seedFrom({})).toBe(seedFrom({ FUZZ_SEED: "" }));
  expect(fc.sample(fc.integer(), 5)).toEqual(fc.sample(fc.integer(), 5));
});

test.each(["0", "-12", "2147483647"])("a seed may be %s", (asked) => {
  expect(seedFrom({ FUZZ_SEED: asked })).toBe(Number(asked));
});

test.each(["x", "1.5", "4294967296", "NaN"])("a seed is not %s", (asked) => {
  expect(() => seedFrom({ FUZZ_SEED: asked })).toThrow("32 bits");
});
