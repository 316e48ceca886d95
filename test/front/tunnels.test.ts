import { describe, expect, test } from "bun:test";
import type { Reply, ReplySink, Tunnel } from "../../src/http/exchange.ts";
import { Caller, startFront, textReply, turnsUntil } from "./support/front.ts";

/** A tunnel that a test works by hand. */
class HandTunnel implements Tunnel {
  onRoom: (() => void) | undefined;
  sink: ReplySink | undefined;
  /** What was put in, as latin1. */
  taken = "";
  hasRoom = true;
  readonly events: string[] = [];
  readonly #onStart: (sink: ReplySink) => void;

  constructor(onStart: (sink: ReplySink) => void = () => {}) {
    this.#onStart = onStart;
  }

  start(sink: ReplySink): void {
    this.events.push("start");
    this.sink = sink;
    this.#onStart(sink);
  }

  take(bytes: Uint8Array): boolean {
    this.taken += Buffer.from(bytes).toString("latin1");
    return this.hasRoom;
  }

  pause(): void {
    this.events.push("pause");
  }

  resume(): void {
    this.events.push("resume");
  }

  leave(): void {
    this.events.push("leave");
  }

  say(text: string): void {
    this.sink?.write(Buffer.from(text, "latin1"));
    this.sink?.flush();
  }
}

const ASK = "GET /room HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: test\r\n\r\n";

function switching(body: Tunnel): Reply {
  return { status: 101, headers: "connection: Upgrade\r\nupgrade: test\r\n", body };
}

/** A front that makes a tunnel of each connection whose request is for `/room`, and a caller who has asked for it. */
async function startTunnel(tunnel = new HandTunnel(), behind = "") {
  const front = startFront({
    handle: ({ path }) => (path === "/room" ? switching(tunnel) : textReply(path)),
    timing: { idleMs: 40, headMs: 40, sweepMs: 10 },
  });
  const caller = new Caller(front, { allowHalfOpen: true });
  await caller.send(ASK + behind);
  await caller.until((received) => received.includes("\r\n\r\n"));
  return { front, caller, tunnel };
}

const bodyOf = (received: string): string => received.slice(received.indexOf("\r\n\r\n") + 4);

describe("a connection that becomes a tunnel", () => {
  test("says so in its last head, which frames nothing", async () => {
    const { caller, tunnel } = await startTunnel();
    const [line, ...headers] = caller.received.trimEnd().split("\r\n");
    expect(line).toBe("HTTP/1.1 101 Switching Protocols");
    expect(headers.filter((one) => !one.startsWith("date: "))).toEqual([
      "connection: Upgrade",
      "upgrade: test",
    ]);
    tunnel.say("5\r\nhello\r\n0\r\n\r\n");
    await caller.until((received) => bodyOf(received) === "5\r\nhello\r\n0\r\n\r\n");
  });

  test("puts in what was sent ahead, and all that comes, as it is", async () => {
    const { front, caller, tunnel } = await startTunnel(new HandTunnel(), "GET / HTTP/1.1\r\n\r\n");
    await turnsUntil(() => tunnel.taken !== "");
    await caller.send("\0\xff\r\n\r\n");
    await turnsUntil(() => tunnel.taken.length >= 24);
    expect(tunnel.taken).toBe("GET / HTTP/1.1\r\n\r\n\0\xff\r\n\r\n");
    expect(front.refused).toEqual([]);
  });

  test("gives out what was there before it began", async () => {
    const { caller } = await startTunnel(new HandTunnel((sink) => sink.write(Buffer.from("early"))));
    await caller.until((received) => bodyOf(received) === "early");
  });

  test("stops reading while there is no room, and goes on when there is", async () => {
    const { caller, tunnel } = await startTunnel();
    tunnel.hasRoom = false;
    const total = 64 * 1024 * 1024;
    const sent = caller.send(Buffer.alloc(total, "x"));
    await turnsUntil(() => tunnel.taken !== "");
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(tunnel.taken.length).toBeLessThan(4 * 1024 * 1024);
    tunnel.hasRoom = true;
    tunnel.onRoom?.();
    await sent;
    await turnsUntil(() => tunnel.taken.length === total);
  });

  test("outlasts the time limits of connections without a request", async () => {
    const { front, caller, tunnel } = await startTunnel();
    const other = new Caller(front);
    // The other one is closed for being idle: the limits have passed for both.
    await other.closed;
    await caller.send("still here");
    await turnsUntil(() => tunnel.taken === "still here");
    expect(tunnel.events).toEqual(["start"]);
  });

  test("is left when the caller ends or breaks it", async () => {
    const ended = await startTunnel();
    ended.caller.socket.end("last");
    await turnsUntil(() => ended.tunnel.events.includes("leave"));
    expect(ended.tunnel.taken).toBe("last");
    const broken = await startTunnel();
    broken.caller.socket.resetAndDestroy();
    await turnsUntil(() => broken.tunnel.events.includes("leave"));
    expect([ended.front.listener.open, broken.front.listener.open]).toEqual([0, 0]);
  });

  test("ends in good order: what was given out arrives, whatever the caller is still sending", async () => {
    const { caller, tunnel, front } = await startTunnel();
    const last = "z".repeat(4_000_000);
    caller.socket.on("end", () => caller.socket.end());
    tunnel.say(last);
    tunnel.sink?.close();
    await caller.send("nobody reads this");
    expect(bodyOf(await caller.closed)).toBe(last);
    expect(caller.failure).toBeUndefined();
    expect(tunnel.events).not.toContain("leave");
    await turnsUntil(() => front.listener.open === 0);
  });

  test("never serves a request again, not even after its end", async () => {
    const { caller, tunnel, front } = await startTunnel();
    tunnel.sink?.close();
    await caller.send("GET /other HTTP/1.1\r\nhost: a\r\n\r\n");
    caller.socket.end();
    expect(bodyOf(await caller.closed)).toBe("");
    expect(front.refused).toEqual([]);
  });

  test("is left at once where the caller has gone before the reply", async () => {
    const tunnel = new HandTunnel();
    const reply = Promise.withResolvers<Reply>();
    let left = 0;
    const front = startFront({
      handle(request) {
        request.onLeave = () => left++;
        return reply.promise;
      },
    });
    const caller = new Caller(front);
    await caller.send(ASK);
    caller.socket.end();
    await turnsUntil(() => left === 1);
    reply.resolve(switching(tunnel));
    await turnsUntil(() => tunnel.events.length > 0);
    expect(tunnel.events).toEqual(["leave"]);
  });

  test("holds up a drain until it ends, and is cut by the end of all", async () => {
    const first = await startTunnel();
    let isOver = false;
    const draining = first.front.listener.drain().then(() => {
      isOver = true;
    });
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(isOver).toBe(false);
    first.caller.socket.end();
    await draining;
    const second = await startTunnel();
    second.front.listener.close();
    expect(second.tunnel.events).toEqual(["start", "leave"]);
  });
});
