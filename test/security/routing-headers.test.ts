import { describe, expect, test } from "bun:test";
import { afterTest } from "../support/after-test.ts";
import { startGateway } from "../support/gateway-fixture.ts";
import { ask, startBackendWorld } from "./support/ask.ts";

/** Headers by which servers have been talked into taking a request for another one, or for somebody else's. */
const claims = [
  "forwarded: for=10.1.2.3;host=evil.example;proto=https",
  "x-forwarded-for: 10.1.2.3",
  "x-forwarded-host: evil.example",
  "x-forwarded-port: 666",
  "x-forwarded-prefix: /evil",
  "x-forwarded-proto: https",
  "x-forwarded-scheme: https",
  "x-forwarded-server: evil.example",
  "x-forwarded-ssl: on",
  "x-forwarded-uri: /evil",
  "x-forwarded-path: /evil",
  "x-forwarded-user: root@evil.example",
  "x-original-url: /evil",
  "x-original-uri: /evil",
  "x-original-host: evil.example",
  "x-original-forwarded-for: 10.1.2.3",
  "x-rewrite-url: /evil",
  "x-host: evil.example",
  "x-http-host-override: evil.example",
  "x-http-method: DELETE",
  "x-http-method-override: DELETE",
  "x-method-override: DELETE",
  "x-real-ip: 10.1.2.3",
  "x-client-ip: 10.1.2.3",
  "x-cluster-client-ip: 10.1.2.3",
  "client-ip: 10.1.2.3",
  "true-client-ip: 10.1.2.3",
  "cf-connecting-ip: 10.1.2.3",
  "fastly-client-ip: 10.1.2.3",
  "x-url-scheme: https",
  "front-end-https: on",
  "proxy: http://evil.example",
  "x-latchkey-tenant: evil",
  "x-request-id: evil",
];
const names = claims.map((claim) => claim.slice(0, claim.indexOf(":")));
/** As servers see them that make variables of headers. */
const underscored = claims.map((claim) => claim.replace(/^[^:]+/, (name) => name.replaceAll("-", "_")));

describe("what a caller says of where a request comes from and goes to", () => {
  test.each([
    ["with dashes", claims],
    ["in capitals", claims.map((claim) => claim.replace(/^[^:]+/, (name) => name.toUpperCase()))],
    ["with underscores", underscored],
    ["with dots", claims.map((claim) => claim.replace(/^[^:]+/, (name) => name.replaceAll("-", ".")))],
    ["named by Connection", [...claims, `connection: close, ${names.join(", ")}`]],
  ])("reaches no backend: %s", async (_, headers) => {
    const { gateway, server } = await startBackendWorld();
    expect((await ask(gateway, "GET /shop/a", headers)).status).toBe(200);
    const [seen] = server.seen;
    expect(seen?.head).toStartWith("GET /a HTTP/1.1\r\n");
    expect(seen?.head).not.toMatch(/10\.1\.2\.3|evil|https|DELETE|666|: on/);
    expect(seen?.headers).toMatchObject({ "x-forwarded-for": "127.0.0.1", "x-forwarded-proto": "http" });
  });

  test("leads to no other route, and opens none", async () => {
    const { gateway, server } = await startBackendWorld();
    const toModels = [
      "x-original-url: /v1/models",
      "x-rewrite-url: /v1/models",
      "x-forwarded-uri: /v1/models",
    ];
    expect(await ask(gateway, "GET /nothing", toModels)).toMatchObject({ status: 404, code: "LK-2006" });
    const stranger = { url: gateway.url, key: "" };
    for (const to of ["/healthz", "/readyz"]) {
      const lines = [`x-original-url: ${to}`, `x-rewrite-url: ${to}`, "x-forwarded-for: 127.0.0.1"];
      expect(await ask(stranger, "GET /v1/models", lines)).toMatchObject({ status: 401 });
    }
    const asPost = ["x-http-method-override: POST", "x-method-override: POST"];
    expect(await ask(gateway, "GET /v1/chat/completions", asPost)).toMatchObject({ status: 405 });
    expect(server.seen).toEqual([]);
  });

  test.each([
    "host: evil.example",
    "host: 127.0.0.1:1",
    "host: localhost",
    "host: a.b:80",
    "host:",
    "host: [::1]:80",
  ])("leaves a request where it belongs: %s", async (line) => {
    const { gateway, server } = await startBackendWorld();
    expect((await ask(gateway, "GET /shop/a", [line])).status).toBe(200);
    expect(server.seen[0]?.headers["host"]).toBe(new URL(server.baseUrl).host);
    expect((await ask(gateway, "GET /v1/models", [line])).status).toBe(200);
  });

  test.each(["host: a\r\nhost: b", "host: u@b", "host: a/b", "host: a b", "host: a,b?"])(
    "is no request where it is two-fold or none: %j",
    async (line) => {
      const { gateway, server } = await startBackendWorld();
      expect(await ask(gateway, "GET /shop/a", [line])).toMatchObject({ status: 400, code: "LK-2108" });
      expect(server.seen).toEqual([]);
    },
  );

  test("in an absolute target names no other server", async () => {
    const { gateway, server } = await startBackendWorld();
    expect((await ask(gateway, "GET http://evil.example/shop/a")).status).toBe(200);
    expect(server.seen[0]?.head).toStartWith("GET /a HTTP/1.1\r\n");
    expect(server.seen[0]?.head).not.toContain("evil");
    const others = [
      "GET http://evil.example@127.0.0.1/../shop",
      "GET //evil.example/shop",
      "GET ftp://a/shop",
    ];
    for (const line of others) expect((await ask(gateway, line)).status).toBe(400);
  });
});

describe("the networks of a key", () => {
  test.each(
    [...claims, ...underscored].filter((claim) => claim.includes("10.1.2.3")).map((claim) => [claim]),
  )("are not opened by %s", async (claim) => {
    const gateway = await startGateway({
      baseUrls: ["http://127.0.0.1:9"],
      extend: (artifact) => ({
        ...artifact,
        keys: artifact.keys.map((key) => ({ ...key, networks: ["10.0.0.0/8"] })),
      }),
    });
    afterTest(() => gateway.stop());
    expect(await ask(gateway, "GET /v1/models", [claim])).toMatchObject({ status: 403, code: "LK-2011" });
  });

  test("are not opened by what stands before a trusted proxy's word", async () => {
    const gateway = await startGateway({
      baseUrls: ["http://127.0.0.1:9"],
      settings: { trustedProxies: ["127.0.0.1"] },
      extend: (artifact) => ({
        ...artifact,
        keys: artifact.keys.map((key) => ({ ...key, networks: ["10.0.0.0/8"] })),
      }),
    });
    afterTest(() => gateway.stop());
    const from = async (chain: string) => (await ask(gateway, "GET /v1/models", [chain])).status;
    expect(await from("x-forwarded-for: 10.1.2.3")).toBe(200);
    // The caller wrote the first one, the proxy the last.
    expect(await from("x-forwarded-for: 10.1.2.3, 203.0.113.9")).toBe(403);
    expect(await from("x-forwarded-for: 10.1.2.3\r\nx-forwarded-for: 203.0.113.9")).toBe(403);
    expect(await from("x-forwarded-for: 203.0.113.9, 10.1.2.3 evil")).toBe(403);
    expect(await from("x-forwarded-for: 167838211")).toBe(403);
    expect(await from("x-forwarded-for: 012.1.2.3")).toBe(403);
    expect(await from("x-forwarded-for: 10.1.2.3,")).toBe(403);
    expect(await from("x-forwarded-for:")).toBe(403);
  });
});
