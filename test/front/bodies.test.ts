import { describe, expect, test } from "bun:test";
import type { IncomingRequest } from "../../src/http/exchange.ts";
import { chunked } from "./support/any-request.ts";
import { Caller, exchange, repliesIn, startFront, textReply, turnsUntil } from "./support/front.ts";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const post = (lines: string, body = ""): string => `POST /a HTTP/1.1\r\nHost: a\r\n${lines}\r\n${body}`;
const NEXT = "GET /next HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

/** Sends a text in pieces, a turn of the event loop between them. */
async function sendCut(caller: Caller, text: string, ...cuts: readonly number[]): Promise<void> {
  let from = 0;
  for (const cut of [...cuts, text.length]) {
    await caller.send(text.slice(from, cut));
    await turn();
    from = cut;
  }
}

describe("a body", () => {
  test.each([
    ["of announced length", post("Content-Length: 11\r\n", "hello world")],
    [
      "in chunks",
      post("Transfer-Encoding: chunked\r\n", chunked("hello world", [5, 4], ";a=b", "X-T: 1\r\n")),
    ],
  ])("%s is the same wherever it is cut, and the next request is found", async (_, text) => {
    for (let cut = 1; cut < text.length; cut++) {
      const front = startFront();
      const caller = new Caller(front);
      await sendCut(caller, text + NEXT, cut);
      expect(repliesIn(await caller.closed).map(({ body }) => body)).toEqual([
        "POST /a hello world",
        "GET /next ",
      ]);
    }
  });

  test("is the same when each byte comes by itself", async () => {
    const text = post("Transfer-Encoding: chunked\r\n", chunked("hello world", [1, 3]));
    const caller = new Caller(startFront());
    await sendCut(caller, text + NEXT, ...[...text].keys());
    expect(repliesIn(await caller.closed)[0]?.body).toBe("POST /a hello world");
  });

  test("of a megabyte comes whole, read at once or long after it began", async () => {
    const body = Buffer.alloc(1_000_000, "0123456789abcdef").toString("latin1");
    for (const isLate of [false, true]) {
      let asked: IncomingRequest | undefined;
      const reading = Promise.withResolvers<void>();
      const front = startFront({
        handle: async (request) => {
          asked = request;
          if (isLate) await reading.promise;
          const bytes = await request.readBody({ maxBytes: 1e6, timeoutMs: 1e6 });
          return textReply(Buffer.from(bytes).toString("latin1") === body ? "same" : "other");
        },
      });
      const caller = new Caller(front);
      const sent = caller.send(post(`Content-Length: ${body.length}\r\n`, body));
      await turnsUntil(() => asked !== undefined);
      for (let turns = 0; turns < 50; turns++) await turn();
      reading.resolve();
      expect((await caller.replies(1))[0]?.body).toBe("same");
      await sent;
    }
  });

  test("of GET and DELETE is read like any other", async () => {
    const text = (method: string): string =>
      `${method} /a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi`;
    const received = await exchange(startFront(), text("GET") + text("DELETE") + NEXT);
    expect(repliesIn(received).map(({ body }) => body)).toEqual(["GET /a hi", "DELETE /a hi", "GET /next "]);
  });

  test("that nobody reads is no part of the next request", async () => {
    const front = startFront({ handle: ({ path }) => textReply(path) });
    const received = await exchange(front, post("Content-Length: 5\r\n", "GET /") + NEXT);
    expect(repliesIn(received).map(({ body }) => body)).toEqual(["/a", "/next"]);
  });

  test.each(["gzip", "br", "deflate", "gzip, identity", "x"])("encoded as %s is refused", async (coding) => {
    const text = post(`Content-Encoding: ${coding}\r\nContent-Length: 2\r\n`, "hi");
    const replies = repliesIn(await exchange(startFront(), text + NEXT));
    expect(replies.map(({ status }) => status)).toEqual([415, 200]);
    expect(replies[0]?.body).toBe("LK-2106");
  });

  test("that says it is not encoded is taken", async () => {
    const text = post("Content-Encoding: identity\r\nContent-Length: 2\r\n", "hi");
    expect(repliesIn(await exchange(startFront(), text + NEXT))[0]?.body).toBe("POST /a hi");
  });
});

describe("a body over the bound", () => {
  test("is refused by its announcement, before any of it has come", async () => {
    const caller = new Caller(startFront({ maxBytes: 10 }));
    await caller.send(post("Content-Length: 11\r\n"));
    const [reply] = await caller.replies(1);
    expect(reply).toMatchObject({ status: 413, body: "LK-2104" });
    expect(reply?.head).toContain("\r\nconnection: close\r\n");
  });

  test("is refused in chunks as soon as it is over, and one within is not", async () => {
    const front = startFront({ maxBytes: 10 });
    const lines = "Transfer-Encoding: chunked\r\n";
    const caller = new Caller(front);
    await caller.send(post(lines, "6\r\n123456\r\n"));
    await turn();
    await caller.send("5\r\n12345\r\n");
    expect((await caller.replies(1))[0]).toMatchObject({ status: 413, body: "LK-2104" });
    const replies = repliesIn(await exchange(front, post(lines, chunked("1234567890", [3])) + NEXT));
    expect(replies[0]?.body).toBe("POST /a 1234567890");
  });
});

describe("Expect: 100-continue", () => {
  const expecting = post("Expect: 100-Continue\r\nContent-Length: 5\r\n");

  test("is answered once the body is wanted, and once only", async () => {
    const caller = new Caller(startFront());
    await caller.send(expecting);
    expect(await caller.until((received) => received !== "")).toBe("HTTP/1.1 100 Continue\r\n\r\n");
    await sendCut(caller, `hello${NEXT}`, 2);
    const received = await caller.closed;
    expect(received.split("100 Continue")).toHaveLength(2);
    expect(repliesIn(received).map(({ body }) => body)).toEqual(["POST /a hello", "GET /next "]);
  });

  test("is not answered where the body has come with the head, or there is none", async () => {
    const none = post("Expect: 100-continue\r\nContent-Length: 0\r\n");
    const received = await exchange(startFront(), `${expecting}hello${none}${NEXT}`);
    expect(received).not.toContain("100 Continue");
    expect(repliesIn(received)).toHaveLength(3);
  });

  test("is not answered where the request is refused without its body", async () => {
    for (const setup of [{ maxBytes: 4 }, { handle: () => textReply("no", 401) }]) {
      const caller = new Caller(startFront(setup));
      await caller.send(expecting);
      const received = await caller.closed;
      expect(received).toMatch(/^HTTP\/1\.1 4(13|01) /);
      expect(received).toContain("\r\nconnection: close\r\n");
    }
  });

  test("means nothing in HTTP/1.0", async () => {
    const caller = new Caller(startFront());
    await caller.send(expecting.replace("HTTP/1.1", "HTTP/1.0"));
    await turn();
    await caller.send("hello");
    expect(await caller.closed).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });
});

describe("a caller that is refused early", () => {
  test.each([1, 3])("reads its reply although it goes on sending %d MB", async (megabytes) => {
    const size = megabytes * 1_000_000;
    const front = startFront({ handle: () => textReply("no", 401) });
    const caller = new Caller(front, { allowHalfOpen: true });
    // As a client does that writes its whole request before it looks for the reply.
    caller.socket.pause();
    await caller.send(post(`Content-Length: ${size}\r\n`));
    await turn();
    for (let sent = 0; sent < size; sent += 50_000) await caller.send(Buffer.alloc(50_000, "x"));
    caller.socket.end();
    caller.socket.resume();
    const received = await caller.closed;
    expect(caller.failure).toBeUndefined();
    expect(repliesIn(received).map(({ status, body }) => [status, body])).toEqual([[401, "no"]]);
    await turnsUntil(() => front.listener.open === 0);
  });

  test("is cut when it sends without end", async () => {
    const front = startFront({ handle: () => textReply("no", 401) });
    const caller = new Caller(front, { allowHalfOpen: true });
    await caller.send(post("Transfer-Encoding: chunked\r\n"));
    const piece = Buffer.concat([Buffer.from("10000\r\n"), Buffer.alloc(65_536, "x"), Buffer.from("\r\n")]);
    while (front.listener.open > 0) {
      caller.socket.write(piece);
      await turn();
    }
    await caller.closed;
    expect(repliesIn(caller.received)[0]).toMatchObject({ status: 401, body: "no" });
  });
});

describe("a caller that leaves while its body comes", () => {
  test.each(["end", "resetAndDestroy"] as const)("by %s ends the reading with LK-2301", async (way) => {
    const told = Promise.withResolvers<unknown>();
    const left: boolean[] = [];
    const front = startFront({
      handle: async (request) => {
        try {
          await request.readBody({ maxBytes: 1e6, timeoutMs: 1e6 });
        } catch (thrown) {
          told.resolve(thrown);
        }
        left.push(request.hasLeft);
        return textReply("nobody");
      },
    });
    const caller = new Caller(front);
    await caller.send(post("Content-Length: 1000\r\n", "hel"));
    await turnsUntil(() => front.listener.open === 1);
    await turn();
    caller.socket[way]();
    expect(await told.promise).toMatchObject({ code: "LK-2301" });
    await turnsUntil(() => left.length === 1 && front.listener.open === 0);
    expect(left).toEqual([true]);
    expect(await caller.closed).toBe("");
  });
});
