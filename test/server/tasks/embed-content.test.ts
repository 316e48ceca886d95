import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { GoogleGenAI } from "@google/genai";
import { failureOf, sample, startTasks, type TaskFixture } from "./support.ts";

describe("Google's embedContent and batchEmbedContents", () => {
  let gateway: TaskFixture;
  let client: GoogleGenAI;
  beforeAll(async () => {
    gateway = await startTasks([
      { embeddings: "openai" },
      { embeddings: { shape: "gemini", path: "/models/{model}:batchEmbedContents" } },
    ]);
    client = new GoogleGenAI({ apiKey: gateway.key, httpOptions: { baseUrl: gateway.url } });
  });
  beforeEach(() => {
    for (const vendor of gateway.vendors) vendor.seen.splice(0);
  });
  afterAll(() => gateway.stop());

  const content = { parts: [{ text: "Hi" }] };

  test("reach a vendor with OpenAI's API by the official client", async () => {
    const [openai] = gateway.vendors;
    openai.answer = () =>
      Response.json({
        data: [
          { index: 0, embedding: [0.25, -0.5] },
          { index: 1, embedding: [1, 2] },
        ],
        usage: { prompt_tokens: 3, total_tokens: 3 },
      });
    const answer = await client.models.embedContent({
      model: "fast",
      contents: ["a", "b"],
      config: { outputDimensionality: 2 },
    });
    expect(answer.embeddings?.map(({ values }) => values)).toEqual([
      [0.25, -0.5],
      [1, 2],
    ]);
    expect(openai.seen[0]?.json).toEqual({ model: "upstream-0", input: ["a", "b"], dimensions: 2 });
    const row = await gateway.row();
    expect(row).toMatchObject({ status: 200, usage: { input: 3 }, model: "fast" });
  });

  test("answer one vector for one content", async () => {
    const [openai] = gateway.vendors;
    openai.answer = () => Response.json({ data: [{ index: 0, embedding: [0.5] }] });
    const response = await gateway.call("/v1beta/models/fast:embedContent", { content });
    expect(await response.json()).toMatchObject({ embedding: { values: [0.5] } });
  });

  test("reach a vendor with Google's API where the first one fails", async () => {
    const [openai, google] = gateway.vendors;
    if (google === undefined) throw new Error("no vendor");
    openai.answer = () => new Response("", { status: 500 });
    google.answer = () => sample("embeddings/gemini.json");
    const { embeddings } = (await sample("embeddings/gemini.json").json()) as { embeddings: unknown[] };
    const response = await gateway.call("/v1beta/models/fast:batchEmbedContents", {
      requests: embeddings.map(() => ({ model: "models/fast", content, taskType: "RETRIEVAL_QUERY" })),
    });
    expect(await response.json()).toMatchObject({ embeddings });
    expect(google.seen[0]).toMatchObject({
      path: "/v1/models/upstream-1:batchEmbedContents",
      json: { requests: embeddings.map(() => ({ model: "models/upstream-1", taskType: "RETRIEVAL_QUERY" })) },
    });
  });

  test("pass byte for byte to a vendor with Google's API, but for the model's name and the credentials", async () => {
    const [openai, google] = gateway.vendors;
    if (google === undefined) throw new Error("no vendor");
    openai.answer = () => new Response("", { status: 500 });
    const single = (model: string): string =>
      `{"new" : 1e400, "content":{"parts":[{"text":"é"}]},"model":"${model}"}`;
    const answers = {
      one: `{ "embedding":{"values":[0.10]}, "new":1 }\n`,
      all: `{"embeddings" :[{"values":[1]}]}`,
    };
    google.answer = ({ path }) =>
      new Response(path.endsWith(":embedContent") ? answers.one : answers.all, {
        headers: { "content-type": "application/json; charset=UTF-8" },
      });
    const one = await gateway.call(
      `/v1beta/models/fast:embedContent?key=${gateway.key}`,
      single("models/fast"),
      {
        authorization: "",
      },
    );
    expect([one.status, await one.text()]).toEqual([200, answers.one]);
    const batch = (model: string): string => `{"requests":[${single(model)},${single(model)}]}`;
    const all = await gateway.call("/v1beta/models/fast:batchEmbedContents", batch("models/fast"));
    expect([all.status, await all.text()]).toEqual([200, answers.all]);
    expect(google.seen.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)])).toEqual([
      ["/v1/models/upstream-1:embedContent", single("models/upstream-1")],
      ["/v1/models/upstream-1:batchEmbedContents", batch("models/upstream-1")],
    ]);
    for (const { headers, path } of google.seen)
      expect(JSON.stringify([...headers, path])).not.toContain(gateway.key);
  });

  test("are metered where they pass, and are none where they are cut", async () => {
    const [openai, google] = gateway.vendors;
    if (google === undefined) throw new Error("no vendor");
    openai.answer = () => new Response("", { status: 500 });
    google.answer = () => sample("embeddings/gemini.json");
    const body = { requests: [{ model: "models/fast", content }] };
    await (await gateway.call("/v1beta/models/fast:batchEmbedContents", body)).text();
    expect(await gateway.row(({ usage }) => usage?.imageInput === 3)).toMatchObject({
      status: 200,
      target: "box1/upstream-1",
      usage: { input: 7 },
    });
    google.answer = () => new Response(`{"embeddings":[{"values":[1,`);
    const cut = await gateway.call("/v1beta/models/fast:batchEmbedContents", body);
    expect(await cut.json()).toMatchObject({ error: { code: 502, details: [{ reason: "LK-3009" }] } });
    google.answer = () => Response.json({ error: { code: 400, message: "too long" } }, { status: 400 });
    const wrong = await gateway.call("/v1beta/models/fast:batchEmbedContents", body);
    expect([wrong.status, await wrong.json()]).toEqual([400, { error: { code: 400, message: "too long" } }]);
  });

  test("tell errors in Google's shape", async () => {
    const unknown = await gateway.call("/v1beta/models/nothing:embedContent", { content });
    expect(await unknown.json()).toMatchObject({ error: { code: 404, status: "NOT_FOUND" } });
    const wrong = await gateway.call("/v1beta/models/fast:embedContent", { content: 7 });
    expect(await wrong.json()).toMatchObject({ error: { code: 400, status: "INVALID_ARGUMENT" } });
    for (const vendor of gateway.vendors)
      vendor.answer = () => Response.json({ error: { message: "too many" } }, { status: 429 });
    expect(await failureOf(client.models.embedContent({ model: "fast", contents: "a" }))).toMatchObject({
      status: 429,
    });
    const another = await gateway.call("/v1beta/models/fast:embedEverything", { content });
    expect(another.status).toBe(404);
  });
});
