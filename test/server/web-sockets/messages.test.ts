import { describe, expect, test } from "bun:test";
import { connectSocket } from "./support/socket-client.ts";
import { startSocketGateway, startSocketServer } from "./support/socket-server.ts";

describe("a WebSocket connection to a backend", () => {
  test("carries text and bytes both ways", async () => {
    const server = startSocketServer();
    const client = await connectSocket(await startSocketGateway([server.origin]));
    expect(await client.ask("grüezi ✓")).toBe("grüezi ✓");
    expect(await client.ask("")).toBe("");
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 251);
    expect(await client.ask(bytes)).toEqual(bytes);
    await client.leave();
  });

  test("carries messages of 5 MB both ways", async () => {
    const server = startSocketServer();
    const gateway = await startSocketGateway([server.origin]);
    const client = await connectSocket(gateway);
    const bytes = crypto.getRandomValues(new Uint8Array(65_536));
    const large = new Uint8Array(5_000_000);
    for (let at = 0; at < large.length; at += bytes.length) {
      large.set(bytes.subarray(0, Math.min(bytes.length, large.length - at)), at);
    }
    const back = await client.ask(large);
    expect(Buffer.compare(Buffer.from(back as Uint8Array), Buffer.from(large))).toBe(0);
    await client.leave();
    const row = await gateway.row();
    expect(row.requestBytes).toBeGreaterThan(5_000_000);
    expect(row.responseBytes).toBeGreaterThan(5_000_000);
  });

  test("carries pings and pongs", async () => {
    const server = startSocketServer({
      onOpen: (socket) => void socket.ping("are you there"),
      onMessage: (socket) => void socket.send("after the pong"),
    });
    const client = await connectSocket(await startSocketGateway([server.origin]));
    const pong = Promise.withResolvers<string>();
    client.socket.addEventListener("pong", (event) => {
      pong.resolve(Buffer.from((event as MessageEvent<Uint8Array>).data).toString());
    });
    client.socket.ping(Buffer.from("hello"));
    expect(await pong.promise).toBe("hello");
    expect(await client.ask("x")).toBe("after the pong");
    await client.leave();
  });

  test("ends with the code and the reason of the client", async () => {
    const server = startSocketServer();
    const gateway = await startSocketGateway([server.origin]);
    const client = await connectSocket(gateway);
    await client.leave(4001, "enough");
    await gateway.row();
    expect(server.closes).toEqual([[4001, "enough"]]);
  });

  test("ends with the code and the reason of the server", async () => {
    const server = startSocketServer({ onMessage: (socket) => socket.close(4002, "no more") });
    const client = await connectSocket(await startSocketGateway([server.origin]));
    client.socket.send("x");
    expect(await client.closed).toEqual({ code: 4002, reason: "no more" });
  });

  test("leaves one row when it ends: status, bytes both ways, who and where to", async () => {
    const server = startSocketServer();
    const gateway = await startSocketGateway([server.origin]);
    const client = await connectSocket(gateway, { path: "/shop/echo?room=7" });
    await client.ask("hello");
    expect(gateway.rows).toEqual([]);
    await client.leave();
    const row = await gateway.row();
    expect(row).toMatchObject({
      status: 101,
      errorCode: null,
      method: "GET",
      path: "/shop/echo",
      tenant: "acme",
      app: "shop",
      service: "texts",
      endpoint: "shop@1.0.0",
      target: new URL(server.origin).host,
      attempts: 1,
    });
    // A masked frame of 5 bytes and a close frame; the frame that came back and its close frame.
    expect([row.requestBytes, row.responseBytes]).toEqual([11 + 8, 7 + 4]);
    expect(row.latencyUs).toBeGreaterThanOrEqual(row.firstByteUs ?? Infinity);
    expect(gateway.rows).toHaveLength(1);
    expect(gateway.gateway.active()).toBe(0);
  });
});
