import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { decodeIdSet, encodeIdSet, hasId } from "../../src/artifact/grant.ts";

describe("id sets", () => {
  test("hold exactly what was put in", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: 999 })), (ids) => {
        const words = decodeIdSet(encodeIdSet(ids), 1_000);
        const held = Array.from({ length: 1_000 }, (_, id) => id).filter((id) => hasId(words, id));
        expect(held).toEqual([...ids].sort((a, b) => a - b));
      }),
    );
  });

  test("are empty without digits, and never reach beyond their size", () => {
    expect(encodeIdSet([])).toBe("");
    expect(hasId(decodeIdSet("", 10), 3)).toBe(false);
    expect(hasId(decodeIdSet("ffffffffffffffffff", 10), 4_000)).toBe(false);
  });

  test("have one text each", () => {
    expect(encodeIdSet([0, 5])).toBe("12");
    expect(encodeIdSet([5, 0, 5])).toBe("12");
  });
});
