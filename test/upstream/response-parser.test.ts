import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { ResponseParser } from "../../src/upstream/response-parser.ts";
import { bytesOf, cutAt, type Parsed, type ParseOptions, parse, parsePieces } from "./support/parse.ts";

const OK = "HTTP/1.1 200 OK\r\n";

interface Sample {
  readonly name: string;
  readonly text: string;
  readonly status: number;
  readonly body: string;
  readonly keepAlive: boolean;
  readonly options?: ParseOptions;
}

const samples: readonly Sample[] = [
  {
    name: "with a length",
    text: `${OK}Content-Type: text/plain\r\nContent-Length: 11\r\n\r\nHello\r\n\r\nab`,
    status: 200,
    body: "Hello\r\n\r\nab",
    keepAlive: true,
  },
  {
    name: "in chunks",
    text: `${OK}transfer-encoding: chunked\r\n\r\n5\r\nHello\r\n6;x=y\r\n\r\n\r\nab\r\n0\r\nx-t: 1\r\n\r\n`,
    status: 200,
    body: "Hello\r\n\r\nab",
    keepAlive: true,
  },
  {
    name: "of a switch of protocols that was asked for, after an interim one",
    text: `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n5\r\n${OK}\r\n`,
    status: 101,
    body: `5\r\n${OK}\r\n`,
    keepAlive: false,
    options: { mayTunnel: true, ends: true },
  },
  {
    name: "ended by the connection",
    text: `${OK}x-a: 1\r\n\r\nHello\r\n\r\n`,
    status: 200,
    body: "Hello\r\n\r\n",
    keepAlive: false,
    options: { ends: true },
  },
  {
    name: "in HTTP/1.0",
    text: "HTTP/1.0 200 OK\r\n\r\nold",
    status: 200,
    body: "old",
    keepAlive: false,
    options: { ends: true },
  },
  {
    name: "without content",
    text: "HTTP/1.1 204 No Content\r\nx-a: 1\r\n\r\n",
    status: 204,
    body: "",
    keepAlive: true,
  },
  {
    name: "not modified",
    text: "HTTP/1.1 304 x\r\ncontent-length: 9\r\n\r\n",
    status: 304,
    body: "",
    keepAlive: true,
  },
  {
    name: "after interim answers",
    text: `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nlink: </a>\r\n\r\n${OK}content-length: 2\r\n\r\nab`,
    status: 200,
    body: "ab",
    keepAlive: true,
  },
  {
    name: "to HEAD",
    text: `${OK}content-length: 100\r\n\r\n`,
    status: 200,
    body: "",
    keepAlive: true,
    options: { isHeadRequest: true },
  },
  {
    name: "to HEAD, without a length",
    text: `${OK}x-a: 1\r\n\r\n`,
    status: 200,
    body: "",
    keepAlive: true,
    options: { isHeadRequest: true },
  },
  {
    name: "that says close",
    text: `${OK}connection: close\r\ncontent-length: 1\r\n\r\na`,
    status: 200,
    body: "a",
    keepAlive: false,
  },
];

describe.each(samples)("an answer $name", ({ text, status, body, keepAlive, options }) => {
  const expected = { body, isDone: true, keepAlive, fault: undefined };

  test("is read", () => {
    const parsed = parse(text, options);
    expect(parsed).toMatchObject(expected);
    expect(parsed.heads.map((head) => head.status)).toEqual([status]);
  });

  test("is read the same, cut in two at every place", () => {
    const bytes = bytesOf(text);
    for (let place = 1; place < bytes.length; place++) {
      expect(parsePieces(cutAt(bytes, [place]), options)).toMatchObject(expected);
    }
  });

  test("is read the same, byte by byte", () => {
    const parsed = parsePieces(
      cutAt(
        bytesOf(text),
        [...text].map((_, index) => index),
      ),
      options,
    );
    expect(parsed).toMatchObject(expected);
    expect(parsed.heads).toHaveLength(1);
  });

  test("is not whole without its last byte", () => {
    const cut = parse(text.slice(0, -1), { ...options, ends: false });
    expect(cut).toMatchObject({ isDone: false, fault: undefined });
  });

  test("spoils its connection when bytes follow it", () => {
    if (options?.ends) return expect(parse(`${text}x`, options).body).toBe(`${body}x`);
    expect(parse(`${text}x`, options)).toMatchObject({ ...expected, keepAlive: false });
    expect(parsePieces([text, "x"], options)).toMatchObject({ ...expected, keepAlive: false });
  });
});

describe("what is no answer", () => {
  test.each([
    ["another protocol", "SSH-2.0-OpenSSH_9.6\r\n"],
    ["another protocol, told by its first byte", "\x15"],
    ["an empty line first", "\r\n"],
    ["a page without a head", "<html>"],
    ["a switch of protocols", "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n"],
    ["a line feed in an unfinished head", "HTTP/1.1 200 OK\nx"],
    ["a carriage return in an unfinished head", "HTTP/1.1 200 OK\rx"],
    ["a NUL in an unfinished head", "HTTP/1.1 200 OK\r\nx: \x00"],
    ["a chunk that is none", `${OK}transfer-encoding: chunked\r\n\r\nxyz`],
  ])("%s is refused at once", (_, text) => {
    const parsed = parse(text);
    expect(parsed.fault).toBeString();
    expect(parsed.isDone).toBe(false);
    expect(
      parsePieces(
        cutAt(
          bytesOf(text),
          [...text].map((_, index) => index),
        ),
      ).fault,
    ).toBeString();
  });

  test("a head that is too large is refused, whole or not", () => {
    const large = `${OK}x-a: ${"y".repeat(200)}\r\n\r\n`;
    const maxHeadBytes = large.length;
    expect(parse(`${large}a`, { maxHeadBytes, ends: true })).toMatchObject({ body: "a", isDone: true });
    for (const cut of [[large], cutAt(bytesOf(large), [100]), [large.slice(0, -1)]]) {
      expect(parsePieces(cut, { maxHeadBytes: maxHeadBytes - 2 }).fault).toBe("the head is too large");
    }
  });

  test("interim answers without end are refused", () => {
    const interim = "HTTP/1.1 100 Continue\r\n\r\n";
    const real = `${OK}content-length: 0\r\n\r\n`;
    expect(parse(interim.repeat(16) + real)).toMatchObject({ isDone: true });
    expect(parse(interim.repeat(17) + real).fault).toBe("there are too many interim answers");
  });
});

describe("a parser", () => {
  test("passes on what it is given without copying it", () => {
    const pieces: Uint8Array[] = [];
    const parser = new ResponseParser({ onHead() {}, onData: (chunk) => pieces.push(chunk) }, 1_000);
    parser.reset(false);
    const first = bytesOf(`${OK}content-length: 6\r\n\r\nabc`);
    const second = bytesOf("def");
    parser.feed(first);
    parser.feed(second);
    expect(pieces[0]?.buffer).toBe(first.buffer);
    expect(pieces[1]).toBe(second);
  });

  test("reads one answer after the other", () => {
    const bodies: string[] = [];
    const sink = { onHead() {}, onData: (chunk: Uint8Array) => bodies.push(Buffer.from(chunk).toString()) };
    const parser = new ResponseParser(sink, 1_000);
    for (const { text, options, body } of samples) {
      if (options?.ends) continue;
      bodies.length = 0;
      parser.reset(options?.isHeadRequest ?? false);
      expect(parser.started).toBe(false);
      parser.feed(bytesOf(text));
      expect(parser.started).toBe(true);
      expect(parser.isDone).toBe(true);
      expect(bodies.join("")).toBe(body);
    }
  });

  test("can be stopped by its sink, in the head and in the body", () => {
    const seen: string[] = [];
    const stopAt = (place: string) => {
      seen.length = 0;
      const note = (event: string): void => {
        seen.push(event);
        if (event === place) parser.stop();
      };
      const parser = new ResponseParser({ onHead: () => note("head"), onData: () => note("data") }, 1_000);
      parser.reset(false);
      parser.feed(bytesOf(`${OK}content-length: 6\r\n\r\nabc`));
      parser.feed(bytesOf("def"));
      return parser.isDone;
    };
    expect(stopAt("head")).toBe(false);
    expect(seen).toEqual(["head"]);
    expect(stopAt("data")).toBe(false);
    expect(seen).toEqual(["head", "data"]);
  });

  test("tells whether an answer is whole when the connection ends", () => {
    const wholeAtEnd = (text: string): boolean => parse(text, { ends: true }).isDone;
    expect(wholeAtEnd(`${OK}\r\nabc`)).toBe(true);
    expect(wholeAtEnd(`${OK}\r\n`)).toBe(true);
    expect(wholeAtEnd(`${OK}content-length: 4\r\n\r\nabc`)).toBe(false);
    expect(wholeAtEnd(`${OK}transfer-encoding: chunked\r\n\r\n1\r\na\r\n`)).toBe(false);
    expect(wholeAtEnd(`${OK}transfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n`)).toBe(false);
    expect(wholeAtEnd(OK)).toBe(false);
  });
});

describe("random bytes", () => {
  const outcome = ({ heads, body, isDone, keepAlive, fault }: Parsed) => ({
    heads,
    body,
    isDone,
    keepAlive,
    isRefused: fault !== undefined,
  });
  const expectSame = (bytes: Uint8Array, places: readonly number[], options: ParseOptions): void => {
    const whole = outcome(parse(bytes, options));
    const cut = cutAt(
      bytes,
      places.map((place) => place % (bytes.length + 1)),
    );
    expect(outcome(parsePieces(cut, options))).toEqual(whole);
  };
  const places = fc.array(fc.nat(2_000), { maxLength: 10 });
  const options = fc.record({ ends: fc.boolean(), isHeadRequest: fc.boolean() });

  test("are read or refused, the same wherever they are cut", () => {
    const property = fc.property(fc.uint8Array({ maxLength: 200 }), places, options, expectSame);
    fc.assert(property, { numRuns: 300 });
  });

  test("of HTTP's own words are, too", () => {
    const words = fc.constantFrom(
      "HTTP/1.1 ",
      "HTTP/1.0 ",
      "200",
      "100",
      "204",
      " OK",
      "\r\n",
      "\r\n\r\n",
      "\r",
      "\n",
      ":",
      " ",
      "content-length: ",
      "transfer-encoding: chunked\r\n",
      "connection: close\r\n",
      "0",
      "5",
      "a\r\n",
      "hello",
      "\x00",
      ";x",
    );
    const text = fc.array(words, { maxLength: 30 }).map((parts) => bytesOf(parts.join("")));
    fc.assert(fc.property(text, places, options, expectSame), { numRuns: 600 });
  });

  test("in an answer that was whole are, too", () => {
    const sample = fc.constantFrom(...samples.map(({ text }) => text));
    const change = fc.record({
      at: fc.nat(400),
      byte: fc.nat(255),
      kind: fc.constantFrom("set", "insert", "drop"),
    });
    const property = fc.property(
      sample,
      fc.array(change, { maxLength: 3 }),
      places,
      options,
      (text, changes, cuts, how) => {
        const bytes = [...bytesOf(text)];
        for (const { at, byte, kind } of changes) {
          const place = at % bytes.length;
          if (kind === "set") bytes[place] = byte;
          else if (kind === "insert") bytes.splice(place, 0, byte);
          else bytes.splice(place, 1);
        }
        expectSame(Uint8Array.from(bytes), cuts, how);
      },
    );
    fc.assert(property, { numRuns: 1_000 });
  });
});
