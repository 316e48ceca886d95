import { expect, test } from "bun:test";
import fc from "fast-check";
import { copyBytes, indexOfText, lastIndexOfText, latin1 } from "../../src/kernel/bytes.ts";

const bytes = fc.uint8Array({ maxLength: 60 });
const ascii = fc.string({ unit: fc.constantFrom("a", "b", '"', "{"), minLength: 1, maxLength: 3 });

test("texts are found where a search in the decoded bytes finds them", () => {
  fc.assert(
    fc.property(
      ascii,
      fc.string({ unit: fc.constantFrom("a", "b", '"', "{", "\xff") }),
      fc.nat(20),
      (text, all, from) => {
        const haystack = new Uint8Array(Buffer.from(all, "latin1"));
        expect(indexOfText(haystack, text, from)).toBe(all.indexOf(text, from));
        expect(lastIndexOfText(haystack, text)).toBe(all.lastIndexOf(text));
      },
    ),
  );
});

test("parts of a view are read and copied relative to the view", () => {
  fc.assert(
    fc.property(bytes, fc.nat(10), fc.nat(60), fc.nat(60), (all, offset, a, b) => {
      const view = all.subarray(Math.min(offset, all.length));
      const [start, end] = [Math.min(a, b, view.length), Math.min(Math.max(a, b), view.length)];
      const part = Buffer.from(view.slice(start, end));
      expect(latin1(view, start, end)).toBe(part.toString("latin1"));
      const target = new Uint8Array(part.length + 2);
      copyBytes(view, start, end, target, 1);
      expect(Buffer.from(target.subarray(1, 1 + part.length)).equals(part)).toBe(true);
    }),
  );
});
