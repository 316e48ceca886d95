import { expect, test } from "bun:test";
import { afterTest } from "../support/after-test.ts";
import { startGateway } from "../support/gateway-fixture.ts";

const vector = (index: number, embedding: unknown = [0.1, 0.2]) => ({
  object: "embedding",
  index,
  embedding,
});
const answer = (...data: readonly object[]): string =>
  JSON.stringify({ object: "list", data, model: "m", usage: { prompt_tokens: 3, total_tokens: 3 } });

async function ask(input: unknown, ...answers: readonly string[]): Promise<Response> {
  const servers = answers.map((body) =>
    Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      fetch: () => new Response(body, { headers: { "content-type": "application/json" } }),
    }),
  );
  for (const server of servers) afterTest(() => server.stop(true));
  const gateway = await startGateway({
    baseUrls: servers.map(({ port }) => `http://127.0.0.1:${port}/v1`),
    apis: { embeddings: { path: "/embeddings", shape: "openai", quirks: {} } },
  });
  afterTest(gateway.stop);
  return gateway.call("/v1/embeddings", { model: "fast", input });
}

const two = answer(vector(0), vector(1));

test.each([[["a", "b", "c"]], [[[1, 2], [3], [4, 5]]]])(
  "fewer vectors than inputs are no answer, and the next target is asked: %j",
  async (input) => {
    const refused = await ask(input, two);
    expect([refused.status, refused.headers.get("x-latchkey-error")]).toEqual([502, "LK-3009"]);
    const three = answer(vector(0), vector(1), vector(2));
    expect(await (await ask(input, two, three)).json()).toMatchObject({
      data: [{ index: 0 }, { index: 1 }, { index: 2 }],
    });
  },
);

test.each([
  ["a text", "a", answer(vector(0))],
  ["token ids", [1, 2, 3], answer(vector(0))],
  ["texts with the name in them", ['"embedding":', "b"], two],
  ["lists of token ids", [[1, 2], [3]], two],
  ["one text in a list", ["a"], answer(vector(0))],
])("as many vectors as inputs pass: %s", async (_, input, body) => {
  const response = await ask(input, body);
  expect([response.status, await response.json()]).toEqual([200, JSON.parse(body)]);
});

test("spaces beside the names change nothing", async () => {
  const response = await ask(
    ["a", "b"],
    JSON.stringify(JSON.parse(two), undefined, 2).replaceAll('"embedding":', '"embedding" :'),
  );
  expect(response.status).toBe(200);
});
