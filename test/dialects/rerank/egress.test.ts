import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { RerankRequest } from "../../../src/canonical/rerank.ts";
import type { ProviderProfile } from "../../../src/catalog/provider-profile.ts";
import { providerProfiles } from "../../../src/catalog/providers/index.ts";
import { rerankEgresses } from "../../../src/dialects/rerank/index.ts";
import type { RerankShape } from "../../../src/dialects/rerank/rerank-dialect.ts";
import type { Json } from "../../../src/kernel/json.ts";
import { ask, wireSample } from "./support.ts";

const traits = { upstreamModel: "rerank-v3.5" };
const shapes = Object.keys(rerankEgresses) as RerankShape[];
const render = (shape: RerankShape, changes: Partial<RerankRequest> = {}) =>
  rerankEgresses[shape].renderRequest(ask(changes), traits);
const { model: _, ...plain } = ask();
const base = { model: "rerank-v3.5", ...plain };

test("every provider's rerank has a shape that is spoken", () => {
  for (const { apis } of Object.values(providerProfiles) as readonly ProviderProfile[])
    if (apis?.rerank !== undefined) expect(shapes as string[]).toContain(apis.rerank.shape);
});

test.each([
  ["cohere", { topN: 2, maxTokensPerDocument: 100 }, { ...base, top_n: 2, max_tokens_per_doc: 100 }],
  ["jina", { topN: 2, returnDocuments: true }, { ...base, top_n: 2, return_documents: false }],
  ["voyage", { topN: 2, truncate: false }, { ...base, top_k: 2, truncation: false }],
] as const)("in the words of %s the wishes %j are told", (shape, changes, body) => {
  expect(render(shape, changes)).toEqual({ body, losses: [] } as never);
});

test("Voyage takes a thousand documents at once, and more are refused with that number", () => {
  const documents = (length: number) => Array.from({ length }, () => "a");
  expect(render("voyage", { documents: documents(1_000) }).losses).toEqual([]);
  expect(render("voyage", { documents: documents(1_001) }).losses).toEqual([
    {
      path: { field: "documents" },
      isHarmless: false,
      reason: "holds 1001, of which Voyage AI takes 1000 in one request at most",
    },
  ]);
});

test.each([
  ["cohere", { truncate: false }, "truncate"],
  ["jina", { truncate: false }, "truncate"],
  ["jina", { maxTokensPerDocument: 9 }, "maxTokensPerDocument"],
  ["voyage", { maxTokensPerDocument: 9 }, "maxTokensPerDocument"],
] as const)("%s cannot be told %j", (shape, changes, field) => {
  expect(render(shape, changes).losses).toEqual([
    { path: { field }, isHarmless: false, reason: expect.stringMatching(/has no counterpart in/) },
  ]);
});

test.each(["cohere", "jina"] as const)("%s cuts off what is too long by itself", (shape) => {
  expect(render(shape, { truncate: true }).losses).toEqual([]);
});

describe("an answer", () => {
  const usage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0 };
  const best = [
    { index: 2, score: 0.9 },
    { index: 0, score: 0.25 },
  ];
  const read = (shape: RerankShape, value: Json, changes: Partial<RerankRequest> = {}) =>
    rerankEgresses[shape].parseResponse(value, ask(changes));

  test.each([
    ["cohere", "cohere.json", { ...usage, searchUnits: 1 }],
    ["jina", "jina.json", { ...usage, input: 50 }],
    ["voyage", "voyage.json", { ...usage, input: 50 }],
    ["cohere", "fireworks.json", { ...usage, input: 50 }],
    ["jina", "llamacpp.json", { ...usage, input: 50 }],
  ] as const)(
    "in the shape of %s (%s) has the best first, no more than were asked for",
    (shape, name, expected) => {
      const response = read(shape, JSON.parse(Buffer.from(wireSample(name)).toString()), { topN: 2 });
      expect(response?.results).toEqual(best);
      expect(response?.usage).toEqual(expected);
    },
  );

  test("counts tokens beside searches where the vendor does", () => {
    const results = [{ index: 0, relevance_score: 1 }];
    const meta = { billed_units: { search_units: 2 }, tokens: { input_tokens: 9 } };
    expect(read("cohere", { results, meta })?.usage).toEqual({ ...usage, input: 9, searchUnits: 2 });
    expect(read("cohere", { results, usage: { search_units: 1, total_tokens: 3 } })?.usage).toEqual({
      ...usage,
      input: 3,
      searchUnits: 1,
    });
    expect(read("cohere", { results })?.usage).toBeUndefined();
  });

  test("is none where it names documents that were not sent, or scores that are none", () => {
    for (const results of [
      [],
      [{ index: 0, relevance_score: Number.POSITIVE_INFINITY }],
      [{ index: 3, relevance_score: 1 }],
      [{ index: -1, relevance_score: 1 }],
      [{ index: 0.5, relevance_score: 1 }],
      [{ index: "0", relevance_score: 1 }],
      [{ index: 0, relevance_score: "1" }],
      [{ index: 0 }],
      [null],
      {},
    ])
      for (const shape of shapes) expect(read(shape, { results } as Json)).toBeUndefined();
    expect(read("cohere", [])).toBeUndefined();
  });

  test("of any shape is read or refused, never thrown at", () => {
    const names = fc.constantFrom("results", "data", "meta", "usage", "index", "relevance_score");
    const body = fc.dictionary(
      names,
      fc.oneof(fc.jsonValue(), fc.array(fc.dictionary(names, fc.jsonValue()))),
    );
    fc.assert(
      fc.property(fc.constantFrom(...shapes), fc.oneof(fc.jsonValue(), body), (shape, value) => {
        const response = read(shape, value as Json);
        expect(response === undefined || response.results.every(({ index }) => index < 3)).toBe(true);
      }),
    );
  });
});

test.each([
  ["cohere", 404, `{"message":"model 'x' not found"}`, "not-found", "model 'x' not found"],
  ["cohere", 429, `{"message":"slow down"}`, "rate-limit", "slow down"],
  ["jina", 401, `{"detail":"Invalid API key"}`, "authentication", "Invalid API key"],
  ["voyage", 400, `{"detail":"Argument 'query' is wrong"}`, "invalid-request", "Argument 'query' is wrong"],
  ["voyage", 500, "", "server", "no message"],
] as const)("an error of %s with status %d", (shape, status, body, kind, message) => {
  expect(rerankEgresses[shape].parseError(status, Buffer.from(body))).toMatchObject({ kind, message });
});
