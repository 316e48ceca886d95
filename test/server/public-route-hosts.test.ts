import { afterAll, beforeAll, expect, test } from "bun:test";
import { type GatewayFixture, startGateway } from "../support/gateway-fixture.ts";
import { rawRequest } from "../support/raw-request.ts";

let gateway: GatewayFixture;
beforeAll(async () => {
  gateway = await startGateway({ baseUrls: ["http://127.0.0.1:9/v1"] });
});
afterAll(() => gateway.stop());

test.each(["a", "", "a:99999", "%zz", "[::::]", "a:", "1.2.3.4.5", "xn--"])(
  "/healthz answers whatever Host HTTP allows: %j",
  async (host) => {
    const raw = `GET /healthz?a=b HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
    expect(await rawRequest(gateway.url, raw)).toStartWith("HTTP/1.1 200 OK\r\n");
  },
);

test("HEAD on /healthz has the length and no body", async () => {
  const raw =
    "HEAD /healthz HTTP/1.1\r\nHost: a\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
  const response = await fetch(`${gateway.url}/healthz`, { method: "HEAD" });
  expect([response.status, await response.text()]).toEqual([200, ""]);
  expect(await rawRequest(gateway.url, raw)).toMatch(/^HTTP\/1.1 200 OK\r\n[^{]*content-length: \d+\r\n/);
});
