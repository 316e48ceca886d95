import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { LatchkeyError } from "../../src/kernel/error.ts";
import { type RequestHead, renderRequestHead } from "../../src/upstream/request-head.ts";

const plain: RequestHead = { method: "POST", path: "/v1", host: "example.com", headers: [] };
const render = (change: Partial<RequestHead>): string => renderRequestHead({ ...plain, ...change });
const header = (name: string, value: string): string => render({ headers: [[name, value]] });

describe("a request's head", () => {
  test("is written line by line, names in lower case", () => {
    const headers = [
      ["Authorization", "Bearer sk-1"],
      ["X-Empty", ""],
      ["x-name", "J\xfcrgen, a\tb"],
    ] as const;
    expect(render({ path: "/v1/chat?a=b&c=%20", host: "[::1]:8080", headers })).toBe(
      "POST /v1/chat?a=b&c=%20 HTTP/1.1\r\nhost: [::1]:8080\r\n" +
        "authorization: Bearer sk-1\r\nx-empty: \r\nx-name: J\xfcrgen, a\tb\r\n",
    );
  });

  test.each(["", "post", "GET ", "GE\tT", "GET\r\n", "G\x00T", "CONNECT", "A".repeat(21)])(
    "refuses the method %j",
    (method) => expect(() => render({ method })).toThrow("the method is not allowed"),
  );

  test.each([
    "",
    "v1",
    "*",
    "http://a/",
    "/a b",
    "/a\tb",
    "/a\r\nx: y",
    "/a\nb",
    "/a\rb",
    "/\x00",
    "/\x7f",
    "/\xfc",
    "/\u0100",
    "/a#b",
  ])("refuses the path %j", (path) => expect(() => render({ path })).toThrow("the path is not allowed"));

  test.each([
    "",
    "a b",
    "a\r\nx: y",
    "a\n",
    "a/b",
    "user@a",
    "a?b",
    "a#b",
    "a:b",
    "a:123456",
    "::1",
    "[::1",
    "[zz]",
    "a\\b",
    "\xfc",
    "\u010a",
  ])("refuses the host %j", (host) => expect(() => render({ host })).toThrow("the host is not allowed"));

  test.each(["", "a b", "a:", "a\r\nb", "a\n", "\x00", "\xfc", "\u0141", "(a)", 'a"'])(
    "refuses the header name %j",
    (name) => expect(() => header(name, "1")).toThrow(LatchkeyError),
  );

  test.each([
    "Connection",
    "content-length",
    "EXPECT",
    "host",
    "keep-alive",
    "Proxy-Authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "Transfer-Encoding",
    "upgrade",
  ])("leaves %s to the connection", (name) => {
    expect(() => header(name, "x")).toThrow(`the header "${name}" is not allowed`);
  });

  test.each([
    "a\r\nx: y",
    "a\nb",
    "a\rb",
    "a\x00b",
    "a\x7f",
    "\x1b",
    " a",
    "a ",
    "\ta",
    "\u0100",
    "\u560d\u560a",
  ])("refuses the value %j and does not repeat it", (value) => {
    expect(() => header("x-a", value)).toThrow(
      new LatchkeyError(
        "LK-6001",
        `A provider's request cannot be written: the value of the header "x-a" is not allowed.`,
      ),
    );
  });

  test("refuses a header that is there twice, in any case", () => {
    const headers = [
      ["x-a", "1"],
      ["X-A", "2"],
    ] as const;
    expect(() => render({ headers })).toThrow('the header "X-A" (it is there twice) is not allowed');
  });

  test("never has a line that was not asked for, whatever is put in", () => {
    const text = fc.string({ unit: "binary", maxLength: 20 });
    const sneaky = fc.oneof(
      text,
      fc
        .array(fc.constantFrom("a", "\r", "\n", ":", " ", "\u0000", "\u010d", "\u010a"), { maxLength: 8 })
        .map((parts) => parts.join("")),
    );
    const property = fc.property(
      fc.oneof(fc.constant("POST"), sneaky),
      fc.oneof(
        fc.constant("/"),
        sneaky.map((rest) => `/${rest}`),
      ),
      fc.oneof(fc.constant("a"), sneaky),
      fc.array(fc.tuple(fc.oneof(fc.constantFrom("x-a", "x-b"), sneaky), sneaky), { maxLength: 3 }),
      (method, path, host, headers) => {
        let rendered: string;
        try {
          rendered = renderRequestHead({ method, path, host, headers });
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(LatchkeyError);
          return;
        }
        const written = Buffer.from(rendered, "latin1").toString("latin1");
        expect(written).toBe(rendered);
        const lines = written.split("\r\n");
        expect(lines).toHaveLength(headers.length + 3);
        expect(lines.join("")).not.toMatch(/[\r\n\0]/);
      },
    );
    fc.assert(property, { numRuns: 1_000 });
  });
});
