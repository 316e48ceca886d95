import { expect, test } from "bun:test";
import type { Socket } from "bun";
import { JoinRoom } from "../../src/http/socket-writer.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import type { Connection } from "../../src/upstream/connection.ts";
import { ConnectionPool } from "../../src/upstream/connection-pool.ts";
import { parseOrigin } from "../../src/upstream/parse-origin.ts";
import { makeCall, plainAnswer } from "./support/call.ts";

/** What a connection's socket does with the next request. */
type Fate = "answers" | "takes nothing" | "takes some and closes";

/** A pool whose connections meet the fates given, one request after the other. */
function poolOf(fates: readonly Fate[]) {
  const left = [...fates];
  let sockets = 0;
  const connect = (({
    data,
    socket: handlers,
  }: Bun.TCPSocketConnectOptions<Connection> & { data: Connection }) => {
    sockets++;
    const socket = {
      data,
      write(bytes: Uint8Array, _offset?: number, length: number = bytes.length) {
        const fate = left.shift();
        if (fate === "takes nothing") return -1;
        if (fate === "answers") queueMicrotask(() => data.onBytes(Buffer.from(plainAnswer("ok"))));
        else queueMicrotask(() => data.onClosed(true));
        return fate === "answers" ? length : 1;
      },
      ...{
        close: () => undefined,
        terminate: () => undefined,
        pause: () => undefined,
        resume: () => undefined,
      },
    };
    queueMicrotask(() => handlers.open?.(socket as unknown as Socket<Connection>));
    return Promise.resolve(socket);
  }) as unknown as typeof Bun.connect<Connection>;
  const pool = new ConnectionPool({
    ...{ origin: parseOrigin("http://upstream.test").origin, maxHeadBytes: 1_000, tls: undefined, connect },
    ...{ maxConnections: 9, maxQueue: 9, idleTimeoutMs: 60_000, clock: systemClock, room: new JoinRoom() },
    onFault: () => undefined,
  });
  const upstream = { send: pool.send.bind(pool), close: () => pool.close() };
  return { upstream, sockets: () => sockets };
}

test("a POST of which no byte has left is sent on another connection, and counts once", async () => {
  const { upstream, sockets } = poolOf(["answers", "takes nothing", "answers"]);
  await makeCall(upstream);
  const call = await makeCall(upstream, { body: "{}" });
  expect(call.text).toBe("ok");
  expect(call.repeats).toBe(0);
  expect(sockets()).toBe(2);
  upstream.close();
});

test("a POST of which a byte has left is not", async () => {
  const { upstream, sockets } = poolOf(["answers", "takes some and closes", "answers"]);
  await makeCall(upstream);
  const call = await makeCall(upstream, { body: "{}" });
  expect(call.error?.code).toBe("LK-3002");
  expect(sockets()).toBe(1);
  upstream.close();
});
