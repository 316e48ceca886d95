import { describe, expect, test } from "bun:test";
import type { ArtifactBackend } from "../../../src/artifact/artifact.ts";
import { Caller, turnsUntil } from "../../front/support/front.ts";
import { agreement, handshake, type RawPeer, startRawSocketServer } from "./support/raw-server.ts";
import { startSocketGateway } from "./support/socket-server.ts";

/** Everything after the head of the first reply. */
function tunnelled({ received }: Pick<Caller, "received">): string {
  const end = received.indexOf("\r\n\r\n");
  return end < 0 ? "" : received.slice(end + 4);
}

/** A gateway, a caller who has sent a handshake and more, and the server's side of it. */
async function startPair(declared: Partial<ArtifactBackend> = {}, answer?: string, behind = "") {
  const server = await startRawSocketServer(answer);
  const gateway = await startSocketGateway([server.origin], declared);
  const caller = new Caller(gateway, { allowHalfOpen: true });
  await caller.send(handshake(`x-api-key: ${gateway.key}\r\n`) + behind);
  const peer = await server.asked();
  return { server, gateway, caller, peer };
}

/** The same, once the tunnel stands. */
async function startTunnel(declared: Partial<ArtifactBackend> = {}) {
  const pair = await startPair(declared, agreement);
  await pair.caller.until((received) => received.includes("\r\n\r\n"));
  return pair;
}

const OTHER = "GET /shop/other HTTP/1.1\r\nhost: a\r\n\r\n";

describe("what stands behind a handshake", () => {
  test("waits for the server's word, and goes through the tunnel then, not into another request", async () => {
    const { server, gateway, caller, peer } = await startPair({}, undefined, OTHER);
    await caller.send("and more");
    // Another request on another connection goes to the server meanwhile, and is untouched by it.
    const second = new Caller(gateway);
    await second.send(`GET /shop/x HTTP/1.1\r\nhost: a\r\nx-api-key: ${gateway.key}\r\n\r\n`);
    const other = await server.asked(1);
    other.send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
    expect((await second.replies(1))[0]?.body).toBe("ok");
    expect(peer.tunnelled).toBe("");
    peer.send(agreement);
    await peer.until(({ tunnelled }) => tunnelled.length >= OTHER.length + 8);
    expect(peer.tunnelled).toBe(`${OTHER}and more`);
    expect(other.received).not.toContain("/other");
    expect(server.peers).toHaveLength(2);
    expect(gateway.rows.map(({ path }) => path)).toEqual(["/shop/x"]);
  });

  test("is held in bounds", async () => {
    const { caller, peer } = await startPair();
    let isTaken = false;
    const flood = caller.send(Buffer.alloc(16 * 1024 * 1024, "x")).then(() => {
      isTaken = true;
    });
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(isTaken).toBe(false);
    peer.send(agreement);
    await flood;
    await peer.until(({ tunnelled }) => tunnelled.length === 16 * 1024 * 1024);
  });

  test("is the next request where the server does not agree", async () => {
    const { server, gateway, caller, peer } = await startPair();
    const key = `x-api-key: ${gateway.key}\r\n`;
    await caller.send(OTHER.replace("\r\n\r\n", `\r\n${key}\r\n`));
    peer.send("HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\n\r\nno");
    (await server.asked(1)).send("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nyes");
    expect((await caller.replies(2)).map(({ status, body }) => [status, body])).toEqual([
      [403, "no"],
      [200, "yes"],
    ]);
    expect(peer.tunnelled).toBe("");
  });

  test("is no request of anybody once the tunnel stands, whatever it looks like", async () => {
    const { server, gateway, caller, peer } = await startTunnel();
    await caller.send(OTHER + OTHER);
    await peer.until((one) => one.tunnelled.length >= 2 * OTHER.length);
    peer.send("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n");
    await caller.until((received) => received.endsWith("5\r\n\r\n"));
    expect(tunnelled(caller)).toBe("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n");
    expect(server.peers).toHaveLength(1);
    expect(gateway.rows).toEqual([]);
  });

  test("of the server's word comes out of the tunnel", async () => {
    const { caller } = await startPair({}, `${agreement}early\0\xff`);
    await caller.until((received) => received.endsWith("\xff"));
    expect(tunnelled(caller)).toBe("early\0\xff");
  });

  test("ends with the connection where the caller asked for that, too", async () => {
    const server = await startRawSocketServer(agreement);
    const gateway = await startSocketGateway([server.origin]);
    const caller = new Caller(gateway);
    const text = handshake(`x-api-key: ${gateway.key}\r\n`).replace("keep-alive", "close");
    await caller.send(`${text}bytes`);
    const peer = await server.asked();
    await peer.until((one) => one.tunnelled === "bytes");
    peer.socket.end("more");
    expect(await caller.closed).toEndWith("\r\n\r\nmore");
  });
});

/** How much of the process's memory is in use after a collection, bytes. */
function memory(): number {
  Bun.gc(true);
  return process.memoryUsage().rss;
}

const MEGABYTE = 1024 * 1024;

describe("the pace of a tunnel", () => {
  test("is the caller's, where the caller is slower", async () => {
    const { caller, peer, gateway } = await startTunnel();
    caller.socket.pause();
    const before = memory();
    let sent = 0;
    const piece = Buffer.alloc(MEGABYTE, "d");
    const total = 200 * MEGABYTE;
    const pump = (): void => {
      while (sent < total) {
        sent += piece.length;
        if (!peer.socket.write(piece)) return void peer.socket.once("drain", pump);
      }
    };
    pump();
    for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
    // Sockets hold some megabytes by themselves.
    expect(sent).toBeLessThan(40 * MEGABYTE);
    expect(memory() - before).toBeLessThan(60 * MEGABYTE);
    caller.socket.removeAllListeners("data");
    let taken = 0;
    caller.socket.on("data", ({ length }) => {
      taken += length;
    });
    caller.socket.resume();
    await turnsUntil(() => taken >= total);
    caller.socket.destroy();
    expect((await gateway.row()).responseBytes).toBe(total);
  }, 30_000);

  test("is the server's, where the server is slower", async () => {
    const { caller, peer, gateway } = await startTunnel();
    peer.socket.pause();
    const before = memory();
    let sent = 0;
    const piece = Buffer.alloc(MEGABYTE, "u");
    const total = 200 * MEGABYTE;
    const pump = (): void => {
      while (sent < total) {
        sent += piece.length;
        if (!caller.socket.write(piece)) return void caller.socket.once("drain", pump);
      }
    };
    pump();
    for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(sent).toBeLessThan(40 * MEGABYTE);
    expect(memory() - before).toBeLessThan(60 * MEGABYTE);
    const head = peer.bytes;
    peer.socket.removeAllListeners("data");
    let taken = 0;
    peer.socket.on("data", ({ length }) => {
      taken += length;
    });
    peer.socket.resume();
    await turnsUntil(() => taken >= total);
    expect(head).toBeGreaterThan(0);
    caller.socket.destroy();
    expect((await gateway.row()).requestBytes).toBe(total);
  }, 30_000);
});

const gone = ({ isClosed, hasEnded }: RawPeer): boolean => isClosed || hasEnded;

describe("the end of a tunnel", () => {
  test("comes when the caller leaves in good order: the server gets all that was sent before", async () => {
    const { caller, peer, gateway } = await startTunnel();
    const last = "x".repeat(3 * MEGABYTE);
    caller.socket.end(last, "latin1");
    await peer.until(gone);
    expect(peer.tunnelled).toHaveLength(last.length);
    expect(await gateway.row()).toMatchObject({ status: 101, errorCode: null, requestBytes: last.length });
  });

  test("comes when the caller is cut off", async () => {
    const { caller, peer, gateway } = await startTunnel();
    await caller.send("bytes");
    await peer.until((one) => one.tunnelled === "bytes");
    caller.socket.resetAndDestroy();
    await peer.until(gone);
    expect(await gateway.row()).toMatchObject({ status: 101, requestBytes: 5 });
  });

  test("comes when the server leaves in good order: the caller gets all that was sent before", async () => {
    const { caller, peer, gateway } = await startTunnel();
    const last = "y".repeat(3 * MEGABYTE);
    caller.socket.pause();
    peer.socket.end(last, "latin1");
    expect(await gateway.row()).toMatchObject({ status: 101, errorCode: null });
    caller.socket.on("end", () => caller.socket.end());
    caller.socket.resume();
    await caller.closed;
    expect(tunnelled(caller)).toHaveLength(last.length);
  });

  test("comes when the server is cut off, and is told in the call log", async () => {
    const { caller, peer, gateway } = await startTunnel();
    peer.send("bytes");
    await caller.until((received) => received.endsWith("bytes"));
    caller.socket.on("end", () => caller.socket.end());
    peer.socket.resetAndDestroy();
    await caller.closed;
    expect(await gateway.row()).toMatchObject({ status: 101, errorCode: "LK-3107", responseBytes: 5 });
  });

  test("does not wait for a caller who goes on sending", async () => {
    const { caller, peer, gateway } = await startTunnel();
    peer.socket.end("bye");
    await gateway.row();
    await caller.send("nobody reads this");
    await caller.until((received) => received.endsWith("bye"));
    caller.socket.end();
    expect(tunnelled({ received: await caller.closed })).toBe("bye");
    expect(peer.tunnelled).not.toContain("nobody");
  });

  test("comes when nothing has passed either way for the backend's idle time", async () => {
    const timeouts = { connectMs: 2_000, firstTokenMs: 5_000, idleMs: 300, totalMs: 20_000 };
    const { caller, peer, gateway } = await startTunnel({ timeouts });
    caller.socket.on("end", () => caller.socket.end());
    await caller.closed;
    await peer.until(gone);
    expect(await gateway.row()).toMatchObject({ status: 101, errorCode: "LK-3112" });
  });
});
