import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { EmbeddingPurpose, EmbeddingRequest } from "../../../src/canonical/embedding.ts";
import { embeddingEgresses, geminiIngress } from "../../../src/dialects/embeddings/index.ts";
import { LatchkeyError } from "../../../src/kernel/error.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { ask, mixed, text } from "./support.ts";

const single = (body: JsonObject) => geminiIngress.parseRequest({ body, model: "m" });
const batch = (...requests: readonly JsonObject[]) =>
  geminiIngress.parseRequest({ body: { requests }, model: "models/m", isBatch: true });
const content = (words: string): JsonObject => ({ content: { parts: [{ text: words }] } });
const fault = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (thrown) {
    return thrown instanceof LatchkeyError ? [thrown.code, thrown.param] : thrown;
  }
};

describe("a request of Gemini's clients", () => {
  test("has one content, with its task, its title and its length", () => {
    expect(
      single({
        model: "models/m",
        ...content("a"),
        taskType: "RETRIEVAL_DOCUMENT",
        title: "T",
        outputDimensionality: 256,
      }),
    ).toEqual({
      request: {
        model: "m",
        inputs: [{ type: "text", text: "a", title: "T" }],
        purpose: "document",
        dimensions: 256,
      },
      losses: [],
    });
  });

  test("may have several in one, and names in either spelling", () => {
    const wishes = { task_type: "CODE_RETRIEVAL_QUERY", output_dimensionality: 9 };
    const inline = { inline_data: { mime_type: "image/png", data: "AAAA" } };
    expect(
      batch({ ...content("a"), ...wishes }, { content: { parts: [{ text: "A stone" }, inline] }, ...wishes }),
    ).toEqual({
      request: { model: "m", inputs: [text("a"), mixed], purpose: "code-query", dimensions: 9 },
      losses: [],
    });
    expect(single({ ...content("a"), taskType: "TASK_TYPE_UNSPECIFIED" }).request.purpose).toBeUndefined();
  });

  test("names what only Gemini could be told", () => {
    const audio = { inlineData: { mimeType: "audio/wav", data: "AA" } };
    const { losses } = batch({ content: { parts: [audio, { text: "a" }] }, labels: { a: "b" } });
    expect(losses.map(({ path, isHarmless }) => [path, isHarmless])).toEqual([
      ["requests[0].content.parts[0]", false],
      ["requests[0].labels", false],
    ]);
  });

  test.each([
    [() => single({}), "content"],
    [() => single({ content: "a" }), "content"],
    [() => single({ content: {} }), "content.parts"],
    [() => single({ content: { parts: [] } }), "content.parts"],
    [() => single({ content: { parts: [7] } }), "content.parts[0]"],
    [() => single({ content: { parts: [{ text: 7 }] } }), "content.parts[0].text"],
    [
      () => single({ content: { parts: [{ inlineData: { mimeType: "image/png" } }] } }),
      "content.parts[0].inlineData.data",
    ],
    [() => single({ ...content("a"), taskType: "TEA" }), "taskType"],
    [() => single({ ...content("a"), taskType: 7 }), "taskType"],
    [() => single({ ...content("a"), title: 7 }), "title"],
    [() => single({ ...content("a"), outputDimensionality: -1 }), "outputDimensionality"],
    [() => single({ ...content("a"), model: "models/other" }), "model"],
    [() => batch(), "requests"],
    [() => batch(7 as never), "requests[0]"],
    [() => batch(content("a"), {}), "requests[1].content"],
    [() => batch(content("a"), { ...content("b"), model: "x" }), "requests[1].model"],
    [() => batch(content("a"), { ...content("b"), taskType: "CLUSTERING" }), "requests[1].taskType"],
    [
      () => batch(content("a"), { ...content("b"), outputDimensionality: 9 }),
      "requests[1].outputDimensionality",
    ],
    [() => geminiIngress.parseRequest({ body: {}, model: "m", isBatch: true }), "requests"],
    [() => geminiIngress.parseRequest({ body: content("a") }), "model"],
  ] as const)("that is wrong names its fault: %p", (run, param) => {
    expect(fault(run)).toEqual(["LK-2102", param]);
  });

  test("of any shape is understood or refused with a code", () => {
    const member = fc.constantFrom(
      "content",
      "parts",
      "text",
      "inlineData",
      "requests",
      "taskType",
      "__proto__",
    );
    const body = fc.dictionary(member, fc.oneof(fc.jsonValue(), fc.dictionary(member, fc.jsonValue())));
    fc.assert(
      fc.property(body, fc.boolean(), (value, isBatch) => {
        const result = fault(() =>
          geminiIngress.parseRequest({ body: value as JsonObject, model: "m", isBatch }),
        );
        expect(Array.isArray(result) ? result[0] : "LK-2102").toBe("LK-2102");
      }),
    );
  });

  test("is the same again in Gemini's own words", () => {
    const titled = fc.record({ text: fc.string(), title: fc.string() }, { requiredKeys: ["text"] });
    const input = fc.oneof(
      titled.map((each) => ({ type: "text" as const, ...each })),
      fc.constant(mixed),
    );
    const purposes: readonly EmbeddingPurpose[] = [
      "query",
      "document",
      "similarity",
      "classification",
      "clustering",
      "question",
      "fact",
      "code-query",
    ];
    const wishes = fc.record(
      { purpose: fc.constantFrom(...purposes), dimensions: fc.integer({ min: 1, max: 3_072 }) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(input, { minLength: 1, maxLength: 5 }), wishes, (inputs, more) => {
        const request: EmbeddingRequest = { model: "m", inputs, ...more };
        const { body } = embeddingEgresses.gemini.renderRequest(request, { upstreamModel: "m" });
        const sent = JSON.parse(JSON.stringify(body));
        expect(geminiIngress.parseRequest({ body: sent, model: "m", isBatch: true })).toEqual({
          request,
          losses: [],
        });
      }),
    );
  });
});

describe("an answer to Gemini's clients", () => {
  const vectors = [
    { encoding: "float", values: [1, -2] },
    { encoding: "base64", data: "AACAPwAAAMA=" },
  ] as const;
  const usage = { input: 7, output: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0 };
  const context = { request: ask(), model: "m" };

  test("has one vector or all, and usage where there is any", () => {
    const values = [1, -2];
    expect(geminiIngress.renderResponse({ vectors, usage }, { ...context, isBatch: true })).toEqual({
      embeddings: [{ values }, { values }],
      usageMetadata: { promptTokenCount: 7 },
    });
    expect(geminiIngress.renderResponse({ vectors }, context)).toEqual({ embedding: { values } });
  });

  test("may be an error, and names members as the caller wrote them", () => {
    const error = { status: 429, code: "LK-3011", message: "Slow.", kind: "rate-limit" } as const;
    expect(geminiIngress.renderError(error)).toMatchObject({
      error: { code: 429, message: "Slow.", status: "RESOURCE_EXHAUSTED", details: [{ reason: "LK-3011" }] },
    });
    const { fieldName } = geminiIngress;
    expect(fieldName("inputs")).toBe("content");
    expect(fieldName("inputs", undefined, true)).toBe("requests");
    expect(fieldName("inputs", 2, true)).toBe("requests[2].content");
    expect(fieldName("purpose", undefined, true)).toBe("requests[0].taskType");
    expect(fieldName("title", 1, true)).toBe("requests[1].title");
  });
});
