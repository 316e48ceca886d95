import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { RepeatedHead } from "../../src/front/repeated-head.ts";
import { type ParsedRequestHead, parseRequestHead } from "../../src/front/request-head.ts";
import { anyHead } from "./support/any-request.ts";
import { Caller, startFront } from "./support/front.ts";

const bytesOf = (text: string): Uint8Array => Buffer.from(text, "latin1");

/** A fresh reading, or nothing where the head is refused. */
function parsed(head: string): ParsedRequestHead | undefined {
  try {
    return parseRequestHead(bytesOf(head), 0, head.length - 4);
  } catch {
    return undefined;
  }
}

/** Everything that can be asked of a head. */
function membersOf({ method, path, query, headers, framing, isOld }: ParsedRequestHead): unknown {
  const entries = [...headers.entries()];
  const names = [...entries.map(([name]) => name), "content-length", "x-absent"];
  const values = names.map((name) => [name, headers.get(name), headers.has(name)]);
  return { method, path, query, entries, values, framing, isOld };
}

/** What is answered to `second` after `first`, which has to be the same as a fresh reading. */
function expectSame(first: string, second: string, before = ""): ParsedRequestHead | undefined {
  const head = parsed(first);
  if (head === undefined) throw new Error(`no head: ${JSON.stringify(first)}`);
  const repeated = new RepeatedHead();
  repeated.keep(bytesOf(first), 0, first.length, head);
  const answer = repeated.match(bytesOf(before + second), before.length);
  if (answer === undefined) return undefined;
  const fresh = parsed(second.slice(0, repeated.length));
  expect(fresh).toBeDefined();
  if (fresh !== undefined) expect(membersOf(answer)).toEqual(membersOf(fresh));
  return answer;
}

const withLength = (digits: string): string =>
  `POST /a?b HTTP/1.1\r\nHost: a\r\nContent-Length: ${digits}\r\nX-A: 1\r\n\r\n`;

describe("a repeated head", () => {
  test("is known byte for byte, wherever it stands", () => {
    fc.assert(
      fc.property(
        anyHead,
        fc.string({ maxLength: 20 }),
        fc.string({ maxLength: 20 }),
        (head, before, after) => {
          expect(expectSame(head, head + after, before.replace(/[^a-z]/g, ""))).toBeDefined();
        },
      ),
    );
  });

  test("with any byte changed, added or left out means what a fresh reading says, or is not known", () => {
    fc.assert(
      fc.property(anyHead, fc.nat(), fc.nat(255), fc.constantFrom(0, 1, 2), (head, place, byte, deed) => {
        const at = place % head.length;
        const kept = head.slice(at + (deed === 1 ? 0 : 1));
        expectSame(head, head.slice(0, at) + (deed === 2 ? "" : String.fromCharCode(byte)) + kept);
      }),
      { numRuns: 2_000 },
    );
  });

  test("after any other head means what a fresh reading says, or is not known", () => {
    fc.assert(fc.property(anyHead, anyHead, (first, second) => void expectSame(first, second)));
  });

  test("with other digits of its length is known where their count is the same", () => {
    const digits = fc.stringMatching(/^[0-9]{1,15}$/);
    fc.assert(
      fc.property(digits, digits, (first, second) => {
        const answer = expectSame(withLength(first), withLength(second));
        expect(answer !== undefined).toBe(first.length === second.length);
        if (answer !== undefined) expect(answer.framing.length).toBe(Number(second));
      }),
    );
  });

  test.each(["1x", "x1", " 1", "1 ", "+1", "-1", "\xb21", "::", "//", "1,"])(
    "whose length is %j is not known",
    (digits) => {
      expect(expectSame(withLength("12"), withLength(digits))).toBeUndefined();
    },
  );

  test("keeps noughts at the start of its length", () => {
    expect(expectSame(withLength("10"), withLength("07"))?.headers.get("content-length")).toBe("07");
    expect(expectSame(withLength("10"), withLength("00"))?.framing.body).toBe("none");
    expect(expectSame(withLength("00"), withLength("02"))?.framing.body).toBe("length");
  });

  test("is not known before it is whole", () => {
    const head = withLength("12");
    for (let cut = 0; cut < head.length; cut++) expect(expectSame(head, head.slice(0, cut))).toBeUndefined();
  });
});

test("requests on one connection are each read as they are, whatever came before them", async () => {
  const template = fc.record({
    path: fc.constantFrom("/a", "/b", "/a?x=1"),
    body: fc.constantFrom("", "1", "22", "12345678", "a".repeat(10), "b".repeat(99)),
    extra: fc.constantFrom("", "X-A: 1\r\n", "X-A: 2\r\n"),
  });
  const requests = fc.array(template, { minLength: 2, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(requests, fc.boolean(), async (sent, isAtOnce) => {
      const front = startFront();
      const caller = new Caller(front);
      const texts = sent.map(
        ({ path, body, extra }) =>
          `POST ${path} HTTP/1.1\r\nHost: a\r\n${extra}Content-Length: ${body.length}\r\n\r\n${body}`,
      );
      if (isAtOnce) await caller.send(texts.join(""));
      for (const [at, text] of texts.entries()) {
        if (!isAtOnce) await caller.send(text);
        await caller.replies(at + 1);
      }
      caller.socket.destroy();
      front.listener.close();
      expect(front.served.map(({ path, query, body }) => [path, query, body])).toEqual(
        sent.map(({ path, body }) => [path.slice(0, 2), path.slice(3), body]),
      );
      expect(front.served.map(({ headers }) => Object.fromEntries(headers))).toEqual(
        sent.map(({ body, extra }) => ({
          host: "a",
          "content-length": String(body.length),
          ...(extra !== "" && { "x-a": extra.charAt(5) }),
        })),
      );
    }),
    { numRuns: 60 },
  );
});
