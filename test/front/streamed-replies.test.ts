import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { Reply } from "../../src/http/exchange.ts";
import { Caller, repliesIn, startFront, textReply, turnsUntil } from "./support/front.ts";
import { HandProducer, streamReply, unchunked } from "./support/producer.ts";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const OLD = "GET / HTTP/1.0\r\n\r\n";

const text = (value: string): Uint8Array => Buffer.from(value, "latin1");

/** Starts a front that answers the first request by the producer, and others at once. */
function startWith(producer: HandProducer, status = 200) {
  let count = 0;
  return startFront({
    handle: (): Reply => (count++ === 0 ? streamReply(producer, status) : textReply("next")),
  });
}

describe("a streamed reply", () => {
  test("leaves piece by piece in chunks, and its connection stays open", async () => {
    const producer = new HandProducer();
    const caller = new Caller(startWith(producer));
    await caller.send(GET);
    const sink = await producer.started.promise;
    const head = await caller.until((received) => received.endsWith("\r\n\r\n"));
    expect(head).toContain("\r\ntransfer-encoding: chunked\r\n");
    expect(head).not.toContain("content-length");
    for (const piece of ["one", "two and more", "3"]) {
      sink.write(text(piece));
      sink.flush();
      await caller.until((received) => received.endsWith(`${piece.length.toString(16)}\r\n${piece}\r\n`));
    }
    sink.close();
    await caller.until((received) => received.endsWith("\r\n0\r\n\r\n"));
    expect(unchunked(caller.received.slice(head.length))).toBe("onetwo and more3");
    const length = caller.received.length;
    await caller.send(GET);
    await caller.until((received) => repliesIn(received.slice(length)).length === 1);
    expect(producer.events).toEqual(["start"]);
  });

  test("ends with its connection in HTTP/1.0, whatever the caller asks for", async () => {
    for (const lines of ["", "Connection: keep-alive\r\n"]) {
      const producer = new HandProducer();
      const caller = new Caller(startWith(producer));
      await caller.send(`GET / HTTP/1.0\r\n${lines}\r\n`);
      const sink = await producer.started.promise;
      sink.write(text("one"));
      sink.flush();
      await caller.until((received) => received.endsWith("one"));
      sink.write(text("two"));
      sink.close();
      const [head, body] = (await caller.closed).split("\r\n\r\n");
      expect(head).toContain("\r\nconnection: close");
      expect(head).not.toMatch(/transfer-encoding|content-length/);
      expect(body).toBe("onetwo");
      expect(caller.failure).toBeUndefined();
    }
  });

  test("holds what was written, however it is cut, flushed and ended", async () => {
    const deed = fc.oneof(
      fc.uint8Array({ maxLength: 50 }),
      fc.constant("flush"),
      fc.integer({ min: 16_000, max: 70_000 }).map((length) => new Uint8Array(length).fill(length % 251)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 12 }), fc.boolean(), async (deeds, isOld) => {
        const producer = new HandProducer((sink) => {
          for (const one of deeds) {
            if (typeof one === "string") sink.flush();
            else sink.write(one);
          }
          sink.close();
        });
        const front = startWith(producer);
        const caller = new Caller(front);
        const request = isOld ? OLD : GET.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
        await caller.send(request);
        const received = await caller.closed;
        const body = received.slice(received.indexOf("\r\n\r\n") + 4);
        const written = deeds.map((one) =>
          typeof one === "string" ? "" : Buffer.from(one).toString("latin1"),
        );
        expect((isOld ? body : unchunked(body)) === written.join("")).toBe(true);
        front.listener.close();
      }),
    );
  });

  test("without anything is empty, not cut", async () => {
    const caller = new Caller(startWith(new HandProducer((sink) => sink.close())));
    await caller.send(GET);
    expect(await caller.until((received) => received.endsWith("0\r\n\r\n"))).toMatch(/\r\n\r\n0\r\n\r\n$/);
  });

  test("takes nothing more after its end", async () => {
    const producer = new HandProducer((sink) => {
      sink.write(text("a"));
      sink.close();
      sink.write(text("b"));
      sink.flush();
      sink.close();
      sink.fail();
    });
    const caller = new Caller(startWith(producer));
    await caller.send(GET + GET);
    await caller.until((received) => received.endsWith("next"));
    expect(caller.received).toContain("\r\n\r\n1\r\na\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n");
  });

  test.each([
    ["HEAD", 200],
    ["GET", 204],
    ["GET", 304],
  ])("to %s with status %d is left instead of started", async (method, status) => {
    const producer = new HandProducer();
    const caller = new Caller(startWith(producer, status));
    await caller.send(GET.replace("GET", method) + GET);
    await caller.until((received) => received.endsWith("next"));
    expect(producer.events).toEqual(["leave"]);
    expect(caller.received.split("\r\n\r\n")[1]).toStartWith("HTTP/1.1 200 OK");
  });
});

describe("a streamed reply that fails", () => {
  test.each([
    ["HTTP/1.1", GET],
    ["HTTP/1.0", OLD],
  ])("is cut in %s, so that nobody takes it for whole", async (_, request) => {
    const producer = new HandProducer();
    const front = startWith(producer);
    const caller = new Caller(front);
    await caller.send(request);
    const sink = await producer.started.promise;
    sink.write(text("part"));
    sink.flush();
    await caller.until((received) => received.includes("part"));
    sink.fail();
    expect(await caller.closed).not.toEndWith("0\r\n\r\n");
    // The end of the connection is the end of a reply in HTTP/1.0: only a reset tells that it is none.
    if (request === OLD) expect(caller.failure).toMatchObject({ code: "ECONNRESET" });
    expect(front.listener.open).toBe(0);
    expect(producer.events).toEqual(["start"]);
  });

  test("before anything has left has no reply at all", async () => {
    const caller = new Caller(startWith(new HandProducer((sink) => sink.fail())));
    await caller.send(GET);
    expect(await caller.closed).toBe("");
  });
});

describe("a slow caller", () => {
  test("pauses the producer, which goes on when it reads, and nothing is lost", async () => {
    const producer = new HandProducer();
    const caller = new Caller(startWith(producer));
    await caller.send(GET);
    const sink = await producer.started.promise;
    await caller.until((received) => received !== "");
    caller.socket.pause();
    const written: string[] = [];
    const fill = (): void => {
      for (let at = 0; !producer.isPaused; at++) {
        written.push(String.fromCharCode(97 + (at % 26)).repeat(30_000));
        sink.write(text(written.at(-1) ?? ""));
      }
    };
    for (let round = 1; round <= 3; round++) {
      fill();
      expect(producer.events.filter((event) => event === "pause")).toHaveLength(round);
      for (let at = 0; at < 20; at++) await turn();
      expect(producer.isPaused).toBe(true);
      caller.socket.resume();
      await turnsUntil(() => !producer.isPaused);
      caller.socket.pause();
    }
    caller.socket.resume();
    sink.close();
    const received = await caller.until((all) => all.endsWith("\r\n0\r\n\r\n"));
    expect(unchunked(received.slice(received.indexOf("\r\n\r\n") + 4)) === written.join("")).toBe(true);
  });

  test("gets a large whole reply, and then the next one", async () => {
    const body = Buffer.alloc(20_000_000, "0123456789abcdefg").toString("latin1");
    const front = startFront({ handle: ({ path }) => textReply(path === "/" ? body : path) });
    const caller = new Caller(front);
    caller.socket.pause();
    await caller.send(GET + GET.replace("/", "/next"));
    await turnsUntil(() => front.listener.open === 1);
    for (let at = 0; at < 20; at++) await turn();
    caller.socket.resume();
    const received = await caller.until((all) => all.endsWith("\r\n\r\n/next"));
    expect(repliesIn(received).map((reply) => reply.body === body || reply.body)).toEqual([true, "/next"]);
  });

  test("that is refused gets all of the refusal, and nothing that it sends meanwhile is served", async () => {
    const body = Buffer.alloc(20_000_000, "x").toString("latin1");
    const front = startFront({ refuse: () => textReply(body, 400) });
    const caller = new Caller(front, { allowHalfOpen: true });
    caller.socket.pause();
    await caller.send("GARBAGE\n");
    await turnsUntil(() => front.refused.length === 1);
    await caller.send(GET);
    for (let at = 0; at < 10; at++) await turn();
    caller.socket.resume();
    await caller.until((received) => repliesIn(received).length === 1);
    caller.socket.end();
    expect(repliesIn(await caller.closed).map((reply) => reply.body.length)).toEqual([body.length]);
    expect([front.served, front.refused.length, caller.failure]).toEqual([[], 1, undefined]);
  });
});
