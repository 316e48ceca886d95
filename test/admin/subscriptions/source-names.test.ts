import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { createConstants, identifierOf } from "../../../src/admin/subscriptions/source-names.ts";

describe("names in code", () => {
  test.each([
    ["texts", "texts"],
    ["review-texts", "reviewTexts"],
    ["a--b-", "aB"],
    ["class", "_class"],
    ["app", "_app"],
    ["x1-2", "x12"],
  ])("%s is called %s", (name, expected) => {
    expect(identifierOf(name)).toBe(expected);
  });

  test("are identifiers, whatever the name", () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(() => new Function(`"use strict"; const ${identifierOf(name)} = 1;`)).not.toThrow();
      }),
    );
  });

  test("are given to one application each", () => {
    const constantFor = createConstants();
    expect([constantFor("a-b", "c"), constantFor("a", "b-c"), constantFor("a", "b-c")]).toEqual([
      "aBC",
      "aBC2",
      "aBC3",
    ]);
  });
});
