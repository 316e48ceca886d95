import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { CohereClientV2 } from "cohere-ai";
import { failureOf, sample, startTasks, type TaskFixture } from "./support.ts";

const documents = ["one", "two", "three"];
const question = { model: "fast", query: "three?", documents };

describe("rerank of a vendor with Cohere's API", () => {
  let gateway: TaskFixture;
  let client: CohereClientV2;
  beforeAll(async () => {
    gateway = await startTasks([{ rerank: "cohere" }]);
    client = new CohereClientV2({ token: gateway.key, environment: gateway.url, maxRetries: 0 });
  });
  beforeEach(() => void gateway.vendors[0].seen.splice(0));
  afterAll(() => gateway.stop());

  test("passes byte for byte but for the model's name, on both paths", async () => {
    gateway.vendors[0].answer = () => sample("rerank/cohere.json");
    const expected = await sample("rerank/cohere.json").text();
    for (const path of ["/v1/rerank", "/v2/rerank"]) {
      const response = await gateway.call(path, JSON.stringify(question));
      expect(await response.text()).toBe(expected);
    }
    for (const seen of gateway.vendors[0].seen)
      expect(new TextDecoder().decode(seen.bytes)).toBe(JSON.stringify({ ...question, model: "upstream-0" }));
  });

  test("is understood by the official client, and its searches are in the call log", async () => {
    gateway.vendors[0].answer = () => sample("rerank/cohere.json");
    const answer = await client.rerank({ ...question, topN: 2 });
    expect(answer.results.map(({ index, relevanceScore }) => [index, relevanceScore])).toEqual([
      [2, 0.9],
      [0, 0.25],
    ]);
    const { json } = gateway.vendors[0].seen[0] ?? {};
    expect(json).toMatchObject({ top_n: 2 });
    const row = await gateway.row();
    // The price of a search is not known here, so that neither is the cost.
    expect(row).toMatchObject({ model: "fast", status: 200, usage: { searchUnits: 1 }, costNanoUsd: null });
  });

  test("takes documents that Cohere's API does not take, with their text given back", async () => {
    gateway.vendors[0].answer = () => sample("rerank/cohere.json");
    const response = await gateway.call("/v1/rerank", {
      ...question,
      documents: documents.map((text) => ({ text })),
      return_documents: true,
    });
    expect(await response.json()).toMatchObject({
      model: "fast",
      results: [
        { index: 2, document: { text: "three" } },
        { index: 0, document: { text: "one" } },
      ],
    });
    expect(gateway.vendors[0].seen[0]?.json).toMatchObject({ documents });
  });

  test("tells errors so that its clients read them", async () => {
    const wrong: readonly (readonly [unknown, string, string])[] = [
      [{ query: "a", documents }, "LK-2102", "model"],
      [{ ...question, query: 7 }, "LK-2102", "query"],
      [{ ...question, documents: "a" }, "LK-2102", "documents"],
      [{ ...question, model: "nothing" }, "LK-2004", "model"],
    ];
    for (const [body, code, param] of wrong)
      expect(await (await gateway.call("/v2/rerank", body)).json()).toMatchObject({ code, param });
    gateway.vendors[0].answer = () => Response.json({ message: "too many documents" }, { status: 400 });
    expect(await failureOf(client.rerank(question))).toMatchObject({
      statusCode: 400,
      body: { message: "too many documents" },
    });
    gateway.vendors[0].answer = () => new Response("", { status: 503 });
    expect((await gateway.call("/v2/rerank", question)).headers.get("x-latchkey-error")).toBe("LK-3022");
  });
});

describe("rerank of vendors with other APIs", () => {
  test("is translated, and refused where a member has no counterpart", async () => {
    for (const shape of ["jina", "voyage"]) {
      const gateway = await startTasks([{ rerank: shape }]);
      const client = new CohereClientV2({ token: gateway.key, environment: gateway.url, maxRetries: 0 });
      gateway.vendors[0].answer = () => sample(`rerank/${shape}.json`);
      const answer = await client.rerank(question);
      expect(answer.results.map(({ index }) => index)).toEqual([2, 0]);
      expect(gateway.vendors[0].seen[0]?.json).toMatchObject({ model: "upstream-0", documents });
      expect(await gateway.row()).toMatchObject({ usage: { input: 50 }, costNanoUsd: 7_500 });
      const refused = await gateway.call("/v2/rerank", { ...question, max_tokens_per_doc: 7 });
      expect(await refused.json()).toMatchObject({ code: "LK-2110", param: "max_tokens_per_doc" });
      // An answer about documents that were not sent is none.
      gateway.vendors[0].answer = () => Response.json({ results: [{ index: 9, relevance_score: 1 }] });
      expect((await gateway.call("/v2/rerank", question)).headers.get("x-latchkey-error")).toBe("LK-3009");
      await gateway.stop();
    }
  });
});
