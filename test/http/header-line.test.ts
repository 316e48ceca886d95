import { expect, test } from "bun:test";
import fc from "fast-check";
import { headerLine } from "../../src/http/exchange.ts";
import { HeaderBlock } from "../../src/http/header-block.ts";
import { readHeaderLines } from "../../src/http/header-lines.ts";

/** The headers that a reader finds. */
function readBack(lines: string): readonly (readonly [string, string])[] {
  const text = `${lines}\r\n`;
  const block = new HeaderBlock(text);
  const sink = { header: block.add.bind(block) };
  readHeaderLines(Buffer.from(text, "latin1"), 0, text.length - 4, sink);
  return [...block.entries()];
}

test("a header line is one line with one header, whatever its value holds", () => {
  const value = fc.oneof(
    fc.string({ unit: "binary" }),
    fc
      .array(fc.constantFrom("\r", "\n", "\r\nx-b: 1", "\0", "\x7f", "\u0100", "\ud800", "a", "é"))
      .map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 3 }), (values) => {
      const lines = values.map((one, at) => headerLine(`x-${at}`, one)).join("");
      const safe = values.map((one) => one.replace(/[^\t -~\x80-\xff]/g, "?"));
      expect(readBack(lines)).toEqual(
        safe.map((one, at) => [`x-${at}`, one.replace(/^[\t ]+|[\t ]+$/g, "")] as const),
      );
    }),
  );
});

test("a value that a header can hold stays as it is", () => {
  expect(headerLine("x-a", "a\tb é ÿ ~")).toBe("x-a: a\tb é ÿ ~\r\n");
  expect(headerLine("x-a", "a\r\nb: c")).toBe("x-a: a??b: c\r\n");
  expect(headerLine("x-a", "😀")).toBe("x-a: ??\r\n");
});
