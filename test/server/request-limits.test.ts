import { afterAll, describe, expect, test } from "bun:test";
import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import type { Artifact, ArtifactLimit } from "../../src/artifact/artifact.ts";
import { createFixedClock } from "../support/fixed-clock.ts";
import { type GatewayFixture, startGateway } from "../support/gateway-fixture.ts";
import { startReplayUpstream } from "../support/replay-upstream.ts";
import { backend, upstreamAt, withBackends } from "./backends/support/backend-gateway.ts";

const gateways: GatewayFixture[] = [];
afterAll(() => Promise.all(gateways.map((gateway) => gateway.stop())));

const NOON = Date.UTC(2026, 10, 24, 12);
const MINUTE_MS = 60_000;

const requests = (limit: number, windowMs = MINUTE_MS): ArtifactLimit => ({
  ...{ counts: "requests", limit, windowMs },
});

/** What is limited. */
interface Limited {
  readonly key?: readonly ArtifactLimit[];
  readonly app?: readonly ArtifactLimit[];
  readonly tenant?: readonly ArtifactLimit[];
}

const limiting =
  ({ key = [], app = [], tenant = [] }: Limited) =>
  (artifact: Artifact): Artifact => ({
    ...artifact,
    keys: artifact.keys.map((row) => ({ ...row, limits: [...key] })),
    apps: artifact.apps.map((row) => ({ ...row, limits: [...app] })),
    tenants: artifact.tenants.map((row) => ({ ...row, limits: [...tenant] })),
  });

/** A gateway that stands at noon, whose models nobody serves. */
async function gatewayWith(limited: Limited) {
  const clock = createFixedClock(NOON);
  const fixture = { baseUrls: ["http://127.0.0.1:9"], clock };
  const gateway = await startGateway({ ...fixture, extend: limiting(limited) });
  gateways.push(gateway);
  const reload = (next: Limited) => gateway.reload({ ...fixture, extend: limiting(next) });
  return { gateway, clock, reload };
}

async function asks(gateway: GatewayFixture, times: number): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (let count = 0; count < times; count++) statuses.push((await gateway.call("/v1/models")).status);
  return statuses;
}

function rateHeaders({ headers }: { readonly headers: Headers }): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => /ratelimit|retry/.test(name)));
}

const chat = { model: "fast", messages: [{ role: "user" as const, content: "hi" }] };

describe("a key under a limit of requests", () => {
  test("is refused beyond it, and served again as time passes", async () => {
    const { gateway, clock } = await gatewayWith({ key: [requests(3)] });
    expect(await asks(gateway, 5)).toEqual([200, 200, 200, 429, 429]);
    clock.advance(19_999);
    expect(await asks(gateway, 1)).toEqual([429]);
    clock.advance(1);
    expect(await asks(gateway, 2)).toEqual([200, 429]);
    clock.advance(60 * MINUTE_MS);
    expect(await asks(gateway, 4)).toEqual([200, 200, 200, 429]);
  });

  test("is told how it stands with every answer, also with errors", async () => {
    const { gateway, clock } = await gatewayWith({ key: [requests(3)] });
    expect(rateHeaders(await gateway.call("/v1/models"))).toEqual({
      "x-ratelimit-limit-requests": "3",
      "x-ratelimit-remaining-requests": "2",
      "x-ratelimit-reset-requests": "20s",
    });
    clock.advance(1_500);
    expect(rateHeaders(await gateway.call("/v1/chat/completions", chat))).toMatchObject({
      "x-ratelimit-remaining-requests": "1",
      "x-ratelimit-reset-requests": "38.5s",
    });
    expect(rateHeaders(await gateway.call("/nowhere"))).toMatchObject({
      "x-ratelimit-remaining-requests": "0",
      "x-ratelimit-reset-requests": "58.5s",
    });
    expect(rateHeaders(await gateway.call("/v1/models"))).toEqual({
      "x-ratelimit-limit-requests": "3",
      "x-ratelimit-remaining-requests": "0",
      "x-ratelimit-reset-requests": "58.5s",
      "retry-after": "19",
      "x-should-retry": "true",
    });
  });

  test("writes long and short resets as OpenAI does", async () => {
    const { gateway, clock } = await gatewayWith({ key: [requests(2, 7_384_000)] });
    expect(rateHeaders(await gateway.call("/v1/models"))).toMatchObject({
      "x-ratelimit-reset-requests": "1h1m32s",
    });
    clock.advance(3_692_000);
    const { gateway: short } = await gatewayWith({ key: [requests(50, 1_000)] });
    expect(rateHeaders(await short.call("/v1/models"))).toMatchObject({
      "x-ratelimit-reset-requests": "20ms",
    });
    const { gateway: minutes } = await gatewayWith({ key: [requests(10, 3_600_000)] });
    expect(rateHeaders(await minutes.call("/v1/models"))).toMatchObject({
      "x-ratelimit-reset-requests": "6m0s",
    });
  });

  test("leaves a row in the call log for what was refused, which says under which limit", async () => {
    const { gateway } = await gatewayWith({ tenant: [requests(1, 3_600_000)] });
    await asks(gateway, 2);
    const row = await gateway.row(({ status }) => status === 429);
    expect(row).toMatchObject({
      ...{ key: "production", app: "shop", tenant: "acme", errorCode: "LK-2201" },
      errorDetail: "the tenant has used up its 1 request in 1h",
    });
  });
});

describe("a key under none", () => {
  test("is told nothing of limits", async () => {
    const { gateway } = await gatewayWith({});
    expect(await asks(gateway, 50)).toEqual(Array.from({ length: 50 }, () => 200));
    expect(rateHeaders(await gateway.call("/v1/models"))).toEqual({});
  });
});

describe("limits of a key, its application and its tenant", () => {
  test.each([
    ["key", { key: [requests(1)], app: [requests(2)], tenant: [requests(3)] }, 1],
    ["application", { key: [requests(3)], app: [requests(2)], tenant: [requests(4)] }, 2],
    ["tenant", { key: [requests(9), requests(5, 1_000)], app: [requests(4)], tenant: [requests(3)] }, 3],
  ])("all hold; the tightest is that of the %s", async (subject, limited, most) => {
    const { gateway } = await gatewayWith(limited);
    expect(await asks(gateway, most)).toEqual(Array.from({ length: most }, () => 200));
    const refused = await gateway.call("/v1/models");
    expect(refused.status).toBe(429);
    const { error } = (await refused.json()) as { error: { message: string } };
    expect(error.message).toStartWith(
      `This ${subject} may make ${most} request${most === 1 ? "" : "s"} in 1m. `,
    );
  });

  test("count a request once where the same limit is declared twice", async () => {
    const { gateway } = await gatewayWith({ key: [requests(2), requests(2)] });
    expect(await asks(gateway, 3)).toEqual([200, 200, 429]);
  });

  test("of other counts are left alone", async () => {
    const { gateway } = await gatewayWith({
      key: [
        { counts: "concurrent", limit: 1, windowMs: null },
        { counts: "tokens", limit: 1, windowMs: MINUTE_MS },
      ],
    });
    expect(await asks(gateway, 3)).toEqual([200, 200, 200]);
  });
});

describe("what counts", () => {
  test("is every request of a key that may be used, whatever its answer is", async () => {
    const { gateway } = await gatewayWith({ key: [requests(5)] });
    const statuses = [
      (await gateway.call("/v1/models")).status,
      (await gateway.call("/nowhere")).status,
      (await gateway.call("/v1/chat/completions", "{")).status,
      (await gateway.call("/api/none/v1", {})).status,
      (await fetch(`${gateway.url}/v1/models`, { method: "HEAD", headers: { "x-api-key": gateway.key } }))
        .status,
    ];
    expect(statuses).toEqual([200, 404, 400, 404, 200]);
    expect(await asks(gateway, 1)).toEqual([429]);
  });

  test("is nothing that comes without a key, nor what is public", async () => {
    const { gateway } = await gatewayWith({ key: [requests(1)] });
    expect((await fetch(`${gateway.url}/v1/models`)).status).toBe(401);
    expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200);
    expect(await asks(gateway, 2)).toEqual([200, 429]);
  });
});

describe("a reload", () => {
  test("gives no quota twice, and counts anew under a limit that is another", async () => {
    const { gateway, reload } = await gatewayWith({ key: [requests(3)], tenant: [requests(100)] });
    expect(await asks(gateway, 3)).toEqual([200, 200, 200]);
    await reload({ key: [requests(3)], tenant: [requests(200)] });
    expect(await asks(gateway, 1)).toEqual([429]);
    await reload({ key: [requests(4)] });
    expect(await asks(gateway, 5)).toEqual([200, 200, 200, 200, 429]);
    await reload({});
    expect(await asks(gateway, 2)).toEqual([200, 200]);
  });
});

describe("an answer of a backend", () => {
  test("has the gateway's word on limits where there are any, and the backend's own where there are none", async () => {
    const server = startReplayUpstream(({ send }) =>
      send("HTTP/1.1 200 OK\r\nx-ratelimit-limit-requests: 7\r\ncontent-length: 2\r\n\r\nok"),
    );
    const declared = backend({ upstreams: [upstreamAt(new URL(server.baseUrl).origin)] });
    const { extend, ...fixture } = withBackends([declared]);
    const gateway = await startGateway({ ...fixture, ...(extend && { extend }) });
    gateways.push(gateway);
    try {
      const ask = async () => rateHeaders(await gateway.call("/shop/pot"))["x-ratelimit-limit-requests"];
      expect(await ask()).toBe("7");
      const limited = limiting({ key: [requests(3)] });
      await gateway.reload({ ...fixture, extend: (artifact) => limited(extend?.(artifact) ?? artifact) });
      expect(await ask()).toBe("3");
    } finally {
      server.stop();
    }
  });
});

describe("official clients", () => {
  test("of OpenAI throw a RateLimitError and see when to come back", async () => {
    const { gateway } = await gatewayWith({ app: [requests(1)] });
    const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key, maxRetries: 0 });
    expect((await client.models.list()).data.map(({ id }) => id)).toContain("fast");
    const thrown = await client.chat.completions.create(chat).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(OpenAI.RateLimitError);
    const { status, code, headers } = thrown as InstanceType<typeof OpenAI.RateLimitError>;
    expect({ status, code }).toEqual({ status: 429, code: "LK-2201" });
    expect(headers?.get("retry-after")).toBe("60");
  });

  test("of Anthropic throw a RateLimitError and see the limit in Anthropic's own headers", async () => {
    const { gateway, clock } = await gatewayWith({ app: [requests(2)] });
    const client = new Anthropic({ baseURL: gateway.url, apiKey: gateway.key, maxRetries: 0 });
    const ask = () =>
      client.messages.create({ ...chat, max_tokens: 5 }).then(
        () => undefined,
        (error: unknown) => error as InstanceType<typeof Anthropic.APIError>,
      );
    const unserved = await ask();
    expect(unserved).not.toBeInstanceOf(Anthropic.RateLimitError);
    expect(Object.fromEntries([...(unserved?.headers ?? [])])).toMatchObject({
      "anthropic-ratelimit-requests-limit": "2",
      "anthropic-ratelimit-requests-remaining": "1",
      "anthropic-ratelimit-requests-reset": "2026-11-24T12:00:30Z",
      "x-ratelimit-remaining-requests": "1",
    });
    clock.advance(1);
    await ask();
    const thrown = await ask();
    expect(thrown).toBeInstanceOf(Anthropic.RateLimitError);
    expect(thrown?.error).toMatchObject({ type: "error", error: { type: "rate_limit_error" } });
    expect(thrown?.headers?.get("anthropic-ratelimit-requests-reset")).toBe("2026-11-24T12:01:00Z");
    expect(thrown?.headers?.get("retry-after")).toBe("30");
  });

  test.each(["/v1beta/models/fast:generateContent", "/v1/models/fast:generateContent"])(
    "of Google are told on %s that the resource is exhausted",
    async (path) => {
      const { gateway } = await gatewayWith({ app: [requests(1)] });
      await asks(gateway, 1);
      const answer = await gateway.call(path, { contents: [{ parts: [{ text: "hi" }] }] });
      expect(answer.status).toBe(429);
      expect(await answer.json()).toMatchObject({ error: { code: 429, status: "RESOURCE_EXHAUSTED" } });
      expect(answer.headers.get("anthropic-ratelimit-requests-limit")).toBeNull();
    },
  );
});
