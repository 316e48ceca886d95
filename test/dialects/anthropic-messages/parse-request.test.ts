import { describe, expect, test } from "bun:test";
import type Anthropic from "@anthropic-ai/sdk";
import fc from "fast-check";
import { anthropicMessages } from "../../../src/dialects/anthropic-messages/index.ts";
import { LatchkeyError } from "../../../src/kernel/error.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";

const { ingress } = anthropicMessages;
const base = { model: "fast", max_tokens: 100, messages: [{ role: "user", content: "Hi" }] };
const parse = (changes: object) => ingress.parseRequest({ body: { ...base, ...changes } as JsonObject });
const refusal = (changes: object): LatchkeyError => {
  try {
    parse(changes);
  } catch (thrown) {
    if (thrown instanceof LatchkeyError) return thrown;
    throw thrown;
  }
  throw new Error("it was taken");
};

describe("a caller's request", () => {
  test("is understood with everything that the official client documents", () => {
    const body: Anthropic.MessageCreateParamsNonStreaming & Record<string, unknown> = {
      model: "fast",
      max_tokens: 500,
      system: [{ type: "text", text: "Be brief.", cache_control: { type: "ephemeral", ttl: "1h" } }],
      messages: [
        { role: "user", content: "Hello" },
        {
          role: "assistant",
          content: [
            { type: "thinking", thinking: "Hm.", signature: "c2ln" },
            { type: "redacted_thinking", data: "c2Vj" },
            { type: "text", text: "I look." },
            { type: "tool_use", id: "toolu_1", name: "weather", input: { city: "Bern" } },
          ],
        },
        {
          role: "user",
          content: [
            {
              type: "tool_result",
              tool_use_id: "toolu_1",
              is_error: true,
              content: [
                { type: "text", text: "rain" },
                { type: "image", source: { type: "base64", media_type: "image/png", data: "AAAA" } },
              ],
              cache_control: { type: "ephemeral" },
            },
            { type: "image", source: { type: "url", url: "https://x.example/a.png" } },
            {
              type: "document",
              title: "a.pdf",
              context: "A report",
              citations: { enabled: true },
              source: { type: "base64", media_type: "application/pdf", data: "JVBERg==" },
            },
            { type: "document", source: { type: "text", media_type: "text/plain", data: "Grüße" } },
            { type: "text", text: "And this?" },
          ],
        },
        { role: "system", content: "In German." },
        { role: "assistant", content: "Das" },
      ],
      tools: [
        {
          name: "weather",
          description: "Tells it",
          input_schema: { type: "object", properties: {} },
          strict: true,
          cache_control: { type: "ephemeral", ttl: "5m" },
        },
        { type: "web_search_20250305", name: "web_search", max_uses: 2 },
      ],
      tool_choice: { type: "any", disable_parallel_tool_use: true },
      thinking: { type: "enabled", budget_tokens: 2000, display: "omitted" },
      output_config: {
        effort: "high",
        format: { type: "json_schema", schema: { type: "object", additionalProperties: false } },
      },
      stop_sequences: ["END"],
      temperature: 0.5,
      top_p: 0.9,
      top_k: 4,
      metadata: { user_id: "u-1" },
      service_tier: "standard_only",
    };
    const { request, losses } = ingress.parseRequest({ body: body as unknown as JsonObject });
    expect(losses).toEqual([]);
    expect(request).toEqual({
      model: "fast",
      maxOutputTokens: 500,
      messages: [
        { role: "system", content: [{ type: "text", text: "Be brief.", cache: { ttl: "1h" } }] },
        { role: "user", content: [{ type: "text", text: "Hello" }] },
        {
          role: "assistant",
          content: [
            { type: "reasoning", text: "Hm.", signature: { dialect: "anthropic-messages", value: "c2ln" } },
            { type: "reasoning", text: "", redacted: { dialect: "anthropic-messages", value: "c2Vj" } },
            { type: "text", text: "I look." },
            { type: "tool-call", id: "toolu_1", name: "weather", arguments: '{"city":"Bern"}' },
          ],
        },
        {
          role: "tool",
          toolCallId: "toolu_1",
          isError: true,
          content: [
            { type: "text", text: "rain" },
            { type: "image", source: { kind: "base64", mediaType: "image/png", data: "AAAA" } },
          ],
          cache: {},
        },
        {
          role: "user",
          content: [
            { type: "image", source: { kind: "url", url: "https://x.example/a.png" } },
            {
              type: "file",
              name: "a.pdf",
              context: "A report",
              citations: true,
              source: { kind: "base64", mediaType: "application/pdf", data: "JVBERg==" },
            },
            { type: "file", source: { kind: "base64", mediaType: "text/plain", data: "R3LDvMOfZQ==" } },
            { type: "text", text: "And this?" },
          ],
        },
        { role: "system", content: [{ type: "text", text: "In German." }] },
        { role: "assistant", content: [{ type: "text", text: "Das" }], isPrefix: true },
      ],
      tools: [
        {
          type: "function",
          name: "weather",
          description: "Tells it",
          parameters: { type: "object", properties: {} },
          strict: true,
          cache: { ttl: "5m" },
        },
        {
          type: "vendor",
          dialect: "anthropic-messages",
          name: "web_search",
          value: { type: "web_search_20250305", name: "web_search", max_uses: 2 },
        },
      ],
      toolChoice: { type: "required" },
      parallelToolCalls: false,
      reasoning: { effort: "high", budgetTokens: 2000, show: "none" },
      responseFormat: { type: "json-schema", schema: { type: "object", additionalProperties: false } },
      stop: ["END"],
      temperature: 0.5,
      topP: 0.9,
      topK: 4,
      endUser: "u-1",
      serviceTier: "default",
      stream: false,
    });
  });

  test.each([
    [{ thinking: { type: "adaptive" } }, { isAdaptive: true }],
    [{ thinking: { type: "adaptive", display: "summarized" } }, { isAdaptive: true, show: "auto" }],
    [{ thinking: { type: "disabled" } }, { effort: "none" }],
    [
      { thinking: { type: "disabled" }, output_config: { effort: "low" } },
      { effort: "low", budgetTokens: 0 },
    ],
    [{ output_config: { effort: "max" } }, { effort: "max", isAdaptive: false }],
    [{ thinking: null, output_config: {} }, undefined],
  ] as const)("wants thinking as in %j", (changes, reasoning) => {
    expect(parse(changes).request.reasoning).toEqual(reasoning as never);
  });

  test("may write the format of the answer as older clients do", () => {
    const output_format = { type: "json_schema", schema: { type: "object" } };
    expect(parse({ output_format }).request.responseFormat).toEqual({
      type: "json-schema",
      schema: { type: "object" },
    });
  });

  test("may ask for caching as a whole, which marks its last part", () => {
    const cache_control = { type: "ephemeral", ttl: "1h" };
    expect(parse({ cache_control }).request.messages).toEqual([
      { role: "user", content: [{ type: "text", text: "Hi", cache: { ttl: "1h" } }] },
    ]);
    const result = { type: "tool_result", tool_use_id: "t", content: "4" };
    expect(
      parse({ cache_control, messages: [{ role: "user", content: [result] }] }).request.messages,
    ).toEqual([
      { role: "tool", toolCallId: "t", content: [{ type: "text", text: "4" }], cache: { ttl: "1h" } },
    ]);
  });

  test("keeps blocks that only Anthropic knows as they are", () => {
    const blocks = [
      { type: "search_result", source: "s", title: "t", content: [{ type: "text", text: "x" }] },
      { type: "container_upload", file_id: "file_1" },
      {
        type: "document",
        source: {
          type: "content",
          content: [{ type: "image", source: { type: "url", url: "https://x.example/" } }],
        },
      },
    ];
    const steps = [{ type: "server_tool_use", id: "srvtoolu_1", name: "web_search", input: {} }];
    const { messages } = parse({
      messages: [
        { role: "user", content: blocks },
        { role: "assistant", content: steps },
      ],
    }).request;
    const own = (value: JsonObject) => ({ type: "vendor", dialect: "anthropic-messages", value });
    expect(messages[0]?.content).toEqual(blocks.map(own) as never);
    expect(messages[1]?.content).toEqual(steps.map(own) as never);
  });

  test("may give a document in pieces", () => {
    const source = {
      type: "content",
      content: [
        { type: "text", text: "a" },
        { type: "text", text: "b" },
      ],
    };
    const [message] = parse({ messages: [{ role: "user", content: [{ type: "document", source }] }] }).request
      .messages;
    expect(message?.content).toEqual([
      {
        type: "file",
        chunks: ["a", "b"],
        source: { kind: "base64", mediaType: "text/plain", data: Buffer.from("a\nb").toString("base64") },
      },
    ] as never);
  });

  test.each([
    [{ container: "c_1" }, "container", false],
    [{ mcp_servers: [{ type: "url", url: "https://x.example", name: "x" }] }, "mcp_servers", false],
    [{ inference_geo: "eu" }, "inference_geo", false],
    [{ something_new: 1 }, "something_new", false],
    [{ context_management: { edits: [] } }, "context_management", true],
    [{ speed: "fast" }, "speed", true],
    [{ diagnostics: {} }, "diagnostics", true],
    [{ metadata: { session: "s" } }, "metadata.session", true],
    [{ output_config: { task_budget: {} } }, "output_config.task_budget", true],
    [{ thinking: { type: "between_tools" } }, "thinking.type", true],
    [{ thinking: { type: "adaptive", display: "updates" } }, "thinking.display", true],
    [
      { tools: [{ name: "a", input_schema: {}, allowed_callers: ["code_execution_20260120"] }] },
      "tools[0].allowed_callers",
      false,
    ],
    [{ tools: [{ name: "a", input_schema: {}, input_examples: [{}] }] }, "tools[0].input_examples", true],
    [
      {
        messages: [
          {
            role: "user",
            content: [
              { type: "image", source: { type: "url", url: "https://x.example/" }, transformations: {} },
            ],
          },
        ],
      },
      "messages[0].content[0].transformations",
      true,
    ],
  ] as const)("loses what %j asks for", (changes, path, isHarmless) => {
    expect(parse(changes).losses).toMatchObject([{ path, isHarmless, reason: expect.any(String) }]);
  });

  test("loses nothing by what is empty, null or only says how it is written", () => {
    const idle = {
      container: null,
      mcp_servers: [],
      anthropic_version: "2023-06-01",
      betas: ["x"],
      tools: null,
    };
    expect(parse(idle).losses).toEqual([]);
  });

  test.each([
    [{ model: "" }, "model"],
    [{ model: 4 }, "model"],
    [{ max_tokens: undefined }, "max_tokens"],
    [{ max_tokens: 1.5 }, "max_tokens"],
    [{ messages: undefined }, "messages"],
    [{ messages: [] }, "messages"],
    [{ messages: ["Hi"] }, "messages[0]"],
    [{ messages: [{ role: "tool", content: "x" }] }, "messages[0].role"],
    [{ messages: [{ role: "user" }] }, "messages[0].content"],
    [{ messages: [{ role: "user", content: ["x"] }] }, "messages[0].content[0]"],
    [{ messages: [{ role: "user", content: [{}] }] }, "messages[0].content[0].type"],
    [{ messages: [{ role: "user", content: [{ type: "text" }] }] }, "messages[0].content[0].text"],
    [
      {
        messages: [{ role: "user", content: [{ type: "text", text: "x", cache_control: { type: "disk" } }] }],
      },
      "messages[0].content[0].cache_control.type",
    ],
    [
      {
        messages: [
          {
            role: "user",
            content: [{ type: "text", text: "x", cache_control: { type: "ephemeral", ttl: "1d" } }],
          },
        ],
      },
      "messages[0].content[0].cache_control.ttl",
    ],
    [{ messages: [{ role: "user", content: [{ type: "image" }] }] }, "messages[0].content[0].source"],
    [
      { messages: [{ role: "user", content: [{ type: "image", source: { type: "ftp" } }] }] },
      "messages[0].content[0].source.type",
    ],
    [
      {
        messages: [
          { role: "user", content: [{ type: "image", source: { type: "base64", media_type: "image/png" } }] },
        ],
      },
      "messages[0].content[0].source.data",
    ],
    [
      { messages: [{ role: "user", content: [{ type: "document", source: { type: "text", data: 1 } }] }] },
      "messages[0].content[0].source.data",
    ],
    [
      { messages: [{ role: "user", content: [{ type: "tool_result", content: "x" }] }] },
      "messages[0].content[0].tool_use_id",
    ],
    [
      {
        messages: [
          { role: "user", content: [{ type: "tool_result", tool_use_id: "t", content: [{ type: "text" }] }] },
        ],
      },
      "messages[0].content[0].content[0].text",
    ],
    [
      { messages: [{ role: "assistant", content: [{ type: "tool_use", name: "x" }] }] },
      "messages[0].content[0].id",
    ],
    [
      { messages: [{ role: "assistant", content: [{ type: "tool_use", id: "t", name: "x", input: [] }] }] },
      "messages[0].content[0].input",
    ],
    [{ messages: [{ role: "assistant", content: [{ type: "image" }] }] }, "messages[0].content[0].type"],
    [{ system: [{ type: "image" }] }, "system[0].type"],
    [{ system: 4 }, "system"],
    [{ tools: {} }, "tools"],
    [{ tools: [{ input_schema: {} }] }, "tools[0].name"],
    [{ tools: [{ name: "x" }] }, "tools[0].input_schema"],
    [{ tool_choice: "auto" }, "tool_choice"],
    [{ tool_choice: { type: "tool" } }, "tool_choice.name"],
    [{ tool_choice: { type: "maybe" } }, "tool_choice.type"],
    [{ thinking: { type: "deep" } }, "thinking.type"],
    [{ thinking: { type: "enabled" } }, "thinking.budget_tokens"],
    [{ output_config: { effort: "huge" } }, "output_config.effort"],
    [{ output_config: { format: { type: "json" } } }, "output_config.format.type"],
    [{ output_format: { type: "json_schema" } }, "output_format.schema"],
    [{ stop_sequences: "END" }, "stop_sequences"],
    [{ stop_sequences: [1] }, "stop_sequences[0]"],
    [{ temperature: "warm" }, "temperature"],
    [{ top_k: -1 }, "top_k"],
    [{ metadata: { user_id: 7 } }, "metadata.user_id"],
    [{ stream: "yes" }, "stream"],
    [{ cache_control: { type: "disk" } }, "cache_control.type"],
  ] as const)("with %j is refused with the field's name", (changes, param) => {
    expect(refusal(changes)).toMatchObject({
      code: "LK-2102",
      param,
      message: expect.stringContaining(param),
    });
  });

  test("never crashes, whatever its members are", () => {
    const keys = fc.constantFrom(
      ...[
        "type",
        "role",
        "content",
        "text",
        "source",
        "tool_use_id",
        "cache_control",
        "signature",
        "__proto__",
      ],
      ...["thinking", "name", "input", "data", "citations", "constructor"],
    );
    const anything = fc.oneof(
      fc.anything({ key: keys, maxDepth: 4 }),
      fc.constantFrom("text", "image", "user", "thinking"),
    );
    const members = [
      ...Object.keys(base),
      "system",
      "tools",
      "tool_choice",
      "thinking",
      "output_config",
      "metadata",
    ];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...members, "cache_control"), anything), (changes) => {
        try {
          parse(changes);
        } catch (thrown) {
          expect(thrown).toMatchObject({ code: "LK-2102" });
        }
      }),
      { numRuns: 500 },
    );
    const content = JSON.parse('[{"type":"text","text":"x","__proto__":{"cache":1}}]') as JsonObject[];
    expect(parse({ messages: [{ role: "user", content }] }).request.messages[0]?.content).toEqual([
      { type: "text", text: "x" },
    ]);
  });
});

test("members of a request are named as its callers write them", () => {
  expect(
    (
      ["maxOutputTokens", "topP", "stop", "responseFormat", "reasoning", "endUser", "toolChoice"] as const
    ).map((field) => ingress.fieldName(field, {})),
  ).toEqual([
    "max_tokens",
    "top_p",
    "stop_sequences",
    "output_config.format",
    "thinking",
    "metadata.user_id",
    "tool_choice",
  ]);
  expect(ingress.fieldName("seed", {})).toBe("seed");
});

test.each([
  [
    { type: "enabled", budget_tokens: 1_024 },
    { budgetTokens: 1_024, show: "auto", isShownByDefault: true },
  ],
  [
    { type: "enabled", budget_tokens: 1_024, display: "omitted" },
    { budgetTokens: 1_024, show: "none" },
  ],
  [{ type: "adaptive" }, { isAdaptive: true }],
  [
    { type: "adaptive", display: "summarized" },
    { isAdaptive: true, show: "auto" },
  ],
])("thinking that is asked for as %j is %j", (thinking, reasoning) => {
  const messages = [{ role: "user", content: "Hi" }];
  const { request } = anthropicMessages.ingress.parseRequest({
    body: { model: "fast", max_tokens: 2_000, messages, thinking },
  });
  expect(request.reasoning).toEqual(reasoning as typeof request.reasoning);
});
