import { describe, expect, test } from "bun:test";
import { renderRequestHead } from "../../src/upstream/request-head.ts";
import { TunnelDialer, type TunnelDialerOptions } from "../../src/upstream/tunnel-dialer.ts";
import type { TunnelHandle, UpstreamTimeouts } from "../../src/upstream/upstream.ts";
import { afterTest } from "../support/after-test.ts";
import { selfSigned } from "../support/self-signed.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { PATIENT, RecordedCall, until } from "./support/call.ts";
import { type RawConnection, type RawServerOptions, startRawServer } from "./support/raw-server.ts";

const AGREEMENT = "HTTP/1.1 101 Switching Protocols\r\nupgrade: echo\r\n\r\n";

/** A call for a tunnel, and what its receiver was told. */
class RecordedTunnel extends RecordedCall {
  tunnel: TunnelHandle | undefined;
  /** How often there was room again. */
  drains = 0;

  onDrain = (): void => {
    this.drains++;
  };
}

/** A server and the dialer that opens tunnels to it. */
function startDialer(server: RawServerOptions, options: Partial<TunnelDialerOptions> = {}) {
  const raw = startRawServer(server);
  const dialer = new TunnelDialer({ origin: raw.origin, ...options });
  afterTest(() => raw[Symbol.dispose]());
  const dial = (timeouts: Partial<UpstreamTimeouts> = {}): RecordedTunnel => {
    const call = new RecordedTunnel({});
    const head = renderRequestHead({ method: "GET", path: "/", host: "a", headers: [] });
    call.tunnel = dialer.send({
      head,
      body: new Uint8Array(),
      timeouts: { ...PATIENT, ...timeouts },
      receiver: call,
    });
    return call;
  };
  return { server: raw, dialer, dial };
}

/** Agrees to the first request of a connection, and sends everything else back. */
function echoing(): RawServerOptions {
  const agreed = new Set<RawConnection>();
  return {
    onBytes(connection, bytes) {
      if (agreed.has(connection)) return connection.send(bytes);
      agreed.add(connection);
      connection.send(AGREEMENT);
    },
  };
}

describe("a tunnel to an upstream", () => {
  test.each(["plain", "TLS"])("carries bytes both ways over %s", async (kind) => {
    const tls = kind === "TLS" ? await selfSigned(tempFolder(), "upstream", "IP:127.0.0.1") : undefined;
    const { dialer, dial, server } = startDialer(
      { ...echoing(), ...(tls !== undefined && { tls }) },
      tls === undefined ? {} : { tls: { ca: tls.cert } },
    );
    const call = dial();
    await until(() => call.head !== undefined);
    const bytes = Buffer.alloc(3_000_000, "latchkey ");
    call.tunnel?.write(bytes);
    await until(() => call.bytes === bytes.length);
    expect(Bun.hash(Buffer.concat(call.pieces))).toBe(Bun.hash(bytes));
    expect(dialer.open).toBe(1);
    call.tunnel?.end();
    await until(() => dialer.open === 0);
    await server.connections[0]?.closed;
    expect(call.events).toEqual(["head", "data"]);
  });

  test("over TLS is not opened to a server that nobody trusts", async () => {
    const tls = await selfSigned(tempFolder(), "other", "DNS:other.example");
    const { dial } = startDialer({ ...echoing(), tls });
    expect((await dial().over).error?.code).toBe("LK-3002");
  });

  test("that is refused is an ordinary answer, and its connection is not used again", async () => {
    const refusal = "HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\n\r\nno";
    const { dialer, dial, server } = startDialer({ onRequest: (connection) => connection.send(refusal) });
    for (let count = 1; count <= 2; count++) {
      const call = await dial().over;
      expect({ events: call.events, text: call.text }).toEqual({
        events: ["head", "data", "end"],
        text: "no",
      });
      await server.connections[count - 1]?.closed;
    }
    expect([dialer.open, server.connections.length]).toEqual([0, 2]);
  });

  test("stops reading while it is paused", async () => {
    const { dial, server } = startDialer({ onRequest: (connection) => connection.send(AGREEMENT) });
    const call = dial();
    await until(() => call.head !== undefined);
    call.tunnel?.pause();
    const [peer] = server.connections;
    const total = 64 * 1024 * 1024;
    peer?.send(Buffer.alloc(total));
    for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(peer?.sentBytes).toBeLessThan(32 * 1024 * 1024);
    call.tunnel?.resume();
    await until(() => call.bytes === total);
    call.tunnel?.abort();
    await peer?.closed;
  });

  test("ends with the upstream's connection", async () => {
    const { dial, dialer } = startDialer({
      onRequest(connection) {
        connection.send(`${AGREEMENT}bye`);
        connection.end();
      },
    });
    const call = dial();
    await call.over;
    expect({ events: call.events, text: call.text }).toEqual({
      events: ["head", "data", "end"],
      text: "bye",
    });
    expect(dialer.open).toBe(0);
    expect(call.tunnel?.write(Buffer.from("late"))).toBe(true);
  });

  test("that breaks is an error", async () => {
    const { dial } = startDialer({
      onRequest(connection) {
        connection.send(AGREEMENT);
        connection.flush();
        connection.reset();
      },
    });
    expect((await dial().over).error?.code).toMatch(/^LK-300[28]$/);
  });

  test("is bounded in time as every call is until it stands, and by its idle time then", async () => {
    const silent = startDialer({ onRequest: () => {} });
    expect((await silent.dial({ firstByteMs: 40 }).over).error?.code).toBe("LK-3004");
    const open = startDialer(echoing());
    const call = await open.dial({ idleMs: 40, totalMs: 20 }).over;
    expect({ head: call.head?.status, code: call.error?.code }).toEqual({ head: 101, code: "LK-3005" });
    expect([silent.dialer.open, open.dialer.open]).toEqual([0, 0]);
  });

  test("is refused beyond a number of them, and once its dialer is closed", async () => {
    const { dial, dialer } = startDialer(echoing(), { maxTunnels: 2 });
    const calls = [dial(), dial()];
    expect((await dial().over).error?.code).toBe("LK-5003");
    await until(() => calls.every(({ head }) => head !== undefined));
    calls[0]?.tunnel?.abort();
    const next = dial();
    await until(() => next.head !== undefined);
    dialer.close();
    expect((await dial().over).error?.code).toBe("LK-5002");
    for (const { tunnel } of [...calls, next]) tunnel?.abort();
    expect(dialer.open).toBe(0);
  });

  test("that is called off before it stands leaves nothing behind", async () => {
    const { dial, dialer, server } = startDialer(echoing());
    const call = dial();
    call.tunnel?.abort();
    expect(dialer.open).toBe(0);
    await until(() => server.standing() === 0);
    expect(call.events).toEqual([]);
  });
});
