import { describe, expect, test } from "bun:test";
import type { IncomingRequest, Reply } from "../../src/http/exchange.ts";
import { Caller, startFront, textReply, turnsUntil } from "./support/front.ts";
import { HandProducer, streamReply } from "./support/producer.ts";

const GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const ways = ["end", "resetAndDestroy"] as const;

/** A front whose first reply waits, and how often it was told that its caller has left. */
function startWaiting() {
  const reply = Promise.withResolvers<Reply>();
  const seen = { left: 0, request: undefined as IncomingRequest | undefined };
  const front = startFront({
    handle: (request) => {
      seen.request = request;
      request.onLeave = () => seen.left++;
      return reply.promise;
    },
  });
  return { front, reply, seen };
}

describe("a caller that leaves", () => {
  test.each(ways)("before its head is whole is seen by nobody: %s", async (way) => {
    for (let cut = 0; cut < GET.length; cut += 5) {
      const front = startFront();
      const caller = new Caller(front);
      await caller.send(GET.slice(0, cut));
      await turnsUntil(() => front.listener.open === 1);
      caller.socket[way]();
      await turnsUntil(() => front.listener.open === 0);
      expect([front.served, front.refused, await caller.closed]).toEqual([[], [], ""]);
    }
  });

  test.each(ways)("while it waits is told of once, at once: %s", async (way) => {
    const { front, reply, seen } = startWaiting();
    const caller = new Caller(front);
    await caller.send(GET);
    await turnsUntil(() => seen.request !== undefined);
    expect([seen.left, seen.request?.hasLeft]).toEqual([0, false]);
    caller.socket[way]();
    await turnsUntil(() => seen.left > 0);
    expect([seen.left, seen.request?.hasLeft, front.listener.open]).toEqual([1, true, 0]);
    // A reply that comes all the same is dropped, and one that is made piece by piece is told so.
    const producer = new HandProducer();
    reply.resolve(streamReply(producer));
    await turnsUntil(() => producer.events.length > 0);
    expect(producer.events).toEqual(["leave"]);
    front.listener.close();
    expect(seen.left).toBe(1);
  });

  test("while it waits, with a further request sent ahead, is told of once and served no more", async () => {
    const { front, reply, seen } = startWaiting();
    const caller = new Caller(front);
    await caller.send(GET + GET);
    await turnsUntil(() => seen.request !== undefined);
    const first = seen.request;
    caller.socket.resetAndDestroy();
    await turnsUntil(() => seen.left > 0);
    reply.resolve(textReply("nobody"));
    for (let at = 0; at < 5; at++) await turn();
    expect(seen).toEqual({ left: 1, request: first });
  });

  test.each(ways)("during a stream is told of once, by its producer alone: %s", async (way) => {
    for (const isPaused of [false, true]) {
      let left = 0;
      const producer = new HandProducer();
      const front = startFront({
        handle: (request) => {
          request.onLeave = () => left++;
          return streamReply(producer);
        },
      });
      const caller = new Caller(front);
      await caller.send(GET);
      const sink = await producer.started.promise;
      sink.write(Buffer.from("a"));
      sink.flush();
      await caller.until((received) => received.includes("\r\n\r\n1\r\na\r\n"));
      if (isPaused) {
        caller.socket.pause();
        while (!producer.isPaused) sink.write(Buffer.alloc(100_000));
      }
      // Unread bytes would be in the way of an orderly end.
      if (isPaused) caller.socket.destroy();
      else caller.socket[way]();
      await turnsUntil(() => front.listener.open === 0);
      sink.write(Buffer.from("b"));
      sink.close();
      expect(producer.events.filter((event) => event === "leave")).toHaveLength(1);
      expect(left).toBe(0);
    }
  });

  test.each(ways)("after the last byte is told to nobody: %s", async (way) => {
    for (const isStream of [false, true]) {
      let left = 0;
      const producer = new HandProducer((sink) => {
        sink.write(Buffer.from("last"));
        sink.close();
      });
      const front = startFront({
        handle: (request) => {
          request.onLeave = () => left++;
          return isStream ? streamReply(producer) : textReply("last");
        },
      });
      const caller = new Caller(front);
      await caller.send(GET);
      await caller.until((received) => received.includes("last"));
      caller.socket[way]();
      await turnsUntil(() => front.listener.open === 0);
      expect([left, producer.events]).toEqual([0, isStream ? ["start"] : []]);
    }
  });

  test("has no address any more", async () => {
    const { front, seen } = startWaiting();
    const caller = new Caller(front);
    await caller.send(GET);
    await turnsUntil(() => seen.request !== undefined);
    expect(seen.request?.remoteAddress).toBe("127.0.0.1");
    caller.socket.destroy();
    await turnsUntil(() => seen.left > 0);
    expect(seen.request?.remoteAddress).toBe("");
  });
});
