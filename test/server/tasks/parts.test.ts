import { describe, expect, test } from "bun:test";
import { afterTest } from "../../support/after-test.ts";
import type { ArtifactFixture } from "../../support/artifact-fixture.ts";
import { upstreamSecret } from "../../support/gateway-fixture.ts";
import { type Apis, startTasks, type TaskFixture } from "./support.ts";

const titan: Apis = { embeddings: { shape: "bedrock", path: "/model/{model}/invoke" } };
const fields = { upstreamModels: ["amazon.titan-embed-text-v2:0"] };

async function start(apis: readonly Apis[], fixture: Partial<ArtifactFixture>): Promise<TaskFixture> {
  const gateway = await startTasks(apis, fixture);
  afterTest(gateway.stop);
  return gateway;
}

const texts = (count: number): string[] => Array.from({ length: count }, (_, index) => `text ${index}`);
const embed = (gateway: TaskFixture, input: unknown, more: object = {}): Promise<Response> =>
  gateway.call("/v1/embeddings", { model: "fast", input, encoding_format: "float", ...more });
/** The number in the one text of a request. */
const numberOf = (json: unknown): number => Number(/text (\d+)/.exec(JSON.stringify(json))?.[1]);
const answerTo = (json: unknown): Response =>
  Response.json({ embedding: [numberOf(json), 0.5], inputTextTokenCount: 3 });
const vectorsIn = async (response: Response): Promise<readonly number[]> => {
  const { data } = (await response.json()) as { data: { index: number; embedding: number[] }[] };
  expect(data.map(({ index }) => index)).toEqual(data.map((_, index) => index));
  return data.map(({ embedding }) => embedding[0] ?? Number.NaN);
};

/** Of twelve parts, eight begin at once: all but the first of them wait, four more come one after another, and the last fails. */
const oneByOne =
  (answer: (asked: { readonly json: unknown }) => Response): TaskFixture["vendors"][0]["answer"] =>
  ({ json, signal }) => {
    const number = numberOf(json);
    if (number === 11) return new Response("", { status: 503 });
    if (number === 0 || number > 7) return answer({ json });
    return new Promise((resolve) => {
      signal.addEventListener("abort", () => resolve(new Response()));
    });
  };

describe("a list for a vendor that takes one text a call", () => {
  test("becomes a call for each, a few at once; order, usage and cost are those of one answer", async () => {
    const gateway = await start([titan], fields);
    let [under, most] = [0, 0];
    let open: () => void = () => {};
    const full = new Promise<void>((resolve) => {
      open = resolve;
    });
    gateway.vendors[0].answer = async ({ json }) => {
      most = Math.max(most, ++under);
      if (under === 8) open();
      await full;
      // The later ones of those under way are answered first.
      for (let turn = 0; turn < 8 - (numberOf(json) % 8); turn++) await Promise.resolve();
      under--;
      return answerTo(json);
    };
    const response = await embed(gateway, texts(20));
    expect(response.status).toBe(200);
    expect(response.headers.get("x-latchkey-cost")).toBe("0.000009");
    expect(await vectorsIn(response)).toEqual(texts(20).map((_, index) => index));
    expect(most).toBe(8);
    expect(gateway.vendors[0].seen).toHaveLength(20);
    expect(gateway.vendors[0].seen[0]?.path).toBe("/v1/model/amazon.titan-embed-text-v2%3A0/invoke");
    expect(await gateway.row()).toMatchObject({
      status: 200,
      attempts: 1,
      usage: { input: 60, output: 0 },
      costNanoUsd: 9_000,
      target: "box0/amazon.titan-embed-text-v2:0",
      errorCode: null,
    });
  });

  test("is named in the caller's places where one of it cannot be told, and nothing is sent", async () => {
    const gateway = await start([titan], fields);
    const response = await embed(gateway, ["text 0", "text 1", [1, 2, 3]]);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: "LK-2110", param: "input[2]" } });
    expect(gateway.vendors[0].seen).toEqual([]);
  });

  test("of more than 2,048 texts is refused: one caller is to start no more calls", async () => {
    const gateway = await start([titan], fields);
    const response = await embed(gateway, texts(2_049));
    expect(await response.json()).toMatchObject({ error: { code: "LK-2110", param: "input" } });
    expect(gateway.vendors[0].seen).toEqual([]);
  });

  test("has no usage and no cost where one answer does not tell it", async () => {
    const gateway = await start([titan], fields);
    gateway.vendors[0].answer = ({ json }) =>
      numberOf(json) === 3 ? Response.json({ embedding: [3] }) : answerTo(json);
    expect((await embed(gateway, texts(5))).headers.get("x-latchkey-cost")).toBeNull();
    expect(await gateway.row()).toMatchObject({ status: 200, usage: null, costNanoUsd: null });
  });
});

test("each call of a list is signed on its own where the vendor wants signatures", async () => {
  const key = { kind: "secret", source: "env", name: "UPSTREAM_KEY" } as const;
  const auth = {
    ...({ kind: "aws-sigv4", service: "bedrock", region: "eu-west-1" } as const),
    ...{ accessKeyId: key, secretAccessKey: key, sessionToken: null },
  };
  const gateway = await start([titan], { ...fields, auth });
  gateway.vendors[0].answer = ({ json }) => answerTo(json);
  expect(await vectorsIn(await embed(gateway, texts(11)))).toEqual(texts(11).map((_, index) => index));
  const signatures = gateway.vendors[0].seen.map(({ headers }) => headers.get("authorization") ?? "");
  expect(signatures.every((one) => one.startsWith("AWS4-HMAC-SHA256 "))).toBe(true);
  expect(new Set(signatures).size).toBe(11);
});

describe("a part that fails", () => {
  test("ends the others, and its words, status and wait are the answer's", async () => {
    const gateway = await start([titan], fields);
    const { promise: allHere, resolve } = Promise.withResolvers<void>();
    let begun = 0;
    let aborted = 0;
    const { promise: allGone, resolve: gone } = Promise.withResolvers<void>();
    gateway.vendors[0].answer = async ({ json, signal }) => {
      if (++begun === 8) resolve();
      await allHere;
      if (numberOf(json) === 4)
        return Response.json(
          { message: `Too many requests for ${upstreamSecret}` },
          { status: 429, headers: { "retry-after": "7", "x-amzn-errortype": "ThrottlingException" } },
        );
      return new Promise((answer) => {
        signal.addEventListener("abort", () => {
          if (++aborted === 7) gone();
          answer(new Response());
        });
      });
    };
    const response = await embed(gateway, texts(100));
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "7"]);
    const body = await response.text();
    expect(body).toContain("Too many requests for");
    expect(body).not.toContain(upstreamSecret);
    await allGone;
    expect(begun).toBe(8);
    const row = await gateway.row();
    expect(row).toMatchObject({ status: 429, errorCode: "LK-3011", attempts: 1 });
    expect(row.errorDetail).not.toContain(upstreamSecret);
  });

  test("gives the whole list to the next target, and what the answered parts cost is part of the call's cost", async () => {
    const gateway = await start([titan, { embeddings: "openai" }], {
      upstreamModels: [...fields.upstreamModels, "b"],
    });
    const [first, second] = gateway.vendors;
    first.answer = oneByOne(({ json }) => answerTo(json));
    if (second === undefined) throw new Error("no vendor");
    second.answer = () =>
      Response.json({
        ...{ object: "list", model: "b", usage: { prompt_tokens: 4, total_tokens: 4 } },
        data: texts(12).map((_, index) => ({ object: "embedding", index, embedding: [index] })),
      });
    const response = await embed(gateway, texts(12));
    expect(await vectorsIn(response)).toEqual(texts(12).map((_, index) => index));
    expect(second.seen).toHaveLength(1);
    // Four parts of three tokens each, and the four tokens of the whole list.
    expect(await gateway.row()).toMatchObject({
      ...{ target: "box1/b", attempts: 2 },
      ...{ usage: { input: 16 }, costNanoUsd: 2_400 },
    });
  });

  test("leaves the cost of those that were answered in the log where nobody else is asked", async () => {
    const gateway = await start([titan], fields);
    gateway.vendors[0].answer = oneByOne(({ json }) => answerTo(json));
    const response = await embed(gateway, texts(12));
    expect(response.headers.get("x-latchkey-error")).toBe("LK-3022");
    expect(await gateway.row()).toMatchObject({ status: 503, usage: { input: 12 }, costNanoUsd: 1_800 });
  });

  test("leaves a cost that nobody knows where a part was answered that cannot be read, or tells no usage", async () => {
    for (const wrong of [() => new Response("oops"), () => Response.json({ embedding: [1] })]) {
      const gateway = await start([titan], fields);
      gateway.vendors[0].answer = oneByOne(({ json }) => (numberOf(json) === 9 ? wrong() : answerTo(json)));
      expect((await embed(gateway, texts(12))).status).toBeGreaterThanOrEqual(500);
      expect((await gateway.row()).costNanoUsd).toBeNull();
    }
  });

  test.each([
    ["no JSON", () => new Response("oops")],
    ["a page", () => new Response("<html>", { headers: { "content-type": "text/html" } })],
    ["no vector", () => Response.json({ inputTextTokenCount: 3 })],
    ["vectors for others", () => Response.json({ embeddings: [[1], [2], [3]] })],
  ])("by an answer that is %s is no answer of the list", async (_what, wrong) => {
    const gateway = await start([titan], fields);
    gateway.vendors[0].answer = ({ json }) => (numberOf(json) === 2 ? wrong() : answerTo(json));
    const response = await embed(gateway, texts(3));
    expect([response.status, response.headers.get("x-latchkey-error")]).toEqual([502, "LK-3009"]);
  });
});

test("a caller who leaves ends all calls that are under way, and no more are begun", async () => {
  const gateway = await start([titan], fields);
  const { promise: allHere, resolve: here } = Promise.withResolvers<void>();
  const { promise: allGone, resolve: gone } = Promise.withResolvers<void>();
  let [begun, aborted] = [0, 0];
  gateway.vendors[0].answer = ({ signal }) => {
    const answer = new Promise<Response>((resolve) => {
      signal.addEventListener("abort", () => {
        if (++aborted === 8) gone();
        resolve(new Response());
      });
    });
    if (++begun === 8) here();
    return answer;
  };
  const leaving = new AbortController();
  const call = fetch(`${gateway.url}/v1/embeddings`, {
    method: "POST",
    headers: { authorization: `Bearer ${gateway.key}` },
    body: JSON.stringify({ model: "fast", input: texts(50) }),
    signal: leaving.signal,
  });
  await allHere;
  leaving.abort();
  expect(call).rejects.toThrow();
  await allGone;
  expect(begun).toBe(8);
  expect(await gateway.row()).toMatchObject({ errorCode: "LK-2301", costNanoUsd: null });
});

test("answers that are too large together are refused", async () => {
  const gateway = await start([titan], { ...fields, settings: { maxResponseBytes: 3_000 } });
  gateway.vendors[0].answer = () => Response.json({ embedding: Array.from({ length: 200 }, () => 0.25) });
  const response = await embed(gateway, texts(10));
  expect(response.headers.get("x-latchkey-error")).toBe("LK-3013");
});

describe("a list that is longer than a vendor takes", () => {
  test("goes to Cohere in requests of 96", async () => {
    const gateway = await start([{ embeddings: { shape: "cohere", path: "/embed" } }], {});
    gateway.vendors[0].answer = ({ json }) => {
      const asked = (json as { texts: string[] }).texts;
      const float = asked.map((text) => [numberOf(text)]);
      return Response.json({
        ...{ id: "e", embeddings: { float } },
        meta: { billed_units: { input_tokens: asked.length } },
      });
    };
    const response = await embed(gateway, texts(200), { user: "u" });
    expect(await vectorsIn(response)).toEqual(texts(200).map((_, index) => index));
    const sizes = gateway.vendors[0].seen.map(({ json }) => (json as { texts: string[] }).texts.length);
    expect(sizes.toSorted((a, b) => a - b)).toEqual([8, 96, 96]);
    expect(await gateway.row()).toMatchObject({ usage: { input: 200 }, dropped: "user" });
  });

  test("goes to Gemini in batches of 100, and a shorter one in one", async () => {
    const gateway = await start(
      [{ embeddings: { shape: "gemini", path: "/models/{model}:batchEmbedContents" } }],
      {},
    );
    const sizeOf = (json: unknown): number => (json as { requests: unknown[] }).requests.length;
    gateway.vendors[0].answer = ({ json }) =>
      Response.json({ embeddings: Array.from({ length: sizeOf(json) }, () => ({ values: [1] })) });
    expect(await vectorsIn(await embed(gateway, texts(100)))).toHaveLength(100);
    expect(gateway.vendors[0].seen).toHaveLength(1);
    expect(await vectorsIn(await embed(gateway, texts(101)))).toHaveLength(101);
    const sizes = gateway.vendors[0].seen.slice(1).map(({ json }) => sizeOf(json));
    expect(sizes.toSorted((a, b) => a - b)).toEqual([1, 100]);
  });
});
