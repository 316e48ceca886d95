import { describe, expect, test } from "bun:test";
import { Caller, exchange, repliesIn, startFront, turnsUntil } from "./support/front.ts";

/** What must never be served: it stands behind every request that is refused. */
const SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

const post = (headers: string, body = "", version = "1.1"): string =>
  `POST /a HTTP/${version}\r\nHost: a\r\n${headers}\r\n${body}`;

async function expectRefused(bytes: string, status: number, code: string): Promise<void> {
  const front = startFront();
  const received = await exchange(front, bytes + SMUGGLED);
  const replies = repliesIn(received);
  expect(replies.map((reply) => [reply.status, reply.body])).toEqual([[status, code]]);
  expect(replies[0]?.head).toContain("\r\nconnection: close\r\n");
  expect(front.served).toEqual([]);
  await turnsUntil(() => front.listener.open === 0);
}

describe("a request line is refused", () => {
  test.each([
    ["nothing but a word", "GARBAGE\r\n\r\n"],
    ["HTTP/0.9", "GET /\r\n\r\n"],
    ["the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    ["version 1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n"],
    ["version 2", "GET / HTTP/2\r\nHost: a\r\n\r\n"],
    ["version 1.10", "GET / HTTP/1.10\r\nHost: a\r\n\r\n"],
    ["version 01.1", "GET / HTTP/01.1\r\nHost: a\r\n\r\n"],
    ["a version in lower case", "GET / http/1.1\r\nHost: a\r\n\r\n"],
    ["another protocol", "GET / HTTPS/1.1\r\nHost: a\r\n\r\n"],
    ["two spaces before the target", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["two spaces before the version", "GET /  HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["a space at its end", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n"],
    ["a space at its start", " GET / HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["a tab before the target", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["a tab before the version", "GET /\tHTTP/1.1\r\nHost: a\r\n\r\n"],
    ["a space in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["no target", "GET HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["an empty target", "GET  HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["a NUL in the target", "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["a DEL in the target", "GET /\x7f HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["a bare CR in the target", "GET /\ra HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["a bare LF at its end", "GET / HTTP/1.1\nHost: a\r\n\r\n"],
    ["a method of no token", "G(T / HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["a method beyond ASCII", "G\xc9T / HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["a method of 33 characters", `${"A".repeat(33)} / HTTP/1.1\r\nHost: a\r\n\r\n`],
    ["an authority to connect to", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["a bare LF before it", "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["a bare CR before it", "\rGET / HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["two CRs before it", "\r\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["a bare LF after an empty line", "\r\n\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["a TLS hello", "\x16\x03\x01\x02\x00\x01\r\n\r\n"],
  ])("for %s", async (_, bytes) => {
    await expectRefused(bytes, 400, "LK-2114");
  });

  test("that ends before a version could, with nothing behind it, cut or not", async () => {
    for (const text of ["GET /\r\n\r\n", "GET / H\r\n\r\n", "GET\r\n\r\n", "GET /\r\na:\r\n\r\n"]) {
      for (let cut = 0; cut < text.length; cut++) {
        const caller = new Caller(startFront());
        await caller.send(text.slice(0, cut));
        await new Promise((resolve) => setImmediate(resolve));
        await caller.send(text.slice(cut));
        expect(repliesIn(await caller.closed).map(({ body }) => body)).toEqual(["LK-2114"]);
      }
    }
  });

  test.each(["a", "a:443", "*", "?a", "ftp://a/b", "http://", "http:///a", "\\a", "#a"])(
    "for the target %j, which is no path",
    async (target) => {
      await expectRefused(`GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`, 400, "LK-2107");
    },
  );
});

describe("a head is refused", () => {
  test.each([
    ["a folded line", "X-A: 1\r\n 2\r\n"],
    ["a folded line by a tab", "X-A: 1\r\n\t2\r\n"],
    ["a space before the colon", "Content-Length : 5\r\n"],
    ["a tab before the colon", "Transfer-Encoding\t: chunked\r\n"],
    ["an empty name", ": 1\r\n"],
    ["a name alone", "X-A\r\n"],
    ["a name with a space", "X A: 1\r\n"],
    ["a name with a bracket", "X(A: 1\r\n"],
    ["a name beyond ASCII", "X\xc9: 1\r\n"],
    ["a bare LF", "X-A: 1\nContent-Length: 5\r\n"],
    ["a bare CR", "X-A: 1\rContent-Length: 5\r\n"],
    ["CR CR LF", "X-A: 1\r\r\n"],
    ["a NUL", "X-A: \0\r\n"],
    ["a NUL in the name", "X-\0A: 1\r\n"],
    ["an escape", "X-A: \x1b\r\n"],
    ["a DEL", "X-A: \x7f\r\n"],
    ["201 headers", "X-A: 1\r\n".repeat(200)],
  ])("for %s", async (_, lines) => {
    await expectRefused(post(lines), 400, "LK-2114");
  });

  test.each([
    ["two lengths that differ", "Content-Length: 3\r\nContent-Length: 5\r\n"],
    ["two lengths alike", "Content-Length: 5\r\nContent-Length: 5\r\n"],
    ["a list of lengths", "Content-Length: 5,5\r\n"],
    ["a list of lengths with a space", "Content-Length: 5, 5\r\n"],
    ["a positive length", "Content-Length: +5\r\n"],
    ["a negative length", "Content-Length: -5\r\n"],
    ["a hexadecimal length", "Content-Length: 0x5\r\n"],
    ["a length with an exponent", "Content-Length: 1e1\r\n"],
    ["a length with a point", "Content-Length: 5.0\r\n"],
    ["a length with a space inside", "Content-Length: 5 5\r\n"],
    ["a length in quotes", 'Content-Length: "5"\r\n'],
    ["an empty length", "Content-Length:\r\n"],
    ["a length of 16 digits", "Content-Length: 9999999999999999\r\n"],
    ["a length beyond 64 bits", "Content-Length: 18446744073709551621\r\n"],
    ["digits of another script", "Content-Length: \xb2\r\n"],
    ["length, then coding", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"],
    ["coding, then length", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"],
    ["coding and a length of nought", "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n"],
    ["two codings", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"],
    ["an odd second coding", "Transfer-Encoding: chunked\r\nTransfer-encoding: x\r\n"],
    ["a list of codings", "Transfer-Encoding: gzip, chunked\r\n"],
    ["chunked twice in a list", "Transfer-Encoding: chunked, chunked\r\n"],
    ["a coding that is not spoken", "Transfer-Encoding: xchunked\r\n"],
    ["a coding in quotes", 'Transfer-Encoding: "chunked"\r\n'],
    ["a coding with a parameter", "Transfer-Encoding: chunked;a=b\r\n"],
    ["a coding with a comma", "Transfer-Encoding: chunked,\r\n"],
    ["no coding", "Transfer-Encoding:\r\n"],
    ["a coding on a folded line", "Transfer-Encoding:\r\n chunked\r\n"],
    ["identity", "Transfer-Encoding: identity\r\n"],
    ["a second Host", "Host: a\r\n"],
    ["a second Host that differs", "hOST: b\r\n"],
    ["two content types", "Content-Type: a/b\r\nContent-Type: c/d\r\n"],
    ["an expectation that nobody meets", "Expect: gold\r\n"],
  ])("for %s", async (_, lines) => {
    await expectRefused(post(lines), 400, "LK-2108");
  });

  test("for a coding in HTTP/1.0", async () => {
    await expectRefused(post("Transfer-Encoding: chunked\r\n", "0\r\n\r\n", "1.0"), 400, "LK-2108");
  });

  test("for a Host that is missing or malformed", async () => {
    await expectRefused("GET / HTTP/1.1\r\n\r\n", 400, "LK-2108");
    for (const host of ["a b", "a/b", "u@b", "a:b", "a,b?", "[::1", "a:123456"]) {
      await expectRefused(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`, 400, "LK-2108");
    }
  });
});

describe("chunks are refused", () => {
  test.each([
    ["a size with a sign", "+5\r\nhello\r\n0\r\n\r\n"],
    ["a size with a prefix", "0x5\r\nhello\r\n0\r\n\r\n"],
    ["a size with a space", "5 \r\nhello\r\n0\r\n\r\n"],
    ["a negative size", "-5\r\nhello\r\n0\r\n\r\n"],
    ["no size", "\r\nhello\r\n0\r\n\r\n"],
    ["a size beyond 64 bits", "10000000000000005\r\nhello\r\n0\r\n\r\n"],
    ["a size ended by LF", "5\nhello\r\n0\r\n\r\n"],
    ["an extension with a bare LF", "5;a\nhello\r\n0\r\n\r\n"],
    ["a huge extension", `5;${"a".repeat(2_000)}\r\nhello\r\n0\r\n\r\n`],
    ["data that is too long", "5\r\nhello!\r\n0\r\n\r\n"],
    ["data that is too short", "5\r\nhell\r\n0\r\n\r\n"],
    ["data ended by LF", "5\r\nhello\n0\r\n\r\n"],
    ["a trailer with a space before the colon", "0\r\nX-A : 1\r\n\r\n"],
    ["a trailer without a name", "0\r\n: 1\r\n\r\n"],
    ["trailers without end", `0\r\n${"X-A: 1\r\n".repeat(2_000)}\r\n`],
  ])("for %s, in one piece and when the body comes later", async (_, body) => {
    const head = post("Transfer-Encoding: chunked\r\n");
    await expectRefused(head + body, 400, "LK-2114");
    let isAsked = false;
    const front = startFront({
      handle: async (request) => {
        isAsked = true;
        const reading = Promise.resolve(request.readBody({ maxBytes: 1e6, timeoutMs: 1e6 }));
        const text = await reading.then(
          () => "served",
          (error: { readonly code: string }) => error.code,
        );
        return { status: 400, headers: "", body: Buffer.from(text) };
      },
    });
    const caller = new Caller(front);
    await caller.send(head);
    await turnsUntil(() => isAsked);
    await caller.send(body + SMUGGLED);
    expect(repliesIn(await caller.closed).map((reply) => reply.body)).toEqual(["LK-2114"]);
  });
});

describe("a head over 32 KiB", () => {
  const headOf = (bytes: number): string => {
    const before = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: ";
    return `${before}${"y".repeat(bytes - before.length - 4)}\r\n\r\n`;
  };

  test("is refused and one of 32 KiB is not, however they are cut", async () => {
    for (const cut of [0, 20, 32_767]) {
      for (const [bytes, status] of [
        [32 * 1024, 200],
        [32 * 1024 + 1, 431],
      ] as const) {
        const caller = new Caller(startFront());
        const head = headOf(bytes);
        await caller.send(head.slice(0, cut));
        await new Promise((resolve) => setImmediate(resolve));
        await caller.send(head.slice(cut));
        const [reply] = repliesIn(await caller.closed);
        expect([cut, bytes, reply?.status]).toEqual([cut, bytes, status]);
        if (status === 431) expect(reply?.body).toBe("LK-2115");
      }
    }
  });

  test("is refused before it ends", async () => {
    await expectRefused(`GET /${"a".repeat(40_000)}`, 431, "LK-2115");
  });
});
