import { afterAll, describe, expect, test } from "bun:test";
import type { Artifact } from "../../src/artifact/artifact.ts";
import { type GatewayFixture, startGateway } from "../support/gateway-fixture.ts";

const gateways: GatewayFixture[] = [];
afterAll(() => Promise.all(gateways.map((gateway) => gateway.stop())));

type DeclaredKey = Artifact["keys"][number];

/** A gateway whose key narrows something. */
async function gatewayWith(
  key: Partial<DeclaredKey>,
  settings: Partial<Artifact["settings"]> = {},
): Promise<GatewayFixture> {
  const gateway = await startGateway({
    baseUrls: ["http://127.0.0.1:9"],
    settings,
    extend: (artifact) => ({ ...artifact, keys: artifact.keys.map((row) => ({ ...row, ...key })) }),
  });
  gateways.push(gateway);
  return gateway;
}

async function models(gateway: GatewayFixture, headers: Record<string, string> = {}) {
  const answer = await gateway.call("/v1/models", undefined, headers);
  return { status: answer.status, code: answer.headers.get("x-latchkey-error"), headers: answer.headers };
}

const scope = { services: null, models: null, endpoints: null, backends: null };

describe("networks of a key", () => {
  test.each([
    ["no list: from anywhere", null, 200],
    ["an empty list: from nowhere", [], 403],
    ["the caller's own", ["127.0.0.0/8"], 200],
    ["another", ["10.0.0.0/8", "2001:db8::/32"], 403],
  ])("%s", async (_, networks, status) => {
    const answer = await models(await gatewayWith({ networks }));
    expect(answer.status).toBe(status);
    expect(answer.code).toBe(status === 403 ? "LK-2011" : null);
  });

  test("go by what a trusted proxy says, and by nobody else's word", async () => {
    const forwarded = { "x-forwarded-for": "10.1.2.3" };
    expect(await models(await gatewayWith({ networks: ["10.0.0.0/8"] }), forwarded)).toMatchObject({
      status: 403,
    });
    const trusting = await gatewayWith({ networks: ["10.0.0.0/8"] }, { trustedProxies: ["127.0.0.1"] });
    expect(await models(trusting, forwarded)).toMatchObject({ status: 200 });
    expect(await models(trusting, { "x-forwarded-for": "10.1.2.3, 192.0.2.1" })).toMatchObject({
      status: 403,
    });
    expect(await models(trusting, { "x-forwarded-for": "::ffff:10.1.2.3" })).toMatchObject({ status: 200 });
    expect(await models(trusting, { "x-forwarded-for": "nonsense" })).toMatchObject({ status: 403 });
  });

  test("leave a row in the call log that names the key and the address, but tell the caller neither", async () => {
    const gateway = await gatewayWith({ networks: [] });
    const answer = await gateway.call("/v1/models");
    expect(await answer.text()).not.toContain("127.0.0.1");
    expect(await gateway.row()).toMatchObject({ key: "production", status: 403, errorCode: "LK-2011" });
  });
});

describe("methods of a key", () => {
  test.each([
    ["no list", null, false, 200, 404],
    ["an empty list", [], false, 403, 403],
    ["GET alone", ["GET"], false, 200, 403],
    ["read-only", null, true, 200, 403],
    ["read-only of a key that may only write", ["POST"], true, 403, 403],
  ])("%s", async (_, methods, readOnly, get, post) => {
    const gateway = await gatewayWith({ scope: { ...scope, methods, readOnly } });
    expect((await models(gateway)).status).toBe(get);
    const posted = await gateway.call("/v1/chat/completions", { model: "none", messages: [] });
    expect(posted.status).toBe(post);
    expect(posted.headers.get("x-latchkey-error") === "LK-2012").toBe(post === 403);
  });
});

test("a key for GET is one for HEAD, too", async () => {
  const gateway = await gatewayWith({ scope: { ...scope, methods: ["GET"], readOnly: false } });
  const headers = { authorization: `Bearer ${gateway.key}` };
  expect((await fetch(`${gateway.url}/v1/models`, { method: "HEAD", headers })).status).toBe(200);
  expect((await fetch(`${gateway.url}/v1/models`, { method: "OPTIONS", headers })).status).toBe(403);
});

describe("the end of a key", () => {
  const DAY = 86_400_000;

  test.each([
    ["long before", 30 * DAY, false],
    ["within the tenant's time of warning", 13 * DAY, true],
  ])("is told of in every answer: %s", async (_, in_, isTold) => {
    const expiresAtMs = Math.floor(Date.now() / 1_000) * 1_000 + in_;
    const gateway = await gatewayWith({ expiresAtMs });
    const expected = isTold ? new Date(expiresAtMs).toISOString() : null;
    expect((await models(gateway)).headers.get("x-latchkey-key-expires")).toBe(expected);
    const missing = await gateway.call("/v1/models/none");
    expect(missing.status).toBe(404);
    expect(missing.headers.get("x-latchkey-key-expires")).toBe(expected);
  });

  test("is the first moment at which it is refused", async () => {
    const gateway = await gatewayWith({ expiresAtMs: Date.now() });
    expect(await models(gateway)).toMatchObject({ status: 401, code: "LK-2002" });
  });
});
