import { describe, expect, test } from "bun:test";
import { Caller, repliesIn, startFront, textReply, turnsUntil } from "./support/front.ts";

const SHORT = { sweepMs: 5, headMs: 60, idleMs: 60, lingerMs: 60, maxLingerMs: 120 };

/** Sends one byte at each turn until the connection is over. */
async function trickle(caller: Caller, bytes: string): Promise<string> {
  let isOver = false;
  const over = caller.closed.finally(() => {
    isOver = true;
  });
  for (let at = 0; !isOver && at < 1e6; at++) {
    caller.socket.write(bytes.charAt(at % bytes.length));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
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
    const caller = new Caller(front);
    await caller.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
    await trickle(caller, "a");
    expect(repliesIn(caller.received)[0]).toMatchObject({ status: 401, body: "no" });
    await turnsUntil(() => front.listener.open === 0);
  });
});
