import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { CohereClientV2 } from "cohere-ai";
import OpenAI from "openai";
import { configFolder } from "../../compiler/support/config-folder.ts";
import { type RunningGateway, runGateway } from "../../support/run-gateway.ts";
import { failureOf, sample, startVendor, type Vendor } from "./support.ts";

describe("a gateway started from a config", () => {
  let vendor: Vendor;
  let gateway: RunningGateway;
  let client: OpenAI;
  beforeAll(async () => {
    vendor = startVendor();
    const folder = configFolder({
      "gateway.config.ts": `
import { app, defineGateway, demo, env, model, service, tenant, voyage } from "latchkey/config";
const local = demo();
const far = voyage({ apiKey: env("FAR_KEY"), baseUrl: "${vendor.baseUrl}" });
const echo = model({ targets: [local("echo")] });
const ranks = model({ targets: [far("rerank-2.5")] });
const vectors = model({ targets: [far("voyage-3.5"), local("echo")] });
const a = tenant({ apps: { shop: app({ starterKey: true, uses: [] }) } });
const s = service({ owner: a, offers: [echo, ranks, vectors], visibility: "everyone" });
const b = tenant({ apps: { shop: app({ starterKey: true, uses: [s] }) } });
export default defineGateway({ providers: { local, far }, models: { echo, ranks, vectors },
  services: { s }, tenants: { a, b } });
`,
    });
    gateway = await runGateway(join(folder, "gateway.config.ts"), { FAR_KEY: "pa-far-far-away" });
    client = new OpenAI({
      baseURL: `${gateway.url}/v1`,
      apiKey: gateway.keys["b.shop"] ?? "",
      maxRetries: 0,
    });
  }, 30_000);
  afterAll(async () => {
    await gateway.stop();
    await vendor.stop();
  });

  test("answers embeddings offline, with their cost", async () => {
    const { data, response } = await client.embeddings
      .create({ model: "echo", input: ["the cat sat", "the cat lay"], dimensions: 64 })
      .withResponse();
    expect(data.data.map(({ embedding }) => embedding.length)).toEqual([64, 64]);
    expect(data.usage.prompt_tokens).toBeGreaterThan(0);
    expect(Number(response.headers.get("x-latchkey-cost"))).toBeGreaterThan(0);
  });

  test("tells which APIs a model lacks", async () => {
    const speech = client.audio.speech.create({ model: "echo", input: "Hi", voice: "alloy" });
    expect(await failureOf(speech)).toMatchObject({ status: 400, code: "LK-2113" });
    const chat = client.chat.completions.create({
      model: "ranks",
      messages: [{ role: "user", content: "Hi" }],
    });
    expect(await failureOf(chat)).toMatchObject({ status: 400, code: "LK-2113", param: "model" });
  });

  test("ranks through a provider that has no chat at all", async () => {
    vendor.answer = () => sample("rerank/voyage.json");
    const cohere = new CohereClientV2({ token: gateway.keys["b.shop"] ?? "", environment: gateway.url });
    const { results } = await cohere.rerank({ model: "ranks", query: "a", documents: ["a", "b", "c"] });
    expect(results.map(({ index }) => index)).toEqual([2, 0]);
    expect(vendor.seen[0]).toMatchObject({ path: "/v1/rerank", json: { model: "rerank-2.5" } });
    expect(vendor.seen[0]?.headers.get("authorization")).toBe("Bearer pa-far-far-away");
  });

  test("falls back from one provider's embeddings to another's", async () => {
    vendor.answer = () => new Response("", { status: 500 });
    const { data } = await client.embeddings.create({ model: "vectors", input: "a" });
    expect(data[0]?.embedding).toHaveLength(256);
  });

  test("grants these APIs as it grants the model", async () => {
    const stranger = new OpenAI({
      baseURL: `${gateway.url}/v1`,
      apiKey: gateway.keys["a.shop"] ?? "",
      maxRetries: 0,
    });
    expect(await failureOf(stranger.embeddings.create({ model: "echo", input: "a" }))).toMatchObject({
      status: 404,
      code: "LK-2004",
    });
  });
});
