import { expect, test } from "bun:test";
import fc from "fast-check";
import { visiblePath } from "../../src/http/visible-path.ts";

test("bytes beyond ASCII are percent-encoded, what was encoded stays", () => {
  const raw = Buffer.from("/v1beta/models/größe-日本:x/%C3%B6%2f").toString("latin1");
  expect(visiblePath(raw)).toBe("/v1beta/models/gr%C3%B6%C3%9Fe-%E6%97%A5%E6%9C%AC:x/%C3%B6%2f");
  expect(visiblePath("/a b\u007f\u0000")).toBe("/a%20b%7F%00");
});

test("any path is shown in visible ASCII, and can be read again", () => {
  const property = fc.property(fc.string({ unit: "grapheme" }), (text) => {
    const path = `/${text.replaceAll("%", "")}`;
    const seen = visiblePath(Buffer.from(path).toString("latin1"));
    expect(seen).toMatch(/^[\x21-\x7e]+$/);
    expect(decodeURIComponent(seen)).toBe(Buffer.from(path).toString());
  });
  fc.assert(property);
});
