import { describe, expect, test } from "bun:test";
import type { ChatRequest } from "../../../src/canonical/chat-request.ts";
import type { ToolCallPart } from "../../../src/canonical/content.ts";
import type { TargetTraits } from "../../../src/dialects/dialect.ts";
import { gemini } from "../../../src/dialects/gemini/index.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { ask, flash, pro3, vertex } from "./support/samples.ts";

const { egress } = gemini;
const render = (changes: Partial<ChatRequest>, traits: TargetTraits = flash) =>
  egress.renderRequest(ask(changes), traits);
const config = (changes: Partial<ChatRequest>, traits: TargetTraits = flash) =>
  render(changes, traits).body["generationConfig"];
const weather = {
  type: "function",
  name: "weather",
  description: "Tells the weather",
  parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
} as const;
const schema = { type: "object", properties: { a: { type: "number" } }, required: ["a"] } as const;
const user = (...content: readonly object[]): Partial<ChatRequest> =>
  ({ messages: [{ role: "user", content }] }) as unknown as Partial<ChatRequest>;
const image = { kind: "base64", mediaType: "image/png", data: "iVBORw0KGgo=" } as const;

describe("a request goes to", () => {
  test.each([
    ["gemini-2.5-flash", {}, "/models/gemini-2.5-flash"],
    ["models/gemini-2.5-flash", {}, "/models/gemini-2.5-flash"],
    ["tunedModels/my-model-1", {}, "/tunedModels/my-model-1"],
    ["gemini-2.5-flash", { vertex: true }, "/publishers/google/models/gemini-2.5-flash"],
    ["meta/llama-4@1", { vertex: true }, "/publishers/meta/models/llama-4%401"],
    ["publishers/google/models/x", { vertex: true }, "/publishers/google/models/x"],
    ["endpoints/123", { vertex: true }, "/endpoints/123"],
    ["projects/p/locations/l/endpoints/123", { vertex: true }, "/endpoints/123"],
    ["a b/c?d", {}, "/models/a%20b/c%3Fd"],
  ])("%s with %j at %s", (upstreamModel, quirks, path) => {
    expect(egress.paths({ upstreamModel, quirks: quirks as never })).toEqual({
      whole: `${path}:generateContent`,
      stream: `${path}:streamGenerateContent?alt=sse`,
    });
  });
});

describe("a conversation", () => {
  const call = (id: string, signature?: string): ToolCallPart => ({
    type: "tool-call",
    id,
    name: "weather",
    arguments: `{"city":"${id}"}`,
    ...(signature !== undefined && { signature: { dialect: "gemini", value: signature } }),
  });

  test("has instructions apart, two roles, and all results of a turn in one, in the order of the calls", () => {
    const { body, losses } = render({
      messages: [
        { role: "system", content: [{ type: "text", text: "Be brief." }] },
        { role: "developer", content: [{ type: "text", text: "In German." }] },
        { role: "user", content: [{ type: "text", text: "Weather?" }] },
        {
          role: "assistant",
          content: [
            { type: "reasoning", text: "Hm.", isSummary: true },
            { type: "text", text: "I look." },
            call("gemini_x_0", "c2ln"),
            call("gemini_x_1"),
          ],
        },
        { role: "tool", toolCallId: "gemini_x_1", content: [{ type: "text", text: "rain" }], isError: true },
        { role: "tool", toolCallId: "gemini_x_0", content: [{ type: "text", text: `{"sky":"blue"}` }] },
        { role: "user", content: [{ type: "text", text: "And now?" }] },
      ],
    });
    expect(losses).toEqual([]);
    expect(body["systemInstruction"]).toEqual({ parts: [{ text: "Be brief." }, { text: "In German." }] });
    expect(body["contents"]).toEqual([
      { role: "user", parts: [{ text: "Weather?" }] },
      {
        role: "model",
        parts: [
          { text: "Hm.", thought: true },
          { text: "I look." },
          { functionCall: { name: "weather", args: { city: "gemini_x_0" } }, thoughtSignature: "c2ln" },
          { functionCall: { name: "weather", args: { city: "gemini_x_1" } } },
        ],
      },
      {
        role: "user",
        parts: [
          { functionResponse: { name: "weather", response: { sky: "blue" } } },
          { functionResponse: { name: "weather", response: { error: "rain" } } },
        ],
      },
      { role: "user", parts: [{ text: "And now?" }] },
    ]);
  });

  const withCall = (id: string): Partial<ChatRequest> => ({
    messages: [
      { role: "user", content: [{ type: "text", text: "x" }] },
      { role: "assistant", content: [call(id), call("call_2")] },
      { role: "tool", toolCallId: id, content: [{ type: "text", text: "a" }] },
      { role: "tool", toolCallId: "call_2", content: [{ type: "image", source: image }] },
    ],
  });
  const parts = (traits: TargetTraits, id = "call_1"): readonly JsonObject[] =>
    (render(withCall(id), traits).body["contents"] as readonly { parts: JsonObject[] }[]).flatMap(
      (turn) => turn.parts,
    );

  test("has ids only where they are known: not on Vertex AI, not before the third generation, not those made here", () => {
    expect(parts(pro3)[1]).toMatchObject({ functionCall: { id: "call_1" } });
    expect(parts(pro3)[3]).toMatchObject({ functionResponse: { id: "call_1" } });
    const nowhere = [parts(flash), parts({ ...pro3, quirks: { vertex: true } }), parts(pro3, "gemini_x_0")];
    for (const [, made] of nowhere) expect(made?.["functionCall"]).not.toHaveProperty("id");
  });

  test("has the stand-in for a signature where a newer model would miss one, on the first call of a turn", () => {
    const seals = (traits: TargetTraits) => parts(traits).map((part) => part["thoughtSignature"]);
    expect(seals(pro3)).toEqual([
      undefined,
      "skip_thought_signature_validator",
      undefined,
      undefined,
      undefined,
    ]);
    expect(seals(flash).every((seal) => seal === undefined)).toBe(true);
  });

  test("has pictures of results inside them, for older models beside them", () => {
    const inline = { inlineData: { mimeType: "image/png", data: image.data } };
    expect(parts(pro3)[4]).toMatchObject({ functionResponse: { response: { output: "" }, parts: [inline] } });
    expect(parts(flash).slice(4)).toEqual([
      { functionResponse: { name: "weather", response: { output: "" } } },
      inline,
    ]);
  });

  test("has signatures of Gemini's at their parts and leaves those of others out", () => {
    const own = (value: string) => ({ signature: { dialect: "gemini", value } }) as const;
    const { body, losses } = render({
      messages: [
        {
          role: "assistant",
          content: [
            { type: "reasoning", text: "a", ...own("MQ==") },
            { type: "text", text: "", ...own("Mg==") },
            { type: "text", text: "" },
            { type: "image", source: image, ...own("Mw==") },
            { type: "reasoning", text: "theirs", signature: { dialect: "anthropic-messages", value: "x" } },
            { type: "reasoning", text: "", redacted: { dialect: "bedrock-converse", value: "y" } },
          ],
        },
      ],
    });
    expect(body["contents"]).toEqual([
      {
        role: "model",
        parts: [
          { text: "a", thought: true, thoughtSignature: "MQ==" },
          { text: "", thoughtSignature: "Mg==" },
          { inlineData: { mimeType: "image/png", data: image.data }, thoughtSignature: "Mw==" },
        ],
      },
    ]);
    expect(losses.map(({ path, isHarmless }) => [path, isHarmless])).toEqual([
      ["messages[0].content[4]", true],
      ["messages[0].content[5]", true],
    ]);
  });

  test("has media as bytes or by address", () => {
    const { body, losses } = render(
      user(
        { type: "image", source: image, detail: "high" },
        { type: "image", source: { kind: "url", url: "https://x.example/a.jpg?b=c" } },
        {
          type: "file",
          source: { kind: "base64", mediaType: "application/pdf", data: "JVBERg==" },
          name: "a.pdf",
        },
        { type: "file", source: { kind: "file-id", dialect: "gemini", id: "gs://bucket/film.mp4" } },
        { type: "audio", source: { kind: "base64", mediaType: "audio/wav", data: "UklGRg==" } },
      ),
      pro3,
    );
    expect(losses).toEqual([]);
    expect(body["contents"]).toEqual([
      {
        role: "user",
        parts: [
          {
            inlineData: { mimeType: "image/png", data: image.data },
            mediaResolution: { level: "MEDIA_RESOLUTION_HIGH" },
          },
          { fileData: { mimeType: "image/jpeg", fileUri: "https://x.example/a.jpg?b=c" } },
          { inlineData: { mimeType: "application/pdf", data: "JVBERg==" } },
          { fileData: { mimeType: "video/mp4", fileUri: "gs://bucket/film.mp4" } },
          { inlineData: { mimeType: "audio/wav", data: "UklGRg==" } },
        ],
      },
    ]);
    const untyped = user({ type: "image", source: { kind: "url", url: "https://x.example/a" } });
    const sent = (traits: TargetTraits) => JSON.stringify(render(untyped, traits).body);
    expect(sent(flash)).not.toContain("mimeType");
    expect(sent(vertex)).toContain(`"mimeType":"image/jpeg"`);
  });
});

describe("tools", () => {
  test("are declared with their JSON schema, beside Google's own", () => {
    const own = { googleSearch: {} };
    const { body } = render({
      tools: [
        weather,
        { type: "vendor", dialect: "gemini", name: "googleSearch", value: own },
        { type: "function", name: "now" },
      ],
    });
    expect(body["tools"]).toEqual([
      {
        functionDeclarations: [
          { name: "weather", description: "Tells the weather", parametersJsonSchema: weather.parameters },
          { name: "now" },
        ],
      },
      own,
    ] as never);
    expect(body).not.toHaveProperty("toolConfig");
  });

  test.each([
    [{ type: "auto" }, { mode: "AUTO" }],
    [{ type: "none" }, { mode: "NONE" }],
    [{ type: "required" }, { mode: "ANY" }],
    [
      { type: "required", allowed: ["weather"] },
      { mode: "ANY", allowedFunctionNames: ["weather"] },
    ],
    [
      { type: "tool", name: "weather" },
      { mode: "ANY", allowedFunctionNames: ["weather"] },
    ],
  ] as const)("are chosen by %j as %j", (toolChoice, expected) => {
    expect(render({ tools: [weather], toolChoice }).body["toolConfig"]).toEqual({
      functionCallingConfig: expected,
    } as never);
  });

  test("that may be used are the only ones to be declared", () => {
    const both = { tools: [weather, { type: "function", name: "now" } as const] };
    const { body } = render({ ...both, toolChoice: { type: "auto", allowed: ["now"] } });
    expect(body["tools"]).toEqual([{ functionDeclarations: [{ name: "now" }] }]);
  });

  test("that are strict are held to their schemas where the model can be", () => {
    const strict = { tools: [{ ...weather, strict: true }] };
    const mode = (traits: TargetTraits) => render(strict, traits).body["toolConfig"];
    expect(mode(flash)).toEqual({ functionCallingConfig: { mode: "VALIDATED" } });
    expect(mode({ upstreamModel: "gemini-2.0-flash" })).toBeUndefined();
  });

  test("may stream their arguments on Vertex AI, where that is wanted", () => {
    const traits = {
      upstreamModel: "gemini-3-flash-preview",
      quirks: { vertex: true, streamArguments: true },
    };
    expect(render({ tools: [weather], stream: true }, traits).body["toolConfig"]).toEqual({
      functionCallingConfig: { streamFunctionCallArguments: true },
    });
    expect(render({ tools: [weather] }, traits).body["toolConfig"]).toBeUndefined();
  });

  test("have schemas in older words where the target knows no others", () => {
    const parameters = {
      $schema: "http://json-schema.org/draft-07/schema#",
      type: "object",
      additionalProperties: false,
      properties: {
        kind: { enum: ["a", "b"], type: "string" },
        count: { type: ["integer", "null"], minimum: 1 },
        either: { anyOf: [{ type: "string" }, { type: "number" }, { type: "null" }] },
        maybe: { anyOf: [{ $ref: "#/$defs/place" }, { type: "null" }] },
        self: { $ref: "#/$defs/loop" },
        list: { type: "array", items: { $ref: "#/$defs/place" } },
        fixed: { const: "x" },
        any: true,
      },
      $defs: {
        place: { type: "object", properties: { name: { type: "string" } } },
        loop: { $ref: "#/$defs/loop" },
      },
    };
    const place = { type: "OBJECT", properties: { name: { type: "STRING" } } };
    const { body } = render(
      { tools: [{ ...weather, parameters }] },
      { ...flash, quirks: { openApiSchemas: true } },
    );
    const [tool] = body["tools"] as readonly { functionDeclarations: readonly JsonObject[] }[];
    expect(tool?.functionDeclarations[0]?.["parameters"]).toEqual({
      type: "OBJECT",
      properties: {
        kind: { type: "STRING", enum: ["a", "b"], format: "enum" },
        count: { type: "INTEGER", nullable: true, minimum: 1 },
        either: { anyOf: [{ type: "STRING" }, { type: "NUMBER" }], nullable: true },
        maybe: { ...place, nullable: true },
        self: {},
        list: { type: "ARRAY", items: place },
        fixed: { enum: ["x"], format: "enum" },
        any: {},
      },
    });
  });
});

describe("an answer's form", () => {
  const format = { responseFormat: { type: "json-schema", name: "x", schema } } as const;
  const json = { responseMimeType: "application/json", responseJsonSchema: schema };

  test("is asked for by its schema, in older words where the target knows no others", () => {
    expect(config(format)).toEqual(json as never);
    expect(config({ responseFormat: { type: "json" } })).toEqual({ responseMimeType: "application/json" });
    expect(config(format, { ...flash, quirks: { openApiSchemas: true } })).toEqual({
      responseMimeType: "application/json",
      responseSchema: { type: "OBJECT", properties: { a: { type: "NUMBER" } }, required: ["a"] },
    });
  });

  test("comes through a tool where the model cannot have both", () => {
    const { body } = render({ ...format, tools: [weather] });
    expect(body["generationConfig"]).toBeUndefined();
    expect(body["tools"]).toMatchObject([
      {
        functionDeclarations: [
          { name: "weather" },
          { name: "latchkey_answer", parametersJsonSchema: schema },
        ],
      },
    ]);
    expect(body["toolConfig"]).toEqual({ functionCallingConfig: { mode: "ANY" } });
    const answered = {
      candidates: [
        {
          content: { parts: [{ functionCall: { name: "latchkey_answer", args: { a: 1 } } }] },
          finishReason: "STOP",
        },
      ],
    };
    expect(egress.parseResponse(answered, flash)?.choices).toEqual([
      { index: 0, content: [{ type: "text", isAnswer: true, text: `{"a":1}` }], finishReason: "stop" },
    ]);
    const lacking = render(format, { ...flash, lacks: ["json-schema"] }).body;
    expect(lacking["tools"]).toMatchObject([{ functionDeclarations: [{ name: "latchkey_answer" }] }]);
  });

  test("stands beside tools where the model can have both, or where no tool may be used", () => {
    expect(render({ ...format, tools: [weather] }, pro3).body).toMatchObject({
      generationConfig: json,
      tools: [{}],
    });
    expect(config({ ...format, tools: [weather], toolChoice: { type: "none" } })).toEqual(json as never);
    expect(config({ ...format, tools: [weather], toolChoice: { type: "required" } })).toBeUndefined();
  });
});

describe("thinking", () => {
  test.each([
    ["gemini-2.5-flash", { effort: "none" }, { thinkingBudget: 0 }],
    ["gemini-2.5-flash", { effort: "low" }, { thinkingBudget: 1_024 }],
    ["gemini-2.5-flash", { effort: "max" }, { thinkingBudget: 24_576 }],
    ["gemini-2.5-flash-lite", { budgetTokens: 100 }, { thinkingBudget: 512 }],
    ["gemini-2.5-flash", { isAdaptive: true }, { thinkingBudget: -1 }],
    ["gemini-2.5-pro", { budgetTokens: 99_999 }, { thinkingBudget: 32_768 }],
    ["gemini-2.5-pro", { effort: "none", show: "none" }, { thinkingBudget: 128, includeThoughts: false }],
    ["gemini-2.5-pro", { show: "auto" }, { includeThoughts: true }],
    ["gemini-3-flash-preview", { effort: "minimal" }, { thinkingLevel: "MINIMAL" }],
    ["gemini-3-flash-preview", { effort: "none" }, { thinkingLevel: "MINIMAL" }],
    [
      "gemini-3-flash-preview",
      { effort: "medium", show: "full" },
      { thinkingLevel: "MEDIUM", includeThoughts: true },
    ],
    ["gemini-3-pro-preview", { effort: "medium" }, { thinkingLevel: "HIGH" }],
    ["gemini-3.1-pro-preview", { effort: "medium" }, { thinkingLevel: "MEDIUM" }],
    ["gemini-3.1-pro-preview", { effort: "minimal" }, { thinkingLevel: "LOW" }],
    ["gemini-3-flash-preview", { budgetTokens: 5_000 }, { thinkingBudget: 5_000 }],
    ["gemini-3-flash-preview", { isAdaptive: true }, undefined],
    ["gemini-flash-latest", { effort: "xhigh" }, { thinkingLevel: "HIGH" }],
    ["gemini-2.0-flash", { effort: "high" }, undefined],
    ["endpoints/123", { effort: "high" }, undefined],
  ] as const)("of %s by %j is %j", (upstreamModel, reasoning, expected) => {
    const found = config({ reasoning }, { upstreamModel }) as JsonObject | undefined;
    expect(found?.["thinkingConfig"]).toEqual(expected as never);
  });

  test("of tuned models is told by a quirk, and a wish that cannot be told is named", () => {
    const tuned = { upstreamModel: "endpoints/123", quirks: { vertex: true, generation: 2.5 } };
    expect(config({ reasoning: { effort: "low" } }, tuned)).toEqual({
      thinkingConfig: { thinkingBudget: 1_024 },
    });
    const none = { upstreamModel: "gemini-2.0-flash" };
    expect(render({ reasoning: { effort: "low" } }, none).losses).toMatchObject([
      { path: { field: "reasoning" }, isHarmless: true },
    ]);
    expect(render({ reasoning: { effort: "none" } }, none).losses).toEqual([]);
    expect(render({ reasoning: { effort: "none" } }, vertex).losses).toMatchObject([{ isHarmless: true }]);
  });
});

test("settings have Gemini's names", () => {
  const { body, losses } = render({
    maxOutputTokens: 100,
    temperature: 0.5,
    topP: 0.9,
    topK: 40,
    seed: 7,
    stop: ["END"],
    choices: 2,
    frequencyPenalty: 0.1,
    presencePenalty: 0.2,
    logprobs: 3,
    modalities: ["text", "image"],
    speech: { voice: "Kore", format: "pcm16" },
    safety: [{ category: "HARM_CATEGORY_HARASSMENT", threshold: "BLOCK_NONE" }],
    serviceTier: "flex",
    store: false,
  });
  expect(losses).toEqual([]);
  expect(body).toMatchObject({
    generationConfig: {
      maxOutputTokens: 100,
      temperature: 0.5,
      topP: 0.9,
      topK: 40,
      seed: 7,
      stopSequences: ["END"],
      candidateCount: 2,
      frequencyPenalty: 0.1,
      presencePenalty: 0.2,
      responseLogprobs: true,
      logprobs: 3,
      responseModalities: ["TEXT", "IMAGE"],
      speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: "Kore" } } },
    },
    safetySettings: [{ category: "HARM_CATEGORY_HARASSMENT", threshold: "BLOCK_NONE" }],
    serviceTier: "flex",
    store: false,
  });
  expect(config({ logprobs: 0 })).toEqual({ responseLogprobs: true });
});

test("Vertex AI takes labels, a method of safety and, by a header, a tier", () => {
  const safety = [{ category: "HARM_CATEGORY_HARASSMENT", threshold: "OFF", method: "SEVERITY" }];
  const { body, headers, losses } = render(
    { metadata: { team: "a-1" }, safety, serviceTier: "priority" },
    vertex,
  );
  expect(losses).toEqual([]);
  expect(body).toMatchObject({ labels: { team: "a-1" }, safetySettings: safety });
  expect(body).not.toHaveProperty("serviceTier");
  expect(headers).toEqual([["x-vertex-ai-llm-shared-request-type", "priority"]]);
  expect(render({ serviceTier: "default" }, vertex).headers).toBeUndefined();
  expect(render({ metadata: { Team: "A B" } }, vertex).losses).toMatchObject([{ isHarmless: true }]);
});

test.each([
  [{ minP: 0.1 }, { field: "minP" }, false],
  [{ repetitionPenalty: 1.1 }, { field: "repetitionPenalty" }, false],
  [{ logitBias: { "1": 5 } }, { field: "logitBias" }, false],
  [{ parallelToolCalls: false, tools: [weather] }, { field: "parallelToolCalls" }, false],
  [{ responseFormat: { type: "json" }, tools: [weather] }, { field: "responseFormat" }, false],
  [{ speech: { voice: "Kore", format: "mp3" } }, { field: "speech" }, false],
  [{ safety: [{ category: "A", threshold: "B", method: "SEVERITY" }] }, { field: "safety" }, false],
  [{ endUser: "u" }, { field: "endUser" }, true],
  [{ promptCacheKey: "k" }, { field: "promptCacheKey" }, true],
  [{ verbosity: "low" }, { field: "verbosity" }, true],
  [{ metadata: { a: "b" } }, { field: "metadata" }, true],
  [{ store: true }, { field: "store" }, true],
  [{ serviceTier: "scale" }, { field: "serviceTier" }, true],
  [{ tools: [{ type: "function", name: "latchkey_answer" }] }, "tools[0].name", false],
  [{ tools: [{ ...weather, cache: {} }] }, "tools[0].cache", true],
  [
    { tools: [{ type: "vendor", dialect: "anthropic-messages", name: "web_search", value: {} }] },
    "tools[0]",
    false,
  ],
  [user({ type: "text", text: "x", cache: {} }), "messages[0].content[0].cache", true],
  [user({ type: "image", source: image, detail: "low" }), "messages[0].content[0].detail", true],
  [
    user({ type: "image", source: { kind: "file-id", dialect: "openai-responses", id: "f" } }),
    "messages[0].content[0]",
    false,
  ],
  [user({ type: "file", source: image, citations: true }), "messages[0].content[0].citations", false],
  [user({ type: "vendor", dialect: "cohere-chat", value: {} }), "messages[0].content[0]", false],
  [
    { messages: [{ role: "assistant", content: [{ type: "spoken", id: "a" }] }] },
    "messages[0].content[0]",
    false,
  ],
  [{ messages: [{ role: "tool", toolCallId: "x", content: [] }] }, "messages[0]", false],
])("what %j loses is named", (changes, path, isHarmless) => {
  expect(render(changes as Partial<ChatRequest>).losses).toEqual([
    { path, isHarmless, reason: expect.any(String) },
  ] as never);
});

test.each([
  ["images", user({ type: "image", source: image }), "messages[0].content[0]", false],
  ["files", user({ type: "file", source: image }), "messages[0].content[0]", false],
  ["audio", user({ type: "audio", source: image }), "messages[0].content[0]", false],
  ["tools", { tools: [weather] }, { field: "tools" }, false],
  ["reasoning", { reasoning: { effort: "low" } }, { field: "reasoning" }, true],
] as const)("a model without %s is not asked for them", (lack, changes, path, isHarmless) => {
  const { losses } = render(changes as Partial<ChatRequest>, { ...flash, lacks: [lack] });
  expect(losses).toEqual([{ path, isHarmless, reason: expect.any(String) }] as never);
  const neither = { ...flash, lacks: ["json-schema", "tools"] as const };
  const format = { responseFormat: { type: "json-schema", schema } } as const;
  expect(render(format, neither).losses).toMatchObject([
    { path: { field: "responseFormat" }, isHarmless: false },
  ]);
});
