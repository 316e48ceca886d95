import { beforeAll, describe, expect, test } from "bun:test";
import { type Certificate, selfSigned } from "../support/self-signed.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { makeCall } from "./support/call.ts";
import { answering, closeAfterEach, startPair } from "./support/pair.ts";

closeAfterEach();

const folder = tempFolder();

let ours: Certificate;
let foreign: Certificate;
let byName: Certificate;

beforeAll(async () => {
  ours = await selfSigned(folder, "upstream", "IP:127.0.0.1,DNS:localhost");
  foreign = await selfSigned(folder, "other.example", "DNS:other.example");
  byName = await selfSigned(folder, "upstream", "DNS:localhost");
});

describe("TLS", () => {
  test("with a certificate that is trusted works, and its connection is used again", async () => {
    const { server, upstream } = startPair({ ...answering(), tls: ours }, { tls: { ca: ours.cert } });
    for (let index = 0; index < 3; index++) expect((await makeCall(upstream)).text).toBe("ok");
    expect(server.connections.map(({ requests }) => requests)).toEqual([3]);
  });

  test("with a certificate that nobody trusts fails before anything is sent", async () => {
    const { server, upstream } = startPair({ ...answering(), tls: ours });
    const call = await makeCall(upstream, { body: "secret" });
    expect({ events: call.events, code: call.error?.code }).toEqual({ events: ["error"], code: "LK-3002" });
    expect(call.error?.internal).toContain("TLS");
    expect(server.connections.every(({ requests }) => requests === 0)).toBe(true);
    expect(upstream.stats()).toEqual({ open: 0, idle: 0, busy: 0, queued: 0 });
  });

  test("with another one's certificate fails, trusted or not", async () => {
    for (const trusted of [foreign, byName]) {
      const { server, upstream } = startPair({ ...answering(), tls: trusted }, { tls: { ca: trusted.cert } });
      const call = await makeCall(upstream);
      expect({ events: call.events, code: call.error?.code }).toEqual({ events: ["error"], code: "LK-3002" });
      expect(server.connections.every(({ requests }) => requests === 0)).toBe(true);
    }
  });

  test("checks the name that the certificate has to have", async () => {
    const named = { serverName: "localhost", ca: byName.cert };
    const { upstream } = startPair({ ...answering(), tls: byName }, { tls: named });
    expect((await makeCall(upstream)).text).toBe("ok");
  });

  test("where the server speaks none fails", async () => {
    const { server, upstream } = startPair({
      onBytes: (connection) => {
        connection.send("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");
        connection.end();
      },
    });
    const secure = startPair(
      { ...answering(), tls: ours },
      {
        origin: { ...server.origin, protocol: "https" },
        tls: { ca: ours.cert },
      },
    );
    const call = await makeCall(secure.upstream, { timeouts: { connectMs: 5_000 } });
    expect({ events: call.events, code: call.error?.code }).toEqual({ events: ["error"], code: "LK-3002" });
    upstream.close();
  });

  test("where the server is silent lasts no longer than connecting may", async () => {
    const { server } = startPair({ onBytes: () => {} });
    const secure = startPair(answering(), { origin: { ...server.origin, protocol: "https" } });
    const call = await makeCall(secure.upstream, { timeouts: { connectMs: 60 } });
    expect(call.error?.code).toBe("LK-3003");
    expect(secure.upstream.stats().open).toBe(0);
  });

  test("carries large bodies whole in both directions", async () => {
    const body = Buffer.alloc(20_000_000, "latchkey ");
    const { upstream } = startPair(
      {
        tls: ours,
        onRequest(connection, request) {
          connection.send(`HTTP/1.1 200 OK\r\ncontent-length: ${request.body.length}\r\n\r\n`);
          connection.send(request.body);
        },
      },
      { tls: { ca: ours.cert } },
    );
    const call = await makeCall(upstream, { body });
    expect(call.error).toBeUndefined();
    expect(Bun.hash(Buffer.concat(call.pieces))).toBe(Bun.hash(body));
  }, 30_000);
});
