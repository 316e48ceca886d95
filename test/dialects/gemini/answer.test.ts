import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { gemini } from "../../../src/dialects/gemini/index.ts";
import { isJsonObject, type JsonObject } from "../../../src/kernel/json.ts";
import { answer, flash, sample, sentParts } from "./support/samples.ts";

const { egress } = gemini;
const read = (name: string) => egress.parseResponse(answer(name), flash);
const content = (name: string) => read(name)?.choices[0]?.content;
const signed = (value: string) => ({ signature: { dialect: "gemini", value } });

describe("a whole answer", () => {
  test("has its text, id, model and usage with what was cached", () => {
    expect(read("text.json")).toEqual({
      id: "r3spOnse-1d",
      model: "gemini-2.5-flash",
      choices: [
        { index: 0, content: [{ type: "text", text: 'Grüße 👋🏽 from "Bern"\n' }], finishReason: "stop" },
      ],
      usage: { input: 12, output: 5, cacheRead: 8, cacheWrite: 0, reasoning: 0 },
    });
  });

  test("has thoughts apart, which count as output, and signatures at their parts", () => {
    expect(read("thinking.json")).toMatchObject({
      choices: [
        {
          content: [
            { type: "reasoning", text: "First look at the sky.", isSummary: true },
            { type: "text", text: "It is sunny.", ...signed("c2lnbmF0dXJlLTE=") },
          ],
        },
      ],
      usage: { output: 35, reasoning: 30 },
    });
    expect(content("thinking.json")?.[0]).not.toHaveProperty("signature");
  });

  test("waits for tools although it says STOP, and has ids for calls that have none", () => {
    const choice = read("tools.json")?.choices[0];
    expect(choice?.finishReason).toBe("tool-calls");
    expect(choice?.content).toEqual([
      {
        type: "tool-call",
        id: "gemini_r3spOnse-1d_0",
        name: "weather",
        arguments: `{"city":"Bern"}`,
        ...signed("c2lnbmF0dXJlLTI="),
      },
      { type: "tool-call", id: "given-id", name: "weather", arguments: `{"city":"Zürich"}` },
      { type: "tool-call", id: "gemini_r3spOnse-1d_2", name: "now", arguments: "{}" },
    ] as never);
    expect(read("tools.json")).toEqual(read("tools.json"));
  });

  test("may hold pictures and sound, counted apart", () => {
    expect(content("image.json")?.[1]).toEqual({
      type: "image",
      source: { kind: "base64", mediaType: "image/png", data: "iVBORw0KGgo=" },
      ...signed("c2lnbmF0dXJlLTM="),
    } as never);
    expect(read("image.json")?.usage?.imageOutput).toBe(1290);
    expect(content("audio.json")).toEqual([{ type: "spoken", data: "AAABAAIA", format: "pcm16" }]);
    expect(read("audio.json")?.usage).toMatchObject({ audioInput: 10, audioOutput: 5 });
  });

  test("names its sources, with offsets in characters where Google counts bytes", () => {
    const [part] = content("grounding.json") ?? [];
    if (part?.type !== "text") throw new Error("no text");
    expect(part.citations?.map(({ raw: _, ...rest }) => rest)).toEqual([
      { start: 0, end: 16, text: "Zürich is large.", title: "a.example", url: "https://a.example/zurich" },
      {
        start: 17,
        end: 37,
        text: "Bern is the capital.",
        title: "a.example",
        url: "https://a.example/zurich",
      },
      { start: 17, end: 37, text: "Bern is the capital.", title: "b.example", url: "https://b.example/bern" },
    ]);
    for (const { start, end, text } of part.citations ?? [])
      expect(part.text.slice(start, end)).toBe(text ?? "");
    // What Google's own tools have read is paid as input.
    expect(read("grounding.json")?.usage?.input).toBe(52);
  });

  test("names documents and recited works as sources", () => {
    expect(content("file-search.json")?.[0]).toMatchObject({
      citations: [{ title: "france.txt", quote: "Paris is the capital of France." }],
    });
    expect(content("recitation.json")?.[0]).toMatchObject({
      citations: [{ start: 0, end: 19, url: "https://c.example/hamlet", text: "To be, or not to be" }],
    });
  });

  test("keeps what only Google knows as it is", () => {
    const sent = sentParts(answer("code-execution.json"));
    expect(content("code-execution.json")).toEqual([
      { type: "text", text: "Let me see." },
      { type: "vendor", dialect: "gemini", value: sent[1] },
      { type: "vendor", dialect: "gemini", value: sent[2] },
      { type: "text", text: "It is 4." },
    ] as never);
    const thoughtImage = { thought: true, inlineData: { mimeType: "image/png", data: "AA==" } };
    const seen = egress.parseResponse({ candidates: [{ content: { parts: [thoughtImage] } }] }, flash);
    expect(seen?.choices[0]?.content).toEqual([{ type: "vendor", dialect: "gemini", value: thoughtImage }]);
  });

  test("has likelihoods, a certain token being one whose likelihood is left out", () => {
    expect(read("logprobs.json")?.choices[0]?.logprobs).toEqual([
      {
        token: "Hi",
        logprob: -0.5,
        alternatives: [
          { token: "Hi", logprob: -0.5 },
          { token: "Ho", logprob: -1.5 },
        ],
      },
      { token: "!", logprob: 0, alternatives: [{ token: "!", logprob: 0 }] },
    ]);
  });

  test("may have several candidates", () => {
    expect(read("candidates.json")?.choices).toEqual([
      { index: 0, content: [{ type: "text", text: "One" }], finishReason: "stop" },
      { index: 1, content: [{ type: "text", text: "Two" }], finishReason: "length" },
    ]);
  });

  test("may be held back, or none because of the prompt", () => {
    expect(read("safety.json")?.choices).toEqual([{ index: 0, content: [], finishReason: "content-filter" }]);
    expect(read("malformed-call.json")).toMatchObject({
      choices: [{ index: 0, content: [], finishReason: "error" }],
      error: {
        kind: "server",
        code: "MALFORMED_FUNCTION_CALL",
        message: "MALFORMED_FUNCTION_CALL: Malformed function call: weather(",
      },
    });
    expect(read("blocked-prompt.json")).toMatchObject({
      choices: [{ content: [], finishReason: "content-filter" }],
      promptBlocked: "PROHIBITED_CONTENT: The prompt is not allowed.",
      usage: { input: 12, output: 0 },
    });
  });

  test.each([
    ["STOP", "stop"],
    ["MAX_TOKENS", "length"],
    ["RECITATION", "content-filter"],
    ["BLOCKLIST", "content-filter"],
    ["PROHIBITED_CONTENT", "content-filter"],
    ["SPII", "content-filter"],
    ["IMAGE_SAFETY", "content-filter"],
    ["UNEXPECTED_TOOL_CALL", "error"],
    ["CONTINUATION", "pause"],
    ["LANGUAGE", "other"],
    ["SOMETHING_NEW", "other"],
    ["toString", "other"],
  ])("that ended for %s ended for %s", (finishReason, expected) => {
    const value = { candidates: [{ content: { parts: [{ text: "x" }] }, finishReason }] };
    expect(egress.parseResponse(value, flash)?.choices[0]?.finishReason).toBe(expected as never);
  });

  test("tells its tier and time where Vertex AI does", () => {
    const value = {
      candidates: [{ content: { parts: [{ text: "x" }] }, finishReason: "STOP" }],
      usageMetadata: { promptTokenCount: 1, trafficType: "ON_DEMAND_FLEX" },
      createTime: "2026-03-21T18:11:27.235482Z",
    };
    expect(egress.parseResponse(value, flash)).toMatchObject({
      serviceTier: "flex",
      createdS: 1_774_116_687,
      model: "gemini-2.5-flash",
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  test("is none without candidates or a word about the prompt", () => {
    for (const value of [{}, { candidates: [] }, { candidates: "x" }, { candidates: [null] }, { error: {} }])
      expect(egress.parseResponse(value, flash)).toBeUndefined();
  });

  test("that is nested beyond all measure is none", () => {
    const args = JSON.parse(`${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`) as JsonObject;
    const value = { candidates: [{ content: { parts: [{ functionCall: { name: "f", args } }] } }] };
    expect(egress.parseResponse(value, flash)).toBeUndefined();
  });

  test("of any JSON at all never throws", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (a, b, c) => {
        const parts = [{ text: a, thoughtSignature: b }, { functionCall: a }, { inlineData: b }, c];
        const candidate = {
          content: { parts },
          groundingMetadata: a,
          citationMetadata: b,
          logprobsResult: c,
        };
        for (const value of [
          a,
          { candidates: a },
          { candidates: [candidate], usageMetadata: b, promptFeedback: c },
        ])
          if (isJsonObject(value)) egress.parseResponse(value as JsonObject, flash);
      }),
    );
  });
});

describe("an error", () => {
  test.each([
    ["error-429.json", 429, { kind: "rate-limit", code: "RESOURCE_EXHAUSTED", retryAfterS: 13 }],
    ["error-400.json", 400, { kind: "invalid-request", param: "generation_config.top_k" }],
    [
      "error-key.json",
      400,
      { kind: "authentication", message: "API key not valid. Please pass a valid API key." },
    ],
  ])("%s is understood", (name, status, expected) => {
    expect(egress.parseError(status, sample(name))).toMatchObject(expected as never);
    expect(egress.parseError(status, Buffer.from(`[${Buffer.from(sample(name))}]`))).toMatchObject(
      expected as never,
    );
  });

  const body = (status: string, message: string, details: readonly JsonObject[] = []) =>
    JSON.stringify({ error: { code: 0, status, message, details } });

  test.each([
    [
      400,
      body("INVALID_ARGUMENT", "The input token count (9) exceeds the maximum number of tokens allowed (8)."),
      "context-length",
    ],
    [400, body("INVALID_ARGUMENT", "Request payload size exceeds the limit: 20971520 bytes."), "too-large"],
    [400, body("FAILED_PRECONDITION", "User location is not supported for the API use."), "permission"],
    [401, body("UNAUTHENTICATED", "no"), "authentication"],
    [403, body("PERMISSION_DENIED", "no"), "permission"],
    [404, body("NOT_FOUND", "no"), "not-found"],
    [
      429,
      body("RESOURCE_EXHAUSTED", "no", [{ violations: [{ quotaId: "RequestsPerDayPerProject" }] }]),
      "quota",
    ],
    [499, body("CANCELLED", "no"), "timeout"],
    [500, body("INTERNAL", "no"), "server"],
    [503, body("UNAVAILABLE", "no"), "overloaded"],
    [504, body("DEADLINE_EXCEEDED", "no"), "timeout"],
    [413, "<html>too large</html>", "too-large"],
    [500, "", "server"],
    [400, `{"error":"short"}`, "invalid-request"],
  ] as const)("with status %d and body %p is of the kind %s", (status, text, kind) => {
    const error = egress.parseError(status, Buffer.from(text));
    expect(error.kind).toBe(kind);
    expect(error.message).not.toBe("");
  });

  test("of any bytes never throws", () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.uint8Array(),
        fc.integer({ min: 100, max: 599 }),
        (value, bytes, status) => {
          egress.parseError(status, bytes);
          egress.parseError(
            status,
            Buffer.from(JSON.stringify({ error: { message: value, details: [value], status: value } })),
          );
          egress.parseError(status, Buffer.from(JSON.stringify({ error: value })));
        },
      ),
    );
  });
});
