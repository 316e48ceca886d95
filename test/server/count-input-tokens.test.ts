import { afterEach, expect, test } from "bun:test";
import OpenAI from "openai";
import { type GatewayFixtureOptions, startGateway } from "../support/gateway-fixture.ts";
import { type ReplayScript, startReplayUpstream, wholeAnswer } from "../support/replay-upstream.ts";
import { chatSample } from "../support/wire-samples.ts";

const started: { stop: () => unknown }[] = [];
afterEach(async () => {
  for (const one of started.splice(0)) await one.stop();
});

async function setUp(script: ReplayScript, options: Partial<GatewayFixtureOptions> = {}) {
  const upstream = startReplayUpstream(script);
  const gateway = await startGateway({ baseUrls: [upstream.baseUrl], ...options });
  started.push(gateway, upstream);
  const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key, maxRetries: 0 });
  return { gateway, upstream, client };
}

const counting: ReplayScript = ({ send }) =>
  send(wholeAnswer('{"object":"response.input_tokens","input_tokens":11}'));
const messages = { model: "fast", messages: [{ role: "user", content: "Hi" }] };

test("OpenAI counts for targets of the Responses API", async () => {
  const { client, upstream, gateway } = await setUp(counting, { dialects: ["openai-responses"] });
  const told = await client.responses.inputTokens.count({
    model: "fast",
    input: "Hi",
    instructions: "Be brief",
  });
  expect(told).toMatchObject({ object: "response.input_tokens", input_tokens: 11 });
  const [seen] = upstream.seen;
  expect(seen?.head).toStartWith("POST /v1/responses/input_tokens ");
  expect(Object.keys(JSON.parse(seen?.body ?? "")).sort()).toEqual(["input", "instructions", "model"]);
  const ofMessages = await gateway.call("/v1/messages/count_tokens", messages);
  expect(await ofMessages.json()).toEqual({ input_tokens: 11 });
  expect(ofMessages.headers.get("x-latchkey-estimated")).toBeNull();
});

test("it counts as well where a target is spoken to otherwise and serves that API too", async () => {
  const { gateway, upstream } = await setUp(counting, {
    extend: (artifact) => ({
      ...artifact,
      targets: artifact.targets.map((target) => ({
        ...target,
        alsoSpeaks: [{ dialect: "openai-responses" as const, basePath: "" }],
      })),
    }),
  });
  expect(await (await gateway.call("/v1/messages/count_tokens", messages)).json()).toEqual({
    input_tokens: 11,
  });
  expect(upstream.seen[0]?.head).toStartWith("POST /v1/responses/input_tokens ");
});

test("Bedrock counts what would be sent to the model", async () => {
  const { gateway, upstream } = await setUp(({ send }) => send(wholeAnswer('{"inputTokens":7}')), {
    dialects: ["bedrock-converse"],
    upstreamModels: ["anthropic.claude-sonnet-4-5-20250929-v1:0"],
  });
  const told = await gateway.call("/v1/responses/input_tokens", {
    model: "fast",
    input: "Hi",
    temperature: 0,
  });
  expect(await told.json()).toEqual({ object: "response.input_tokens", input_tokens: 7 });
  const [seen] = upstream.seen;
  expect(seen?.head).toContain("/model/anthropic.claude-sonnet-4-5-20250929-v1%3A0/count-tokens ");
  expect(JSON.parse(seen?.body ?? "")).toEqual({
    input: { converse: { messages: [{ role: "user", content: [{ text: "Hi" }] }] } },
  });
});

test("earlier turns count, and where nobody counts it is estimated", async () => {
  const { client, gateway } = await setUp(({ send }) => send(wholeAnswer(chatSample("text.json"))));
  const first = await client.responses.create({ model: "fast", input: "One two three" });
  const count = async (body: object) => {
    const told = await gateway.call("/v1/responses/input_tokens", { model: "fast", input: "Four", ...body });
    expect(told.headers.get("x-latchkey-estimated")).toBe("tokens");
    return ((await told.json()) as { input_tokens: number }).input_tokens;
  };
  expect(await count({ previous_response_id: first.id })).toBeGreaterThan((await count({})) + 2);
  const unknown = { model: "fast", input: "Four", previous_response_id: "resp_1" };
  const refused = await gateway.call("/v1/responses/input_tokens", unknown);
  expect(refused.headers.get("x-latchkey-error")).toBe("LK-2112");
});

test("compacting is said not to be served", async () => {
  const { gateway } = await setUp(counting);
  const refused = await gateway.call("/v1/responses/compact", { model: "fast", input: "Hi" });
  expect([refused.status, refused.headers.get("x-latchkey-error")]).toEqual([404, "LK-2006"]);
  expect(((await refused.json()) as { error: { message: string } }).error.message).toContain("not compacted");
});
