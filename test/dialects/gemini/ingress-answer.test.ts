import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { ChatResponse } from "../../../src/canonical/chat-response.ts";
import type { AssistantPart } from "../../../src/canonical/content.ts";
import type { StreamEvent } from "../../../src/canonical/stream-event.ts";
import { gemini } from "../../../src/dialects/gemini/index.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import {
  answer,
  context,
  decode,
  encode,
  flash,
  gather,
  sample,
  sampleNames,
  sentParts,
} from "./support/samples.ts";

const { egress, ingress } = gemini;
const response = (content: readonly AssistantPart[], changes: Partial<ChatResponse> = {}): ChatResponse => ({
  id: "resp_1",
  model: "vendor-model",
  choices: [{ index: 0, content, finishReason: "stop" }],
  ...changes,
});
const render = (value: ChatResponse): JsonObject => ingress.renderResponse(value, context());
const first = (value: ChatResponse): JsonObject =>
  (render(value)["candidates"] as readonly JsonObject[])[0] ?? {};
const parts = (...content: readonly AssistantPart[]) =>
  (first(response(content))["content"] as JsonObject)["parts"];
const chunks = (text: string): readonly JsonObject[] =>
  text
    .split("\r\n\r\n")
    .filter((event) => event.startsWith("data: "))
    .map((event) => JSON.parse(event.slice(6)));

describe("a whole answer to a caller", () => {
  test("names the model as the caller does, with usage in Gemini's counts", () => {
    expect(
      render(
        response([{ type: "text", text: "Hi" }], {
          usage: {
            input: 20,
            output: 15,
            cacheRead: 4,
            cacheWrite: 3,
            reasoning: 10,
            audioInput: 5,
            imageOutput: 2,
          },
        }),
      ),
    ).toEqual({
      candidates: [{ content: { parts: [{ text: "Hi" }], role: "model" }, finishReason: "STOP", index: 0 }],
      usageMetadata: {
        promptTokenCount: 20,
        candidatesTokenCount: 5,
        thoughtsTokenCount: 10,
        cachedContentTokenCount: 4,
        totalTokenCount: 35,
        promptTokensDetails: [
          { modality: "TEXT", tokenCount: 15 },
          { modality: "AUDIO", tokenCount: 5 },
        ],
        candidatesTokensDetails: [
          { modality: "TEXT", tokenCount: 3 },
          { modality: "IMAGE", tokenCount: 2 },
        ],
      },
      modelVersion: "fast",
      responseId: "resp_1",
    });
  });

  test("has every kind of part", () => {
    const source = { kind: "base64", mediaType: "image/png", data: "AA==" } as const;
    expect(
      parts(
        { type: "text", text: "t", signature: { dialect: "gemini", value: "AAAA" } },
        { type: "refusal", text: "no" },
        { type: "reasoning", text: "hm" },
        { type: "tool-call", id: "c", name: "f", arguments: "" },
        { type: "image", source },
        { type: "image", source: { kind: "url", url: "https://x.example/a.png" } },
        { type: "spoken", data: "BB==", format: "pcm16", transcript: "words" },
        { type: "spoken", transcript: "words" },
        { type: "vendor", dialect: "gemini", value: { executableCode: { code: "1" } } },
        { type: "vendor", dialect: "cohere-chat", value: { plan: 1 } },
      ),
    ).toEqual([
      { text: "t", thoughtSignature: "AAAA" },
      { text: "no" },
      { text: "hm", thought: true },
      { functionCall: { id: "c", name: "f", args: {} }, thoughtSignature: "bGF0Y2hrZXk6e30=" },
      { inlineData: { mimeType: "image/png", data: "AA==" } },
      { fileData: { mimeType: "image/png", fileUri: "https://x.example/a.png" } },
      { inlineData: { mimeType: "audio/L16;codec=pcm;rate=24000", data: "BB==" } },
      { text: "words" },
      { executableCode: { code: "1" } },
    ]);
  });

  test.each([
    ["stop", "STOP"],
    ["stop-text", "STOP"],
    ["tool-calls", "STOP"],
    ["length", "MAX_TOKENS"],
    ["context-length", "MAX_TOKENS"],
    ["content-filter", "SAFETY"],
    ["refusal", "SAFETY"],
    ["pause", "OTHER"],
    ["error", "OTHER"],
    ["other", "OTHER"],
  ] as const)("that ended for %s says %s", (finishReason, expected) => {
    expect(first(response([], { choices: [{ index: 0, content: [], finishReason }] }))["finishReason"]).toBe(
      expected,
    );
  });

  test("never has half of a call for a whole one", () => {
    const half = { type: "tool-call", id: "c", name: "f", arguments: `{"a":` } as const;
    expect(first(response([half]))).toMatchObject({
      content: { parts: [] },
      finishReason: "MALFORMED_FUNCTION_CALL",
    });
    const cut = response([], { choices: [{ index: 0, content: [half], finishReason: "length" }] });
    expect(first(cut)["finishReason"]).toBe("MAX_TOKENS");
  });

  test("names sources of any vendor, by bytes", () => {
    const candidate = first(
      response([
        { type: "reasoning", text: "hm" },
        {
          type: "text",
          text: "Zürich is large.",
          citations: [
            { start: 0, end: 6, url: "https://a.example", title: "A" },
            { start: 0, end: 6, url: "https://b.example" },
            { start: 7, end: 9, url: "https://a.example", title: "A" },
            { text: "large", document: "0", quote: "It is large." },
            { url: "https://c.example" },
          ],
        },
      ]),
    );
    expect(candidate["groundingMetadata"]).toEqual({
      groundingChunks: [
        { web: { uri: "https://a.example", title: "A" } },
        { web: { uri: "https://b.example" } },
        { retrievedContext: { title: "0", text: "It is large." } },
        { web: { uri: "https://c.example" } },
      ],
      groundingSupports: [
        { segment: { partIndex: 1, endIndex: 7, text: "Zürich" }, groundingChunkIndices: [0, 1] },
        { segment: { partIndex: 1, startIndex: 8, endIndex: 10, text: "is" }, groundingChunkIndices: [0] },
        { segment: { partIndex: 1, text: "large" }, groundingChunkIndices: [2] },
      ],
    });
  });

  test("says why a prompt was blocked", () => {
    const blocked = (promptBlocked: string) => render(response([], { promptBlocked }));
    expect(blocked("SAFETY")).toMatchObject({ promptFeedback: { blockReason: "SAFETY" } });
    expect(blocked("SAFETY: a: b")["promptFeedback"]).toEqual({
      blockReason: "SAFETY",
      blockReasonMessage: "a: b",
    });
    expect(blocked("jailbreak")["promptFeedback"]).toEqual({
      blockReason: "OTHER",
      blockReasonMessage: "jailbreak",
    });
    expect(blocked("SAFETY")).not.toHaveProperty("candidates");
  });

  // Gemini's word for a failure of its own has no general counterpart.
  test.each(sampleNames(".json").filter((name) => !/array|error|malformed/.test(name)))(
    "%s is the same again",
    (name) => {
      const read = egress.parseResponse(answer(name), flash);
      if (read === undefined) throw new Error("no answer");
      const again = egress.parseResponse(ingress.renderResponse(read, context({ model: read.model })), flash);
      expect(again).toEqual(JSON.parse(JSON.stringify(read)));
    },
  );
});

describe("a stream to a caller", () => {
  const events: readonly StreamEvent[] = [
    { type: "start", id: "resp_1", model: "vendor-model" },
    { type: "ping" },
    { type: "part-start", choice: 0, part: 0, content: { type: "reasoning" } },
    { type: "delta", choice: 0, part: 0, text: "Hm" },
    { type: "delta", choice: 0, part: 0, text: "m." },
    { type: "signature", choice: 0, part: 0, signature: { dialect: "anthropic-messages", value: "sig" } },
    { type: "part-end", choice: 0, part: 0 },
    {
      type: "part-start",
      choice: 0,
      part: 1,
      content: { type: "reasoning", redacted: { dialect: "anthropic-messages", value: "red" } },
    },
    { type: "part-end", choice: 0, part: 1 },
    { type: "part-start", choice: 0, part: 2, content: { type: "text" } },
    { type: "delta", choice: 0, part: 2, text: "Zürich" },
    { type: "citation", choice: 0, part: 2, citation: { start: 0, end: 6, url: "https://a.example" } },
    { type: "part-start", choice: 0, part: 3, content: { type: "tool-call", id: "c", name: "f" } },
    { type: "delta", choice: 0, part: 3, text: `{"a":` },
    { type: "delta", choice: 0, part: 2, text: "!" },
    { type: "delta", choice: 0, part: 3, text: "1}" },
    { type: "part-end", choice: 0, part: 2 },
    { type: "part-end", choice: 0, part: 3 },
    { type: "logprobs", choice: 0, logprobs: [{ token: "Z", logprob: -1 }] },
    { type: "finish", choice: 0, reason: "tool-calls" },
    { type: "usage", usage: { input: 3, output: 4, cacheRead: 0, cacheWrite: 0, reasoning: 1 } },
    { type: "end" },
  ];

  test("has a chunk for each piece, calls as a whole, and the rest at the end", () => {
    const text = encode(events);
    expect(text).toStartWith(": ping\r\n\r\ndata: ");
    const sent = chunks(text);
    const pieces = sent.map(sentParts);
    expect(pieces).toEqual([
      [{ text: "Hm", thought: true }],
      [{ text: "m.", thought: true }],
      [{ text: "", thought: true, thoughtSignature: expect.stringMatching(/^bGF0Y2hrZXk6/) }],
      [{ text: "", thought: true, thoughtSignature: expect.stringMatching(/^bGF0Y2hrZXk6/) }],
      [{ text: "Zürich" }],
      [{ text: "!" }],
      [{ functionCall: { id: "c", name: "f", args: { a: 1 } }, thoughtSignature: "bGF0Y2hrZXk6e30=" }],
      [{ text: "" }],
    ] as never);
    expect(sent.at(-1)).toMatchObject({
      candidates: [
        {
          finishReason: "STOP",
          groundingMetadata: { groundingSupports: [{ segment: { endIndex: 7, text: "Zürich" } }] },
          logprobsResult: { chosenCandidates: [{ token: "Z", logProbability: -1 }] },
          avgLogprobs: -1,
        },
      ],
      usageMetadata: {
        promptTokenCount: 3,
        candidatesTokenCount: 3,
        thoughtsTokenCount: 1,
        totalTokenCount: 7,
      },
      modelVersion: "fast",
      responseId: "resp_1",
    });
    expect(
      sent
        .slice(0, -1)
        .some((chunk) => "usageMetadata" in chunk || JSON.stringify(chunk).includes("finishReason")),
    ).toBe(false);
  });

  test("gives back to another vendor what it has signed, however the client keeps the pieces", () => {
    const contents = chunks(encode(events)).map(
      (chunk) => (chunk["candidates"] as readonly JsonObject[])[0]?.["content"],
    );
    const kept = [
      contents as readonly JsonObject[],
      [
        {
          role: "model",
          parts: (contents as readonly JsonObject[]).flatMap(({ parts: own }) => own as JsonObject[]),
        },
      ],
    ];
    for (const turns of kept) {
      const [message] = ingress.parseRequest({ body: { contents: turns as never }, model: "fast" }).request
        .messages;
      expect(message?.content.slice(0, 4) as unknown).toEqual([
        { type: "reasoning", text: "Hmm.", signature: { dialect: "anthropic-messages", value: "sig" } },
        { type: "reasoning", text: "", redacted: { dialect: "anthropic-messages", value: "red" } },
        { type: "text", text: "Zürich!" },
        { type: "tool-call", id: "c", name: "f", arguments: `{"a":1}` },
      ]);
    }
  });

  test("is one JSON array where that is wanted", () => {
    const elements = JSON.parse(encode(events, true)) as readonly JsonObject[];
    expect(elements).toEqual(chunks(encode(events)) as JsonObject[]);
    const bytes = Buffer.from(encode(events, true));
    const half = bytes.length >> 1;
    expect(gather(decode([bytes.subarray(0, half), bytes.subarray(half)])).text).toBe("Zürich!");
  });

  const error = { status: 502, code: "LK-3008", message: "Cut short.", kind: "server" } as const;

  test.each([0, 1, 5, 14])("may fail after %d events, in its own form", (count) => {
    for (const asArray of [false, true]) {
      const encoder = ingress.encodeStream(context({ asArray }));
      const text =
        events
          .slice(0, count)
          .map((event) => encoder.encode(event))
          .join("") + encoder.fail(error);
      const sent = asArray ? (JSON.parse(text) as readonly JsonObject[]) : chunks(text);
      expect(sent.at(-1)).toEqual({
        error: {
          code: 502,
          message: "Cut short.",
          status: "UNAVAILABLE",
          details: [
            { "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "LK-3008", domain: "latchkey" },
          ],
        },
      });
      expect(JSON.stringify(sent)).not.toContain("finishReason");
    }
  });

  test("leaves out a call that has lost its end", () => {
    const broken = encode([
      { type: "start", id: "r", model: "m" },
      { type: "part-start", choice: 0, part: 0, content: { type: "tool-call", id: "c", name: "f" } },
      { type: "delta", choice: 0, part: 0, text: `{"a":` },
      { type: "part-end", choice: 0, part: 0 },
      { type: "finish", choice: 0, reason: "tool-calls" },
      { type: "end" },
    ]);
    expect(broken).toContain(`"finishReason":"MALFORMED_FUNCTION_CALL"`);
    expect(broken).not.toContain("functionCall");
  });

  test.each(sampleNames(".sse").filter((name) => !/cut|error/.test(name)))("%s is the same again", (name) => {
    const before = decode([sample(name)]);
    const after = decode([Buffer.from(encode(before))]);
    expect(gather(after)).toEqual(gather(before));
    // Sources come with the last chunk, after all text: their places in it are told no more.
    const rest = (list: readonly StreamEvent[]): unknown =>
      list.flatMap((event): readonly unknown[] => {
        if (event.type === "citation") return [[event.citation.text, event.citation.url]];
        return ["whole-part", "sound", "finish", "usage", "end"].includes(event.type) ? [event] : [];
      });
    expect(rest(after)).toEqual(rest(before));
  });
});

test("an error has Google's shape, and names the field at fault", () => {
  const render400 = ingress.renderError({
    status: 400,
    code: "LK-2102",
    message: "No.",
    kind: "invalid-request",
    param: "contents",
  });
  expect(render400).toEqual({
    error: {
      code: 400,
      message: "No.",
      status: "INVALID_ARGUMENT",
      details: [
        { "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "LK-2102", domain: "latchkey" },
        {
          "@type": "type.googleapis.com/google.rpc.BadRequest",
          fieldViolations: [{ field: "contents", description: "No." }],
        },
      ],
    },
  });
  fc.assert(
    fc.property(fc.integer({ min: 400, max: 599 }), (status) => {
      const rendered = ingress.renderError({ status, code: "LK-1", message: "m", kind: "server" });
      const read = egress.parseError(status, Buffer.from(JSON.stringify(rendered)));
      expect(read).toMatchObject({ message: "m", code: expect.stringMatching(/^[A-Z_]+$/) });
    }),
  );
});

test("a seal of another vendor that comes before its text, in a stream, is one with the text when it comes back", () => {
  const at = { choice: 0, part: 0 };
  const signature = { dialect: "openai-responses", value: "final_answer" } as const;
  const text = encode([
    { type: "start", id: "r", model: "m" },
    { type: "part-start", ...at, content: { type: "text" } },
    { type: "signature", ...at, signature },
    { type: "delta", ...at, text: "Hel" },
    { type: "delta", ...at, text: "lo" },
    { type: "part-end", ...at },
    { type: "finish", choice: 0, reason: "stop" },
    { type: "end" },
  ]);
  const model = { role: "model", parts: chunks(text).flatMap(sentParts) };
  const { request } = ingress.parseRequest({ body: { contents: [model] }, model: "m", stream: false });
  expect(request.messages).toEqual([
    {
      role: "assistant",
      content: [
        { type: "text", text: "Hello", signature },
        { type: "text", text: "" },
      ],
    },
  ]);
});
