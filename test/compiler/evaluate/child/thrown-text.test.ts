import { expect, test } from "bun:test";
import { thrownText } from "../../../../src/compiler/evaluate/child/thrown-text.ts";

test.each([
  [new TypeError("no limits"), "no limits"],
  ["no limits", "no limits"],
  [null, "null"],
  [undefined, "undefined"],
  [7, "7"],
  [{ secret: "x" }, "an object"],
  [() => {}, "a function"],
  [Symbol("x"), "a symbol"],
])("%p", (thrown, text) => {
  expect(thrownText(thrown)).toBe(text);
});
