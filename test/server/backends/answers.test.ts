import { describe, expect, test } from "bun:test";
import type { ArtifactBackend } from "../../../src/artifact/artifact.ts";
import { afterTest } from "../../support/after-test.ts";
import { rawRequest } from "../../support/raw-request.ts";
import { type ReplayScript, startReplayUpstream } from "../../support/replay-upstream.ts";
import { backend, startBackendGateway, upstreamAt } from "./support/backend-gateway.ts";

async function gatewayTo(script: ReplayScript, declared: Partial<ArtifactBackend> = {}) {
  const server = startReplayUpstream(script);
  afterTest(() => server.stop());
  const upstreams = [upstreamAt(new URL(server.baseUrl).origin)];
  const gateway = await startBackendGateway([backend({ upstreams, ...declared })]);
  afterTest(() => gateway.stop());
  return { gateway, server };
}

const answering = (answer: string): ReplayScript => {
  return ({ send }) => send(answer);
};

describe("an answer of a backend", () => {
  test("comes with its status and headers, without those of its connection and the gateway's own", async () => {
    const { gateway } = await gatewayTo(
      answering(
        [
          "HTTP/1.1 418 Teapot",
          "content-type: text/x-tea",
          "set-cookie: a=1",
          "set-cookie: b=2",
          "set-cookie: __Host-latchkey=forged; Secure",
          "connection: x-hop, keep-alive",
          "x-hop: 1",
          "keep-alive: timeout=9",
          "trailer: x-end",
          "x-latchkey-cost: 0",
          "x-request-id: theirs",
          "alt-svc: h3",
          "x-removed: 1",
          "x-set: theirs",
          "transfer-encoding: chunked",
          "",
          "3\r\ntea\r\n0\r\nx-end: 1\r\n\r\n",
        ].join("\r\n"),
      ),
      { responseHeaders: { set: [["X-Set", "ours"]], remove: ["X-Removed"] } },
    );
    const response = await gateway.call("/shop/pot");
    expect([response.status, await response.text()]).toEqual([418, "tea"]);
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(response.headers.get("content-type")).toBe("text/x-tea");
    expect(response.headers.get("x-set")).toBe("ours");
    expect(response.headers.get("x-request-id")).toMatch(/^(?!theirs)./);
    for (const name of ["x-hop", "trailer", "x-end", "x-latchkey-cost", "alt-svc", "x-removed"]) {
      expect(response.headers.get(name)).toBeNull();
    }
  });

  test.each([
    ["HEAD", "HTTP/1.1 200 OK\r\ncontent-length: 1234\r\netag: e\r\n\r\n", "content-length: 1234"],
    ["GET", "HTTP/1.1 204 No Content\r\netag: e\r\n\r\n", "etag: e"],
    ["GET", "HTTP/1.1 304 Not Modified\r\netag: e\r\n\r\n", "etag: e"],
  ])("to %s without a body has none", async (method, answer, line) => {
    const { gateway } = await gatewayTo(answering(answer));
    const head = `${method} /shop HTTP/1.1\r\nhost: a\r\nconnection: close\r\nx-api-key: ${gateway.key}\r\n\r\n`;
    const received = await rawRequest(gateway.url, head);
    expect(received).toContain(`${line}\r\n`);
    expect(received).toEndWith("\r\n\r\n");
    expect(received).not.toContain("transfer-encoding");
    expect(received.match(/content-length/g)?.length ?? 0).toBe(method === "HEAD" ? 1 : 0);
  });

  test("passes as it comes, event by event", async () => {
    const next = Promise.withResolvers<void>();
    const { gateway } = await gatewayTo(async ({ send, end }) => {
      send("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\ndata: 1\n\n");
      await next.promise;
      send("data: 2\n\n");
      end();
    });
    const response = await gateway.call("/shop/events");
    const reader = response.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("data: 1\n\n");
    next.resolve();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("data: 2\n\n");
    expect(await gateway.row()).toMatchObject({ status: 200, stream: true, responseBytes: 18 });
  });

  test("that is large and announces its length passes with that length", async () => {
    const size = 1_000_000;
    const { gateway } = await gatewayTo(
      answering(`HTTP/1.1 200 OK\r\ncontent-length: ${size}\r\n\r\n${"x".repeat(size)}`),
    );
    const response = await gateway.call("/shop/large");
    expect(response.headers.get("content-length")).toBe(String(size));
    expect(await response.text()).toBe("x".repeat(size));
    // The connection is still in step.
    expect((await (await gateway.call("/shop/large")).bytes()).length).toBe(size);
  });

  test("that is cut before its announced length cuts the caller's connection", async () => {
    const { gateway } = await gatewayTo(({ send, end }) => {
      send(`HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n${"x".repeat(1000)}`);
      end();
    });
    const text = await gateway
      .call("/shop")
      .then((found) => found.text())
      .catch(() => "cut");
    expect(text).toMatch(/^cut$|LK-3107/);
    expect(await gateway.row()).toMatchObject({ errorCode: "LK-3107" });
  });

  test("that is cut cuts the caller's connection", async () => {
    const { gateway } = await gatewayTo(({ send, reset }) => {
      send(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n`);
      queueMicrotask(reset);
    });
    const response = await gateway
      .call("/shop")
      .then((found) => found.text())
      .catch(() => "cut");
    expect(response).toMatch(/cut|LK-3107/);
    expect(await gateway.row()).toMatchObject({ errorCode: "LK-3107" });
  });

  test.each([
    ["no HTTP", "nonsense\r\n\r\n", 502, "LK-3106"],
    ["two lengths", "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nok", 502, "LK-3106"],
    [
      "both framings",
      "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
      502,
      "LK-3106",
    ],
    ["a folded header", "HTTP/1.1 200 OK\r\nx-a: b\r\n c\r\ncontent-length: 0\r\n\r\n", 502, "LK-3106"],
    ["a switch nobody asked for", "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n", 502, "LK-3106"],
    ["too much, as announced", "HTTP/1.1 200 OK\r\ncontent-length: 101\r\n\r\n", 502, "LK-3108"],
  ])("that is %s becomes an error", async (_, answer, status, code) => {
    const { gateway } = await gatewayTo(answering(answer), { maxResponseBytes: 100 });
    const response = await gateway.call("/shop");
    expect([response.status, response.headers.get("x-latchkey-error")]).toEqual([status, code]);
    expect(await response.json()).toMatchObject({ error: { code } });
    expect(await gateway.row()).toMatchObject({ status, errorCode: code });
  });

  test("that does not begin in time becomes an error", async () => {
    const timeouts = { connectMs: 1_000, firstTokenMs: 50, idleMs: 50, totalMs: 5_000 };
    const { gateway } = await gatewayTo(() => {}, { timeouts });
    const response = await gateway.call("/shop");
    expect([response.status, response.headers.get("x-latchkey-error")]).toEqual([504, "LK-3103"]);
  });

  test("is not wanted any more when the caller leaves", async () => {
    const asked = Promise.withResolvers<void>();
    const left = Promise.withResolvers<void>();
    const { gateway } = await gatewayTo((connection) => {
      asked.resolve();
      void connection.left.then(left.resolve);
    });
    const leaving = new AbortController();
    const response = fetch(`${gateway.url}/shop`, {
      headers: { "x-api-key": gateway.key },
      signal: leaving.signal,
    });
    await asked.promise;
    leaving.abort();
    expect(await response.catch(() => "left")).toBe("left");
    await left.promise;
    expect(await gateway.row()).toMatchObject({ status: 499, errorCode: "LK-2301" });
  });
});

describe("a version that is left behind", () => {
  const answer = answering("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
  const dates = { deprecatedAtMs: 1_700_000_000_000, sunsetAtMs: 1_800_000_000_000 };
  const told = (response: Response) =>
    ["deprecation", "sunset", "link"].map((name) => response.headers.get(name));
  const lines = ["@1700000000", "Fri, 15 Jan 2027 08:00:00 GMT", `</shop/v2>; rel="successor-version"`];

  async function versions(status: ArtifactBackend["status"]) {
    const server = startReplayUpstream(answer);
    afterTest(() => server.stop());
    const upstreams = [upstreamAt(new URL(server.baseUrl).origin)];
    const gateway = await startBackendGateway([
      backend({ upstreams, status, ...dates, successor: 1 }),
      backend({ upstreams, version: "2.0.0", basePath: "/shop/v2" }),
    ]);
    afterTest(() => gateway.stop());
    return gateway;
  }

  test("says so while it is deprecated, and its successor does not", async () => {
    const gateway = await versions("deprecated");
    const [old, next] = [await gateway.call("/shop/a"), await gateway.call("/shop/v2/a")];
    expect([old.status, next.status]).toEqual([200, 200]);
    expect(told(old)).toEqual(lines);
    expect(told(next)).toEqual([null, null, null]);
  });

  test("is gone once it is retired, and names its successor", async () => {
    const response = await (await versions("retired")).call("/shop/a");
    expect([response.status, response.headers.get("x-latchkey-error")]).toEqual([410, "LK-2008"]);
    expect(told(response)).toEqual(lines);
    expect(await response.json()).toMatchObject({
      error: {
        message: expect.stringMatching(
          /^shop@1\.0\.0 has been retired; shop@2\.0\.0 at \/shop\/v2 takes its place\./,
        ),
      },
    });
  });
});
