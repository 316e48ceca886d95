import { describe, expect, test } from "bun:test";
import type { ResponseCreateParamsBase } from "openai/resources/responses/responses";
import type { ChatRequest } from "../../../src/canonical/chat-request.ts";
import type { Message } from "../../../src/canonical/message.ts";
import { openaiResponses } from "../../../src/dialects/openai-responses/index.ts";
import { anyModel, ask } from "./support/responses.ts";

const { egress } = openaiResponses;
const own = (value: string) => ({ dialect: "openai-responses" as const, value });
const gemini = (value: string) => ({ dialect: "gemini" as const, value });
const weather = {
  type: "function",
  name: "weather",
  description: "Tells the weather",
  parameters: { type: "object", properties: { city: { type: "string" } } },
} as const;

/** Body and losses of a request; the body passes the official types. */
function render(changes: Partial<ChatRequest>, traits: Partial<typeof anyModel> = {}) {
  const { body, losses } = egress.renderRequest(ask(changes), { ...anyModel, ...traits });
  return { body, losses, typed: body as unknown as ResponseCreateParamsBase };
}
const input = (messages: readonly Message[], traits: Partial<typeof anyModel> = {}) =>
  render({ messages }, traits).body["input"];

test("a request goes to one path, with the vendor's name of the model, and keeps nothing there", () => {
  expect(egress.paths(anyModel)).toEqual({ whole: "/responses", stream: "/responses" });
  expect(render({}).body).toEqual({
    model: "gpt-5.6-mini",
    input: [{ type: "message", role: "user", content: "Hello" }],
    store: false,
    stream: false,
  });
  expect(render({ stream: true, store: true }).body).toMatchObject({ store: true, stream: true });
});

test("what a plain system message says at the beginning is the instructions, what comes later an item", () => {
  const { typed } = render({
    messages: [
      { role: "system", content: [{ type: "text", text: "Be brief." }] },
      { role: "developer", content: [{ type: "text", text: "In German." }] },
      { role: "user", content: [{ type: "text", text: "Hi" }] },
      {
        role: "system",
        content: [
          { type: "text", text: "One" },
          { type: "text", text: "Two" },
        ],
      },
    ],
  });
  expect(typed.instructions).toBe("Be brief.");
  expect(typed.input).toEqual([
    { type: "message", role: "developer", content: "In German." },
    { type: "message", role: "user", content: "Hi" },
    {
      type: "message",
      role: "system",
      content: [
        { type: "input_text", text: "One" },
        { type: "input_text", text: "Two" },
      ],
    },
  ]);
});

test("pictures, files and recordings go by URL, as bytes or by the id of an upload", () => {
  const content = [
    { type: "text", text: "Look" },
    { type: "image", source: { kind: "url", url: "https://example.org/a.png" }, detail: "low" },
    { type: "image", source: { kind: "base64", mediaType: "image/webp", data: "UklGRg==" } },
    { type: "image", source: { kind: "file-id", dialect: "openai-responses", id: "file-1" } },
    {
      type: "file",
      source: { kind: "base64", mediaType: "application/pdf", data: "JVBERg==" },
      name: "a.pdf",
    },
    { type: "file", source: { kind: "base64", mediaType: "text/csv", data: "YQ==" } },
    { type: "file", source: { kind: "url", url: "https://example.org/b.pdf" } },
    { type: "file", source: { kind: "file-id", dialect: "openai-chat", id: "file-2" } },
    { type: "audio", source: { kind: "base64", mediaType: "audio/wav", data: "UklGRg==" }, format: "wav" },
  ] as const;
  const { body, losses } = render({ messages: [{ role: "user", content }] });
  expect(losses).toEqual([]);
  expect(body["input"]).toEqual([
    {
      type: "message",
      role: "user",
      content: [
        { type: "input_text", text: "Look" },
        { type: "input_image", detail: "low", image_url: "https://example.org/a.png" },
        { type: "input_image", detail: "auto", image_url: "data:image/webp;base64,UklGRg==" },
        { type: "input_image", detail: "auto", file_id: "file-1" },
        { type: "input_file", filename: "a.pdf", file_data: "data:application/pdf;base64,JVBERg==" },
        { type: "input_file", filename: "file.csv", file_data: "data:text/csv;base64,YQ==" },
        { type: "input_file", file_url: "https://example.org/b.pdf" },
        { type: "input_file", file_id: "file-2" },
        { type: "input_audio", input_audio: { data: "UklGRg==", format: "wav" } },
      ],
    },
  ]);
});

test("what the model has said is items in their order, its sealed thinking among them", () => {
  const messages: readonly Message[] = [
    {
      role: "assistant",
      content: [
        { type: "reasoning", text: "First.", isSummary: true, id: "rs_1" },
        { type: "reasoning", text: "Second.", isSummary: true, id: "rs_1", signature: own("gAAAA1") },
        { type: "text", text: "Looking.", signature: own("commentary") },
        { type: "tool-call", id: "call_1", name: "weather", arguments: `{"city":"Bern"}` },
        { type: "reasoning", text: "", redacted: own("gAAAA2") },
        { type: "tool-call", id: "call_2", name: "weather", arguments: "" },
      ],
    },
    { role: "tool", toolCallId: "call_1", content: [{ type: "text", text: "sunny" }] },
    {
      role: "tool",
      toolCallId: "call_2",
      content: [
        { type: "text", text: "a map" },
        { type: "image", source: { kind: "base64", mediaType: "image/png", data: "iVBORw==" } },
        { type: "file", source: { kind: "url", url: "https://example.org/map.pdf" } },
      ],
    },
    { role: "tool", toolCallId: "call_3", content: [] },
    {
      role: "assistant",
      content: [
        {
          type: "text",
          text: "Sunny",
          citations: [{ url: "https://w.example", title: "W", start: 0, end: 5 }],
        },
        { type: "refusal", text: "No more." },
        {
          type: "image",
          source: { kind: "base64", mediaType: "image/png", data: "iVBORw==" },
          signature: own("ig_1"),
        },
        { type: "vendor", dialect: "openai-responses", value: { type: "web_search_call", id: "ws_1" } },
        { type: "spoken", id: "audio_1", transcript: "Bye" },
      ],
    },
  ];
  expect(render({ messages }).losses).toEqual([]);
  expect(input(messages)).toEqual([
    {
      type: "reasoning",
      id: "rs_1",
      summary: [
        { type: "summary_text", text: "First." },
        { type: "summary_text", text: "Second." },
      ],
      encrypted_content: "gAAAA1",
    },
    {
      type: "message",
      role: "assistant",
      content: [{ type: "output_text", text: "Looking.", annotations: [] }],
      phase: "commentary",
    },
    { type: "function_call", call_id: "call_1", name: "weather", arguments: `{"city":"Bern"}` },
    { type: "reasoning", summary: [], encrypted_content: "gAAAA2" },
    { type: "function_call", call_id: "call_2", name: "weather", arguments: "{}" },
    { type: "function_call_output", call_id: "call_1", output: "sunny" },
    {
      type: "function_call_output",
      call_id: "call_2",
      output: [
        { type: "input_text", text: "a map" },
        { type: "input_image", detail: "auto", image_url: "data:image/png;base64,iVBORw==" },
        { type: "input_file", file_url: "https://example.org/map.pdf" },
      ],
    },
    { type: "function_call_output", call_id: "call_3", output: "" },
    {
      type: "message",
      role: "assistant",
      content: [
        {
          type: "output_text",
          text: "Sunny",
          annotations: [
            { type: "url_citation", start_index: 0, end_index: 5, url: "https://w.example", title: "W" },
          ],
        },
        { type: "refusal", refusal: "No more." },
      ],
    },
    { type: "image_generation_call", id: "ig_1", status: "completed", result: "iVBORw==" },
    { type: "web_search_call", id: "ws_1" },
    {
      type: "message",
      role: "assistant",
      content: [{ type: "output_text", text: "Bye", annotations: [] }],
    },
  ]);
});

test("thinking of others is left out, and that of open models goes back where their server wants it", () => {
  const messages: readonly Message[] = [
    {
      role: "assistant",
      content: [
        { type: "reasoning", text: "Theirs.", signature: gemini("sig") },
        { type: "reasoning", text: "Plain.", id: "rs_9" },
        { type: "text", text: "Four", signature: gemini("sig") },
      ],
    },
  ];
  const four = {
    type: "message",
    role: "assistant",
    content: [{ type: "output_text", text: "Four", annotations: [] }],
  };
  const { losses } = render({ messages });
  expect(losses.map(({ path, isHarmless }) => [path, isHarmless])).toEqual([
    ["messages[0].content[0]", true],
    ["messages[0].content[1]", true],
  ]);
  expect(input(messages)).toEqual([four]);
  expect(input(messages, { quirks: { reasoningText: true } })).toEqual([
    { type: "reasoning", summary: [], content: [{ type: "reasoning_text", text: "Theirs." }] },
    { type: "reasoning", id: "rs_9", summary: [], content: [{ type: "reasoning_text", text: "Plain." }] },
    four,
  ]);
});

test("what is to be cached is marked for models that have words for it", () => {
  const messages: readonly Message[] = [
    { role: "system", content: [{ type: "text", text: "Rules", cache: { ttl: "1h" } }] },
    { role: "user", content: [{ type: "text", text: "Long", cache: {} }] },
    { role: "tool", toolCallId: "c", content: [{ type: "text", text: "data" }], cache: {} },
  ];
  expect(render({ messages }).body["instructions"]).toBe("Rules");
  expect(JSON.stringify(input(messages))).not.toContain("breakpoint");
  const marker = { prompt_cache_breakpoint: { mode: "explicit" } };
  expect(input(messages, { quirks: { cacheBreakpoints: true } })).toEqual([
    { type: "message", role: "system", content: [{ type: "input_text", text: "Rules", ...marker }] },
    { type: "message", role: "user", content: [{ type: "input_text", text: "Long", ...marker }] },
    { type: "function_call_output", call_id: "c", output: [{ type: "input_text", text: "data", ...marker }] },
  ]);
});

describe("tools", () => {
  test("are functions, strict where that was asked for only, and the vendor's own as they were", () => {
    const search = { type: "web_search", search_context_size: "low" };
    const { body, losses } = render({
      tools: [
        { ...weather, strict: true },
        { type: "function", name: "now" },
        { type: "vendor", dialect: "openai-responses", name: "web_search", value: search },
      ],
      parallelToolCalls: false,
    });
    expect(losses).toEqual([]);
    expect(body["tools"]).toEqual([
      { ...weather, strict: true },
      { type: "function", name: "now", parameters: { type: "object", properties: {} }, strict: false },
      search,
    ]);
    expect(body["parallel_tool_calls"]).toBe(false);
  });

  const mcp = {
    type: "vendor",
    dialect: "openai-responses",
    name: "docs",
    value: { type: "mcp", server_label: "docs" },
  };
  const custom = {
    type: "vendor",
    dialect: "openai-responses",
    name: "patch",
    value: { type: "custom", name: "patch" },
  };
  const search = {
    type: "vendor",
    dialect: "openai-responses",
    name: "web_search",
    value: { type: "web_search" },
  };
  test.each([
    [{ type: "auto" }, "auto"],
    [{ type: "none" }, "none"],
    [{ type: "required" }, "required"],
    [
      { type: "tool", name: "weather" },
      { type: "function", name: "weather" },
    ],
    [
      { type: "tool", name: "patch" },
      { type: "custom", name: "patch" },
    ],
    [{ type: "tool", name: "web_search" }, { type: "web_search" }],
    [
      { type: "required", allowed: ["weather", "docs"] },
      {
        type: "allowed_tools",
        mode: "required",
        tools: [
          { type: "function", name: "weather" },
          { type: "mcp", server_label: "docs" },
        ],
      },
    ],
  ] as const)("are chosen: %j", (toolChoice, expected) => {
    const { body } = render({ tools: [weather, mcp, custom, search] as never, toolChoice });
    expect(body["tool_choice"]).toEqual(expected as never);
  });

  test("of other vendors, and one with the gateway's own name, are refused", () => {
    const { losses } = render({
      tools: [
        { type: "vendor", dialect: "gemini", name: "google_search", value: {} },
        { type: "function", name: "latchkey_answer" },
      ],
    });
    expect(losses).toEqual([
      { path: "tools[0]", isHarmless: false, reason: expect.stringContaining("google_search") },
      { path: "tools[1].name", isHarmless: false, reason: "is reserved" },
    ]);
  });
});

describe("a structured answer", () => {
  const schema = { type: "object", properties: { a: { type: "number" } } };
  test.each([
    [{ type: "text" }, { type: "text" }],
    [{ type: "json" }, { type: "json_object" }],
    [
      { type: "json-schema", name: "x", description: "An x", schema, strict: true },
      { type: "json_schema", name: "x", description: "An x", schema, strict: true },
    ],
    [
      { type: "json-schema", schema },
      { type: "json_schema", name: "answer", schema },
    ],
  ] as const)("%j is the text's format", (responseFormat, format) => {
    expect(render({ responseFormat, verbosity: "low" }).body["text"]).toEqual({
      format,
      verbosity: "low",
    } as never);
  });

  test("comes through a tool where the model cannot follow a schema", () => {
    const traits = { lacks: ["json-schema"] as const };
    const responseFormat = { type: "json-schema", schema } as const;
    const only = render({ responseFormat }, traits).body;
    expect(only).toMatchObject({
      tools: [{ type: "function", name: "latchkey_answer", parameters: schema }],
      tool_choice: { type: "function", name: "latchkey_answer" },
    });
    expect(only["text"]).toBeUndefined();
    expect(render({ responseFormat, tools: [weather] }, traits).body).toMatchObject({
      tools: [{ name: "weather" }, { name: "latchkey_answer" }],
      tool_choice: "required",
    });
    const answer = {
      status: "completed",
      output: [{ type: "function_call", call_id: "c", name: "latchkey_answer", arguments: `{"a":1}` }],
    };
    expect(egress.parseResponse(answer, anyModel)?.choices).toEqual([
      { index: 0, content: [{ type: "text", isAnswer: true, text: `{"a":1}` }], finishReason: "stop" },
    ]);
  });
});

describe("thinking", () => {
  test.each([
    [{ effort: "high", show: "auto" }, { effort: "high", summary: "auto" }, []],
    [{ effort: "none" }, { effort: "none" }, []],
    [{ show: "full" }, { summary: "detailed" }, []],
    [{ effort: "low", show: "auto", isShownByDefault: true }, { effort: "low" }, [true]],
    [{ isAdaptive: true, show: "auto", isShownByDefault: true }, undefined, [true]],
    [{ show: "none", isAdaptive: true }, undefined, []],
    [{ budgetTokens: 0 }, { effort: "none" }, [true]],
    [{ budgetTokens: 1_024 }, { effort: "minimal" }, [true]],
    [{ budgetTokens: 4_096 }, { effort: "low" }, [true]],
    [{ budgetTokens: 10_000 }, { effort: "medium" }, [true]],
    [{ budgetTokens: 32_000 }, { effort: "high" }, [true]],
  ] as const)("wished for as %j", (reasoning, expected, losses) => {
    const { body, losses: told } = render({ reasoning });
    expect(body["reasoning"]).toEqual(expected as never);
    expect(told.map(({ isHarmless }) => isHarmless)).toEqual([...losses]);
  });

  test("is asked for in sealed form of models that think", () => {
    const sealed = ["reasoning.encrypted_content"];
    const includes = (changes: Partial<ChatRequest>, traits: Partial<typeof anyModel> = {}) =>
      render(changes, traits).body["include"];
    expect(includes({})).toBeUndefined();
    expect(includes({ reasoning: { effort: "low" } })).toEqual(sealed);
    expect(includes({ reasoning: { effort: "none" } })).toBeUndefined();
    expect(includes({}, { lacks: [] })).toEqual(sealed);
    expect(includes({ reasoning: { effort: "low" } }, { lacks: ["reasoning"] })).toBeUndefined();
    expect(includes({}, { quirks: { encryptedReasoning: true } })).toEqual(sealed);
    expect(
      includes({ reasoning: { effort: "low" } }, { quirks: { encryptedReasoning: false } }),
    ).toBeUndefined();
    const content = [{ type: "reasoning", text: "", redacted: own("gAAAA") }] as const;
    expect(includes({ messages: [{ role: "assistant", content }] })).toEqual(sealed);
  });

  test("is not spoken of to models that do not think", () => {
    const { body, losses } = render({ reasoning: { effort: "low" } }, { lacks: ["reasoning"] });
    expect(body["reasoning"]).toBeUndefined();
    expect(losses).toEqual([{ path: { field: "reasoning" }, isHarmless: true, reason: expect.any(String) }]);
    expect(render({ reasoning: { effort: "none" } }, { lacks: ["reasoning"] }).losses).toEqual([]);
  });
});

test("limits, tiers, names and probabilities have their places", () => {
  const { body, losses } = render({
    maxOutputTokens: 100,
    temperature: 0.5,
    topP: 0.9,
    logprobs: 3,
    serviceTier: "flex",
    endUser: "u-1",
    metadata: { team: "a" },
    promptCacheKey: "k",
    choices: 1,
    modalities: ["text"],
  });
  expect(losses).toEqual([]);
  expect(body).toMatchObject({
    max_output_tokens: 100,
    temperature: 0.5,
    top_p: 0.9,
    top_logprobs: 3,
    include: ["message.output_text.logprobs"],
    service_tier: "flex",
    safety_identifier: "u-1",
    metadata: { team: "a" },
    prompt_cache_key: "k",
  });
});

test("a server that takes less is told less, and what it has not been told is named", () => {
  const quirks = { developerRole: false, endUser: "user", less: "store topP serviceTier parallelToolCalls" };
  const asked: Partial<ChatRequest> = {
    messages: [{ role: "developer", content: [{ type: "text", text: "Be brief." }] }],
    endUser: "u",
    store: true,
    topP: 0.5,
    temperature: 1,
    parallelToolCalls: true,
  };
  const { body, losses } = render(asked, { quirks });
  expect(body).toEqual({
    model: "gpt-5.6-mini",
    input: [{ type: "message", role: "system", content: "Be brief." }],
    user: "u",
    temperature: 1,
    stream: false,
  });
  expect(losses.map(({ path, isHarmless }) => [path, isHarmless])).toEqual([
    [{ field: "store" }, true],
    [{ field: "topP" }, false],
  ]);
});

const said = (role: "user" | "assistant", part: unknown): Partial<ChatRequest> => ({
  messages: [{ role, content: [part] } as Message],
});

test.each([
  [{ stop: Array.from({ length: 65 }, (_, index) => `${index}`) }, { field: "stop" }, false],
  [{ seed: 1 }, { field: "seed" }, true],
  [{ choices: 2 }, { field: "choices" }, false],
  [{ frequencyPenalty: 1 }, { field: "frequencyPenalty" }, false],
  [{ presencePenalty: 1 }, { field: "presencePenalty" }, false],
  [{ repetitionPenalty: 1 }, { field: "repetitionPenalty" }, false],
  [{ logitBias: { "1": 1 } }, { field: "logitBias" }, false],
  [{ topK: 1 }, { field: "topK" }, false],
  [{ minP: 0.1 }, { field: "minP" }, false],
  [{ modalities: ["text", "audio"] }, { field: "modalities" }, false],
  [{ safety: [] }, { field: "safety" }, true],
  [said("user", { type: "vendor", dialect: "gemini", value: {} }), "messages[0].content[0]", false],
  [said("assistant", { type: "vendor", dialect: "gemini", value: {} }), "messages[0].content[0]", false],
  [said("assistant", { type: "spoken", id: "a" }), "messages[0].content[0]", false],
  [
    said("assistant", { type: "image", source: { kind: "base64", mediaType: "image/png", data: "" } }),
    "messages[0].content[0]",
    false,
  ],
  [
    said("user", { type: "audio", source: { kind: "url", url: "https://example.org/a.mp3" } }),
    "messages[0].content[0]",
    false,
  ],
  [
    said("user", { type: "file", source: { kind: "file-id", dialect: "gemini", id: "x" } }),
    "messages[0].content[0]",
    false,
  ],
  [
    { messages: [{ role: "assistant", content: [{ type: "text", text: "a" }], isPrefix: true }] },
    "messages[0]",
    false,
  ],
  [
    { messages: [{ role: "user", content: [{ type: "text", text: "a", cache: {} }] }] },
    "messages[0].content[0].cache",
    true,
  ],
  [
    { messages: [{ role: "assistant", content: [{ type: "text", text: "a", cache: {} }] }] },
    "messages[0].content[0].cache",
    true,
  ],
  [{ tools: [{ type: "function", name: "a", cache: {} }] }, "tools[0].cache", true],
  [{ messages: [{ role: "user", content: [], name: "Ann" }] }, "messages[0].name", true],
] as readonly (readonly [Partial<ChatRequest>, unknown, boolean])[])(
  "names what %j loses",
  (changes, path, isHarmless) => {
    expect(render(changes).losses).toEqual([{ path, isHarmless, reason: expect.any(String) }] as never);
  },
);

test("a tool's failure and what is said about a file are told in words", () => {
  const source = { kind: "base64", mediaType: "application/pdf", data: "AAAA" } as const;
  const { body, losses } = render({
    messages: [
      { role: "tool", toolCallId: "a", content: [{ type: "text", text: "No city." }], isError: true },
      { role: "tool", toolCallId: "b", content: [], isError: true },
      { role: "user", content: [{ type: "file", source, context: "Written in May." }] },
    ],
  });
  expect(losses).toEqual([]);
  expect(body["input"]).toMatchObject([
    { call_id: "a", output: "Error: No city." },
    { call_id: "b", output: "Error:" },
    { role: "user", content: [{ type: "input_text", text: "Written in May." }, { type: "input_file" }] },
  ]);
});
