import { describe, expect, test } from "bun:test";
import type { ArtifactProvider } from "../../src/artifact/artifact.ts";
import { afterTest } from "../support/after-test.ts";
import { upstreamKey } from "../support/artifact-fixture.ts";
import { type GatewayFixture, startGateway, upstreamSecret } from "../support/gateway-fixture.ts";
import { type ReplayUpstream, startReplayUpstream, wholeAnswer } from "../support/replay-upstream.ts";
import { chatSample } from "../support/wire-samples.ts";
import { ask, startBackendWorld } from "./support/ask.ts";

/** Headers by which gateways have let callers choose the vendor's address, key, account or version. */
const headers = [
  "authorization: Bearer sk-mine",
  "api-key: sk-mine",
  "x-goog-user-project: mine",
  "x-goog-request-params: project=mine",
  "openai-organization: org-mine",
  "openai-project: proj-mine",
  "openai-beta: mine",
  "anthropic-organization: mine",
  "anthropic-workspace: mine",
  "x-amz-security-token: mine",
  "x-amz-target: mine",
  "x-ms-client-request-id: mine",
  "azure-deployment: mine",
  "cf-aig-authorization: mine",
  "helicone-target-url: https://mine.example",
  "x-portkey-config: mine",
  "x-portkey-custom-host: https://mine.example",
  "x-portkey-provider: mine",
  "x-litellm-api-base: https://mine.example",
  "x-base-url: https://mine.example",
  "x-target-url: https://mine.example",
  "x-upstream: mine",
  "x-fixed: mine",
  "x-stainless-os: mine",
  "cookie: session=mine",
  "user-agent: mine",
  "referer: https://mine.example",
  "origin: https://mine.example",
];

/** Members of a body by which gateways have let callers do the same. */
const members = {
  api_base: "https://mine.example",
  base_url: "https://mine.example",
  baseURL: "https://mine.example",
  api_key: "sk-mine",
  api_version: "mine",
  organization: "org-mine",
  project: "mine",
  custom_llm_provider: "mine",
  deployment_id: "mine",
  provider: { only: ["mine"] },
  headers: { authorization: "Bearer sk-mine" },
  extra_headers: { authorization: "Bearer sk-mine" },
};

const good = { messages: [{ role: "user", content: "Hello" }] };

async function start(
  fixture: { readonly auth?: ArtifactProvider["auth"] } = {},
): Promise<{ readonly gateway: GatewayFixture; readonly upstream: ReplayUpstream }> {
  const upstream = startReplayUpstream(({ send }) => send(wholeAnswer(chatSample("text.json"))));
  afterTest(() => upstream.stop());
  const gateway = await startGateway({ baseUrls: [upstream.baseUrl], ...fixture });
  afterTest(() => gateway.stop());
  return { gateway, upstream };
}

const withoutKey = headers.filter((line) => !line.startsWith("authorization"));

describe("a provider of models", () => {
  test("is asked with the config's headers and none of the caller's", async () => {
    const { gateway, upstream } = await start();
    const body = JSON.stringify({ model: "fast", ...good });
    expect((await ask(gateway, "POST /v1/chat/completions", withoutKey, body)).status).toBe(200);
    expect(upstream.seen[0]?.head).not.toContain("mine");
    expect(upstream.seen[0]?.headers).toMatchObject({
      host: new URL(upstream.baseUrl).host,
      authorization: `Bearer ${upstreamSecret}`,
      "x-fixed": "yes",
    });
  });

  test("is not asked at all where a caller sends a key of the vendor's beside its own", async () => {
    const { gateway, upstream } = await start();
    const body = JSON.stringify({ model: "fast", ...good });
    const answer = await ask(gateway, "POST /v1/chat/completions", ["authorization: Bearer sk-mine"], body);
    expect(answer).toMatchObject({ status: 400, code: "LK-2003" });
    expect(upstream.seen).toEqual([]);
  });

  test("is asked with its own key in its own header, whatever the caller sends under that name", async () => {
    const { gateway, upstream } = await start({
      auth: { kind: "header", name: "api-key", value: upstreamKey },
    });
    const body = JSON.stringify({ model: "fast", ...good });
    await ask(gateway, "POST /v1/chat/completions", ["api-key: mine", "API_KEY: mine"], body);
    expect(upstream.seen[0]?.headers["api-key"]).toBe(upstreamSecret);
    expect(upstream.seen[0]?.head).not.toContain("mine");
  });

  test("stays where it is whatever a body says", async () => {
    const { gateway, upstream } = await start();
    for (const path of ["/v1/chat/completions", "/v1/messages", "/v1/responses"]) {
      const said = path.endsWith("responses") ? { input: "Hello" } : { ...good, max_tokens: 9 };
      for (const [name, value] of Object.entries(members)) {
        const before = upstream.seen.length;
        const response = await gateway.call(path, { model: "fast", ...said, [name]: value });
        await response.text();
        // A dialect that knows all its members refuses it instead.
        expect([200, 400]).toContain(response.status);
        for (const { head } of upstream.seen.slice(before)) {
          expect(head).toStartWith("POST /v1/chat/completions HTTP/1.1\r\n");
          expect(head).not.toMatch(/mine/);
          expect(head).toContain(`authorization: Bearer ${upstreamSecret}`);
        }
      }
    }
  });

  test.each([
    "fast/../../v1/files",
    "fast?x=1",
    "fast#x",
    "https://mine.example/v1",
    "//mine.example",
    "box0/upstream-0",
    "upstream-0",
    "fast\r\nhost: mine.example",
    "fast%2f..%2f..",
    "fast@mine.example",
  ])("is not found by a model's name %j", async (model) => {
    const { gateway, upstream } = await start();
    expect((await gateway.call("/v1/chat/completions", { model, ...good })).status).toBe(404);
    const name = encodeURIComponent(model);
    const contents = [{ parts: [{ text: "Hello" }] }];
    const google = await gateway.call(`/v1beta/models/${name}:generateContent`, { contents });
    expect([400, 404]).toContain(google.status);
    expect(upstream.seen).toEqual([]);
  });

  test("hears nothing of a caller's query", async () => {
    const { gateway, upstream } = await start();
    const query = "?api-version=mine&key2=mine&alt=mine&beta=mine&organization=mine";
    expect((await gateway.call(`/v1/chat/completions${query}`, { model: "fast", ...good })).status).toBe(200);
    expect(upstream.seen[0]?.head).not.toContain("mine");
  });
});

describe("a backend", () => {
  const ours = {
    auth: { kind: "header" as const, name: "X-Shop-Key", value: upstreamKey },
    requestHeaders: { set: [["X-Org", "ours"] as [string, string]], remove: ["X-Debug"] },
  };

  test.each([
    ["as they are", "X-Shop-Key", "X-Org", "X-Debug"],
    ["in lower case", "x-shop-key", "x-org", "x-debug"],
    ["with underscores", "X_Shop_Key", "x_org", "X_DEBUG"],
    ["with both", "x-shop_key", "x.org", "x_debug"],
  ])("keeps the key, the organisation and what it does not want: names %s", async (_, key, org, debug) => {
    const { gateway, server } = await startBackendWorld(undefined, () => ours);
    const lines = [`${key}: mine`, `${org}: mine`, `${debug}: mine`, "x-other: kept"];
    expect((await ask(gateway, "GET /shop/a", lines)).status).toBe(200);
    expect(server.seen[0]?.head).not.toContain("mine");
    expect(server.seen[0]?.headers).toMatchObject({
      "x-shop-key": upstreamSecret,
      "x-org": "ours",
      "x-other": "kept",
    });
  });

  test("never gets the caller's key, in whatever header or place it is repeated", async () => {
    const { gateway, server } = await startBackendWorld();
    const lines = [
      `authorization: Bearer ${gateway.key}`,
      `x-goog-api-key: ${gateway.key}`,
      `Authorization_: x`,
      `proxy-authorization: Bearer ${gateway.key}`,
      `X_Api_Key: ${gateway.key}`,
    ];
    await ask(gateway, `GET /shop/a?key=${gateway.key}&%6bey=${gateway.key}&a=1`, lines);
    expect(server.seen[0]?.head).toStartWith("GET /a?a=1 HTTP/1.1\r\n");
    expect(server.seen[0]?.head).not.toContain(gateway.key);
  });

  test("shows its key to no caller, by whatever method or error", async () => {
    const { gateway } = await startBackendWorld(
      ({ send }) => send("HTTP/1.1 500\r\ncontent-length: 0\r\n\r\n"),
      () => ours,
    );
    for (const line of ["TRACE /shop/a", "GET /shop/a", "OPTIONS /shop/a", "DEBUG /shop/a"]) {
      const { head, body } = await ask(gateway, line, ["max-forwards: 0"]);
      expect(head + body).not.toContain(upstreamSecret);
    }
    expect(JSON.stringify(gateway.rows)).not.toContain(upstreamSecret);
  });
});
