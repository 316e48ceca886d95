import { describe, expect, test } from "bun:test";
import { HeadBuffer, requestLineStart, statusLineStart } from "../../src/http/head-buffer.ts";
import { bytesOf } from "../upstream/support/parse.ts";

const HEAD = "HTTP/1.1 200 OK\r\nx-a: 1\r\n\r\n";

describe("a head in pieces", () => {
  test("is whole at its empty line, and leaves what follows", () => {
    const buffer = new HeadBuffer(1_000, statusLineStart);
    expect(buffer.isEmpty).toBe(true);
    expect(buffer.fill(bytesOf(HEAD.slice(0, 10)), 0)).toBe(10);
    expect(buffer.isEmpty).toBe(false);
    expect(buffer.isWhole).toBe(false);
    expect(buffer.fill(bytesOf(`..${HEAD.slice(10)}body`), 2)).toBe(2 + HEAD.length - 10);
    expect(buffer.isWhole).toBe(true);
    expect(buffer.take().toString("latin1")).toBe(HEAD);
  });

  test("can be followed by the next one", () => {
    const buffer = new HeadBuffer(1_000, statusLineStart);
    buffer.fill(bytesOf(HEAD), 0);
    buffer.take();
    expect(buffer.isEmpty).toBe(true);
    expect(buffer.isWhole).toBe(false);
    buffer.fill(bytesOf(HEAD), 0);
    expect(buffer.take().toString("latin1")).toBe(HEAD);
  });

  test("may be large, up to the bound", () => {
    const large = `HTTP/1.1 200 OK\r\nx-a: ${"y".repeat(50_000)}\r\n\r\n`;
    const fits = new HeadBuffer(large.length, statusLineStart);
    for (const byte of bytesOf(large)) fits.fill(Buffer.from([byte]), 0);
    expect(fits.isWhole).toBe(true);
    expect(fits.take().toString("latin1")).toBe(large);
    expect(() => new HeadBuffer(large.length - 1, statusLineStart).fill(bytesOf(large), 0)).toThrow(
      "the head is too large",
    );
  });

  test.each([
    ["another first byte", "h"],
    ["another name", "HTTQ"],
    ["another version", "HTTP/2"],
    ["a bare line feed", "HTTP/1.1 200 OK\n"],
    ["a bare carriage return", "HTTP/1.1 200 OK\ra"],
    ["two carriage returns", "HTTP/1.1 200 OK\r\r"],
    ["a NUL", "HTTP/1.1 200 OK\0"],
    ["an escape", "HTTP/1.1 200 OK\x1b"],
  ])("is refused at %s", (_, text) => {
    const bytes = bytesOf(text);
    const buffer = new HeadBuffer(1_000, statusLineStart);
    expect(buffer.fill(bytes.subarray(0, -1), 0)).toBe(bytes.length - 1);
    expect(() => buffer.fill(bytes, bytes.length - 1)).toThrow();
  });

  test("of a request begins with a method", () => {
    const request = "GET / HTTP/1.1\r\nhost: a\r\n\r\n";
    const buffer = new HeadBuffer(1_000, requestLineStart);
    buffer.fill(bytesOf(request), 0);
    expect(buffer.take().toString("latin1")).toBe(request);
    expect(() => buffer.fill(bytesOf(" GET"), 0)).toThrow("the request line is malformed");
  });
});
