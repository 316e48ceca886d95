import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { EmbeddingRequest } from "../../../src/canonical/embedding.ts";
import { embeddingEgresses, openaiIngress } from "../../../src/dialects/embeddings/index.ts";
import { LatchkeyError } from "../../../src/kernel/error.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { ask, text } from "./support.ts";

const parse = (body: JsonObject) => openaiIngress.parseRequest({ body });
const fault = (body: JsonObject): unknown => {
  try {
    return parse(body);
  } catch (thrown) {
    return thrown instanceof LatchkeyError ? [thrown.code, thrown.param] : thrown;
  }
};

describe("a request of OpenAI's clients", () => {
  test.each([
    ["one", [text("one")]],
    [
      ["one", ""],
      [text("one"), text("")],
    ],
    [[1, 2, 3], [{ type: "tokens", tokens: [1, 2, 3] }]],
    [
      [[1], [2, 3]],
      [
        { type: "tokens", tokens: [1] },
        { type: "tokens", tokens: [2, 3] },
      ],
    ],
  ] as const)("with the input %j", (input, inputs) => {
    expect(parse({ model: "m", input })).toEqual({ request: { model: "m", inputs }, losses: [] } as never);
  });

  test("has its wishes, and those that vendors have added", () => {
    const body = {
      model: "m",
      input: "a",
      dimensions: 256,
      encoding_format: "base64",
      user: "u",
      input_type: "passage",
      truncate: "START",
    };
    expect(parse(body).request).toEqual({
      model: "m",
      inputs: [text("a")],
      dimensions: 256,
      encoding: "base64",
      endUser: "u",
      purpose: "document",
      truncate: "start",
    });
    const absent = { dimensions: null, encoding_format: null, user: null, input_type: null };
    expect(parse({ model: "m", input: "a", ...absent })).toEqual({
      request: { model: "m", inputs: [text("a")] },
      losses: [],
    });
  });

  test("names what only its own dialect could be told", () => {
    expect(parse({ model: "m", input: "a", late_chunking: true, other: null }).losses).toEqual([
      { path: "late_chunking", isHarmless: false, reason: expect.any(String) },
    ]);
  });

  test.each([
    [{ input: "a" }, "model"],
    [{ model: "", input: "a" }, "model"],
    [{ model: 7, input: "a" }, "model"],
    [{ model: "m" }, "input"],
    [{ model: "m", input: [] }, "input"],
    [{ model: "m", input: 7 }, "input"],
    [{ model: "m", input: { __proto__: null } }, "input"],
    [{ model: "m", input: ["a", 1] }, "input[1]"],
    [{ model: "m", input: ["a", null] }, "input[1]"],
    [{ model: "m", input: [[1], []] }, "input[1]"],
    [{ model: "m", input: [1, -2] }, "input[1]"],
    [{ model: "m", input: [[1, "2"]] }, "input[0][1]"],
    [{ model: "m", input: [1.5] }, "input[0]"],
    [{ model: "m", input: "a", dimensions: 0 }, "dimensions"],
    [{ model: "m", input: "a", dimensions: "1" }, "dimensions"],
    [{ model: "m", input: "a", encoding_format: "int8" }, "encoding_format"],
    [{ model: "m", input: "a", encoding_format: "__proto__" }, "encoding_format"],
    [{ model: "m", input: "a", user: 7 }, "user"],
    [{ model: "m", input: "a", input_type: "tea" }, "input_type"],
  ] as const)("that is %j names its fault", (body, param) => {
    expect(fault(body as JsonObject)).toEqual(["LK-2102", param]);
  });

  test("of any shape is understood or refused with a code", () => {
    const member = fc.constantFrom("model", "input", "dimensions", "encoding_format", "user", "__proto__");
    fc.assert(
      fc.property(fc.dictionary(member, fc.jsonValue()), (body) => {
        const result = fault(body as JsonObject);
        expect(Array.isArray(result) ? result[0] : "LK-2102").toBe("LK-2102");
      }),
    );
  });

  test("is the same again in OpenAI's own words", () => {
    const inputs = fc.oneof(
      fc.array(fc.string().map(text), { minLength: 1 }),
      fc.array(
        fc.array(fc.nat(), { minLength: 1 }).map((tokens) => ({ type: "tokens" as const, tokens })),
        { minLength: 1 },
      ),
    );
    const optional = {
      dimensions: fc.integer({ min: 1, max: 4_096 }),
      encoding: fc.constant("base64" as const),
      endUser: fc.string(),
    };
    const wishes = fc.record(optional, { requiredKeys: [] });
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), inputs, wishes, (model, list, more) => {
        const request: EmbeddingRequest = { model, inputs: list, ...more };
        const { body } = embeddingEgresses.openai.renderRequest(request, { upstreamModel: model });
        expect(parse(JSON.parse(JSON.stringify(body)))).toEqual({ request, losses: [] });
      }),
    );
  });
});

describe("an answer to OpenAI's clients", () => {
  const usage = { input: 7, output: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0 };
  const vectors = [
    { encoding: "float", values: [1, -2] },
    { encoding: "base64", data: "AACAPwAAAMA=" },
  ] as const;
  const render = (encoding?: "float" | "base64") =>
    openaiIngress.renderResponse(
      { vectors, usage, model: "theirs" },
      { request: ask(encoding === undefined ? {} : { encoding }), model: "fast" },
    );

  test("is base64 where that was asked for, whatever the vendor gave", () => {
    expect(render("base64")).toEqual({
      object: "list",
      data: [
        { object: "embedding", index: 0, embedding: "AACAPwAAAMA=" },
        { object: "embedding", index: 1, embedding: "AACAPwAAAMA=" },
      ],
      model: "fast",
      usage: { prompt_tokens: 7, total_tokens: 7 },
    });
  });

  test.each(["float", undefined] as const)("is numbers where %p was asked for", (encoding) => {
    expect(render(encoding)["data"]).toEqual([
      { object: "embedding", index: 0, embedding: [1, -2] },
      { object: "embedding", index: 1, embedding: [1, -2] },
    ]);
  });

  test("has a usage even where the vendor tells none", () => {
    const answer = openaiIngress.renderResponse({ vectors: [] }, { request: ask(), model: "fast" });
    expect(answer["usage"]).toEqual({ prompt_tokens: 0, total_tokens: 0 });
  });

  test("may be an error, and names members as the caller wrote them", () => {
    const error = { status: 400, code: "LK-2110", message: "No.", kind: "invalid-request" } as const;
    expect(openaiIngress.renderError({ ...error, param: "dimensions" })).toEqual({
      error: { message: "No.", type: "invalid_request_error", param: "dimensions", code: "LK-2110" },
    });
    expect(openaiIngress.renderError({ ...error, status: 502, kind: "server" })).toMatchObject({
      error: { type: "server_error", param: null },
    });
    expect(openaiIngress.renderError({ ...error, status: 429, kind: "rate-limit" })).toMatchObject({
      error: { type: "rate_limit_error" },
    });
    const { fieldName } = openaiIngress;
    expect([fieldName("inputs"), fieldName("inputs", 3), fieldName("title", 3)]).toEqual([
      "input",
      "input[3]",
      "input[3]",
    ]);
    expect(
      ["dimensions", "purpose", "truncate", "endUser"].map((field) => fieldName(field as never)),
    ).toEqual(["dimensions", "input_type", "truncate", "user"]);
  });
});
