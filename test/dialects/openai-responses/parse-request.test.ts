import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { ResponseCreateParamsBase } from "openai/resources/responses/responses";
import { openaiResponses } from "../../../src/dialects/openai-responses/index.ts";
import { LatchkeyError } from "../../../src/kernel/error.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";

const { ingress } = openaiResponses;
/** A request whose body is one that the official SDK takes. */
const parse = (body: Partial<ResponseCreateParamsBase>) =>
  ingress.parseRequest({ body: { model: "fast", ...body } as unknown as JsonObject });
const messagesOf = (input: ResponseCreateParamsBase["input"]) =>
  parse(input === undefined ? {} : { input }).request.messages;
const own = (value: string) => ({ dialect: "openai-responses" as const, value });

/** The field at fault and the code of a body that is refused. */
function faultOf(body: unknown): readonly [code: string, param: string | undefined] {
  try {
    ingress.parseRequest({ body: body as JsonObject });
  } catch (error) {
    if (error instanceof LatchkeyError) return [error.code, error.param];
    throw error;
  }
  throw new Error("the request is not refused");
}

describe("a conversation", () => {
  test("is a text, or messages in the short form and in the long one", () => {
    expect(messagesOf("Hi")).toEqual([{ role: "user", content: [{ type: "text", text: "Hi" }] }]);
    expect(
      messagesOf([
        { role: "system", content: "Rules" },
        { type: "message", role: "developer", content: [{ type: "input_text", text: "More" }] },
        { role: "user", content: [{ type: "input_text", text: "Hi" }] },
        { role: "assistant", content: "Hello" },
      ]),
    ).toEqual([
      { role: "system", content: [{ type: "text", text: "Rules" }] },
      { role: "developer", content: [{ type: "text", text: "More" }] },
      { role: "user", content: [{ type: "text", text: "Hi" }] },
      { role: "assistant", content: [{ type: "text", text: "Hello" }] },
    ]);
  });

  test("has its instructions first", () => {
    expect(parse({ instructions: "Be brief.", input: "Hi" }).request.messages).toEqual([
      { role: "system", content: [{ type: "text", text: "Be brief." }] },
      { role: "user", content: [{ type: "text", text: "Hi" }] },
    ]);
    expect(parse({ instructions: "Begin." }).request.messages).toHaveLength(1);
  });

  test("has pictures, files and recordings", () => {
    const { request, losses } = parse({
      input: [
        {
          role: "user",
          content: [
            { type: "input_image", detail: "high", image_url: "https://example.org/a.png" },
            { type: "input_image", detail: "auto", image_url: "data:image/png;base64,iVBORw==" },
            { type: "input_image", detail: "original", file_id: "file-1" },
            { type: "input_file", filename: "a.pdf", file_data: "data:application/pdf;base64,JVBERg==" },
            { type: "input_file", filename: "a.csv", file_data: "YQ==" },
            { type: "input_file", file_url: "https://example.org/b.pdf" },
            { type: "input_file", file_id: "file-2", detail: "low" },
            { type: "input_text", text: "These?", prompt_cache_breakpoint: { mode: "explicit" } },
            { type: "input_audio", input_audio: { data: "UklGRg==", format: "wav" } } as never,
          ],
        },
      ],
    });
    expect(request.messages[0]?.content).toEqual([
      { type: "image", source: { kind: "url", url: "https://example.org/a.png" }, detail: "high" },
      { type: "image", source: { kind: "base64", mediaType: "image/png", data: "iVBORw==" }, detail: "auto" },
      {
        type: "image",
        source: { kind: "file-id", dialect: "openai-responses", id: "file-1" },
        detail: "high",
      },
      {
        type: "file",
        source: { kind: "base64", mediaType: "application/pdf", data: "JVBERg==" },
        name: "a.pdf",
      },
      { type: "file", source: { kind: "base64", mediaType: "text/csv", data: "YQ==" }, name: "a.csv" },
      { type: "file", source: { kind: "url", url: "https://example.org/b.pdf" } },
      { type: "file", source: { kind: "file-id", dialect: "openai-responses", id: "file-2" } },
      { type: "text", text: "These?", cache: {} },
      { type: "audio", source: { kind: "base64", mediaType: "audio/wav", data: "UklGRg==" }, format: "wav" },
    ]);
    expect(losses.map(({ path, isHarmless }) => [path, isHarmless])).toEqual([
      ["input[0].content[2].detail", true],
      ["input[0].content[6].detail", true],
    ]);
  });

  test("joins the model's items to one message, and has the results of tools", () => {
    const messages = messagesOf([
      { role: "user", content: "Weather?" },
      {
        type: "reasoning",
        id: "rs_1",
        summary: [{ type: "summary_text", text: "Hm" }],
        encrypted_content: "gAAAA",
      },
      {
        type: "message",
        id: "msg_1",
        role: "assistant",
        status: "completed",
        phase: "commentary",
        content: [{ type: "output_text", text: "Looking.", annotations: [] }],
      },
      { type: "function_call", call_id: "c1", name: "weather", arguments: `{"city":"Bern"}` },
      { type: "function_call", id: "fc_2", call_id: "c2", name: "now", arguments: "" },
      { type: "function_call_output", call_id: "c1", output: "sunny" },
      {
        type: "function_call_output",
        call_id: "c2",
        output: [
          { type: "input_text", text: "noon" },
          { type: "input_image", image_url: "https://example.org/clock.png" },
        ],
      },
      { role: "assistant", content: [{ type: "refusal", refusal: "No." }] as never },
    ]);
    expect(messages).toEqual([
      { role: "user", content: [{ type: "text", text: "Weather?" }] },
      {
        role: "assistant",
        content: [
          { type: "reasoning", text: "Hm", isSummary: true, id: "rs_1", signature: own("gAAAA") },
          { type: "text", text: "Looking.", signature: own("commentary") },
          { type: "tool-call", id: "c1", name: "weather", arguments: `{"city":"Bern"}` },
          { type: "tool-call", id: "c2", name: "now", arguments: "{}" },
        ],
      },
      { role: "tool", toolCallId: "c1", content: [{ type: "text", text: "sunny" }] },
      {
        role: "tool",
        toolCallId: "c2",
        content: [
          { type: "text", text: "noon" },
          { type: "image", source: { kind: "url", url: "https://example.org/clock.png" } },
        ],
      },
      { role: "assistant", content: [{ type: "refusal", text: "No." }] },
    ]);
  });

  test("keeps steps of the vendor's own tools on the side that has made them", () => {
    const search = { type: "web_search_call", id: "ws", status: "completed", action: { type: "search" } };
    const shot = { type: "computer_call_output", call_id: "c", output: { type: "computer_screenshot" } };
    const value = (item: unknown) => [{ type: "vendor", dialect: "openai-responses", value: item }];
    expect(messagesOf([search, shot] as never)).toEqual([
      { role: "assistant", content: value(search) },
      { role: "user", content: value(shot) },
    ] as never);
  });

  test("gives signatures of other vendors back to the parts that they belong to", () => {
    const carrier = (text: string) => ({
      type: "reasoning" as const,
      id: "rs_lk_1_2",
      summary: [],
      encrypted_content: text,
    });
    const gemini = { dialect: "gemini", value: "a.b=" };
    const claude = { dialect: "anthropic-messages", value: "Erw=" };
    expect(
      messagesOf([
        { ...carrier("lk1.s.anthropic-messages.Erw="), content: [{ type: "reasoning_text", text: "Deep." }] },
        carrier("lk1.r.anthropic-messages.Erw="),
        carrier("lk1.s.anthropic-messages.Erw="),
        { type: "function_call", call_id: "c1", name: "f", arguments: "{}" },
        carrier("lk1.b.gemini.a.b="),
        { role: "assistant", content: "Done" },
        carrier("lk1.b.gemini.a.b="),
        carrier("lk1.x.nowhere.a"),
      ]),
    ).toEqual([
      {
        role: "assistant",
        content: [
          { type: "reasoning", text: "Deep.", signature: claude },
          { type: "reasoning", text: "", redacted: claude },
          { type: "reasoning", text: "", signature: claude },
          { type: "tool-call", id: "c1", name: "f", arguments: "{}", signature: gemini },
          { type: "text", text: "Done", signature: gemini },
          { type: "reasoning", text: "", redacted: own("lk1.x.nowhere.a") },
        ] as never,
      },
    ]);
    expect(messagesOf([carrier("lk1.b.gemini.x"), { role: "user", content: "Hi" }])).toHaveLength(1);
  });
});

test("wishes have their canonical names", () => {
  const { request, losses } = parse({
    input: "Hi",
    max_output_tokens: 100,
    temperature: 0.5,
    top_p: 0.9,
    top_logprobs: 2,
    parallel_tool_calls: false,
    text: {
      format: { type: "json_schema", name: "x", description: "d", schema: { type: "object" }, strict: true },
      verbosity: "low",
    },
    reasoning: { effort: "high", summary: "auto" },
    service_tier: "flex",
    safety_identifier: "u",
    user: "older",
    metadata: { team: "a", ["__proto__"]: "b" },
    prompt_cache_key: "k",
    store: false,
    stream: true,
    include: ["reasoning.encrypted_content"],
  });
  expect(losses).toEqual([]);
  expect(request).toEqual({
    model: "fast",
    messages: [{ role: "user", content: [{ type: "text", text: "Hi" }] }],
    maxOutputTokens: 100,
    temperature: 0.5,
    topP: 0.9,
    logprobs: 2,
    parallelToolCalls: false,
    responseFormat: {
      type: "json-schema",
      name: "x",
      description: "d",
      schema: { type: "object" },
      strict: true,
    },
    verbosity: "low",
    reasoning: { effort: "high", show: "auto" },
    serviceTier: "flex",
    endUser: "u",
    metadata: { team: "a", ["__proto__"]: "b" },
    promptCacheKey: "k",
    store: false,
    stream: true,
  });
});

test.each([
  [{ text: { format: { type: "text" } } }, { responseFormat: { type: "text" } }],
  [{ text: { format: { type: "json_object" } } }, { responseFormat: { type: "json" } }],
  [{ include: ["message.output_text.logprobs"] }, { logprobs: 0 }],
  [{ user: "u" }, { endUser: "u" }],
  [{ reasoning: { generate_summary: "detailed" } }, { reasoning: { show: "detailed" } }],
  [{ stream: null, temperature: null, tools: null, tool_choice: null, text: null, reasoning: {} }, {}],
  [{ tools: [] }, {}],
] as const)("%j is %j", (body, expected) => {
  const base = { model: "fast", stream: false, messages: expect.any(Array) };
  expect(parse({ input: "Hi", ...(body as object) }).request).toEqual({ ...base, ...expected } as never);
});

test("tools are functions, or the vendor's own as they are", () => {
  const mcp = { type: "mcp", server_label: "docs", server_url: "https://example.org/mcp" } as const;
  const custom = { type: "custom", name: "patch" } as const;
  const { request, losses } = parse({
    input: "Hi",
    tools: [
      { type: "function", name: "f", description: "d", parameters: { type: "object" }, strict: true },
      { type: "function", name: "g", parameters: null, strict: null, defer_loading: true },
      { type: "web_search" },
      mcp,
      custom,
    ],
  });
  const vendor = (name: string, value: unknown) => ({
    type: "vendor",
    dialect: "openai-responses",
    name,
    value,
  });
  expect(request.tools).toEqual([
    { type: "function", name: "f", description: "d", parameters: { type: "object" }, strict: true },
    { type: "function", name: "g" },
    vendor("web_search", { type: "web_search" }),
    vendor("docs", mcp),
    vendor("patch", custom),
  ] as never);
  expect(losses).toEqual([{ path: "tools[1].defer_loading", isHarmless: true, reason: expect.any(String) }]);
});

test.each([
  ["auto", { type: "auto" }],
  ["required", { type: "required" }],
  ["none", { type: "none" }],
  [
    { type: "function", name: "f" },
    { type: "tool", name: "f" },
  ],
  [
    { type: "custom", name: "patch" },
    { type: "tool", name: "patch" },
  ],
  [
    { type: "mcp", server_label: "docs" },
    { type: "tool", name: "docs" },
  ],
  [{ type: "web_search_preview" }, { type: "tool", name: "web_search_preview" }],
  [
    {
      type: "allowed_tools",
      mode: "required",
      tools: [{ type: "function", name: "f" }, { type: "image_generation" }],
    },
    { type: "required", allowed: ["f", "image_generation"] },
  ],
] as const)("the choice of tools %j is %j", (choice, expected) => {
  expect(parse({ input: "Hi", tool_choice: choice as never }).request.toolChoice).toEqual(expected as never);
});

test.each([
  [{ background: true }, "background", false],
  [{ conversation: "conv_1" }, "conversation", false],
  [{ prompt: { id: "p" } }, "prompt", false],
  [{ moderation: { model: "m" } }, "moderation", false],
  [{ frequency_penalty: 1 }, "frequency_penalty", false],
  [{ reasoning: { mode: "pro" } }, "reasoning.mode", false],
  [{ tool_choice: { type: "mcp", server_label: "d", name: "one" } }, "tool_choice.name", false],
  [{ truncation: "auto" }, "truncation", true],
  [{ context_management: [] }, "context_management", true],
  [{ max_tool_calls: 1 }, "max_tool_calls", true],
  [{ prompt_cache_retention: "24h" }, "prompt_cache_retention", true],
  [{ stream_options: { include_obfuscation: false } }, "stream_options", true],
  [{ reasoning: { context: "auto" } }, "reasoning.context", true],
  [{ include: ["web_search_call.results"] }, "include[0]", true],
] as const)("names what %j loses", (body, path, isHarmless) => {
  expect(parse({ input: "Hi", ...(body as object) }).losses).toEqual([
    { path, isHarmless, reason: expect.any(String) },
  ]);
});

test("what asks for nothing loses nothing", () => {
  expect(
    parse({ input: "Hi", truncation: "disabled", background: false, conversation: null, prompt: null })
      .losses,
  ).toEqual([]);
});

const item = (members: object) => ({ model: "m", input: [members] });
test.each([
  [{}, "model"],
  [{ model: 1 }, "model"],
  [{ model: "m" }, "input"],
  [{ model: "m", input: 1 }, "input"],
  [{ model: "m", input: [] }, "input"],
  [{ model: "m", input: ["x"] }, "input[0]"],
  [item({ role: "robot", content: "x" }), "input[0].role"],
  [item({ role: "user" }), "input[0].content"],
  [item({ role: "user", content: [1] }), "input[0].content[0]"],
  [item({ role: "user", content: [{ type: "output_video" }] }), "input[0].content[0].type"],
  [item({ role: "user", content: [{ type: "input_text" }] }), "input[0].content[0].text"],
  [item({ role: "user", content: [{ type: "input_image" }] }), "input[0].content[0].image_url"],
  [item({ role: "user", content: [{ type: "input_image", image_url: 1 }] }), "input[0].content[0].image_url"],
  [
    item({ role: "user", content: [{ type: "input_image", image_url: "data:image/svg+xml,<svg>" }] }),
    "input[0].content[0].image_url",
  ],
  [
    item({ role: "user", content: [{ type: "input_image", image_url: "x", detail: "huge" }] }),
    "input[0].content[0].detail",
  ],
  [item({ role: "user", content: [{ type: "input_file" }] }), "input[0].content[0].file_url"],
  [item({ role: "user", content: [{ type: "input_audio" }] }), "input[0].content[0].input_audio"],
  [
    item({ role: "user", content: [{ type: "input_audio", input_audio: { data: "x", format: "ogg" } }] }),
    "input[0].content[0].input_audio.format",
  ],
  [item({ role: "system", content: [{ type: "input_image", image_url: "x" }] }), "input[0].content[0].type"],
  [item({ role: "assistant", content: 1 }), "input[0].content"],
  [item({ role: "assistant", content: [{ type: "input_image" }] }), "input[0].content[0].type"],
  [item({ role: "assistant", content: [{ type: "output_text" }] }), "input[0].content[0].text"],
  [item({ type: "function_call", name: "f", arguments: "" }), "input[0].call_id"],
  [item({ type: "function_call", call_id: "c", arguments: "" }), "input[0].name"],
  [item({ type: "function_call", call_id: "c", name: "f", arguments: {} }), "input[0].arguments"],
  [item({ type: "function_call_output", output: "" }), "input[0].call_id"],
  [item({ type: "function_call_output", call_id: "c" }), "input[0].output"],
  [
    item({
      type: "function_call_output",
      call_id: "c",
      output: [{ type: "input_audio", input_audio: { data: "UklGRg==" } }],
    }),
    "input[0].output[0].type",
  ],
  [item({ type: 1 }), "input[0].type"],
  [item({ type: null }), "input[0].type"],
  [{ model: "m", input: "x", instructions: 1 }, "instructions"],
  [{ model: "m", input: "x", temperature: "1" }, "temperature"],
  [{ model: "m", input: "x", max_output_tokens: -1 }, "max_output_tokens"],
  [{ model: "m", input: "x", max_output_tokens: 1.5 }, "max_output_tokens"],
  [{ model: "m", input: "x", stream: "yes" }, "stream"],
  [{ model: "m", input: "x", include: {} }, "include"],
  [{ model: "m", input: "x", metadata: { a: 1 } }, "metadata.a"],
  [{ model: "m", input: "x", metadata: [] }, "metadata"],
  [{ model: "m", input: "x", text: { format: { type: "xml" } } }, "text.format.type"],
  [{ model: "m", input: "x", text: { format: { type: "json_schema" } } }, "text.format.name"],
  [{ model: "m", input: "x", text: { format: { type: "json_schema", name: "n" } } }, "text.format.schema"],
  [{ model: "m", input: "x", text: { verbosity: "loud" } }, "text.verbosity"],
  [{ model: "m", input: "x", reasoning: { effort: "huge" } }, "reasoning.effort"],
  [{ model: "m", input: "x", tools: {} }, "tools"],
  [{ model: "m", input: "x", tools: [{}] }, "tools[0].type"],
  [{ model: "m", input: "x", tools: [{ type: "function" }] }, "tools[0].name"],
  [
    { model: "m", input: "x", tools: [{ type: "function", name: "f", parameters: [] }] },
    "tools[0].parameters",
  ],
  [{ model: "m", input: "x", tool_choice: "maybe" }, "tool_choice"],
  [{ model: "m", input: "x", tool_choice: { type: "function" } }, "tool_choice.name"],
  [{ model: "m", input: "x", tool_choice: { type: "allowed_tools", mode: "all" } }, "tool_choice.mode"],
  [{ model: "m", input: "x", tool_choice: { type: "allowed_tools", tools: [1] } }, "tool_choice.tools[0]"],
])("%j names the field at fault", (body, param) => {
  expect(faultOf(body)).toEqual(["LK-2102", param]);
});

test("what goes on from an answer, or names an item, is not found where it was not completed", () => {
  expect(faultOf({ model: "m", input: "x", previous_response_id: "resp_1" })).toEqual([
    "LK-2112",
    "previous_response_id",
  ]);
  expect(faultOf(item({ type: "item_reference", id: "msg_1" }))).toEqual(["LK-2112", "input[0].id"]);
});

test("values of any kind are read or refused, never a crash", () => {
  const names = [
    "type",
    "role",
    "content",
    "call_id",
    "output",
    "id",
    "summary",
    "encrypted_content",
    "text",
  ];
  const part = fc.dictionary(fc.constantFrom(...names), fc.oneof(fc.jsonValue(), fc.constant("input_text")));
  const body = fc.record(
    {
      model: fc.oneof(fc.constant("m"), fc.jsonValue()),
      input: fc.oneof(fc.array(fc.oneof(part, fc.jsonValue())), fc.jsonValue()),
      tools: fc.oneof(fc.array(part), fc.jsonValue()),
      tool_choice: fc.oneof(part, fc.jsonValue()),
      text: fc.jsonValue(),
      reasoning: fc.jsonValue(),
      include: fc.jsonValue(),
      metadata: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(body, (value) => {
      try {
        expect(ingress.parseRequest({ body: value as JsonObject }).request.messages).not.toBeEmpty();
      } catch (error) {
        expect(error).toBeInstanceOf(LatchkeyError);
      }
    }),
  );
});

test("members have their names in this dialect", () => {
  expect(ingress.fieldName("messages", {})).toBe("input");
  expect(ingress.fieldName("maxOutputTokens", {})).toBe("max_output_tokens");
  expect(ingress.fieldName("responseFormat", {})).toBe("text.format");
  expect(ingress.fieldName("endUser", {})).toBe("safety_identifier");
});
