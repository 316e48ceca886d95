import { describe, expect, test } from "bun:test";
import type { IncomingRequest, Reply } from "../../src/http/exchange.ts";
import { chunked } from "./support/any-request.ts";
import { Caller, exchange, repliesIn, startFront, textReply, turnsUntil } from "./support/front.ts";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const turns = async (count: number): Promise<void> => {
  for (let at = 0; at < count; at++) await turn();
};

const get = (path: string, lines = ""): string => `GET ${path} HTTP/1.1\r\nHost: a\r\n${lines}\r\n`;
const CLOSE = "Connection: close\r\n";

/** A request that differs with its number: without a body, with one of announced length, in chunks. */
function numbered(at: number): { readonly text: string; readonly body: string } {
  const body = `body ${at}`.repeat(at % 7);
  if (at % 3 === 0) return { text: get(`/${at}`), body: "" };
  const head = `POST /${at} HTTP/1.1\r\nHost: a\r\n`;
  if (at % 3 === 1) return { text: `${head}Content-Length: ${body.length}\r\n\r\n${body}`, body };
  return { text: `${head}Transfer-Encoding: chunked\r\n\r\n${chunked(body, [4])}`, body };
}

const NUMBERS = Array.from({ length: 200 }, (_, at) => at);

describe("200 requests in one write", () => {
  test("are answered in their order, with and without bodies", async () => {
    const caller = new Caller(startFront());
    await caller.send(NUMBERS.map((at) => numbered(at).text).join(""));
    const replies = await caller.replies(200);
    expect(replies.map(({ body }) => body)).toEqual(
      NUMBERS.map((at) => `${at % 3 === 0 ? "GET" : "POST"} /${at} ${numbered(at).body}`),
    );
  });

  test("are answered in their order when each takes as long as it likes, one at a time", async () => {
    let underWay = 0;
    let most = 0;
    const front = startFront({
      handle: async ({ path }) => {
        most = Math.max(most, ++underWay);
        await turns(Number(path.slice(1)) % 4);
        underWay--;
        return textReply(path);
      },
    });
    const caller = new Caller(front);
    await caller.send(NUMBERS.map((at) => get(`/${at}`)).join(""));
    expect((await caller.replies(200)).map(({ body }) => body)).toEqual(NUMBERS.map((at) => `/${at}`));
    expect(most).toBe(1);
  });

  test("are answered up to the first that is refused", async () => {
    const front = startFront();
    const texts = NUMBERS.map((at) => (at === 100 ? "GET /\n" : numbered(at).text));
    const replies = repliesIn(await exchange(front, texts.join("")));
    expect(replies.map(({ status }) => status)).toEqual([...Array(100).fill(200), 400]);
    expect(front.served).toHaveLength(100);
  });
});

/** A front whose replies wait until they are let go. */
function startHeld() {
  const asked: IncomingRequest[] = [];
  const waiting: ((reply: Reply) => void)[] = [];
  const front = startFront({
    handle: (request) => {
      asked.push(request);
      return new Promise<Reply>((resolve) => waiting.push(resolve));
    },
  });
  const release = (): void => waiting.shift()?.(textReply(asked[asked.length - 1]?.path ?? ""));
  return { ...front, asked, release };
}

describe("what is sent ahead", () => {
  test("may be half a request, cut anywhere", async () => {
    const [first, second] = [get("/1"), numbered(2).text];
    for (let cut = 1; cut < second.length; cut++) {
      const front = startHeld();
      const caller = new Caller(front);
      await caller.send(first + second.slice(0, cut));
      await turnsUntil(() => front.asked.length === 1);
      front.release();
      await caller.replies(1);
      await caller.send(second.slice(cut));
      await turnsUntil(() => front.asked.length === 2);
      const body = await front.asked[1]?.readBody({ maxBytes: 1e6, timeoutMs: 1e6 });
      expect(Buffer.from(body ?? []).toString()).toBe(numbered(2).body);
      front.release();
      expect((await caller.replies(2))[1]?.body).toBe("/2");
      front.listener.close();
    }
  });

  test("waits its turn in however many pieces it comes", async () => {
    const front = startHeld();
    const caller = new Caller(front);
    await caller.send(get("/1"));
    await turnsUntil(() => front.asked.length === 1);
    for (const character of get("/2")) await caller.send(character);
    await turns(5);
    expect(front.asked).toHaveLength(1);
    front.release();
    await turnsUntil(() => front.asked.length === 2);
  });

  test("is taken in within bounds, and goes on when its turn comes", async () => {
    const front = startHeld();
    const caller = new Caller(front, { allowHalfOpen: true });
    await caller.send(get("/1"));
    await turnsUntil(() => front.asked.length === 1);
    const size = 64 * 1024 * 1024;
    let isSent = false;
    const piece = Buffer.alloc(size, "x");
    void caller.send(`POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: ${size}\r\n\r\n`);
    void caller.send(piece).then(() => {
      isSent = true;
    });
    const before = process.memoryUsage().arrayBuffers;
    await turns(300);
    expect(isSent).toBe(false);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(size / 2);
    front.release();
    await turnsUntil(() => front.asked.length === 2);
    const body = await front.asked[1]?.readBody({ maxBytes: size, timeoutMs: 1e6 });
    expect(body?.length).toBe(size);
    expect(isSent).toBe(true);
  });
});

describe("a connection", () => {
  const old = (path: string, lines = ""): string => get(path, lines).replace("HTTP/1.1", "HTTP/1.0");

  test.each([
    ["HTTP/1.1 stays open", get("/1"), true, undefined],
    ["HTTP/1.1 stays open with keep-alive", get("/1", "Connection: keep-alive\r\n"), true, undefined],
    ["HTTP/1.1 ends when asked to", get("/1", CLOSE), false, "close"],
    [
      "HTTP/1.1 ends when asked to among other options",
      get("/1", "Connection: TE, Close\r\n"),
      false,
      "close",
    ],
    ["close counts more than keep-alive", get("/1", `${CLOSE}Connection: keep-alive\r\n`), false, "close"],
    ["HTTP/1.0 ends", old("/1"), false, "close"],
    ["HTTP/1.0 stays open when asked to", old("/1", "Connection: Keep-Alive\r\n"), true, "keep-alive"],
    ["HTTP/1.0 ends when asked to", old("/1", "Connection: keep-alive, close\r\n"), false, "close"],
  ] as const)("of %s", async (_, text, isKept, connection) => {
    const received = await exchange(startFront(), text + get("/2", CLOSE));
    const replies = repliesIn(received);
    expect(replies.map(({ body }) => body)).toEqual(isKept ? ["GET /1 ", "GET /2 "] : ["GET /1 "]);
    expect(/\r\nconnection: (\S+)\r\n/.exec(replies[0]?.head ?? "")?.[1]).toBe(connection);
  });

  test("takes empty lines before each request, and no other bytes", async () => {
    const text = `\r\n\r\n${get("/1")}\r\n${get("/2", CLOSE)}`;
    for (let cut = 0; cut < text.length; cut++) {
      const caller = new Caller(startFront());
      await caller.send(text.slice(0, cut));
      await turn();
      await caller.send(text.slice(cut));
      expect(repliesIn(await caller.closed).map(({ body }) => body)).toEqual(["GET /1 ", "GET /2 "]);
    }
  });

  test("never serves what comes after its last request, in one write or later", async () => {
    for (const isLater of [false, true]) {
      const front = startFront();
      const caller = new Caller(front, { allowHalfOpen: true });
      await caller.send(get("/1", CLOSE) + (isLater ? "" : get("/2").repeat(50)));
      if (isLater) {
        await caller.replies(1);
        for (let at = 0; at < 5; at++) await caller.send(get("/2"));
      }
      caller.socket.end();
      expect(repliesIn(await caller.closed)).toHaveLength(1);
      expect(front.served.map(({ path }) => path)).toEqual(["/1"]);
      await turnsUntil(() => front.listener.open === 0);
    }
  });
});

describe("a reply without a body", () => {
  const bare = async (method: string, status: number): Promise<string> => {
    const front = startFront({
      handle: ({ path }) => (path === "/1" ? textReply("text", status) : textReply("next")),
    });
    return exchange(front, get("/1").replace("GET", method) + get("/2", CLOSE));
  };

  test("to HEAD has the length that GET would have", async () => {
    const [head, next] = (await bare("HEAD", 200)).split("\r\n\r\n");
    expect(head).toContain("\r\ncontent-length: 4");
    expect(next).toStartWith("HTTP/1.1 200 OK\r\n");
  });

  test.each([204, 304])("of status %d has none and no length", async (status) => {
    for (const method of ["GET", "HEAD"]) {
      const [head, next] = (await bare(method, status)).split("\r\n\r\n");
      expect(head).toStartWith(`HTTP/1.1 ${status} `);
      expect(head).not.toMatch(/content-length|transfer-encoding/);
      expect(next).toStartWith("HTTP/1.1 200 OK\r\n");
    }
  });
});
