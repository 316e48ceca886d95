import { describe, expect, test } from "bun:test";
import type { ArtifactBackend } from "../../../src/artifact/artifact.ts";
import { Caller } from "../../front/support/front.ts";
import { afterTest } from "../../support/after-test.ts";
import { noSuccession } from "../../support/artifact-defaults.ts";
import { upstreamSecret } from "../../support/gateway-fixture.ts";
import { rawRequest } from "../../support/raw-request.ts";
import { backend, startBackendGateway, upstreamAt } from "../backends/support/backend-gateway.ts";
import { agreement, handshake, sampleAccept, startRawSocketServer } from "./support/raw-server.ts";
import { connectSocket } from "./support/socket-client.ts";
import { startSocketGateway, startSocketServer } from "./support/socket-server.ts";

/** A gateway whose server agrees to everything, and what it answers to a handshake up to the end of its head or body. */
async function startRaw(declared: Partial<ArtifactBackend> = {}, answer = agreement) {
  const server = await startRawSocketServer(answer);
  const gateway = await startSocketGateway([server.origin], declared);
  const shake = async (text: string): Promise<string> => {
    const caller = new Caller(gateway);
    await caller.send(text);
    const head = await caller.until((received) => received.includes("\r\n\r\n"));
    const length = Number(/\r\ncontent-length: (\d+)/.exec(head)?.[1] ?? 0);
    const whole = head.indexOf("\r\n\r\n") + 4 + length;
    return await caller.until((received) => received.length >= whole);
  };
  return { server, gateway, shake, key: `x-api-key: ${gateway.key}\r\n` };
}

describe("a WebSocket handshake", () => {
  test("goes to the server like any request: rewritten, with the backend's credential, without the caller's", async () => {
    const { server, shake, key } = await startRaw({
      routes: [{ methods: ["GET"], path: "/rooms/{id}", rewritePath: "/v2/{id}/live", operation: null }],
      auth: { kind: "bearer", token: { kind: "secret", source: "env", name: "UPSTREAM_KEY" } },
      requestHeaders: { set: [["x-set", "yes"]], remove: ["x-gone"] },
    });
    await shake(
      handshake(
        `${key}x-gone: 1\r\nx-kept: 2\r\nsec-websocket-extensions: permessage-deflate; client_max_window_bits\r\n` +
          "sec-websocket-protocol: chat, superchat\r\nhttp2-settings: AAMAAABkAAQAAP__\r\n",
        "/shop/rooms/7?since=9",
      ),
    );
    const { received } = await server.asked();
    const [line, ...headers] = received.split("\r\n\r\n", 1)[0]?.split("\r\n") ?? [];
    expect(line).toBe("GET /v2/7/live?since=9 HTTP/1.1");
    expect(headers.filter((one) => !/^(?:x-request-id|x-forwarded-\w+):/.test(one)).sort()).toEqual([
      `authorization: Bearer ${upstreamSecret}`,
      "connection: Upgrade",
      `host: ${new URL(server.origin).host}`,
      "sec-websocket-extensions: permessage-deflate; client_max_window_bits",
      "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==",
      "sec-websocket-protocol: chat, superchat",
      "sec-websocket-version: 13",
      "upgrade: websocket",
      "via: 1.1 latchkey",
      "x-kept: 2",
      "x-set: yes",
    ]);
  });

  test("is answered with the server's headers and the gateway's own", async () => {
    const { gateway, shake, key } = await startRaw(
      { responseHeaders: { set: [["x-by", "gateway"]], remove: ["server"] } },
      agreement.replace(
        "\r\n\r\n",
        "\r\nServer: secret/1\r\nSec-WebSocket-Extensions: permessage-deflate\r\nSec-WebSocket-Protocol: chat\r\n\r\n",
      ),
    );
    const reply = await shake(handshake(key));
    expect(reply).toStartWith("HTTP/1.1 101 Switching Protocols\r\n");
    const headers = reply.toLowerCase().split("\r\n").slice(1, -2).sort();
    expect(headers.filter((one) => !/^(?:date|x-request-id|x-latchkey-artifact):/.test(one))).toEqual([
      "connection: upgrade",
      `sec-websocket-accept: ${sampleAccept.toLowerCase()}`,
      "sec-websocket-extensions: permessage-deflate",
      "sec-websocket-protocol: chat",
      "upgrade: websocket",
      "x-by: gateway",
    ]);
    expect(reply).toContain(`x-latchkey-artifact: ${gateway.gateway.tables().hash}`);
    expect(reply).not.toContain("transfer-encoding");
  });

  test("to a deprecated version says so", async () => {
    const { shake, key } = await startRaw({
      status: "deprecated",
      ...noSuccession,
      deprecatedAtMs: Date.parse("2026-01-01T00:00:00Z"),
      sunsetAtMs: Date.parse("2027-01-01T00:00:00Z"),
    });
    const reply = await shake(handshake(key));
    expect(reply).toStartWith("HTTP/1.1 101 ");
    expect(reply).toContain("deprecation: @1767225600\r\n");
    expect(reply).toContain("sunset: Fri, 01 Jan 2027 00:00:00 GMT\r\n");
  });

  test("to a retired version, without a grant, on no path, with no key is refused as every request is", async () => {
    const server = await startRawSocketServer(agreement);
    const upstreams = [upstreamAt(server.origin)];
    const gateway = await startBackendGateway(
      [
        backend({ upstreams, webSocket: true, status: "retired" }),
        backend({ name: "other", basePath: "/other", upstreams, webSocket: true }),
      ],
      { granted: [0] },
    );
    afterTest(() => gateway.stop());
    const ask = (path: string, lines: string) => rawRequest(gateway.url, handshake(lines, path));
    const key = `x-api-key: ${gateway.key}\r\n`;
    expect(await ask("/shop/room", key)).toMatch(/^HTTP\/1.1 410 [\s\S]*LK-2008/);
    expect(await ask("/other/room", key)).toMatch(/^HTTP\/1.1 404 [\s\S]*LK-2006/);
    expect(await ask("/nothing", key)).toMatch(/^HTTP\/1.1 404 [\s\S]*LK-2006/);
    expect(await ask("/other/room", "")).toMatch(/^HTTP\/1.1 401 [\s\S]*LK-2001/);
    expect(server.peers).toEqual([]);
  });

  test("to a route that takes other methods only is refused", async () => {
    const { server, shake, key } = await startRaw({
      routes: [{ methods: ["POST"], path: "/room", rewritePath: null, operation: null }],
    });
    expect(await shake(handshake(key))).toMatch(/^HTTP\/1.1 405 [\s\S]*allow: POST\r\n/);
    expect(server.peers).toEqual([]);
  });

  test("to a backend that takes none is refused, and the connection serves on", async () => {
    const server = await startRawSocketServer("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
    const gateway = await startSocketGateway([server.origin], { webSocket: false });
    const caller = new Caller(gateway);
    const key = `x-api-key: ${gateway.key}\r\n`;
    await caller.send(handshake(key));
    const [refusal] = await caller.replies(1);
    expect([refusal?.status, JSON.parse(refusal?.body ?? "").error.code]).toEqual([400, "LK-2124"]);
    expect(server.peers).toEqual([]);
    await caller.send(`GET /shop/room HTTP/1.1\r\nhost: a\r\n${key}\r\n`);
    expect((await caller.replies(2))[1]).toMatchObject({ status: 200, body: "ok" });
  });

  test.each([
    ["without a key", (text: string) => text.replace(/sec-websocket-key.*\r\n/, ""), "sec-websocket-key"],
    ["with a short key", (text: string) => text.replace("dGhl", ""), "sec-websocket-key"],
    [
      "with two keys",
      (text: string) => text.replace(/(sec-websocket-key.*\r\n)/, "$1$1"),
      "sec-websocket-key",
    ],
    [
      "without a version",
      (text: string) => text.replace(/sec-websocket-v.*\r\n/, ""),
      "sec-websocket-version",
    ],
    [
      "with a body",
      (text: string) => text.replace("\r\n\r\n", "\r\ncontent-length: 4\r\n\r\nbody"),
      "content-length",
    ],
  ])("%s is refused, with the header's name", async (_, change, param) => {
    const { server, shake, key } = await startRaw();
    const reply = await shake(change(handshake(key)));
    expect(reply).toStartWith("HTTP/1.1 400 ");
    expect(JSON.parse(reply.split("\r\n\r\n")[1] ?? "").error).toMatchObject({ code: "LK-2125", param });
    expect(server.peers).toEqual([]);
  });

  test("in another version is told which one is spoken", async () => {
    const { server, shake, key } = await startRaw();
    const reply = await shake(handshake(key).replace("version: 13", "version: 8"));
    expect(reply).toStartWith("HTTP/1.1 426 Upgrade Required\r\n");
    expect(reply).toContain("sec-websocket-version: 13\r\n");
    expect(reply).toContain("LK-2126");
    expect(server.peers).toEqual([]);
  });
});

describe("a request that is no WebSocket handshake", () => {
  test.each([
    ["asks for another protocol", (text: string) => text.replace("upgrade: WebSocket", "upgrade: h2c")],
    ["does not name it in connection", (text: string) => text.replace("keep-alive, Upgrade", "keep-alive")],
    ["is a POST", (text: string) => text.replace("GET", "POST")],
    ["is in HTTP/1.0", (text: string) => text.replace("HTTP/1.1", "HTTP/1.0")],
  ])("because it %s is an ordinary one, whatever the backend takes", async (_, change) => {
    for (const webSocket of [true, false]) {
      const { server, shake, key } = await startRaw(
        { webSocket },
        "HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\nordinary",
      );
      expect(await shake(change(handshake(key)))).toMatch(/^HTTP\/1.1 200 [\s\S]*ordinary$/);
      const { received } = await server.asked();
      expect(received).not.toMatch(/^(?:upgrade|connection):/im);
    }
  });

  test("gets no tunnel when the server switches all the same", async () => {
    const { shake, key } = await startRaw();
    const reply = await shake(handshake(key).replace("upgrade: WebSocket", "upgrade: h2c"));
    expect(reply).toMatch(/^HTTP\/1.1 502 [\s\S]*LK-3106/);
  });
});

describe("a server that does not agree", () => {
  test("is heard: its answer goes to the caller, and the connection serves on", async () => {
    let count = 0;
    const server = startSocketServer({
      answer: () =>
        count++ === 0
          ? new Response("not you", { status: 403, headers: { "x-why": "mood" } })
          : new Response("ordinary"),
    });
    const gateway = await startSocketGateway([server.origin]);
    const caller = new Caller(gateway);
    const key = `x-api-key: ${gateway.key}\r\n`;
    await caller.send(handshake(key));
    const [refusal] = await caller.replies(1);
    expect(refusal).toMatchObject({ status: 403, body: "not you" });
    expect(refusal?.head).toContain("x-why: mood\r\n");
    await caller.send(`GET /shop/x HTTP/1.1\r\nhost: a\r\n${key}\r\n`);
    expect((await caller.replies(2))[1]).toMatchObject({ status: 200, body: "ordinary" });
    expect(await gateway.row()).toMatchObject({ status: 403, responseBytes: 7 });
  });

  test.each([
    ["does not know the key", agreement.replace(sampleAccept, sampleKeyOfAnother())],
    ["switches to something else", agreement.replace("Upgrade: websocket", "Upgrade: h2c")],
    ["does not say to what it switches", agreement.replace("Upgrade: websocket\r\n", "")],
    ["is no HTTP server", "SSH-2.0-OpenSSH\r\n\r\n"],
  ])("because it %s gets no tunnel", async (_, answer) => {
    const { server, gateway, shake, key } = await startRaw({}, answer);
    expect(await shake(handshake(key))).toMatch(/^HTTP\/1.1 502 [\s\S]*LK-3106/);
    await (await server.asked()).until(({ isClosed, hasEnded }) => isClosed || hasEnded);
    expect(await gateway.row()).toMatchObject({ status: 502, errorCode: "LK-3106" });
  });

  test("in time is given up", async () => {
    const timeouts = { connectMs: 2_000, firstTokenMs: 60, idleMs: 5_000, totalMs: 20_000 };
    const server = await startRawSocketServer();
    const gateway = await startSocketGateway([server.origin], { timeouts });
    const reply = await rawRequest(gateway.url, handshake(`x-api-key: ${gateway.key}\r\n`));
    expect(reply).toMatch(/^HTTP\/1.1 504 [\s\S]*LK-3103/);
  });

  test("is not asked any longer when the caller leaves", async () => {
    const server = await startRawSocketServer();
    const gateway = await startSocketGateway([server.origin]);
    const caller = new Caller(gateway);
    await caller.send(handshake(`x-api-key: ${gateway.key}\r\n`));
    const peer = await server.asked();
    caller.socket.destroy();
    await peer.until(({ isClosed, hasEnded }) => isClosed || hasEnded);
    expect(await gateway.row()).toMatchObject({ status: 499, errorCode: "LK-2301" });
  });
});

describe("several servers", () => {
  test("stand in for one that cannot be reached", async () => {
    const [bad, good] = [startSocketServer(), startSocketServer()];
    bad.stop();
    const gateway = await startSocketGateway([bad.origin, good.origin]);
    const client = await connectSocket(gateway);
    expect(await client.ask("hello")).toBe("hello");
    await client.leave();
    expect(await gateway.row()).toMatchObject({ attempts: 2, target: new URL(good.origin).host });
  });

  test("that cannot be reached at all are an error", async () => {
    const bad = startSocketServer();
    bad.stop();
    const gateway = await startSocketGateway([bad.origin]);
    const reply = await rawRequest(gateway.url, handshake(`x-api-key: ${gateway.key}\r\n`));
    expect(reply).toMatch(/^HTTP\/1.1 502 [\s\S]*LK-3101/);
  });

  test("over TLS are not believed without a certificate that is trusted", async () => {
    const server = await startRawSocketServer(agreement);
    const gateway = await startSocketGateway([server.origin.replace("http:", "https:")]);
    const reply = await rawRequest(gateway.url, handshake(`x-api-key: ${gateway.key}\r\n`));
    expect(reply).toMatch(/^HTTP\/1.1 502 [\s\S]*LK-3101/);
    // A greeting of TLS, and nothing of the request.
    expect((await server.asked()).received.charCodeAt(0)).toBe(22);
    expect(server.peers[0]?.received).not.toContain("GET");
  });
});

/** What would answer another key. */
function sampleKeyOfAnother(): string {
  return `A${sampleAccept.slice(1)}`;
}
