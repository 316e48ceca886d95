import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { coversName, coversVersion } from "../../src/artifact/named-version.ts";

const version = fc
  .tuple(fc.nat(2), fc.nat(12), fc.nat(12))
  .map(([major, minor, patch]) => `${major}.${minor}.${patch}`);
const written = fc.oneof(
  fc.constantFrom("tag", "tag2"),
  version.map((one) => `tag@${one}`),
);

describe("a name with a version", () => {
  test.each([
    ["tag", "9.9.9", true],
    ["tag@2.1.0", "2.1.0", true],
    ["tag@2.1.0", "2.1.1", true],
    ["tag@2.9.0", "2.10.0", true],
    ["tag@2.1.0", "2.0.9", false],
    ["tag@2.1.0", "3.0.0", false],
    ["tag@2.1.0", "1.9.0", false],
    ["tag@0.1.0", "0.2.0", true],
    ["tag@", "1.0.0", false],
    ["tag@latest", "1.0.0", false],
    ["tag2@1.0.0", "1.0.0", false],
  ])("%s covers %s: %p", (name, one, covers) => {
    expect(coversVersion(name, { name: "tag", version: one })).toBe(covers);
  });

  test("means itself alone where there are no versions", () => {
    expect(coversVersion("fast", { name: "fast", version: null })).toBe(true);
    expect(coversVersion("fast@1.0.0", { name: "fast", version: null })).toBe(false);
  });

  test("covers another one exactly where it covers all that the other covers", () => {
    fc.assert(
      fc.property(written, written, version, (wide, narrow, one) => {
        const row = { name: "tag", version: one };
        if (coversName(wide, narrow) && coversVersion(narrow, row))
          expect(coversVersion(wide, row)).toBe(true);
        expect(coversName(wide, wide)).toBe(true);
      }),
    );
  });
});
