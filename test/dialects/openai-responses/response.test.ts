import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { openaiResponses } from "../../../src/dialects/openai-responses/index.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { isJsonObject } from "../../../src/kernel/json.ts";
import { anyModel, jsonSample, sample } from "./support/responses.ts";

const { egress } = openaiResponses;
const read = (name: string) => egress.parseResponse(jsonSample(name), anyModel);
const own = (value: string) => ({ dialect: "openai-responses" as const, value });

test("an answer in words has its text, usage with what was cached, tier and time", () => {
  expect(read("text.json")).toEqual({
    id: "resp_t1",
    model: "gpt-5.6-mini-2026-06-01",
    createdS: 1_790_000_000,
    choices: [{ index: 0, content: [{ type: "text", text: "Grüße 👋🏽 aus Bern." }], finishReason: "stop" }],
    usage: { input: 25, output: 9, cacheRead: 16, cacheWrite: 0, reasoning: 0 },
    serviceTier: "default",
  });
});

test("an answer with tools keeps every summary, what is sealed, and the calls with their ids", () => {
  const answer = read("tools.json");
  expect(answer?.choices).toEqual([
    {
      index: 0,
      finishReason: "tool-calls",
      content: [
        { type: "reasoning", text: "**Two cities**\n\nI look both up.", isSummary: true, id: "rs_b1" },
        {
          type: "reasoning",
          text: "**Calling**\n\nAt once.",
          isSummary: true,
          id: "rs_b1",
          signature: own("gAAAAABsealed1=="),
        },
        { type: "tool-call", id: "call_bern", name: "weather", arguments: `{"city":"Bern"}` },
        { type: "reasoning", text: "", id: "rs_b2", redacted: own("gAAAAABsealed2==") },
        { type: "tool-call", id: "call_rome", name: "weather", arguments: `{"city":"Rom \\"Roma\\""}` },
        { type: "tool-call", id: "call_now", name: "now", arguments: "{}" },
      ],
    },
  ]);
  expect(answer?.usage).toEqual({ input: 120, output: 90, cacheRead: 0, cacheWrite: 100, reasoning: 64 });
});

test("no more tokens than the input has are taken for cached", () => {
  const usage = { input_tokens: 23, output_tokens: 1, input_tokens_details: { cached_tokens: 158 } };
  expect(
    egress.parseResponse({ object: "response", id: "resp_1", output: [], usage }, anyModel)?.usage,
  ).toMatchObject({ input: 23, cacheRead: 23, cacheWrite: 0 });
});

test("thinking of open models is no summary", () => {
  expect(read("reasoning-text.json")?.choices[0]?.content).toEqual([
    { type: "reasoning", text: "Two and two is four.", id: "rs_c1" },
    { type: "text", text: "4" },
  ]);
});

test("sources are citations, steps of the vendor's own tools stay as they are, and phases are kept", () => {
  const [url, file] = (jsonSample("citations.json") as { output: JsonObject[] }).output.flatMap(
    ({ content }) => (content as { annotations: JsonObject[] }[] | undefined)?.[0]?.annotations ?? [],
  );
  expect(read("citations.json")?.choices[0]?.content).toEqual([
    { type: "text", text: "Searching.", signature: own("commentary") },
    {
      type: "vendor",
      dialect: "openai-responses",
      value: expect.objectContaining({ type: "web_search_call" }),
    },
    {
      type: "text",
      text: "Finsteraarhorn.",
      signature: own("final_answer"),
      citations: [
        {
          start: 0,
          end: 14,
          title: "Finsteraarhorn",
          url: "https://example.org/finsteraarhorn",
          raw: { dialect: "openai-responses", value: url },
        },
        { title: "peaks.pdf", document: "file-1", raw: { dialect: "openai-responses", value: file } },
      ] as never,
    },
  ]);
});

test("pictures that the model has made are pictures, named by their step", () => {
  expect(read("image.json")?.choices[0]?.content).toEqual([
    {
      type: "image",
      source: { kind: "base64", mediaType: "image/png", data: "iVBORw0KGgo=" },
      signature: own("ig_f1"),
    },
  ]);
});

test("probabilities of tokens stand with the choice", () => {
  expect(read("logprobs.json")?.choices[0]?.logprobs).toEqual([
    {
      token: "Ja",
      logprob: -0.1,
      bytes: [74, 97],
      alternatives: [
        { token: "Ja", logprob: -0.1, bytes: [74, 97] },
        { token: "Nein", logprob: -2.5, bytes: [78, 101, 105, 110] },
      ],
    },
    { token: ".", logprob: -0.01, bytes: [46] },
  ]);
});

describe("an answer ends", () => {
  test.each([
    ["refusal.json", "refusal"],
    ["incomplete.json", "content-filter"],
    ["failed.json", "error"],
  ])("%s as %s", (name, reason) => {
    expect(read(name)?.choices[0]?.finishReason).toBe(reason as never);
  });

  test.each([
    [{ status: "incomplete", incomplete_details: { reason: "max_output_tokens" } }, "length"],
    [{ status: "incomplete", incomplete_details: null }, "other"],
    [{ status: "cancelled" }, "other"],
    [{ status: "in_progress" }, "other"],
    [{ status: null }, "stop"],
    [{}, "stop"],
  ])("with %j as %s", (members, reason) => {
    const answer = { ...jsonSample("text.json"), status: undefined, ...members };
    expect(egress.parseResponse(answer, anyModel)?.choices[0]?.finishReason).toBe(reason as never);
  });

  test("with the vendor's words where it has failed", () => {
    expect(read("failed.json")?.error).toEqual({
      kind: "server",
      message: "The server had an error while processing your request.",
      code: "server_error",
    });
    const filtered = {
      ...jsonSample("failed.json"),
      error: { code: "invalid_prompt", message: "Not this." },
    };
    expect(egress.parseResponse(filtered, anyModel)?.error?.kind).toBe("content-policy");
  });
});

test("what is no answer is none, and values of wrong types are passed over", () => {
  expect(egress.parseResponse(jsonSample("error-400.json"), anyModel)).toBeUndefined();
  expect(egress.parseResponse({ output: "x" }, anyModel)).toBeUndefined();
  const odd = { output: [null, 1, { type: "message", content: [null, { type: "output_text", text: 1 }] }] };
  expect(egress.parseResponse(odd as never, anyModel)).toMatchObject({
    id: expect.stringMatching(/^resp_/),
    model: "gpt-5.6-mini",
    choices: [{ content: [], finishReason: "stop" }],
  });
  const item = fc.record(
    {
      type: fc.constantFrom("message", "reasoning", "function_call", "image_generation_call", "x"),
      content: fc.jsonValue(),
      summary: fc.jsonValue(),
      id: fc.jsonValue(),
      call_id: fc.jsonValue(),
      name: fc.jsonValue(),
      arguments: fc.jsonValue(),
      result: fc.jsonValue(),
      encrypted_content: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  const answer = fc.record(
    {
      output: fc.array(fc.oneof(item, fc.jsonValue())),
      usage: fc.jsonValue(),
      status: fc.jsonValue(),
      error: fc.jsonValue(),
    },
    { requiredKeys: ["output"] },
  );
  fc.assert(
    fc.property(answer, (value) => {
      // Calls that are none make it none.
      const response = egress.parseResponse(value as never, anyModel);
      const isCall = (one: unknown): boolean => isJsonObject(one) && one["type"] === "function_call";
      expect(response === undefined ? value.output.some(isCall) : response.choices.length === 1).toBe(true);
    }),
  );
});

describe("an error", () => {
  test.each([
    ["error-400.json", 400, "context-length"],
    ["error-429.json", 429, "quota"],
  ] as const)("%s with status %d is of the kind %s", (name, status, kind) => {
    const { error } = jsonSample(name) as { error: { message: string; code: string } };
    expect(egress.parseError(status, sample(name))).toMatchObject({
      kind,
      message: error.message,
      code: error.code,
    });
  });

  test.each([
    [
      401,
      `{"error":{"message":"no","type":"invalid_request_error","code":"invalid_api_key"}}`,
      "authentication",
    ],
    [400, `{"code":"invalid-argument","error":"Incorrect API key provided."}`, "authentication"],
    [403, `{"error":{"message":"no"}}`, "permission"],
    [404, `{"error":{"message":"The model does not exist","code":"model_not_found"}}`, "not-found"],
    [413, "", "too-large"],
    [429, `{"error":{"message":"slow","type":"tokens","code":"rate_limit_exceeded"}}`, "rate-limit"],
    [503, `{"error":{"message":"busy","code":"server_is_overloaded"}}`, "overloaded"],
    [500, "<html>", "server"],
    [
      400,
      `{"error":{"message":"Your prompt was flagged","code":"content_policy_violation"}}`,
      "content-policy",
    ],
    [400, `[1]`, "invalid-request"],
    [400, `{"error":{"message":1,"code":{"__proto__":1}}}`, "invalid-request"],
  ] as const)("with status %d and body %p is of the kind %s", (status, body, kind) => {
    expect(egress.parseError(status, Buffer.from(body))).toMatchObject({
      kind,
      message: expect.stringMatching(/./),
    });
  });
});
