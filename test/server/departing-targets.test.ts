import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type GatewayFixture, startGateway } from "../support/gateway-fixture.ts";

const seen: unknown[] = [];
let upstream: ReturnType<typeof Bun.serve>;
let gateway: GatewayFixture;

beforeAll(async () => {
  upstream = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: async (request) => {
      seen.push(await request.text());
      return Response.json({
        id: "c1",
        object: "chat.completion",
        created: 1,
        model: "theirs",
        choices: [{ index: 0, message: { role: "assistant", content: "Hi", odd: 1 }, finish_reason: "stop" }],
        usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
      });
    },
  });
  gateway = await startGateway({
    baseUrls: [`http://127.0.0.1:${upstream.port}/v1`],
    quirks: [{ limit: "max_tokens", developerRole: false, less: "metadata seed logitBias" }],
  });
});
afterAll(async () => {
  await gateway.stop();
  await upstream.stop(true);
});

async function ask(body: object) {
  const response = await gateway.call("/v1/chat/completions", { model: "fast", ...body });
  return {
    response,
    answer: (await response.json()) as { choices: { message: object }[] },
    sent: seen.pop(),
  };
}

describe("a target that departs from its dialect", () => {
  const messages = [{ role: "user", content: "Hello" }];

  test("gets the bytes as they are where they say nothing that it does not know", async () => {
    const { sent, answer } = await ask({ messages, temperature: 0.5, unknown_member: [1, 2] });
    const fields = `"messages":[{"role":"user","content":"Hello"}],"temperature":0.5,"unknown_member":[1,2]`;
    expect(sent).toBe(`{"model":"upstream-0",${fields}}`);
    expect(answer.choices[0]?.message).toMatchObject({ odd: 1 });
  });

  test("gets its own words otherwise, and members that nobody knows stay", async () => {
    const { sent, response } = await ask({
      messages: [{ role: "developer", content: "Be brief." }, ...messages],
      max_completion_tokens: 7,
      metadata: { a: "b" },
      unknown_member: [1, 2],
    });
    expect(response.status).toBe(200);
    expect(JSON.parse(String(sent))).toEqual({
      model: "upstream-0",
      messages: [{ role: "system", content: "Be brief." }, ...messages],
      max_tokens: 7,
      unknown_member: [1, 2],
    });
    expect(response.headers.get("x-latchkey-dropped")).toBe("metadata");
    const row = await gateway.row(({ dropped }) => dropped !== null);
    expect(row).toMatchObject({ status: 200, dropped: "metadata" });
  });

  test("does not get what would change the answer", async () => {
    const { response, sent, answer } = await ask({ messages, seed: 7, logit_bias: { "50256": -100 } });
    expect(sent).toBeUndefined();
    expect(response.status).toBe(400);
    expect(answer).toMatchObject({ error: { code: "LK-2110", param: "logit_bias" } });
  });
});
