import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { ChunkedDecoder } from "../../src/http/chunked-decoder.ts";
import { bytesOf, cutAt } from "../upstream/support/parse.ts";

interface Decoded {
  readonly body: string;
  readonly isDone: boolean;
  readonly fault: string | undefined;
  /** Bytes that were not taken. */
  readonly left: number;
  readonly pieces: number;
}

function decode(...pieces: readonly (string | Uint8Array)[]): Decoded {
  const decoder = new ChunkedDecoder();
  let body = "";
  let left = 0;
  let count = 0;
  for (const piece of pieces) {
    const bytes = bytesOf(piece);
    const next = decoder.decode(bytes, 0);
    body += bytes.toString("latin1", decoder.start, decoder.end);
    if (decoder.end > decoder.start) count++;
    left += bytes.length - next;
  }
  return { body, isDone: decoder.isDone, fault: decoder.fault, left, pieces: count };
}

const chunk = (data: string, extension = ""): string =>
  `${data.length.toString(16)}${extension}\r\n${data}\r\n`;
const END = "0\r\n\r\n";

describe("a chunked body", () => {
  test("comes without its framing, chunks of one read as one piece", () => {
    const decoded = decode(chunk("Hello, ") + chunk("w") + chunk("orld") + END);
    expect(decoded).toEqual({ body: "Hello, world", isDone: true, fault: undefined, left: 0, pieces: 1 });
  });

  test("may be empty", () => {
    expect(decode(END)).toEqual({ body: "", isDone: true, fault: undefined, left: 0, pieces: 0 });
  });

  test("leaves what follows it alone", () => {
    expect(decode(`${chunk("a") + END}HTTP/1.1 200 OK`)).toMatchObject({ body: "a", isDone: true, left: 15 });
  });

  test("may hold what looks like framing", () => {
    const data = "0\r\n\r\n5\r\nhello\r\n";
    expect(decode(chunk(data) + END)).toMatchObject({ body: data, isDone: true });
  });

  test.each([
    ["upper case", "A\r\n0123456789\r\n0\r\n\r\n", "0123456789"],
    ["zeros before the size", "00000000a\r\n0123456789\r\n000\r\n\r\n", "0123456789"],
    ["an extension", "1;name=value\r\na\r\n0;last\r\n\r\n", "a"],
    ["a quoted extension", '1;a="b;c\xff\t"\r\na\r\n0\r\n\r\n', "a"],
    ["blanks before an extension", "1 \t;a\r\na\r\n0\r\n\r\n", "a"],
    ["an empty extension", "1;\r\na\r\n0\r\n\r\n", "a"],
    ["trailers", "1\r\na\r\n0\r\nx-a: 1\r\nX-B:\r\n\r\n", "a"],
    ["trailers that mean something in a head", "1\r\na\r\n0\r\ncontent-length: 5\r\n\r\n", "a"],
  ])("with %s", (_, text, body) => {
    expect(decode(text)).toMatchObject({ body, isDone: true, fault: undefined });
  });

  test.each([
    ["no size", "\r\na"],
    ["a sign", "+1\r\na"],
    ["a negative size", "-1\r\na"],
    ["a prefix", "0x1\r\na"],
    ["a letter that is no digit", "g\r\n"],
    ["a blank before the size", " 1\r\na"],
    ["blanks without an extension", "1 \r\na"],
    ["two sizes", "1 1\r\na"],
    ["a size of 14 digits", "10000000000000\r\n"],
    ["zeros without end", "0".repeat(14)],
    ["a size ended by a line feed", "1\na\r\n"],
    ["a size ended by a carriage return", "1\ra\r\n"],
    ["an extension ended by a line feed", "1;a\na\r\n"],
    ["a carriage return in an extension", "1;a\rb\r\na\r\n"],
    ["a NUL in an extension", "1;a\x00\r\na\r\n"],
    ["data longer than its size", "1\r\nab\r\n"],
    ["data shorter than its size", "3\r\na\r\n0\r\n\r\n"],
    ["data ended by a line feed", "1\r\na\n0\r\n\r\n"],
    ["data ended by a carriage return", "1\r\na\r0\r\n\r\n"],
    ["an end without carriage return", "0\r\n\n"],
    ["an end with a stray byte", "0\r\n\rx"],
    ["a folded trailer", "0\r\nx-a: 1\r\n 2\r\n\r\n"],
    ["a trailer without a colon", "0\r\nx-a\r\n\r\n"],
    ["a trailer without a name", "0\r\n: 1\r\n\r\n"],
    ["a trailer with white space before the colon", "0\r\nx-a : 1\r\n\r\n"],
    ["a trailer ended by a line feed", "0\r\nx-a: 1\n\r\n"],
    ["a trailer with a bare carriage return", "0\r\nx-a: 1\rb\r\n\r\n"],
    ["a trailer with a NUL", "0\r\nx-a: \x00\r\n\r\n"],
  ])("with %s is refused", (_, text) => {
    const decoded = decode(text);
    expect(decoded.fault).toBeString();
    expect(decoded.isDone).toBe(false);
    expect(decode(...[...text].map((byte) => byte))).toMatchObject({ body: decoded.body, isDone: false });
  });

  test("bounds extensions", () => {
    expect(decode(`1;${"x".repeat(1_024)}\r\na\r\n${END}`)).toMatchObject({ body: "a", isDone: true });
    expect(decode(`1;${"x".repeat(1_025)}`).fault).toBe("a chunk's extensions are too large");
    expect(decode(`1${" ".repeat(1_026)}`).fault).toBe("a chunk's extensions are too large");
  });

  test("bounds trailers, however many lines they are", () => {
    const fits = "x: 1\r\n".repeat(1_365);
    expect(decode(`0\r\n${fits}\r\n`)).toMatchObject({ isDone: true });
    expect(decode(`0\r\n${fits}x`).fault).toBeUndefined();
    expect(decode(`0\r\n${fits}x: 1\r\n`).fault).toBe("the trailers are too large");
    expect(decode(`0\r\nx: ${"1".repeat(9_000)}`).fault).toBe("the trailers are too large");
  });

  test("gives what came before a fault", () => {
    expect(decode(`${chunk("good")}x`)).toMatchObject({ body: "good", fault: "a chunk's size is malformed" });
  });

  test("can be followed by another one", () => {
    const decoder = new ChunkedDecoder();
    decoder.decode(bytesOf(`1;${"x".repeat(900)}\r\na\r\n0\r\n\r\n`), 0);
    decoder.reset();
    expect(decoder.isDone).toBe(false);
    const bytes = bytesOf(`2;${"x".repeat(900)}\r\nbc\r\n0\r\n\r\n`);
    expect(decoder.decode(bytes, 0)).toBe(bytes.length);
    expect(bytes.toString("latin1", decoder.start, decoder.end)).toBe("bc");
  });

  test("comes the same, cut in two at every place and byte by byte", () => {
    const text = bytesOf(
      `${chunk("Hello", ";a=b") + chunk(" wörld\r\n0\r\n") + chunk("!")}0\r\nx-a: 1\r\n\r\n`,
    );
    const whole = decode(text);
    expect(whole).toMatchObject({ body: "Hello w\xf6rld\r\n0\r\n!", isDone: true });
    for (let place = 1; place < text.length; place++) {
      expect(decode(...cutAt(text, [place]))).toMatchObject({ body: whole.body, isDone: true, left: 0 });
    }
    expect(decode(...cutAt(text, [...text.keys()]))).toMatchObject({ body: whole.body, isDone: true });
  });

  test("equals what was encoded, whatever the chunks and the cuts", () => {
    const part = fc.record({
      data: fc.uint8Array({ minLength: 1, maxLength: 300 }),
      extension: fc.constantFrom("", ";a", ";a=b", ' ;q="x"'),
      upper: fc.boolean(),
    });
    const property = fc.property(
      fc.array(part, { maxLength: 8 }),
      fc.array(fc.nat(3_000), { maxLength: 12 }),
      (parts, places) => {
        const encoded = parts.flatMap(({ data, extension, upper }) => {
          const size = data.length.toString(16);
          return [bytesOf(`${upper ? size.toUpperCase() : size}${extension}\r\n`), data, bytesOf("\r\n")];
        });
        const bytes = Buffer.concat([...encoded, bytesOf(END)]);
        const decoded = decode(
          ...cutAt(
            bytes,
            places.filter((place) => place < bytes.length),
          ),
        );
        expect(decoded.body).toBe(Buffer.concat(parts.map(({ data }) => data)).toString("latin1"));
        expect(decoded.isDone).toBe(true);
        expect(decoded.left).toBe(0);
      },
    );
    fc.assert(property, { numRuns: 300 });
  });
});
