import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { areCovered } from "../../../src/compiler/diff/networks.ts";

const networks = fc.array(
  fc
    .oneof(
      fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })),
      fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })),
    )
    .map(([address, prefix]) => `${address}/${prefix}`),
  { maxLength: 4 },
);

describe("areCovered", () => {
  test.each<[string, string[] | null, string[] | null, boolean]>([
    ["a part", ["10.1.0.0/16"], ["10.0.0.0/8"], true],
    ["a whole by its part", ["10.0.0.0/8"], ["10.1.0.0/16"], false],
    ["a neighbour", ["11.0.0.0/8"], ["10.0.0.0/8"], false],
    ["each by another", ["10.1.0.0/16", "2001:db8:1::/48"], ["10.0.0.0/8", "2001:db8::/32"], true],
    ["the other family", ["::/0"], ["0.0.0.0/0"], false],
    ["everywhere by one family", null, ["0.0.0.0/0"], false],
    ["everywhere by both families", null, ["0.0.0.0/0", "::/0"], true],
    ["nowhere", [], [], true],
    ["something by nowhere", ["10.0.0.0/8"], [], false],
    ["what is no network by itself", ["here"], ["here"], true],
    ["what is no network by anything else", ["here"], ["0.0.0.0/0", "there/8"], false],
  ])("%s", (_, inner, outer, expected) => {
    expect(areCovered(inner, outer)).toBe(expected);
  });

  test("holds for all networks by themselves, by more, and by everywhere", () => {
    fc.assert(
      fc.property(networks, networks, (some, more) => {
        expect(areCovered(some, [...more, ...some])).toBe(true);
        expect(areCovered(some, null)).toBe(true);
      }),
    );
  });
});
