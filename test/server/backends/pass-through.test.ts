import { describe, expect, test } from "bun:test";
import { afterTest } from "../../support/after-test.ts";
import { upstreamKey } from "../../support/artifact-fixture.ts";
import { type GatewayFixture, upstreamSecret } from "../../support/gateway-fixture.ts";
import { rawRequest } from "../../support/raw-request.ts";
import { startReplayUpstream } from "../../support/replay-upstream.ts";
import { type BackendOptions, backend, startBackendGateway, upstreamAt } from "./support/backend-gateway.ts";

const ok = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

function upstream(answer = ok) {
  const started = startReplayUpstream(({ send }) => send(answer));
  afterTest(() => started.stop());
  return { ...started, seen: started.seen, origin: new URL(started.baseUrl).origin };
}

async function gatewayTo(
  origin: string,
  declared: Parameters<typeof backend>[0] = {},
  options: BackendOptions = {},
): Promise<GatewayFixture> {
  const gateway = await startBackendGateway(
    [backend({ upstreams: [upstreamAt(origin)], ...declared })],
    options,
  );
  afterTest(() => gateway.stop());
  return gateway;
}

/** Sends a request line and headers as they are, with the key. */
function raw(
  gateway: GatewayFixture,
  line: string,
  headers: readonly string[] = [],
  body = "",
): Promise<string> {
  const head = [`${line} HTTP/1.1`, "host: gateway.example", `x-api-key: ${gateway.key}`, ...headers];
  return rawRequest(gateway.url, `${head.join("\r\n")}\r\n\r\n${body}`);
}

describe("a request to a backend", () => {
  test("arrives with its method, path, query, headers and body, and leaves a row", async () => {
    const server = upstream();
    const gateway = await gatewayTo(server.origin);
    const response = await fetch(`${gateway.url}/shop/orders/7%20b?size=2&odd=%26`, {
      method: "PATCH",
      headers: { authorization: `Bearer ${gateway.key}`, "content-type": "application/json", "x-own": "yes" },
      body: `{"a":1}`,
    });
    expect([response.status, await response.text()]).toEqual([200, "ok"]);
    const [seen] = server.seen;
    expect(seen?.head).toStartWith("PATCH /orders/7%20b?size=2&odd=%26 HTTP/1.1\r\n");
    expect(seen?.headers).toMatchObject({
      host: new URL(server.origin).host,
      "content-type": "application/json",
      "content-length": "7",
      "x-own": "yes",
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-proto": "http",
      "x-forwarded-host": new URL(gateway.url).host,
      via: "1.1 latchkey",
      "x-request-id": response.headers.get("x-request-id"),
    });
    expect(seen?.body).toBe(`{"a":1}`);
    expect(await gateway.row()).toMatchObject({
      endpoint: "shop@1.0.0",
      service: "texts",
      target: new URL(server.origin).host,
      app: "shop",
      model: null,
      status: 200,
      errorCode: null,
      requestBytes: 7,
      responseBytes: 2,
      attempts: 1,
    });
  });

  test.each([
    ["authorization", (key: string) => [`authorization: Bearer ${key}`], ""],
    ["x-goog-api-key", (key: string) => [`x-goog-api-key: ${key}`], ""],
    ["the query", () => [], "?a=1&key=KEY&b=2"],
  ])("does not bring the caller's key in %s", async (_, headers, query) => {
    const server = upstream();
    const gateway = await gatewayTo(server.origin);
    await raw(gateway, `GET /shop${query.replace("KEY", gateway.key)}`, headers(gateway.key));
    expect(server.seen).toHaveLength(1);
    expect(server.seen[0]?.head).not.toContain(gateway.key);
    expect(server.seen[0]?.head).toStartWith(`GET /${query === "" ? "" : "?a=1&b=2"} HTTP/1.1\r\n`);
  });

  test("carries the backend's own credential and headers, whatever the caller sends", async () => {
    const server = upstream();
    const gateway = await gatewayTo(server.origin, {
      auth: { kind: "header", name: "X-Shop-Key", value: upstreamKey },
      requestHeaders: {
        set: [
          ["X-Org", "ours"],
          ["X-Secret", upstreamKey],
        ],
        remove: ["X-Debug"],
      },
    });
    await raw(gateway, "GET /shop/a", [
      "X-SHOP-KEY: mine",
      "x-org: mine",
      "x-debug: 1",
      "x-secret: mine",
      "accept: a/b",
    ]);
    const [seen] = server.seen;
    expect(seen?.headers).toMatchObject({
      "x-shop-key": upstreamSecret,
      "x-org": "ours",
      "x-secret": upstreamSecret,
      accept: "a/b",
    });
    expect(seen?.head).not.toContain("mine");
    expect(seen?.head).not.toContain("x-debug");
  });

  test("brings no header of the caller's connection, nor any that it names", async () => {
    const server = upstream();
    const gateway = await gatewayTo(server.origin, {
      requestHeaders: { set: [["x-org", "ours"]], remove: [] },
    });
    await raw(gateway, "GET /shop", [
      "connection: keep-alive, X-Mine, x-org, x-forwarded-for, host",
      "keep-alive: timeout=5",
      "proxy-connection: keep-alive",
      "proxy-authorization: Basic YTpi",
      "te: trailers",
      "trailer: x",
      "upgrade: h2c",
      "http2-settings: AAMAAABk",
      "x-mine: 1",
    ]);
    const { head = "", headers = {} } = server.seen[0] ?? {};
    expect(head).not.toMatch(/^(?:connection|keep-alive|proxy-|te|trailer|upgrade|http2-settings|x-mine)/im);
    expect(headers).toMatchObject({ "x-org": "ours", "x-forwarded-for": "127.0.0.1" });
    expect(headers["host"]).toBe(new URL(server.origin).host);
  });

  test("says where it came from only as far as the caller can be trusted", async () => {
    const server = upstream();
    const claims = [
      "x-forwarded-for: 203.0.113.7",
      "x-forwarded-proto: https",
      "x-forwarded-host: api.example",
      "forwarded: for=203.0.113.7",
      "x-real-ip: 203.0.113.7",
      "x-original-url: /admin",
      "x-rewrite-url: /admin",
      "x-http-method-override: DELETE",
      "x-latchkey-tenant: other",
    ];
    await raw(await gatewayTo(server.origin), "GET /shop", claims);
    await raw(await gatewayTo(server.origin, {}, { trustedProxies: ["127.0.0.0/8"] }), "GET /shop", claims);
    const [stranger, proxy] = server.seen;
    expect(stranger?.head).not.toMatch(/203\.0\.113\.7|https|api\.example|admin|DELETE|other/);
    expect(proxy?.headers).toMatchObject({
      "x-forwarded-for": "203.0.113.7, 127.0.0.1",
      "x-forwarded-proto": "https",
      "x-forwarded-host": "api.example",
    });
    expect(proxy?.head).not.toMatch(/^(?:forwarded|x-real-ip|x-original-url|x-rewrite-url|x-http-method)/im);
  });

  test("brings no cookie of the gateway's own pages", async () => {
    const server = upstream();
    const gateway = await gatewayTo(server.origin);
    await raw(gateway, "GET /shop", ["cookie: a=1; __Host-latchkey=s; latchkey=t; b=2"]);
    await raw(gateway, "GET /shop", ["cookie: latchkey=t"]);
    expect(server.seen.map(({ headers }) => headers["cookie"])).toEqual(["a=1; b=2", undefined]);
  });

  test("goes where the route says", async () => {
    const server = upstream();
    const gateway = await gatewayTo(server.origin, {
      upstreams: [{ ...upstreamAt(server.origin), pathPrefix: "/api", host: "orders.internal" }],
      routes: [
        { methods: ["GET"], path: "/orders/{id}", rewritePath: "/v3/order/{id}", operation: null },
        { methods: ["GET"], path: "/files/*", rewritePath: null, operation: null },
      ],
    });
    await raw(gateway, "GET /shop/orders/7?x=1");
    await raw(gateway, "GET /shop/files/a/%62");
    expect(server.seen.map(({ head }) => head.split(" HTTP/", 1)[0])).toEqual([
      "GET /api/v3/order/7?x=1",
      "GET /api/files/a/b",
    ]);
    expect(server.seen[0]?.headers["host"]).toBe("orders.internal");
  });

  test.each([
    ["GET /shop/../admin", 400, "LK-2107"],
    ["GET /shop/%2e%2e/admin", 400, "LK-2107"],
    ["GET /shop/.%2E/admin", 400, "LK-2107"],
    ["GET /shop//admin", 400, "LK-2107"],
    ["GET /shop/a%2f..%2fadmin", 400, "LK-2107"],
    ["GET /shop/a%252f", 400, "LK-2107"],
    ["GET /shop/..;/admin", 400, "LK-2107"],
    ["GET /shop/a;b=c", 400, "LK-2107"],
    ["GET /shop/a\\..\\admin", 400, "LK-2107"],
    ["GET /shop/%5c", 400, "LK-2107"],
    ["GET /shopping", 404, "LK-2006"],
    ["GET /", 404, "LK-2006"],
    ["TRACE /shop/a", 405, "LK-2007"],
    ["get /shop/a", 405, "LK-2007"],
  ])("%s does not get past the gateway", async (line, status, code) => {
    const server = upstream();
    const gateway = await gatewayTo(server.origin);
    const answer = await raw(gateway, line);
    expect(answer).toStartWith(`HTTP/1.1 ${status} `);
    expect(answer).toContain(`"code":"${code}"`);
    expect(server.seen).toEqual([]);
  });

  test("goes to the host of the backend, whatever host its target names", async () => {
    const server = upstream();
    const gateway = await gatewayTo(server.origin);
    await raw(gateway, "GET http://evil.example/shop/a");
    expect(server.seen[0]?.head).toStartWith("GET /a HTTP/1.1\r\n");
    expect(server.seen[0]?.head).not.toContain("evil");
  });

  test.each([
    [
      "both lengths",
      "content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /shop/smuggled HTTP/1.1\r\n\r\n",
    ],
    ["two lengths", "content-length: 0\r\ncontent-length: 40\r\n\r\nGET /shop/smuggled HTTP/1.1\r\n\r\n"],
    ["a folded header", "x-a: b\r\n transfer-encoding: chunked\r\n\r\n"],
    ["a bare line feed", "x-a: b\nx-c: d\r\n\r\n"],
    ["a coding that is none", "transfer-encoding: xchunked\r\n\r\n"],
  ])("with %s never reaches the backend", async (_, rest) => {
    const server = upstream();
    const gateway = await gatewayTo(server.origin);
    const head = `POST /shop HTTP/1.1\r\nhost: a\r\nx-api-key: ${gateway.key}\r\n`;
    expect(await rawRequest(gateway.url, head + rest)).toStartWith("HTTP/1.1 400 ");
    expect(server.seen).toEqual([]);
  });

  test("in chunks arrives with one length", async () => {
    const server = upstream();
    const gateway = await gatewayTo(server.origin);
    const body = "3\r\nGET\r\n5\r\n / HT\r\n0\r\nx-trailer: 1\r\n\r\n";
    await raw(gateway, "POST /shop", ["transfer-encoding: chunked"], body);
    expect(server.seen).toHaveLength(1);
    expect(server.seen[0]?.headers).toMatchObject({ "content-length": "8" });
    expect(server.seen[0]?.head).not.toMatch(/transfer-encoding|x-trailer/);
    expect(server.seen[0]?.body).toBe("GET / HT");
  });

  test("that is too large is refused", async () => {
    const server = upstream();
    const gateway = await gatewayTo(server.origin, { maxRequestBytes: 10 });
    const response = await gateway.call("/shop", "x".repeat(11));
    expect([response.status, response.headers.get("x-latchkey-error")]).toEqual([413, "LK-2104"]);
    expect(server.seen).toEqual([]);
  });
});

describe("whoever asks", () => {
  test("without a key, or for what is not granted, learns nothing of the backend", async () => {
    const server = upstream();
    const gateway = await gatewayTo(server.origin, {}, { granted: [] });
    expect((await fetch(`${gateway.url}/shop/a`)).status).toBe(401);
    const [refused, absent] = await Promise.all([gateway.call("/shop/a"), gateway.call("/nothing/a")]);
    const told = async (response: Response) => [response.status, await response.json()];
    expect(await told(refused)).toEqual(await told(absent));
    expect(refused.status).toBe(404);
    expect(server.seen).toEqual([]);
  });

  test("with another method is told which ones the path takes", async () => {
    const server = upstream();
    const gateway = await gatewayTo(server.origin, {
      routes: [{ methods: ["GET", "POST"], path: "/orders", rewritePath: null, operation: null }],
    });
    const response = await fetch(`${gateway.url}/shop/orders`, {
      method: "DELETE",
      headers: { "x-api-key": gateway.key },
    });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD, POST"]);
    expect((await gateway.call("/shop/other")).status).toBe(404);
  });

  test("for a path of the gateway is answered by the gateway", async () => {
    const server = upstream();
    const gateway = await gatewayTo(server.origin, { basePath: "/v1" });
    expect((await gateway.call("/v1/models")).status).toBe(200);
    expect((await gateway.call("/v1/other")).status).toBe(404);
    expect((await gateway.call("/%761/other")).status).toBe(404);
    expect(server.seen).toEqual([]);
  });
});
