import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { gemini } from "../../../src/dialects/gemini/index.ts";
import { LatchkeyError } from "../../../src/kernel/error.ts";
import { isJsonObject, type JsonObject } from "../../../src/kernel/json.ts";

const { ingress } = gemini;
const hello = [{ role: "user", parts: [{ text: "Hello" }] }];
const parse = (body: JsonObject, stream = false) => ingress.parseRequest({ body, model: "fast", stream });
const request = (body: JsonObject) => parse({ contents: hello, ...body }).request;
const messages = (...contents: readonly object[]) => parse({ contents: contents as never }).request.messages;

describe("a caller's request", () => {
  test("takes its model and whether to stream from the path", () => {
    expect(parse({ contents: hello })).toEqual({
      request: {
        model: "fast",
        stream: false,
        messages: [{ role: "user", content: [{ type: "text", text: "Hello" }] }],
      },
      losses: [],
    });
    expect(parse({ contents: hello, model: "models/other" }, true).request).toMatchObject({
      model: "fast",
      stream: true,
    });
  });

  test("has settings, in either spelling", () => {
    const camel = {
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
        thinkingConfig: { thinkingBudget: 1_000, includeThoughts: true },
      },
      safetySettings: [{ category: "HARM_CATEGORY_HARASSMENT", threshold: "BLOCK_NONE" }],
      labels: { team: "a" },
      serviceTier: "flex",
      store: false,
    };
    const expected = {
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
      speech: { voice: "Kore" },
      reasoning: { budgetTokens: 1_000, show: "full" },
      safety: [{ category: "HARM_CATEGORY_HARASSMENT", threshold: "BLOCK_NONE" }],
      metadata: { team: "a" },
      serviceTier: "flex",
      store: false,
    };
    expect(request(camel)).toMatchObject(expected);
    expect(request(snaked(camel) as JsonObject)).toMatchObject({ ...expected, metadata: { team: "a" } });
    expect(parse({ contents: hello, ...camel }).losses).toEqual([]);
  });

  test.each([
    [{ thinkingBudget: 0 }, { effort: "none" }],
    [{ thinkingBudget: -1 }, { isAdaptive: true }],
    [{ thinkingLevel: "low" }, { effort: "low" }],
    [
      { thinkingLevel: "HIGH", includeThoughts: false },
      { effort: "high", show: "none" },
    ],
    [{ thinkingLevel: "THINKING_LEVEL_UNSPECIFIED" }, {}],
  ])("wishes %j for thinking", (thinkingConfig, expected) => {
    expect(request({ generationConfig: { thinkingConfig } }).reasoning).toEqual(expected as never);
  });

  test("has instructions as content, part, list of parts or text", () => {
    const expected = { role: "system", content: [{ type: "text", text: "Be brief." }] } as const;
    for (const systemInstruction of [
      { parts: [{ text: "Be brief." }], role: "user" },
      { text: "Be brief." },
      [{ text: "Be brief." }],
      ["Be brief."],
      "Be brief.",
    ])
      expect(request({ systemInstruction }).messages[0]).toEqual(expected);
  });

  test("asks for JSON with or without a schema, in either kind", () => {
    const format = (generationConfig: JsonObject) => request({ generationConfig }).responseFormat;
    const responseMimeType = "application/json";
    expect(format({ responseMimeType: "text/plain" })).toBeUndefined();
    expect(format({ responseMimeType })).toEqual({ type: "json" });
    expect(format({ responseSchema: { type: "STRING" } })).toMatchObject({ schema: { type: "string" } });
    const schema = { type: "object", properties: { a: { $ref: "#/$defs/x" } }, $defs: { x: {} } };
    expect(format({ responseMimeType, responseJsonSchema: schema })).toEqual({ type: "json-schema", schema });
    const responseSchema = {
      type: "OBJECT",
      propertyOrdering: ["b", "a"],
      required: ["a"],
      properties: {
        a: { type: "STRING", nullable: true, format: "enum", enum: ["x", "y"], example: "x" },
        b: { type: "ARRAY", minItems: "1", max_items: "3", items: { type: "INTEGER", format: "int32" } },
        c: { any_of: [{ type: "NUMBER" }, { type: "BOOLEAN" }], nullable: true, description: "either" },
        d: { type: "TYPE_UNSPECIFIED" },
      },
    };
    const converted = {
      type: "object",
      required: ["a"],
      properties: {
        b: { type: "array", minItems: 1, maxItems: 3, items: { type: "integer", format: "int32" } },
        a: { type: ["string", "null"], enum: ["x", "y", null] },
        c: { anyOf: [{ type: "number" }, { type: "boolean" }, { type: "null" }], description: "either" },
        d: {},
      },
    };
    const found = format({ responseMimeType, responseSchema });
    expect(found).toEqual({ type: "json-schema", schema: converted });
    expect(JSON.stringify(found)).toContain(`"properties":{"b":`);
  });

  test("has functions and tools of Google's own", () => {
    const found = request({
      tools: [
        {
          functionDeclarations: [{ name: "a", description: "A", parametersJsonSchema: { type: "object" } }],
          google_search: {},
        },
        {
          function_declarations: [
            { name: "b", parameters: { type: "OBJECT", properties: { x: { type: "STRING" } } } },
          ],
        },
        { codeExecution: {} },
      ],
    });
    expect(found.tools).toEqual([
      { type: "function", name: "a", description: "A", parameters: { type: "object" } },
      { type: "vendor", dialect: "gemini", name: "googleSearch", value: { google_search: {} } },
      { type: "function", name: "b", parameters: { type: "object", properties: { x: { type: "string" } } } },
      { type: "vendor", dialect: "gemini", name: "codeExecution", value: { codeExecution: {} } },
    ]);
  });

  test.each([
    [{ mode: "AUTO" }, { type: "auto" }],
    [{ mode: "any" }, { type: "required" }],
    [
      { mode: "ANY", allowedFunctionNames: ["a", "b"] },
      { type: "required", allowed: ["a", "b"] },
    ],
    [
      { mode: "ANY", allowed_function_names: ["a"] },
      { type: "tool", name: "a" },
    ],
    [{ mode: "NONE" }, { type: "none" }],
    [{ mode: "VALIDATED" }, { type: "auto" }],
    [{ streamFunctionCallArguments: true }, undefined],
  ])("chooses tools by %j", (functionCallingConfig, expected) => {
    const found = request({
      tools: [{ functionDeclarations: [{ name: "a" }] }],
      toolConfig: { functionCallingConfig },
    });
    expect(found.toolChoice).toEqual(expected as never);
    expect(found.tools?.[0]).toMatchObject({ type: "function", name: "a" });
    if ("mode" in functionCallingConfig && functionCallingConfig.mode === "VALIDATED")
      expect(found.tools?.[0]).toMatchObject({ strict: true });
  });

  test("may send media in either spelling, as bytes or by address", () => {
    const [message] = messages({
      parts: [
        {
          inline_data: { mime_type: "image/png", data: "AA==" },
          mediaResolution: { level: "MEDIA_RESOLUTION_LOW" },
        },
        { inlineData: { mimeType: "application/pdf", data: "AA==", displayName: "a.pdf" } },
        { inlineData: { mimeType: "audio/mpeg", data: "AA==" } },
        { fileData: { mimeType: "image/jpeg", fileUri: "https://x.example/a" } },
        { fileData: { fileUri: "https://x.example/b.webp" } },
        { fileData: { mimeType: "video/mp4", fileUri: "https://www.youtube.com/watch?v=x" } },
        {
          fileData: {
            mimeType: "application/pdf",
            fileUri: "https://generativelanguage.googleapis.com/v1beta/files/x",
          },
        },
        { fileData: { fileUri: "gs://bucket/a.txt" } },
      ],
    });
    expect(message).toEqual({
      role: "user",
      content: [
        { type: "image", source: { kind: "base64", mediaType: "image/png", data: "AA==" }, detail: "low" },
        {
          type: "file",
          source: { kind: "base64", mediaType: "application/pdf", data: "AA==" },
          name: "a.pdf",
        },
        { type: "audio", source: { kind: "base64", mediaType: "audio/mpeg", data: "AA==" }, format: "mp3" },
        { type: "image", source: { kind: "url", url: "https://x.example/a", mediaType: "image/jpeg" } },
        { type: "image", source: { kind: "url", url: "https://x.example/b.webp" } },
        {
          type: "file",
          source: {
            kind: "file-id",
            dialect: "gemini",
            id: "https://www.youtube.com/watch?v=x",
            mediaType: "video/mp4",
          },
        },
        {
          type: "file",
          source: {
            kind: "file-id",
            dialect: "gemini",
            id: "https://generativelanguage.googleapis.com/v1beta/files/x",
            mediaType: "application/pdf",
          },
        },
        { type: "file", source: { kind: "file-id", dialect: "gemini", id: "gs://bucket/a.txt" } },
      ],
    });
  });
});

describe("a caller's conversation", () => {
  const call = (name: string, id?: string) => ({
    functionCall: { name, args: { of: id ?? name }, ...(id !== undefined && { id }) },
  });
  const result = (name: string, output: string, id?: string) => ({
    functionResponse: { name, response: { output }, ...(id !== undefined && { id }) },
  });
  const results = (...contents: readonly object[]) =>
    messages(...contents).flatMap((message) =>
      message.role === "tool"
        ? [[message.toolCallId, message.content[0]?.type === "text" ? message.content[0].text : ""]]
        : [],
    );

  test("ties results without ids to their calls by name and order", () => {
    expect(
      results(
        { parts: [{ text: "x" }] },
        { role: "model", parts: [call("a"), call("b"), call("a")] },
        { role: "user", parts: [result("b", "1"), result("a", "2"), result("a", "3")] },
        { role: "model", parts: [call("a")] },
        { role: "function", parts: [result("a", "4")] },
      ),
    ).toEqual([
      ["gemini_call_1_1", "1"],
      ["gemini_call_1_0", "2"],
      ["gemini_call_1_2", "3"],
      ["gemini_call_3_0", "4"],
    ]);
  });

  test("ties results by their ids where there are any, and by order where names differ", () => {
    expect(
      results(
        { role: "model", parts: [call("a", "x"), call("a", "y"), call("b")] },
        { parts: [result("a", "1", "y"), result("a", "2", "unknown"), result("other", "3")] },
      ),
    ).toEqual([
      ["y", "1"],
      ["x", "2"],
      ["gemini_call_0_2", "3"],
    ]);
  });

  test("has results before what else the user says, with their pictures", () => {
    expect(
      messages(
        { role: "model", parts: [call("a", "x")] },
        {
          parts: [
            { text: "Look." },
            {
              functionResponse: {
                name: "a",
                response: { error: "none" },
                parts: [{ inlineData: { mimeType: "image/png", data: "AA==" } }],
              },
            },
          ],
        },
      ).slice(1),
    ).toEqual([
      {
        role: "tool",
        toolCallId: "x",
        toolName: "a",
        isError: true,
        content: [
          { type: "text", text: "none" },
          { type: "image", source: { kind: "base64", mediaType: "image/png", data: "AA==" } },
        ],
      },
      { role: "user", content: [{ type: "text", text: "Look." }] },
    ]);
  });

  test("puts the pieces of a stream together, as clients keep them", () => {
    const piece = (part: object) => ({ role: "model", parts: [part] });
    expect(
      messages(
        piece({ text: "Hm", thought: true }),
        piece({ text: "m.", thought: true }),
        piece({ text: "Three" }),
        piece({ text: " r" }),
        piece({ text: "", thoughtSignature: "AAAA" }),
        piece({ text: "." }),
        piece({ functionCall: { name: "a" }, thoughtSignature: "BBBB" }),
      ),
    ).toEqual([
      {
        role: "assistant",
        content: [
          { type: "reasoning", text: "Hmm.", isSummary: true },
          { type: "text", text: "Three r" },
          { type: "text", text: "", signature: { dialect: "gemini", value: "AAAA" } },
          { type: "text", text: "." },
          {
            type: "tool-call",
            id: "gemini_call_6_0",
            name: "a",
            arguments: "{}",
            signature: { dialect: "gemini", value: "BBBB" },
          },
        ],
      },
    ]);
  });

  test("may hold what the model has drawn, spoken and executed", () => {
    const own = { executableCode: { language: "PYTHON", code: "1" }, thoughtSignature: "AAAA" };
    const [message] = messages({
      role: "model",
      parts: [
        { inlineData: { mimeType: "image/png", data: "AA==" }, thoughtSignature: "CCCC" },
        { inlineData: { mimeType: "audio/L16;codec=pcm;rate=24000", data: "AA==" } },
        own,
        { inlineData: { mimeType: "application/pdf", data: "AA==" } },
      ],
    });
    expect(message?.content as unknown).toEqual([
      {
        type: "image",
        source: { kind: "base64", mediaType: "image/png", data: "AA==" },
        signature: { dialect: "gemini", value: "CCCC" },
      },
      { type: "spoken", data: "AA==", format: "pcm16" },
      { type: "vendor", dialect: "gemini", value: own },
      {
        type: "vendor",
        dialect: "gemini",
        value: { inlineData: { mimeType: "application/pdf", data: "AA==" } },
      },
    ]);
  });

  test("of any length takes no more than its share of time", () => {
    const turns = Array.from({ length: 40_000 }, (_, index) => [
      { role: "model", parts: [{ text: "a", thoughtSignature: "AAAA" }, call(`f${index % 7}`)] },
    ]).flat();
    const answers = { parts: Array.from({ length: 40_000 }, () => result("none", "x")) };
    expect(messages(...turns, answers)).toHaveLength(40_001);
  });
});

test.each([
  [{ cachedContent: "cachedContents/x" }, "cachedContent", false],
  [{ cached_content: "cachedContents/x" }, "cached_content", false],
  [{ modelArmorConfig: {} }, "modelArmorConfig", false],
  [{ generationConfig: { imageConfig: { aspectRatio: "1:1" } } }, "generationConfig.imageConfig", false],
  [{ generation_config: { audio_timestamp: true } }, "generation_config.audio_timestamp", false],
  [
    { generationConfig: { mediaResolution: "MEDIA_RESOLUTION_LOW" } },
    "generationConfig.mediaResolution",
    true,
  ],
  [
    { generationConfig: { speechConfig: { languageCode: "de" } } },
    "generationConfig.speechConfig.languageCode",
    false,
  ],
  [{ toolConfig: { retrievalConfig: {} } }, "toolConfig.retrievalConfig", false],
  [
    { tools: [{ functionDeclarations: [{ name: "a", response: {} }] }] },
    "tools[0].functionDeclarations[0].response",
    true,
  ],
  [
    { contents: [{ parts: [{ text: "x", videoMetadata: { fps: 1 } }] }] },
    "contents[0].parts[0].videoMetadata",
    false,
  ],
  [
    {
      contents: [
        {
          parts: [
            {
              inlineData: { mimeType: "video/mp4", data: "AA" },
              mediaResolution: { level: "MEDIA_RESOLUTION_LOW" },
            },
          ],
        },
      ],
    },
    "contents[0].parts[0].mediaResolution",
    true,
  ],
])("what of %j only Gemini knows is named", (body, path, isHarmless) => {
  expect(parse({ contents: hello, ...body } as JsonObject).losses).toEqual([
    { path, isHarmless, reason: "is known to Gemini only" },
  ]);
  expect(parse({ contents: hello, cachedContent: null }).losses).toEqual([]);
});

describe("a request that is wrong", () => {
  test.each([
    [{}, "contents"],
    [{ contents: "Hello" }, "contents"],
    [{ contents: [7] }, "contents[0]"],
    [{ contents: [{ parts: [{}] }] }, "contents[0].parts[0]"],
    [{ contents: [{ parts: [{ text: 7 }] }] }, "contents[0].parts[0].text"],
    [{ contents: [{ parts: { text: "x" } }] }, "contents[0].parts"],
    [{ contents: [{ role: "system", parts: [] }] }, "contents[0].role"],
    [
      { contents: [{ parts: [{ inline_data: { mime_type: 7 } }] }] },
      "contents[0].parts[0].inline_data.mime_type",
    ],
    [
      { contents: [{ parts: [{ inlineData: { mimeType: "image/png" } }] }] },
      "contents[0].parts[0].inlineData.data",
    ],
    [{ contents: [{ parts: [{ fileData: {} }] }] }, "contents[0].parts[0].fileData.fileUri"],
    [
      { contents: [{ role: "model", parts: [{ functionCall: {} }] }] },
      "contents[0].parts[0].functionCall.name",
    ],
    [
      { contents: [{ role: "model", parts: [{ functionCall: { name: "a", args: [] } }] }] },
      "contents[0].parts[0].functionCall.args",
    ],
    [
      { contents: [{ parts: [{ functionResponse: { name: "a" } }] }] },
      "contents[0].parts[0].functionResponse",
    ],
    [{ contents: hello, systemInstruction: { parts: [{ inlineData: {} }] } }, "systemInstruction.parts[0]"],
    [{ contents: hello, generationConfig: { topK: "many" } }, "generationConfig.topK"],
    [{ contents: hello, generation_config: { top_k: "many" } }, "generation_config.top_k"],
    [{ contents: hello, generationConfig: { stopSequences: ["a", 7] } }, "generationConfig.stopSequences[1]"],
    [
      { contents: hello, generationConfig: { responseMimeType: "text/x.other" } },
      "generationConfig.responseMimeType",
    ],
    [
      { contents: hello, generationConfig: { response_modalities: ["SMELL"] } },
      "generationConfig.response_modalities[0]",
    ],
    [
      { contents: hello, generationConfig: { thinkingConfig: { includeThoughts: "yes" } } },
      "generationConfig.thinkingConfig.includeThoughts",
    ],
    [{ contents: hello, tools: [{ functionDeclarations: [{}] }] }, "tools[0].functionDeclarations[0].name"],
    [
      { contents: hello, toolConfig: { functionCallingConfig: { mode: "SOMETIMES" } } },
      "toolConfig.functionCallingConfig.mode",
    ],
    [{ contents: hello, safetySettings: [{}] }, "safetySettings[0].category"],
    [{ contents: hello, labels: { a: 7 } }, "labels.a"],
  ])("%j names the field as the caller wrote it", (body, param) => {
    expect(() => parse(body as JsonObject)).toThrow(expect.objectContaining({ code: "LK-2102", param }));
  });

  test("has no model in its path", () => {
    expect(() => ingress.parseRequest({ body: { contents: hello } })).toThrow(
      expect.objectContaining({ code: "LK-2102", param: "model" }),
    );
  });

  test("is nested beyond all measure", () => {
    const deep = `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`;
    const calls = JSON.parse(
      `{"contents":[{"role":"model","parts":[{"functionCall":{"name":"f","args":${deep}}}]}]}`,
    );
    expect(() => parse(calls)).toThrow(expect.objectContaining({ code: "LK-2102" }));
  });

  test("has schemas that are nested beyond all measure", () => {
    const nested = `${'{"items":'.repeat(100_000)}{}${"}".repeat(100_000)}`;
    const schemas = JSON.parse(
      `{"contents":[],"tools":[{"functionDeclarations":[{"name":"f","parameters":${nested}}]}]}`,
    );
    expect(() => parse(schemas)).toThrow(expect.objectContaining({ code: "LK-2102" }));
  });

  test("of any JSON is refused with its field, or understood", () => {
    const part = fc.oneof(
      fc.jsonValue(),
      fc.record({ text: fc.jsonValue(), thought: fc.jsonValue(), thoughtSignature: fc.jsonValue() }),
      fc.record({ functionCall: fc.jsonValue() }),
      fc.record({ functionResponse: fc.record({ name: fc.jsonValue(), response: fc.jsonValue() }) }),
      fc.record({ inlineData: fc.record({ mimeType: fc.jsonValue(), data: fc.jsonValue() }) }),
    );
    const content = fc.record({ role: fc.constantFrom("user", "model"), parts: fc.array(part) });
    fc.assert(
      fc.property(fc.array(content), fc.jsonValue(), fc.jsonValue(), (contents, a, b) => {
        for (const body of [
          { contents, tools: a, generationConfig: b },
          { contents, toolConfig: a, systemInstruction: b },
          a,
        ]) {
          if (!isJsonObject(body)) continue;
          try {
            parse(body as JsonObject);
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(LatchkeyError);
            expect((thrown as LatchkeyError).param).toBeString();
          }
        }
      }),
    );
  });

  test("cannot reach into prototypes", () => {
    const body =
      JSON.parse(`{"contents":[{"parts":[{"text":"x"}],"__proto__":{"role":"model"}}],"__proto__":{"tools":[7]},
      "tools":[{"functionDeclarations":[{"name":"f","parameters":{"type":"OBJECT","properties":{"__proto__":{"type":"STRING"}}}}]}]}`);
    const { request: parsed } = parse(body);
    expect(parsed.messages[0]?.role).toBe("user");
    expect(JSON.stringify(parsed.tools)).toContain(`"__proto__":{"type":"string"}`);
    expect(({} as Record<string, unknown>)["type"]).toBeUndefined();
  });
});

test("fields have the names that callers know", () => {
  expect(ingress.fieldName("topK", {})).toBe("generationConfig.topK");
  expect(ingress.fieldName("metadata", {})).toBe("labels");
  expect(ingress.fieldName("minP", {})).toBe("minP");
});

/** The same with underscores in the names of members. */
function snaked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snaked);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      snaked(item),
    ]),
  );
}

test("one of some words as an answer is lost on another vendor, by its place", () => {
  const { losses } = gemini.ingress.parseRequest({
    model: "fast",
    body: {
      contents: [{ parts: [{ text: "Hi" }] }],
      generationConfig: {
        responseMimeType: "text/x.enum",
        responseSchema: { type: "STRING", enum: ["a", "b"] },
      },
    },
  });
  expect(losses).toMatchObject([{ path: "generationConfig.responseMimeType", isHarmless: false }]);
});
