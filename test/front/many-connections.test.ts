import { expect, test } from "bun:test";
import { connect } from "node:net";
import type { ReplySink } from "../../src/http/exchange.ts";
import { Caller, startFront, textReply, turnsUntil } from "./support/front.ts";
import { HandProducer, streamReply, unchunked } from "./support/producer.ts";

const GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const TIMEOUT_MS = 60_000;

test(
  "2,000 streams are open at once, each gets what is its own, and none is left behind",
  async () => {
    const producers = new Map<string, HandProducer>();
    const sinks: [string, ReplySink][] = [];
    const front = startFront({
      handle: ({ path }) => {
        const producer = new HandProducer((sink) => sinks.push([path, sink]));
        producers.set(path, producer);
        return streamReply(producer);
      },
    });
    const callers = Array.from({ length: 2_000 }, () => new Caller(front));
    await Promise.all(callers.map((caller, at) => caller.send(GET.replace("/", `/${at}`))));
    await turnsUntil(() => sinks.length === callers.length);
    expect(front.listener.open).toBe(2_000);
    for (let round = 0; round < 3; round++) {
      for (const [path, sink] of sinks) {
        sink.write(Buffer.from(`${path} ${round};`));
        sink.flush();
      }
      await Promise.all(callers.map((caller, at) => caller.until((all) => all.includes(`/${at} ${round};`))));
    }
    // Every third caller leaves, and its producer alone is told so.
    for (let at = 0; at < callers.length; at += 3) callers[at]?.socket.destroy();
    await turnsUntil(() => front.listener.open === callers.length - 667);
    for (const [, sink] of sinks) sink.close();
    const staying = callers.filter((_, at) => at % 3 !== 0);
    await Promise.all(staying.map((caller) => caller.until((all) => all.endsWith("0\r\n\r\n"))));
    for (const [at, caller] of callers.entries()) {
      expect(producers.get(`/${at}`)?.events).toEqual(at % 3 === 0 ? ["start", "leave"] : ["start"]);
      if (at % 3 === 0) continue;
      const body = unchunked(caller.received.slice(caller.received.indexOf("\r\n\r\n") + 4));
      expect(body).toBe(`/${at} 0;/${at} 1;/${at} 2;`);
      caller.socket.end();
    }
    await turnsUntil(() => front.listener.open === 0);
  },
  TIMEOUT_MS,
);

test(
  "5,000 connections come and go in every way, and none is left behind",
  async () => {
    let left = 0;
    let waited = 0;
    const front = startFront({
      handle: async (request) => {
        if (request.path === "/wait") {
          waited++;
          return new Promise((resolve) => {
            request.onLeave = () => {
              left++;
              resolve(textReply("nobody"));
            };
          });
        }
        if (request.path === "/stream")
          return streamReply(new HandProducer((sink) => sink.write(Buffer.from("a"))));
        try {
          await request.readBody({ maxBytes: 1e6, timeoutMs: 1e6 });
        } catch {
          return textReply("nobody");
        }
        return textReply("reply");
      },
    });
    const post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf";
    const texts = [
      GET,
      GET.replace("/", "/wait"),
      GET.replace("/", "/stream"),
      GET.slice(0, 9),
      post,
      "",
      "NO\n",
      GET + GET,
    ];
    const ends = ["end", "destroy", "resetAndDestroy"] as const;
    /** Opens one, sends, and leaves in one of the ways at one of the moments. */
    const visit = (at: number): Promise<void> =>
      new Promise((resolve) => {
        const way = ends[at % ends.length] ?? "end";
        const text = texts[at % texts.length] ?? "";
        const socket = connect(front.listener.port, "127.0.0.1", () => {
          const leave = (): void => void socket[way]();
          if (at % 5 === 0 || text === "") leave();
          else if (at % 5 === 1) socket.write(text, leave);
          else socket.write(text, () => setImmediate(() => setImmediate(leave)));
        });
        socket.on("data", () => {});
        socket.on("error", () => {});
        socket.on("close", () => resolve());
      });
    for (let at = 0; at < 5_000; at += 250) {
      await Promise.all(Array.from({ length: 250 }, (_, index) => visit(at + index)));
    }
    await turnsUntil(() => front.listener.open === 0);
    expect(waited).toBeGreaterThan(0);
    expect(left).toBe(waited);
    const caller = new Caller(front);
    await caller.send(GET);
    expect((await caller.replies(1))[0]?.body).toBe("reply");
  },
  TIMEOUT_MS,
);
