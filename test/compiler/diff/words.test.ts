import { expect, test } from "bun:test";
import { countText, isCountedOnly, namesText, plural } from "../../../src/compiler/diff/words.ts";

test("counts and their nouns", () => {
  expect(plural(1, "key")).toBe("1 key");
  expect(plural(0, "key")).toBe("0 keys");
  expect(plural(10_000, "key")).toBe("10,000 keys");
  expect(plural(2, "policy")).toBe("2 policies");
  expect(countText(1_234_567)).toBe("1,234,567");
});

test("a few names in full, many as a count", () => {
  expect(namesText("model", ["fast"])).toBe("model fast");
  expect(namesText("model", ["a", "b", "c", "d"])).toBe("models a, b, c, d");
  expect(namesText("model", ["a", "b", "c", "d", "e"])).toBe("5 models");
  expect([4, 5].map((count) => isCountedOnly(new Array(count).fill("a")))).toEqual([false, true]);
});
