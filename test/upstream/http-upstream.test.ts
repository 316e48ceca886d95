import { describe, expect, test } from "bun:test";
import { makeCall, plainAnswer, startCall, until } from "./support/call.ts";
import { answering, closeAfterEach, holding, startPair } from "./support/pair.ts";
import type { RawConnection } from "./support/raw-server.ts";

closeAfterEach();

describe("a connection", () => {
  test("is used again, one call after the other", async () => {
    const { server, upstream } = startPair(answering());
    for (let index = 0; index < 20; index++) {
      const call = await makeCall(upstream, { body: `{"n":${index}}` });
      expect(call.events).toEqual(["head", "data", "end"]);
    }
    expect(server.connections.map(({ requests }) => requests)).toEqual([20]);
    expect(upstream.stats()).toEqual({ open: 1, idle: 1, busy: 0, queued: 0 });
  });

  test("that was used last is used next, so that the others can grow old", async () => {
    const { held, options } = holding();
    const { server, upstream } = startPair(options);
    const calls = Array.from({ length: 3 }, () => startCall(upstream));
    await until(() => held.length === 3);
    const order = [2, 0, 1];
    for (const [index, place] of order.entries()) {
      held[place]?.send(plainAnswer("ok"));
      await until(() => upstream.stats().idle === index + 1);
    }
    await Promise.all(calls.map(({ over }) => over));
    const again = startCall(upstream);
    await until(() => held.length === 4);
    expect(held[3]).toBe(held[1] as RawConnection);
    held[3]?.send(plainAnswer("ok"));
    await again.over;
    expect(server.connections).toHaveLength(3);
  });

  test.each([
    ["says so", plainAnswer("ok", "connection: close\r\n")],
    ["speaks HTTP/1.0", plainAnswer("ok").replace("1.1", "1.0")],
  ])("is not used again where the upstream %s", async (_, answer) => {
    const { server, upstream } = startPair({ onRequest: (connection) => connection.send(answer) });
    for (let index = 0; index < 3; index++) expect((await makeCall(upstream)).text).toBe("ok");
    expect(server.connections).toHaveLength(3);
    await until(() => upstream.stats().open === 0);
  });

  test("that is sent more than the answer is not used again", async () => {
    const { server, upstream } = startPair({
      onRequest: (connection) => connection.send(plainAnswer("ok") + plainAnswer("smuggled")),
    });
    for (let index = 0; index < 3; index++) expect((await makeCall(upstream)).text).toBe("ok");
    expect(server.connections).toHaveLength(3);
  });

  test("that is sent something while it is unused is destroyed", async () => {
    const { server, upstream } = startPair(answering());
    await makeCall(upstream);
    server.connections[0]?.send(plainAnswer("smuggled"));
    await server.connections[0]?.closed;
    await until(() => upstream.stats().open === 0);
    expect((await makeCall(upstream)).text).toBe("ok");
    expect(server.connections).toHaveLength(2);
  });

  test.each(["GET", "PUT", "DELETE"])(
    "that the upstream closes meanwhile is replaced, and a %s sent once more",
    async (method) => {
      let requests = 0;
      const { server, upstream } = startPair({
        onRequest: (connection) => (++requests === 2 ? connection.end() : connection.send(plainAnswer("ok"))),
      });
      await makeCall(upstream);
      const call = await makeCall(upstream, { method });
      expect(call.events).toEqual(["head", "data", "end"]);
      expect(call.repeats).toBe(1);
      expect(requests).toBe(3);
      expect(server.connections).toHaveLength(2);
    },
  );

  test.each([
    ["POST", 10],
    ["POST", 100_000],
    ["PATCH", 10],
  ] as const)("that the upstream closes after a %s of %d bytes has left fails it", async (method, bytes) => {
    let requests = 0;
    const { upstream } = startPair({
      onRequest: (connection) => (++requests === 1 ? connection.send(plainAnswer("ok")) : connection.end()),
    });
    await makeCall(upstream);
    const call = await makeCall(upstream, { method, body: "x".repeat(bytes) });
    expect({ events: call.events, code: call.error?.code }).toEqual({ events: ["error"], code: "LK-3002" });
    expect(call.repeats).toBe(0);
    // It may have been worked on, and paid for.
    expect(requests).toBe(2);
  });

  test("is replaced once only", async () => {
    let requests = 0;
    const { upstream } = startPair({
      onRequest: (connection) => (++requests === 1 ? connection.send(plainAnswer("ok")) : connection.end()),
    });
    await makeCall(upstream);
    const call = await makeCall(upstream, { method: "GET" });
    expect(call.events).toEqual(["error"]);
    expect(call.error?.code).toBe("LK-3002");
    expect(requests).toBe(3);
  });

  test("that the upstream has closed is never taken", async () => {
    const { server, upstream } = startPair(answering());
    for (let index = 0; index < 3; index++) {
      expect((await makeCall(upstream)).text).toBe("ok");
      server.connections[index]?.end();
      await until(() => upstream.stats().open === 0);
    }
    expect(server.connections.map(({ requests }) => requests)).toEqual([1, 1, 1]);
  });

  test("that fails after the answer has begun is not replaced", async () => {
    let requests = 0;
    const { upstream } = startPair({
      onRequest(connection) {
        if (++requests === 1) return connection.send(plainAnswer("ok"));
        connection.send("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n12");
        connection.end();
      },
    });
    await makeCall(upstream);
    const call = await makeCall(upstream);
    expect({ events: call.events, code: call.error?.code }).toEqual({
      events: ["head", "data", "error"],
      code: "LK-3008",
    });
    expect(requests).toBe(2);
  });

  test("whose answer made no sense is not used again", async () => {
    const { server, upstream } = startPair(answering());
    const first = await makeCall(upstream);
    first.handle?.distrust?.();
    await until(() => upstream.stats().open === 0);
    await makeCall(upstream);
    expect(server.connections.map(({ requests }) => requests)).toEqual([1, 1]);
  });

  test("whose answer made no sense ends with the call that has it already", async () => {
    const { held, options } = holding();
    const { server, upstream } = startPair(options, { maxConnections: 1 });
    const first = startCall(upstream, { onEnd: (call) => call.handle?.distrust?.() });
    const second = startCall(upstream);
    await until(() => held.length === 1);
    held[0]?.send(plainAnswer("no sense"));
    await first.over;
    await until(() => held.length === 2);
    held[1]?.send(plainAnswer("ok"));
    expect((await second.over).text).toBe("ok");
    await until(() => upstream.stats().open === 0);
    expect(server.connections).toHaveLength(1);
  });

  test("that is unused for too long is closed", async () => {
    const { server, upstream } = startPair(answering(), { idleTimeoutMs: 50 });
    await makeCall(upstream);
    await server.connections[0]?.closed;
    await until(() => upstream.stats().open === 0);
  });

  test("is closed before the upstream closes it", async () => {
    const { server, upstream } = startPair(answering("ok", "keep-alive: timeout=1\r\n"));
    await makeCall(upstream);
    await server.connections[0]?.closed;
    await until(() => upstream.stats().open === 0);
  });
});

describe("calls beyond the connections", () => {
  test("wait their turn, and beyond the queue they are refused", async () => {
    const { held, options } = holding();
    const { server, upstream } = startPair(options, { maxConnections: 1, maxQueue: 2 });
    const calls = Array.from({ length: 3 }, (_, index) => startCall(upstream, { path: `/${index}` }));
    const refused = await makeCall(upstream);
    expect(refused.events).toEqual(["error"]);
    expect(refused.error?.code).toBe("LK-5003");
    expect(upstream.stats()).toEqual({ open: 1, idle: 0, busy: 1, queued: 2 });
    for (const [index, call] of calls.entries()) {
      await until(() => held.length === index + 1);
      held[index]?.send(plainAnswer(String(index)));
      expect((await call.over).text).toBe(String(index));
    }
    expect(server.connections).toHaveLength(1);
  });

  test("wait no longer than for a connection", async () => {
    const { held, options } = holding();
    const { upstream } = startPair(options, { maxConnections: 1 });
    const first = startCall(upstream);
    const second = await makeCall(upstream, { timeouts: { connectMs: 30 } });
    expect(second.error?.code).toBe("LK-3003");
    expect(upstream.stats().queued).toBe(0);
    held[0]?.send(plainAnswer("ok"));
    expect((await first.over).text).toBe("ok");
  });

  test("get the place of one that fails", async () => {
    let requests = 0;
    const { server, upstream } = startPair(
      {
        onRequest: (connection) =>
          ++requests === 1 ? connection.reset() : connection.send(plainAnswer("ok")),
      },
      { maxConnections: 1 },
    );
    const [first, second] = [startCall(upstream), startCall(upstream)];
    expect((await first.over).error?.code).toBe("LK-3002");
    expect((await second.over).text).toBe("ok");
    expect(server.connections).toHaveLength(2);
  });
});

describe("closing", () => {
  test("closes unused connections at once, lets calls end and takes no new ones", async () => {
    const { held, options } = holding();
    const { server, upstream } = startPair(options);
    const [first, second] = [startCall(upstream), startCall(upstream)];
    await until(() => held.length === 2);
    held[0]?.send(plainAnswer("ok"));
    await Promise.race([first.over, second.over]);
    upstream.close();
    await held[0]?.closed;
    const refused = await makeCall(upstream);
    expect(refused.error?.code).toBe("LK-5002");
    held[1]?.send(plainAnswer("ok"));
    await Promise.all([first.over, second.over]);
    await until(() => server.standing() === 0);
    expect(upstream.stats()).toEqual({ open: 0, idle: 0, busy: 0, queued: 0 });
  });
});
