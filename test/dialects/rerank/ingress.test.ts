import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { RerankRequest } from "../../../src/canonical/rerank.ts";
import { rerankEgresses, rerankIngress } from "../../../src/dialects/rerank/index.ts";
import { LatchkeyError } from "../../../src/kernel/error.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { ask } from "./support.ts";

const fault = (body: JsonObject): unknown => {
  try {
    return rerankIngress.parseRequest(body);
  } catch (thrown) {
    return thrown instanceof LatchkeyError ? [thrown.code, thrown.param] : thrown;
  }
};

describe("a request of Cohere's or Jina's clients", () => {
  test("has documents as texts or as objects with one", () => {
    const body = {
      model: "m",
      query: "q",
      documents: ["a", { text: "b" }, { text: "c", id: 7 }],
      top_n: 2,
      return_documents: true,
      max_tokens_per_doc: 9,
      truncation: null,
    };
    expect(rerankIngress.parseRequest(body)).toEqual({
      request: {
        model: "m",
        query: "q",
        documents: ["a", "b", "c"],
        topN: 2,
        returnDocuments: true,
        maxTokensPerDocument: 9,
      },
      losses: [{ path: "documents[2].id", isHarmless: true, reason: "is not looked at" }],
    });
  });

  test("names what no other dialect has", () => {
    const body = { model: "m", query: "q", documents: ["a"], rank_fields: ["text"] };
    expect(rerankIngress.parseRequest(body).losses).toEqual([
      { path: "rank_fields", isHarmless: false, reason: expect.any(String) },
    ]);
  });

  test.each([
    [{ query: "q", documents: ["a"] }, "model"],
    [{ model: "m", documents: ["a"] }, "query"],
    [{ model: "m", query: { text: "q" }, documents: ["a"] }, "query"],
    [{ model: "m", query: "q" }, "documents"],
    [{ model: "m", query: "q", documents: "a" }, "documents"],
    [{ model: "m", query: "q", documents: [] }, "documents"],
    [{ model: "m", query: "q", documents: ["a", 7] }, "documents[1]"],
    [{ model: "m", query: "q", documents: [{ image: "x" }] }, "documents[0].text"],
    [{ model: "m", query: "q", documents: [{ text: 7 }] }, "documents[0].text"],
    [{ model: "m", query: "q", documents: ["a"], top_n: 0 }, "top_n"],
    [{ model: "m", query: "q", documents: ["a"], return_documents: "yes" }, "return_documents"],
    [{ model: "m", query: "q", documents: ["a"], max_tokens_per_doc: 1.5 }, "max_tokens_per_doc"],
  ] as const)("that is %j names its fault", (body, param) => {
    expect(fault(body as JsonObject)).toEqual(["LK-2102", param]);
  });

  test("of any shape is understood or refused with a code", () => {
    const member = fc.constantFrom("model", "query", "documents", "top_n", "return_documents", "__proto__");
    fc.assert(
      fc.property(fc.dictionary(member, fc.jsonValue()), (body) => {
        const result = fault(body as JsonObject);
        expect(Array.isArray(result) ? result[0] : "LK-2102").toBe("LK-2102");
      }),
    );
  });

  test("is the same again in Cohere's own words", () => {
    const wishes = fc.record(
      { topN: fc.integer({ min: 1 }), maxTokensPerDocument: fc.integer({ min: 1 }) },
      { requiredKeys: [] },
    );
    const word = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(word, fc.array(fc.string(), { minLength: 1 }), wishes, (query, documents, more) => {
        const request: RerankRequest = { model: "m", query, documents, ...more };
        const { body } = rerankEgresses.cohere.renderRequest(request, { upstreamModel: "m" });
        expect(rerankIngress.parseRequest(JSON.parse(JSON.stringify(body)))).toEqual({ request, losses: [] });
      }),
    );
  });
});

describe("an answer to them", () => {
  const results = [
    { index: 2, score: 0.9 },
    { index: 0, score: 0.25 },
  ];
  const usage = { input: 50, output: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0 };
  const context = { request: ask(), model: "ranks", requestId: "req_1" };

  test("has what either client reads", () => {
    expect(rerankIngress.renderResponse({ results, usage, model: "theirs" }, context)).toEqual({
      id: "req_1",
      object: "list",
      model: "ranks",
      results: [
        { index: 2, relevance_score: 0.9 },
        { index: 0, relevance_score: 0.25 },
      ],
      meta: {
        api_version: { version: "2" },
        billed_units: { input_tokens: 50 },
        tokens: { input_tokens: 50 },
      },
      usage: { prompt_tokens: 50, total_tokens: 50 },
    });
  });

  test("has the documents where they are wanted, and searches where they are charged", () => {
    const request = ask({ returnDocuments: true });
    const answer = rerankIngress.renderResponse(
      { id: "theirs", results, usage: { ...usage, searchUnits: 1 } },
      { ...context, request },
    );
    expect(answer).toMatchObject({
      id: "theirs",
      results: [
        { index: 2, document: { text: "Rails" } },
        { index: 0, document: { text: "Ruby" } },
      ],
      meta: { billed_units: { search_units: 1 } },
    });
  });

  test("may be an error, and names members as the caller wrote them", () => {
    const error = {
      status: 400,
      code: "LK-2110",
      message: "No.",
      kind: "invalid-request",
      param: "top_n",
    } as const;
    expect(rerankIngress.renderError(error)).toEqual({
      message: "No.",
      detail: "No.",
      code: "LK-2110",
      param: "top_n",
    });
    const { fieldName } = rerankIngress;
    expect([fieldName("topN"), fieldName("documents", 3), fieldName("maxTokensPerDocument")]).toEqual([
      "top_n",
      "documents[3]",
      "max_tokens_per_doc",
    ]);
  });
});
