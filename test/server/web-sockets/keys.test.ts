import { describe, expect, test } from "bun:test";
import { generateApiKey } from "../../../src/kernel/api-key.ts";
import { rawRequest } from "../../support/raw-request.ts";
import { agreement, handshake, startRawSocketServer } from "./support/raw-server.ts";
import { connectSocket } from "./support/socket-client.ts";
import { startSocketGateway, startSocketServer } from "./support/socket-server.ts";

describe("the key of a WebSocket handshake", () => {
  test("may be a subprotocol, as browsers have to send it, and goes no further", async () => {
    const server = startSocketServer();
    const gateway = await startSocketGateway([server.origin]);
    const client = await connectSocket(gateway, {
      protocols: ["latchkey", `latchkey-key.${gateway.key}`],
      headers: {},
    });
    expect(client.socket.protocol).toBe("latchkey");
    expect(await client.ask("hello")).toBe("hello");
    expect(server.handshakes[0]?.headers.has("sec-websocket-protocol")).toBe(false);
    await client.leave();
    const row = await gateway.row();
    expect(row).toMatchObject({ status: 101, app: "shop", key: "production" });
    expect(JSON.stringify([row, [...(server.handshakes[0]?.headers ?? [])]])).not.toContain(gateway.key);
  });

  test("stands beside the API's own subprotocols, of which the server chooses", async () => {
    const server = startSocketServer({ choosesProtocol: true });
    const gateway = await startSocketGateway([server.origin]);
    const client = await connectSocket(gateway, {
      protocols: [`latchkey-key.${gateway.key}`, "chat.v2", "chat.v1"],
      headers: {},
    });
    expect(client.socket.protocol).toBe("chat.v2");
    expect(server.handshakes[0]?.headers.get("sec-websocket-protocol")).toBe("chat.v2, chat.v1");
    await client.leave();
  });

  test("may stand in the query, and goes no further", async () => {
    const server = startSocketServer();
    const gateway = await startSocketGateway([server.origin]);
    const client = await connectSocket(gateway, { path: `/shop/a?x=1&key=${gateway.key}`, headers: {} });
    expect(server.handshakes[0]?.url).toEndWith("/a?x=1");
    await client.leave();
  });

  test.each([
    ["differs from that of a header", (key: string) => `x-api-key: ${key}\r\n`],
    ["differs from another one", (key: string) => `sec-websocket-protocol: latchkey-key.${key}\r\n`],
  ])("is refused where it %s", async (_, other) => {
    const server = await startRawSocketServer(agreement);
    const gateway = await startSocketGateway([server.origin]);
    const lines = `${other(gateway.key)}sec-websocket-protocol: latchkey-key.${generateApiKey("test")}\r\n`;
    expect(await rawRequest(gateway.url, handshake(lines))).toMatch(/^HTTP\/1.1 400 [\s\S]*LK-2003/);
    expect(server.peers).toEqual([]);
  });

  test("may be sent twice where the two are alike", async () => {
    const server = await startRawSocketServer(agreement);
    const gateway = await startSocketGateway([server.origin]);
    const lines = `x-api-key: ${gateway.key}\r\nsec-websocket-protocol: latchkey-key.${gateway.key}, a\r\n`;
    const answer = rawRequest(gateway.url, handshake(lines));
    const peer = await server.asked();
    peer.socket.end();
    expect(await answer).toStartWith("HTTP/1.1 101 ");
    expect(peer.received).toContain("sec-websocket-protocol: a\r\n");
  });

  test("is none in an ordinary request, and goes no further there, either", async () => {
    const server = await startRawSocketServer("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
    const gateway = await startSocketGateway([server.origin]);
    const protocol = `sec-websocket-protocol: latchkey-key.${gateway.key}\r\n`;
    const get = (lines: string) => `GET /shop/a HTTP/1.1\r\nhost: a\r\n${lines}\r\n`;
    expect(await rawRequest(gateway.url, get(protocol))).toMatch(/^HTTP\/1.1 401 [\s\S]*LK-2001/);
    expect(await rawRequest(gateway.url, get(`${protocol}x-api-key: ${gateway.key}\r\n`))).toEndWith("ok");
    expect((await server.asked()).received).not.toContain(gateway.key);
  });

  test("that is none is refused", async () => {
    const server = await startRawSocketServer(agreement);
    const gateway = await startSocketGateway([server.origin]);
    const lines = "sec-websocket-protocol: latchkey-key.lk_test_nothing\r\n";
    expect(await rawRequest(gateway.url, handshake(lines))).toMatch(/^HTTP\/1.1 401 [\s\S]*LK-2002/);
  });
});
