import { describe, expect, test } from "bun:test";
import type { Reply } from "../../src/http/exchange.ts";
import { Caller, type Front, repliesIn, startFront, textReply, turnsUntil } from "./support/front.ts";
import { HandProducer, streamReply, unchunked } from "./support/producer.ts";

const GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Begins to drain and tells whether that is over. */
function drain({ listener }: Front): { isOver: boolean; readonly over: Promise<void> } {
  const state = { isOver: false, over: Promise.resolve() };
  state.over = listener.drain().then(() => {
    state.isOver = true;
  });
  return state;
}

/** A front whose replies wait to be let go. */
function startHeld() {
  const waiting: ((reply: Reply) => void)[] = [];
  const front = startFront({ handle: () => new Promise<Reply>((resolve) => waiting.push(resolve)) });
  return { front, waiting };
}

describe("a front that is drained", () => {
  test("is done at once without connections, and takes no new ones", async () => {
    const front = startFront();
    await front.listener.drain();
    const caller = new Caller(front);
    expect(await caller.closed).toBe("");
    expect(caller.failure).toMatchObject({ code: "ECONNREFUSED" });
  });

  test("closes idle connections at once, used before or not", async () => {
    const front = startFront();
    const callers = Array.from({ length: 5 }, () => new Caller(front));
    await turnsUntil(() => front.listener.open === 5);
    await callers[1]?.send("\r\n\r\n\r");
    await callers[0]?.send(GET);
    await callers[0]?.replies(1);
    await turn();
    await front.listener.drain();
    for (const caller of callers) {
      await caller.closed;
      expect(caller.failure).toBeUndefined();
    }
    expect(callers.map(({ received }) => repliesIn(received).length)).toEqual([1, 0, 0, 0, 0]);
  });

  test("lets a busy connection end with its reply, which says so, and serves nothing after it", async () => {
    const { front, waiting } = startHeld();
    const caller = new Caller(front);
    await caller.send(GET + GET);
    await turnsUntil(() => waiting.length === 1);
    const draining = drain(front);
    for (let at = 0; at < 5; at++) await turn();
    expect(draining.isOver).toBe(false);
    waiting[0]?.(textReply("reply"));
    const replies = repliesIn(await caller.closed);
    expect(replies.map(({ body }) => body)).toEqual(["reply"]);
    expect(replies[0]?.head).toContain("\r\nconnection: close\r\n");
    await draining.over;
    expect([waiting.length, front.listener.open]).toEqual([1, 0]);
  });

  test("lets a stream run to its end", async () => {
    const producer = new HandProducer();
    const front = startFront({ handle: () => streamReply(producer) });
    const caller = new Caller(front);
    await caller.send(GET);
    const sink = await producer.started.promise;
    sink.write(Buffer.from("one"));
    sink.flush();
    await caller.until((received) => received.includes("one"));
    const draining = drain(front);
    await turn();
    sink.write(Buffer.from("two"));
    sink.flush();
    await caller.until((received) => received.includes("two"));
    expect(draining.isOver).toBe(false);
    sink.close();
    const received = await caller.closed;
    expect(unchunked(received.slice(received.indexOf("\r\n\r\n") + 4))).toBe("onetwo");
    await draining.over;
    expect(producer.events).toEqual(["start"]);
  });

  test("lets a large reply leave whole", async () => {
    const body = Buffer.alloc(20_000_000, "x").toString("latin1");
    const front = startFront({ handle: () => textReply(body) });
    const caller = new Caller(front);
    caller.socket.pause();
    await caller.send(GET);
    for (let at = 0; at < 10; at++) await turn();
    const draining = drain(front);
    await turn();
    expect(draining.isOver).toBe(false);
    caller.socket.resume();
    expect(repliesIn(await caller.closed)[0]?.body.length).toBe(body.length);
    await draining.over;
  });

  test("answers a request that is half there when it begins, wherever it is cut", async () => {
    const text = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello";
    for (let cut = 1; cut < text.length; cut++) {
      const front = startFront();
      const caller = new Caller(front);
      await turnsUntil(() => front.listener.open === 1);
      await caller.send(text.slice(0, cut));
      await turn();
      const draining = drain(front);
      await turn();
      await caller.send(text.slice(cut));
      const [reply] = repliesIn(await caller.closed);
      expect([cut, reply?.body]).toEqual([cut, "POST / hello"]);
      expect(reply?.head).toContain("\r\nconnection: close\r\n");
      await draining.over;
    }
  });

  test("is done when the last caller leaves", async () => {
    const { front, waiting } = startHeld();
    const caller = new Caller(front);
    await caller.send(GET);
    await turnsUntil(() => waiting.length === 1);
    const draining = drain(front);
    caller.socket.destroy();
    await draining.over;
    expect(front.listener.open).toBe(0);
  });
});

test("closing cuts what is left, and whoever waits or streams is told once", async () => {
  let left = 0;
  const producer = new HandProducer();
  const front = startFront({
    handle: (request) => {
      if (request.path === "/stream") return streamReply(producer);
      request.onLeave = () => left++;
      return new Promise<Reply>(() => {});
    },
  });
  const callers = [GET, GET.replace("/", "/stream"), GET.slice(0, 10)].map((text) => {
    const caller = new Caller(front);
    void caller.send(text);
    return caller;
  });
  await producer.started.promise;
  await turnsUntil(() => front.listener.open === 3);
  await turn();
  const draining = drain(front);
  front.listener.close();
  await draining.over;
  for (const caller of callers) expect(await caller.closed).not.toContain("0\r\n\r\n");
  front.listener.close();
  expect([left, producer.events, front.listener.open]).toEqual([1, ["start", "leave"], 0]);
});
