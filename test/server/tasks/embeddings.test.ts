import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import OpenAI from "openai";
import { upstreamSecret } from "../../support/gateway-fixture.ts";
import { failureOf, sample, startTasks, type TaskFixture } from "./support.ts";

/** Base64 of 0.25 and -0.5 as little-endian 32-bit floats. */
const BASE64 = "AACAPgAAAL8=";

function vectors(...embeddings: readonly unknown[]): Response {
  const data = embeddings.map((embedding, index) => ({ object: "embedding", index, embedding }));
  const usage = { prompt_tokens: 4, total_tokens: 4 };
  return Response.json({ object: "list", data, model: "upstream-0", usage });
}

describe("embeddings of a vendor with OpenAI's API", () => {
  let gateway: TaskFixture;
  let client: OpenAI;
  beforeAll(async () => {
    gateway = await startTasks([{ embeddings: "openai" }]);
    client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key, maxRetries: 0 });
  });
  beforeEach(() => void gateway.vendors[0].seen.splice(0));
  afterAll(() => gateway.stop());

  test("pass byte for byte but for the model's name", async () => {
    const [vendor] = gateway.vendors;
    const answer =
      '{ "data" : [{"embedding":[0.25,-0.5],"index":0}], "extra": 1e2, "usage": {"prompt_tokens":4}}';
    vendor.answer = () => new Response(answer, { headers: { "content-type": "application/json" } });
    const sent = '{ "input":"Grüße", "model" :"fast","unknown":[1.0]}';
    const response = await gateway.call("/v1/embeddings", sent);
    expect(await response.text()).toBe(answer);
    const [seen] = vendor.seen;
    expect(seen?.path).toBe("/v1/embeddings");
    expect(new TextDecoder().decode(seen?.bytes)).toBe(sent.replace('"fast"', '"upstream-0"'));
    expect(seen?.headers.get("authorization")).toBe(`Bearer ${upstreamSecret}`);
    expect(response.headers.get("x-latchkey-model")).toBe("fast");
    expect(response.headers.get("x-latchkey-cost")).toBe("0.0000006");
  });

  test("come as floats and as base64, whatever the vendor minds", async () => {
    const [vendor] = gateway.vendors;
    for (const told of [[0.25, -0.5], BASE64]) {
      vendor.answer = () => vectors(told);
      // The official client asks for base64 by itself and decodes it.
      const usual = await client.embeddings.create({ model: "fast", input: "a" });
      expect(usual.data[0]?.embedding).toEqual([0.25, -0.5]);
      const float = await client.embeddings.create({ model: "fast", input: "a", encoding_format: "float" });
      expect(float.data[0]?.embedding).toEqual([0.25, -0.5]);
      const raw = await gateway.call("/v1/embeddings", {
        model: "fast",
        input: "a",
        encoding_format: "base64",
      });
      expect(await raw.json()).toMatchObject({ data: [{ embedding: BASE64 }] });
    }
  });

  test("are adapted even where they are many megabytes", async () => {
    const [vendor] = gateway.vendors;
    const long = Array.from({ length: 3_000 }, () => Array.from({ length: 256 }, () => 0.25));
    vendor.answer = () => vectors(...long);
    const answer = await client.embeddings.create({ model: "fast", input: long.map(() => "a") });
    expect(answer.data).toHaveLength(3_000);
    expect(answer.data[2_999]?.embedding).toEqual(long[0] ?? []);
  });

  test("leave a row in the call log", async () => {
    const [vendor] = gateway.vendors;
    vendor.answer = () => vectors([1]);
    const response = await gateway.call("/v1/embeddings", { model: "fast", input: "a" });
    const row = await gateway.row(({ requestId }) => requestId === response.headers.get("x-request-id"));
    expect(row).toMatchObject({
      path: "/v1/embeddings",
      model: "fast",
      service: "texts",
      target: "box0/upstream-0",
      status: 200,
      usage: { input: 4, output: 0 },
      costNanoUsd: 600,
      attempts: 1,
      stream: false,
      dropped: null,
    });
    expect(row.responseBytes).toBe((await response.bytes()).length);
  });

  test("errors of the vendor about the request come as they are, others as the gateway's", async () => {
    const [vendor] = gateway.vendors;
    vendor.answer = () =>
      Response.json({ error: { message: "too long", type: "invalid_request_error" } }, { status: 400 });
    expect(await failureOf(client.embeddings.create({ model: "fast", input: "a" }))).toMatchObject({
      status: 400,
      error: { message: "too long" },
    });
    vendor.answer = () => Response.json({ error: { message: `no ${upstreamSecret}` } }, { status: 401 });
    const refused = await gateway.call("/v1/embeddings", { model: "fast", input: "a" });
    expect(refused.headers.get("x-latchkey-error")).toBe("LK-3010");
    expect(await refused.text()).not.toContain(upstreamSecret);
    vendor.answer = () => Response.json({ error: {} }, { status: 429, headers: { "retry-after": "7" } });
    const busy = await gateway.call("/v1/embeddings", { model: "fast", input: "a" });
    expect([busy.status, busy.headers.get("retry-after")]).toEqual([429, "7"]);
    for (const nonsense of ["[]", "{}", "no json", '{"data":[{"embedding":']) {
      vendor.answer = () => new Response(nonsense, { headers: { "content-type": "application/json" } });
      const answer = await gateway.call("/v1/embeddings", { model: "fast", input: "a" });
      expect(answer.headers.get("x-latchkey-error")).toBe("LK-3009");
    }
  });

  test("name what is wrong with a request", async () => {
    const wrong: readonly (readonly [body: unknown, code: string, param: string | null])[] = [
      ["{", "LK-2101", null],
      ["[]", "LK-2101", null],
      [{ input: "a" }, "LK-2102", "model"],
      [{ model: 7, input: "a" }, "LK-2102", "model"],
      [{ model: "fast" }, "LK-2102", "input"],
      [{ model: "fast", input: 7 }, "LK-2102", "input"],
      ['{"model":"fast","model":"fast","input":"a"}', "LK-2103", "model"],
      [{ model: "nothing", input: "a" }, "LK-2004", "model"],
      [{ model: "private", input: "a" }, "LK-2004", "model"],
    ];
    for (const [body, code, param] of wrong) {
      const response = await gateway.call("/v1/embeddings", body);
      expect(await response.json()).toMatchObject({ error: { code, param } });
    }
    expect(gateway.vendors[0].seen).toHaveLength(0);
  });

  test("want a key", async () => {
    const response = await fetch(`${gateway.url}/v1/embeddings`, { method: "POST", body: "{}" });
    expect(response.status).toBe(401);
    expect(
      (await fetch(`${gateway.url}/v1/embeddings`, { headers: { authorization: `Bearer ${gateway.key}` } }))
        .status,
    ).toBe(405);
  });
});

describe("embeddings of a vendor with an API of its own", () => {
  test("are translated, and what is harmless is dropped and named", async () => {
    const gateway = await startTasks([{ embeddings: { shape: "cohere", path: "/embed" } }]);
    const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key, maxRetries: 0 });
    gateway.vendors[0].answer = () => sample("embeddings/cohere.json");
    const sampleOf = (await sample("embeddings/cohere.json").json()) as { embeddings: { float: number[][] } };
    const inputs = sampleOf.embeddings.float.map(() => "text");
    const { data, response } = await client.embeddings
      .create({ model: "fast", input: inputs, user: "u1" })
      .withResponse();
    expect(data.data).toHaveLength(inputs.length);
    for (const [index, { embedding }] of data.data.entries())
      for (const [at, value] of embedding.entries())
        expect(value).toBeCloseTo(sampleOf.embeddings.float[index]?.[at] ?? Number.NaN, 5);
    expect(data.model).toBe("fast");
    expect(response.headers.get("x-latchkey-dropped")).toBe("user");
    expect(gateway.vendors[0].seen[0]).toMatchObject({
      path: "/v1/embed",
      json: { model: "upstream-0", texts: inputs },
    });
    const row = await gateway.row();
    expect(row).toMatchObject({ status: 200, dropped: "user" });
    gateway.vendors[0].answer = () => Response.json({ message: "bad texts" }, { status: 400 });
    expect(await failureOf(client.embeddings.create({ model: "fast", input: "a" }))).toMatchObject({
      status: 400,
      code: "LK-3015",
    });
    await gateway.stop();
  });

  test("have the model in the path where the vendor wants it there", async () => {
    const gateway = await startTasks([
      { embeddings: { shape: "gemini", path: "/models/{model}:batchEmbedContents" } },
    ]);
    gateway.vendors[0].answer = () => Response.json({ embeddings: [{ values: [0.25, -0.5] }] });
    const response = await gateway.call("/v1/embeddings", { model: "fast", input: "a" });
    expect(await response.json()).toMatchObject({ data: [{ embedding: [0.25, -0.5] }] });
    expect(gateway.vendors[0].seen[0]?.path).toBe("/v1/models/upstream-0:batchEmbedContents");
    // Nobody told what was used, so that nobody knows what it costs.
    expect(response.headers.get("x-latchkey-cost")).toBeNull();
    await gateway.stop();
  });
});

describe("several targets", () => {
  test("those without the API are passed over, and the next one answers for one that fails", async () => {
    const gateway = await startTasks([
      { rerank: "jina" },
      { embeddings: "voyage" },
      { embeddings: "openai" },
    ]);
    const [without, failing, answering] = gateway.vendors;
    if (failing === undefined || answering === undefined) throw new Error("no vendors");
    failing.answer = () => new Response("", { status: 503 });
    answering.answer = () => vectors([0.5]);
    const response = await gateway.call("/v1/embeddings", { model: "fast", input: "a" });
    expect(response.status).toBe(200);
    expect([without.seen.length, failing.seen.length, answering.seen.length]).toEqual([0, 1, 1]);
    expect(await gateway.row()).toMatchObject({ target: "box2/upstream-2", attempts: 2 });
    // What one cannot be told, another may be.
    answering.seen.splice(0);
    failing.seen.splice(0);
    const tokens = await gateway.call("/v1/embeddings", { model: "fast", input: [1, 2] });
    expect(tokens.status).toBe(200);
    expect([failing.seen.length, answering.seen.length]).toEqual([0, 1]);
    await gateway.stop();
  });

  test("a model without the API is told from one that does not exist", async () => {
    const gateway = await startTasks([{ rerank: "jina" }]);
    const embeddings = await gateway.call("/v1/embeddings", { model: "fast", input: "a" });
    expect(embeddings.status).toBe(400);
    expect(await embeddings.json()).toMatchObject({ error: { code: "LK-2113", param: "model" } });
    const chat = await gateway.call("/v1/chat/completions", {
      model: "fast",
      messages: [{ role: "user", content: "Hi" }],
    });
    expect(chat.status).toBe(400);
    const body = await chat.json();
    expect(body).toMatchObject({ error: { code: "LK-2113" } });
    expect(JSON.stringify(body)).toContain("conversations");
    expect(await gateway.row(({ path }) => path === "/v1/chat/completions")).toMatchObject({
      errorCode: "LK-2113",
    });
    await gateway.stop();
  });
});
