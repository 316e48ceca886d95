import { describe, expect, test } from "bun:test";
import { makeCall, plainAnswer, startCall, until } from "./support/call.ts";
import { answering, closeAfterEach, startPair } from "./support/pair.ts";
import type { RawConnection } from "./support/raw-server.ts";

closeAfterEach();

describe("a call", () => {
  test.each([
    ["before the first byte", { firstByteMs: 40 }, "LK-3004", ""],
    ["after the head", { firstByteMs: 40 }, "LK-3004", "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n"],
    ["between two pieces", { idleMs: 40 }, "LK-3005", "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n12"],
    ["in all", { totalMs: 40 }, "LK-3006", "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n12"],
  ])("has a limit %s, which frees its connection", async (_, timeouts, code, bytes) => {
    const { server, upstream } = startPair({ onRequest: (connection) => connection.send(bytes) });
    const call = await makeCall(upstream, { timeouts });
    expect(call.error?.code).toBe(code as "LK-3004");
    expect(call.events.at(-1)).toBe("error");
    await server.connections[0]?.closed;
    await until(() => upstream.stats().open === 0);
  });

  test("that is paused is not idle, and gets the rest when it goes on", async () => {
    const total = 30_000_000;
    const { server, upstream } = startPair({
      onRequest(connection) {
        connection.send(`HTTP/1.1 200 OK\r\ncontent-length: ${total}\r\n\r\n`);
        connection.send(Buffer.alloc(total));
      },
    });
    const { promise: paused, resolve } = Promise.withResolvers<void>();
    const call = startCall(upstream, {
      timeouts: { idleMs: 40 },
      onData(recorded) {
        if (recorded.pieces.length > 1) return;
        recorded.handle?.pause();
        resolve();
      },
    });
    await paused;
    // Another call that needs longer than the limit that is not to count.
    await makeCall(upstream, {
      timeouts: { connectMs: 0, firstByteMs: 0, totalMs: 150 },
      path: "/",
      onData: ({ handle }) => handle?.pause(),
    });
    expect(call.events).toEqual(["head", "data"]);
    expect(server.connections[0]?.sentBytes).toBeLessThan(total / 2);
    call.handle?.resume();
    await call.over;
    expect({ events: call.events, bytes: call.bytes }).toEqual({
      events: ["head", "data", "end"],
      bytes: total,
    });
  });

  test.each([
    ["waits in the queue", "queue"],
    ["waits for the head", ""],
    ["has its head", "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n"],
    ["has a part of its body", "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n12"],
  ])("that is given up while it %s hears no more and leaves its place", async (_, bytes) => {
    let requests = 0;
    const { upstream } = startPair(
      {
        onRequest(connection) {
          if (++requests === 1 && bytes !== "queue") connection.send(bytes);
          else if (requests > 1) connection.send(plainAnswer("ok"));
        },
      },
      { maxConnections: 1 },
    );
    const first = startCall(upstream);
    const queued = startCall(upstream);
    const given = bytes === "queue" ? queued : first;
    const events = bytes.endsWith("12") ? 2 : Math.sign(bytes.replace("queue", "").length);
    await until(() => requests === 1 && given.events.length === events);
    given.handle?.abort();
    given.handle?.abort();
    given.handle?.pause();
    given.handle?.resume();
    if (given === queued) {
      expect(upstream.stats().queued).toBe(0);
      first.handle?.abort();
      expect((await makeCall(upstream)).text).toBe("ok");
    } else expect((await queued.over).text).toBe("ok");
    expect(given.events).toHaveLength(events);
    await until(() => upstream.stats().busy === 0);
  });

  test("can be given up by its own receiver, at any time", async () => {
    for (const when of ["onHead", "onData", "onEnd"] as const) {
      const { upstream } = startPair(answering());
      const call = startCall(upstream, {
        [when]: (recorded: { handle?: { abort: () => void } }) => recorded.handle?.abort(),
      });
      await until(() => upstream.stats().busy === 0);
      expect(call.events.at(-1)).toBe(when === "onHead" ? "head" : when === "onData" ? "data" : "end");
      expect((await makeCall(upstream)).text).toBe("ok");
    }
  });

  test("whose receiver throws fails alone", async () => {
    const { upstream } = startPair(answering());
    const fail = (): void => {
      throw new Error("of a receiver");
    };
    expect((await makeCall(upstream, { onHead: fail })).error?.code).toBe("LK-5001");
    expect((await makeCall(upstream, { onData: fail })).error?.code).toBe("LK-5001");
    expect((await makeCall(upstream)).text).toBe("ok");
    expect(upstream.stats().busy).toBe(0);
  });
});

describe("an answer", () => {
  test.each([
    [
      "with interim answers before it",
      `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n${plainAnswer("ok")}`,
      200,
      "ok",
    ],
    [
      "in chunks with a trailer",
      "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\no\r\n1;x=y\r\nk\r\n0\r\nx: y\r\n\r\n",
      200,
      "ok",
    ],
    ["without content", "HTTP/1.1 204 No Content\r\n\r\n", 204, ""],
    ["that nothing has changed", "HTTP/1.1 304 Not Modified\r\ncontent-length: 100\r\n\r\n", 304, ""],
    ["of no length", "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", 200, ""],
  ])("%s leaves its connection usable", async (_, bytes, status, text) => {
    const { server, upstream } = startPair({ onRequest: (connection) => connection.send(bytes) });
    for (let index = 0; index < 2; index++) {
      const call = await makeCall(upstream);
      expect({ status: call.head?.status, text: call.text, code: call.error?.code }).toEqual({
        status,
        text,
        code: undefined,
      });
    }
    expect(server.connections).toHaveLength(1);
  });

  test("to HEAD has no body, whatever its length says", async () => {
    const { server, upstream } = startPair({
      onRequest: (connection) => connection.send("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n"),
    });
    expect((await makeCall(upstream, { method: "HEAD" })).events).toEqual(["head", "end"]);
    expect((await makeCall(upstream, { method: "HEAD" })).head?.contentLength).toBe(100);
    expect(server.connections).toHaveLength(1);
  });

  test("that ends with its connection is whole only where that ends in good order", async () => {
    let requests = 0;
    const { upstream } = startPair({
      onRequest(connection) {
        connection.send("HTTP/1.1 200 OK\r\n\r\nhello");
        if (++requests === 1) connection.end();
      },
    });
    expect((await makeCall(upstream)).events).toEqual(["head", "data", "end"]);
    const call = await makeCall(upstream, { timeouts: { idleMs: 40 } });
    expect({ events: call.events, code: call.error?.code }).toEqual({
      events: ["head", "data", "error"],
      code: "LK-3005",
    });
  });
});

describe("a large request", () => {
  test("arrives whole at an upstream that reads slowly", async () => {
    const body = Buffer.alloc(20_000_000, "latchkey ");
    const digest = Bun.hash(body);
    const received: { connection?: RawConnection; hasPaused: boolean } = { hasPaused: false };
    const { upstream } = startPair({
      onOpen(connection) {
        received.connection = connection;
        connection.socket.pause();
        received.hasPaused = true;
      },
      onRequest: (connection, request) => connection.send(plainAnswer(String(Bun.hash(request.body)))),
    });
    const call = startCall(upstream, { body });
    await until(() => received.hasPaused);
    received.connection?.socket.resume();
    expect((await call.over).text).toBe(String(digest));
  }, 20_000);

  test("may be answered before it is written: the answer counts, the connection does not", async () => {
    const { server, upstream } = startPair({
      onOpen(connection) {
        connection.socket.pause();
        connection.send("HTTP/1.1 413 Content Too Large\r\ncontent-length: 2\r\n\r\nno");
      },
    });
    const call = await makeCall(upstream, { body: Buffer.alloc(20_000_000) });
    expect({ status: call.head?.status, text: call.text }).toEqual({ status: 413, text: "no" });
    await until(() => upstream.stats().open === 0);
    expect(server.connections).toHaveLength(1);
  });
});
