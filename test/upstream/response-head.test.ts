import { describe, expect, test } from "bun:test";
import { ProtocolError } from "../../src/http/protocol-error.ts";
import { parseResponseHead } from "../../src/upstream/response-head.ts";
import { headerOf } from "../../src/upstream/upstream.ts";

const parseHead = (text: string) => parseResponseHead(Buffer.from(`${text}\r\n\r\n`, "latin1"), text.length);
const head = (...headers: string[]): string => ["HTTP/1.1 200 OK", ...headers].join("\r\n");

describe("a status line", () => {
  test.each([
    ["HTTP/1.1 200 OK", 200],
    ["HTTP/1.1 200 ", 200],
    ["HTTP/1.1 200", 200],
    ["HTTP/1.0 404 Not Found", 404],
    ["HTTP/1.1 599 \xfcber\tall", 599],
    ["HTTP/1.1 103 Early Hints", 103],
  ])("%j gives its status", (line, status) => {
    expect(parseHead(line).head.status).toBe(status);
  });

  test.each([
    "",
    "H",
    "HTTP/1.1",
    "HTTP/1.1 20",
    "HTTP/1.1  200 OK",
    "HTTP/1.1 2000 OK",
    "HTTP/1.1 099 OK",
    "HTTP/1.1 600 OK",
    "HTTP/1.1 2x0 OK",
    "HTTP/1.1 -10 OK",
    "HTTP/1.1\t200 OK",
    "HTTP/1.2 200 OK",
    "HTTP/2.0 200 OK",
    "HTTP/2 200",
    "HTTP/1,1 200 OK",
    "http/1.1 200 OK",
    " HTTP/1.1 200 OK",
    "ICY 200 OK",
    "HTTP/1.1 200 O\x00K",
    "HTTP/1.1 200 O\nK",
    "HTTP/1.1 200 O\rK",
    "HTTP/1.1 200 O\x7fK",
    "\r\nHTTP/1.1 200 OK",
  ])("%j is refused", (line) => {
    expect(() => parseHead(line)).toThrow(ProtocolError);
  });
});

describe("headers", () => {
  test("come in lower case, in their order, trimmed, repeated ones apart", () => {
    const { headers } = parseHead(
      head(
        "Content-Type:  application/json\t ",
        "x-a:1",
        "Set-Cookie: a=b; c",
        "SET-COOKIE: d",
        "x-empty:",
        "x-blank: \t ",
      ),
    ).head;
    expect([...headers.entries()]).toEqual([
      ["content-type", "application/json"],
      ["x-a", "1"],
      ["set-cookie", "a=b; c"],
      ["set-cookie", "d"],
      ["x-empty", ""],
      ["x-blank", ""],
    ]);
  });

  test("keep bytes beyond ASCII as latin1 and tabs inside", () => {
    expect(headerOf(parseHead(head("x-name: J\xfcrgen\tM: \xff")).head, "x-name")).toBe("J\xfcrgen\tM: \xff");
  });

  test("may have any name of token characters", () => {
    expect(headerOf(parseHead(head("!#$%&'*+-.^_`|~09: x")).head, "!#$%&'*+-.^_`|~09")).toBe("x");
  });

  test("headerOf finds the first and tells when there is none", () => {
    const parsed = parseHead(head("a: 1", "a: 2")).head;
    expect(headerOf(parsed, "a")).toBe("1");
    expect(headerOf(parsed, "b")).toBeUndefined();
  });

  test.each([
    ["no colon", "x-a"],
    ["no name", ": 1"],
    ["white space before the colon", "x-a : 1"],
    ["a tab before the colon", "x-a\t: 1"],
    ["a space in the name", "x a: 1"],
    ["a name beyond ASCII", "x-\xfc: 1"],
    ["a control character in the name", "x-\x01: 1"],
    ["a bracket in the name", "x(a): 1"],
    ["a folded line", "x-a: 1\r\n 2"],
    ["a line folded with a tab", "x-a: 1\r\n\t2"],
    ["a bare line feed", "x-a: 1\nx-b: 2"],
    ["a bare carriage return", "x-a: 1\rx-b: 2"],
    ["a carriage return before the line's end", "x-a: 1\r\r\nx-b: 2"],
    ["a NUL in the value", "x-a: 1\x002"],
    ["a control character in the value", "x-a: 1\x1b2"],
    ["a delete character in the value", "x-a: \x7f"],
  ])("with %s are refused", (_, line) => {
    expect(() => parseHead(head(line))).toThrow(ProtocolError);
  });

  test("every control character is refused in a value, every other byte taken", () => {
    for (let byte = 0; byte < 256; byte++) {
      const line = `x-a: 1${String.fromCharCode(byte)}2`;
      const isControl = (byte < 0x20 && byte !== 0x09) || byte === 0x7f;
      if (isControl) expect(() => parseHead(head(line))).toThrow(ProtocolError);
      else expect(headerOf(parseHead(head(line)).head, "x-a")).toBe(line.slice(5));
    }
  });

  test("an error tells no value", () => {
    expect(() => parseHead(head("authorization: sk-secret\x00"))).toThrow(
      "a line of the head holds a control character",
    );
    expect(() => parseHead(head("sk-secret"))).toThrow("a header's name is malformed");
  });
});

describe("framing", () => {
  test.each([
    ["a length", head("Content-Length: 12"), "length", 12],
    ["a length of zero", head("content-length: 0"), "none", 0],
    ["a length with zeros before it", head("content-length: 007"), "length", 7],
    ["chunks", head("Transfer-Encoding: Chunked"), "chunked", undefined],
    ["neither", head("x-a: 1"), "close", undefined],
    ["no content", "HTTP/1.1 204 No Content", "none", undefined],
    ["no content with chunks", "HTTP/1.1 204 No Content\r\ntransfer-encoding: chunked", "none", undefined],
    ["not modified with a length", "HTTP/1.1 304 Not Modified\r\ncontent-length: 9", "none", 9],
    ["an interim answer", "HTTP/1.1 100 Continue", "none", undefined],
  ] as const)("by %s", (_, text, body, contentLength) => {
    const parsed = parseHead(text);
    expect(parsed.body).toBe(body);
    expect(parsed.head.contentLength).toBe(contentLength);
  });

  test.each([
    ["two lengths that differ", head("content-length: 1", "content-length: 2")],
    ["two equal lengths", head("content-length: 1", "content-length: 1")],
    ["a list of lengths", head("content-length: 1, 1")],
    ["a negative length", head("content-length: -1")],
    ["a length with a sign", head("content-length: +1")],
    ["a hexadecimal length", head("content-length: 0x10")],
    ["a length with a fraction", head("content-length: 1.0")],
    ["a length in scientific notation", head("content-length: 1e3")],
    ["an empty length", head("content-length:")],
    ["a length with spaces", head("content-length: 1 2")],
    ["a huge length", head("content-length: 9999999999999999")],
    ["a length and chunks", head("content-length: 1", "transfer-encoding: chunked")],
    ["chunks and a length", head("transfer-encoding: chunked", "content-length: 1")],
    [
      "a length and chunks without a body",
      "HTTP/1.1 304 x\r\ncontent-length: 1\r\ntransfer-encoding: chunked",
    ],
    ["chunks twice", head("transfer-encoding: chunked", "transfer-encoding: chunked")],
    ["chunks twice in one", head("transfer-encoding: chunked, chunked")],
    ["an unknown coding", head("transfer-encoding: gzip")],
    ["a coding before the chunks", head("transfer-encoding: gzip, chunked")],
    ["identity", head("transfer-encoding: identity")],
    ["an empty coding", head("transfer-encoding:")],
    ["a vertical tab beside the coding", head("transfer-encoding: \x0bchunked")],
    ["chunks in HTTP/1.0", "HTTP/1.0 200 OK\r\ntransfer-encoding: chunked"],
    ["an interim answer with a length", "HTTP/1.1 100 Continue\r\ncontent-length: 5"],
    ["an interim answer with chunks", "HTTP/1.1 103 x\r\ntransfer-encoding: chunked"],
  ])("%s is refused", (_, text) => {
    expect(() => parseHead(text)).toThrow(ProtocolError);
  });
});

describe("persistence", () => {
  test.each([
    ["HTTP/1.1 stays", head(), true],
    ["close ends it", head("connection: close"), false],
    ["in any case and company", head("Connection: x-a,  CLOSE"), false],
    ["in a second header", head("connection: keep-alive", "connection: close"), false],
    ["a word that holds close does not", head("connection: not-close"), true],
    ["HTTP/1.0 does not stay", "HTTP/1.0 200 OK", false],
    ["HTTP/1.0 stays when it says so", "HTTP/1.0 200 OK\r\nconnection: Keep-Alive", true],
    ["close is stronger", "HTTP/1.0 200 OK\r\nconnection: keep-alive, close", false],
  ])("%s", (_, text, isPersistent) => {
    expect(parseHead(text).isPersistent).toBe(isPersistent);
  });

  test.each([
    ["timeout=5, max=100", 5_000],
    ["max=100, timeout=75", 75_000],
    ["Timeout = 3", 3_000],
    ["timeout=0", 0],
    ["xtimeout=5", undefined],
    ["timeout=-1", undefined],
    ["timeout=x", undefined],
    ["", undefined],
  ])("keep-alive: %s says for how long", (value, keepAliveMs) => {
    expect(parseHead(head(`Keep-Alive: ${value}`)).keepAliveMs).toBe(keepAliveMs);
  });
});
