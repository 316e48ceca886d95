import { describe, expect, test } from "bun:test";
import type { Reply } from "../../src/http/exchange.ts";
import { Caller, repliesIn, startFront, textReply, turnsUntil } from "./support/front.ts";

const SHORT = { sweepMs: 5, headMs: 60, idleMs: 60, lingerMs: 60, maxLingerMs: 120 };

/** Sends one byte at each turn of the event loop until the connection is over. */
async function trickle(caller: Caller, bytes: string): Promise<string> {
  let isOver = false;
  const over = caller.closed.finally(() => {
    isOver = true;
  });
  let at = 0;
  await turnsUntil(() => {
    caller.socket.write(bytes.charAt(at++ % bytes.length));
    return isOver;
  });
  return over;
}

describe("time limits", () => {
  test.each(["GET", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\r"])(
    "a head that stops after %j is answered with 408",
    async (start) => {
      const front = startFront({ timing: SHORT });
      const caller = new Caller(front);
      await caller.send(start);
      const replies = repliesIn(await caller.closed);
      expect(replies.map(({ status, body }) => [status, body])).toEqual([[408, "LK-2116"]]);
      expect(front.refused.map(({ error }) => error.code)).toEqual(["LK-2116"]);
    },
  );

  test("a head that trickles without end is answered with 408 all the same", async () => {
    const caller = new Caller(startFront({ timing: SHORT }));
    await caller.send("GET /");
    expect(repliesIn(await trickle(caller, "a"))[0]).toMatchObject({ status: 408, body: "LK-2116" });
  });

  test("a connection without a request is closed, empty lines or not", async () => {
    expect(await new Caller(startFront({ timing: SHORT })).closed).toBe("");
    expect(await trickle(new Caller(startFront({ timing: SHORT })), "\r\n")).toBe("");
  });

  test("a caller that goes on sending after its reply is let go in the end", async () => {
    const front = startFront({ timing: SHORT, handle: () => textReply("no", 401) });
    const caller = new Caller(front, { allowHalfOpen: true });
    await caller.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
    await trickle(caller, "a");
    expect(repliesIn(caller.received)[0]).toMatchObject({ status: 401, body: "no" });
    await turnsUntil(() => front.listener.open === 0);
  });

  test("a caller that neither sends nor closes after its reply is let go as well", async () => {
    const front = startFront({ timing: SHORT, handle: () => textReply("no", 401) });
    const caller = new Caller(front, { allowHalfOpen: true });
    await caller.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
    await caller.replies(1);
    await turnsUntil(() => front.listener.open === 0);
  });

  test("a caller that takes nothing of its reply is cut", async () => {
    const body = Buffer.alloc(20_000_000, "x").toString("latin1");
    const front = startFront({ timing: { sweepMs: 5, stalledMs: 60 }, handle: () => textReply(body) });
    const caller = new Caller(front);
    caller.socket.pause();
    await caller.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    await turnsUntil(() => front.listener.open === 1);
    await turnsUntil(() => front.listener.open === 0);
    caller.socket.resume();
    expect((await caller.closed).length).toBeLessThan(body.length);
  });

  test("a body that does not come is answered with 408, and one that has begun as well", async () => {
    for (const start of ["", "hel"]) {
      const caller = new Caller(startFront({ timeoutMs: 30 }));
      await caller.send(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n${start}`);
      const [reply] = repliesIn(await caller.closed);
      expect(reply).toMatchObject({ status: 408, body: "LK-2109" });
    }
  });

  test("none of them ends a connection whose request takes its time", async () => {
    const reply = Promise.withResolvers<Reply>();
    const timing = { sweepMs: 1, headMs: 1, idleMs: 1, stalledMs: 1, lingerMs: 1, maxLingerMs: 1 };
    const front = startFront({ timing, handle: () => reply.promise });
    const busy = new Caller(front);
    await busy.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    // Idle ones come and go at the same looks.
    for (let looks = 0; looks < 10; looks++) await new Caller(front).closed;
    reply.resolve(textReply("late"));
    expect(repliesIn(await busy.closed)[0]?.body).toBe("late");
  });
});
