import { describe, expect, test } from "bun:test";
import type { ChatRequest } from "../../../src/canonical/chat-request.ts";
import { anthropicMessages } from "../../../src/dialects/anthropic-messages/index.ts";
import type { TargetTraits } from "../../../src/dialects/dialect.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { claude } from "../../support/anthropic-samples.ts";

const { egress } = anthropicMessages;
const opus48: TargetTraits = { upstreamModel: "claude-opus-4-8", maxOutputTokens: 64_000 };
const opus46: TargetTraits = { upstreamModel: "claude-opus-4-6", maxOutputTokens: 32_000 };
const sonnet4: TargetTraits = { upstreamModel: "claude-sonnet-4-20250514" };
const vertex: TargetTraits = { upstreamModel: "claude-sonnet-4-5@20250929", quirks: { host: "vertex" } };

const ask = (changes: Partial<ChatRequest> = {}): ChatRequest => ({
  model: "fast",
  stream: false,
  messages: [{ role: "user", content: [{ type: "text", text: "Hello" }] }],
  ...changes,
});
const render = (changes: Partial<ChatRequest>, traits: TargetTraits = claude) =>
  egress.renderRequest(ask(changes), traits);
const body = (changes: Partial<ChatRequest>, traits: TargetTraits = claude): JsonObject =>
  render(changes, traits).body;
const user = (...content: (ChatRequest["messages"][number] & { role: "user" })["content"]) =>
  [{ role: "user", content }] as const;
const weather = {
  type: "function",
  name: "weather",
  description: "Tells the weather",
  parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
} as const;

describe("a request to Anthropic", () => {
  test("always has a limit of tokens: the caller's, the model's, or a default", () => {
    expect(body({})).toEqual({
      model: "claude-sonnet-4-5-20250929",
      max_tokens: 4096,
      messages: [{ role: "user", content: [{ type: "text", text: "Hello" }] }],
    });
    expect(body({ maxOutputTokens: 50 })["max_tokens"]).toBe(50);
    expect(body({}, opus48)["max_tokens"]).toBe(64_000);
    expect(body({ maxOutputTokens: 1_000_000 }, opus48)["max_tokens"]).toBe(64_000);
  });

  test("leaves stop texts of white space to the gateway, which then looks for all of them", () => {
    const { body: sent, losses, change } = render({ stop: ["\n\n", "END"] });
    expect(sent["stop_sequences"]).toEqual(["END"]);
    expect(losses).toEqual([]);
    const said = (text: string) => ({
      content: [{ type: "text" as const, text }],
      finishReason: "stop" as const,
    });
    const answer = { id: "a", model: "m", choices: [{ index: 0, ...said("One.\n\nTwo.") }] };
    expect(change?.whole(answer).choices).toEqual([
      { index: 0, ...said("One."), finishReason: "stop-text", stopText: "\n\n" },
    ]);
    expect(render({ stop: ["END"] }).change).toBeUndefined();
    expect(body({ stop: ["\n"] })).not.toHaveProperty("stop_sequences");
  });

  test("goes to one path, whole and streamed", () => {
    expect(egress.paths(claude)).toEqual({ whole: "/messages", stream: "/messages" });
    expect(body({ stream: true })["stream"]).toBe(true);
  });

  test("says the version in the body and the model in the path on Vertex AI", () => {
    const model = "/publishers/anthropic/models/claude-sonnet-4-5@20250929";
    expect(egress.paths(vertex)).toEqual({
      whole: `${model}:rawPredict`,
      stream: `${model}:streamRawPredict`,
    });
    const sent = body({ stream: true }, vertex);
    expect(sent).toMatchObject({ anthropic_version: "vertex-2023-10-16", stream: true });
    expect(sent).not.toHaveProperty("model");
    expect(egress.paths({ ...vertex, upstreamModel: "a/b" }).whole).toContain("a%2Fb:rawPredict");
  });

  test("has the members of its own words", () => {
    expect(
      body({
        temperature: 0.3,
        topK: 5,
        stop: ["END"],
        endUser: "u-1",
        serviceTier: "default",
        maxOutputTokens: 9,
      }),
    ).toMatchObject({
      temperature: 0.3,
      top_k: 5,
      stop_sequences: ["END"],
      metadata: { user_id: "u-1" },
      service_tier: "standard_only",
      max_tokens: 9,
    });
    expect(body({ serviceTier: "priority" })["service_tier"]).toBe("auto");
    expect(body({ topP: 0.5 })["top_p"]).toBe(0.5);
  });
});

describe("a conversation for Anthropic", () => {
  test("has instructions apart, turns in alternation, and results first in the user's turn", () => {
    const { body: sent, losses } = render({
      messages: [
        { role: "system", content: [{ type: "text", text: "Be brief.", cache: { ttl: "1h" } }] },
        { role: "developer", content: [{ type: "text", text: "Be kind." }] },
        { role: "user", content: [{ type: "text", text: "One" }] },
        {
          role: "user",
          content: [
            { type: "text", text: "  " },
            { type: "text", text: "Two", cache: {} },
          ],
        },
        {
          role: "assistant",
          content: [
            { type: "reasoning", text: "Hm.", signature: { dialect: "anthropic-messages", value: "sig" } },
            { type: "reasoning", text: "", redacted: { dialect: "anthropic-messages", value: "c2Vj" } },
            { type: "reasoning", text: "Theirs.", signature: { dialect: "gemini", value: "other" } },
            { type: "text", text: "I look." },
            { type: "tool-call", id: "functions.weather:0", name: "weather", arguments: '{"city":"Bern"}' },
            { type: "tool-call", id: "c2", name: "weather", arguments: "" },
            { type: "tool-call", id: "c3", name: "weather", arguments: '{"city":' },
          ],
        },
        { role: "user", content: [{ type: "text", text: "Well?" }] },
        {
          role: "tool",
          toolCallId: "functions.weather:0",
          content: [{ type: "text", text: "sunny" }],
          cache: {},
        },
        { role: "tool", toolCallId: "c2", content: [], isError: true },
        {
          role: "tool",
          toolCallId: "c3",
          content: [
            { type: "image", source: { kind: "base64", mediaType: "image/jpg", data: "AAAA" } },
            { type: "text", text: "seen" },
          ],
          isError: false,
        },
      ],
    });
    expect(losses).toEqual([
      {
        path: "messages[4].content[2]",
        isHarmless: true,
        reason: "is thinking that Anthropic has not signed",
      },
    ]);
    expect(sent["system"]).toEqual([
      { type: "text", text: "Be brief.", cache_control: { type: "ephemeral", ttl: "1h" } },
      { type: "text", text: "Be kind." },
    ]);
    expect(sent["messages"]).toEqual([
      {
        role: "user",
        content: [
          { type: "text", text: "One" },
          { type: "text", text: "Two", cache_control: { type: "ephemeral" } },
        ],
      },
      {
        role: "assistant",
        content: [
          { type: "thinking", thinking: "Hm.", signature: "sig" },
          { type: "redacted_thinking", data: "c2Vj" },
          { type: "text", text: "I look." },
          { type: "tool_use", id: "functions_weather_0", name: "weather", input: { city: "Bern" } },
          { type: "tool_use", id: "c2", name: "weather", input: {} },
          { type: "tool_use", id: "c3", name: "weather", input: { INVALID_JSON: '{"city":' } },
        ],
      },
      {
        role: "user",
        content: [
          {
            type: "tool_result",
            tool_use_id: "functions_weather_0",
            content: [{ type: "text", text: "sunny" }],
            cache_control: { type: "ephemeral" },
          },
          { type: "tool_result", tool_use_id: "c2", is_error: true },
          {
            type: "tool_result",
            tool_use_id: "c3",
            content: [
              { type: "image", source: { type: "base64", media_type: "image/jpeg", data: "AAAA" } },
              { type: "text", text: "seen" },
            ],
            is_error: false,
          },
          { type: "text", text: "Well?" },
        ],
      },
    ]);
  });

  const middle: ChatRequest["messages"] = [
    ...user({ type: "text", text: "Hi" }),
    { role: "assistant", content: [{ type: "text", text: "Hello" }] },
    ...user({ type: "text", text: "Go on" }),
    { role: "developer", content: [{ type: "text", text: "In German." }] },
  ];

  test("keeps instructions in the middle where the model takes them there", () => {
    const { body: sent, losses } = render({ messages: middle }, opus48);
    expect(losses).toEqual([]);
    expect(sent).not.toHaveProperty("system");
    expect((sent["messages"] as readonly JsonObject[]).at(-1)).toEqual({
      role: "system",
      content: [{ type: "text", text: "In German." }],
    });
  });

  test("moves them to the beginning and says so where it does not, or not there", () => {
    const reason = expect.stringContaining("moves");
    const lost = [{ path: "messages[3]", isHarmless: true, isChanged: true, reason }];
    const { body: sent, losses } = render({ messages: middle });
    expect(sent["system"]).toEqual([{ type: "text", text: "In German." }]);
    expect(losses).toEqual(lost as never);
    const between = [...middle, ...user({ type: "text", text: "Please" })];
    expect(render({ messages: between }, opus48).losses).toEqual(lost as never);
    expect(render({ messages: middle }, { ...opus48, quirks: { host: "vertex" } }).losses).toEqual(
      lost as never,
    );
  });

  test("begins with the user, even where there are instructions or answers only", () => {
    const instructions = render({
      messages: [{ role: "system", content: [{ type: "text", text: "Greet." }] }],
    });
    expect(instructions.body).not.toHaveProperty("system");
    expect(instructions.body["messages"]).toEqual([
      { role: "user", content: [{ type: "text", text: "Greet." }] },
    ]);
    expect(instructions.losses).toMatchObject([{ path: "messages[0]", isHarmless: true }]);
    const answer = render({
      messages: [
        { role: "assistant", content: [{ type: "text", text: "Hello!" }] },
        ...user({ type: "text", text: "Hi" }),
      ],
    });
    expect(answer.body["messages"]).toMatchObject([
      { role: "user" },
      { role: "assistant" },
      { role: "user" },
    ]);
    expect(answer.losses).toMatchObject([{ path: "messages", isHarmless: true }]);
  });

  const prefill: ChatRequest["messages"] = [
    ...user({ type: "text", text: "Count" }),
    { role: "assistant", content: [{ type: "text", text: "One, \n" }], isPrefix: true },
  ];

  test("may end with the beginning of the answer where the model goes on from it", () => {
    const { body: sent, losses } = render({ messages: prefill });
    expect((sent["messages"] as readonly JsonObject[])[1]).toEqual({
      role: "assistant",
      content: [{ type: "text", text: "One," }],
    });
    expect(losses).toEqual([]);
    expect(render({ messages: prefill }, opus46).losses).toMatchObject([
      { path: "messages[1]", isHarmless: false },
    ]);
  });

  test("may end with a paused turn for every model", () => {
    const value = { type: "server_tool_use", id: "srvtoolu_1", name: "web_search", input: {} };
    const messages: ChatRequest["messages"] = [
      ...user({ type: "text", text: "Search" }),
      { role: "assistant", content: [{ type: "vendor", dialect: "anthropic-messages", value }] },
    ];
    const { body: sent, losses } = render({ messages }, opus48);
    expect(losses).toEqual([]);
    expect((sent["messages"] as readonly JsonObject[])[1]).toEqual({ role: "assistant", content: [value] });
  });

  test("keeps Anthropic's own citations, and who called a tool", () => {
    const raw = { type: "char_location", cited_text: "x", document_index: 0 };
    const caller = { type: "code_execution_20260120", tool_id: "srvtoolu_1" };
    const { body: sent, losses } = render({
      messages: [
        ...user({ type: "text", text: "Hi" }),
        {
          role: "assistant",
          content: [
            {
              type: "text",
              text: "green",
              citations: [
                { raw: { dialect: "anthropic-messages", value: raw } },
                { url: "https://x.example/" },
              ],
            },
            {
              type: "tool-call",
              id: "t",
              name: "query",
              arguments: "{}",
              signature: { dialect: "anthropic-messages", value: JSON.stringify({ caller }) },
            },
          ],
        },
        { role: "tool", toolCallId: "t", content: [] },
      ],
    });
    expect((sent["messages"] as readonly JsonObject[])[1]?.["content"]).toEqual([
      { type: "text", text: "green", citations: [raw] },
      { type: "tool_use", id: "t", name: "query", input: {}, caller },
    ]);
    expect(losses).toEqual([
      { path: "messages[1].content[0]", isHarmless: true, reason: "has citations of another vendor" },
    ]);
  });
});

describe("media for Anthropic", () => {
  const base64 = (mediaType: string, data: string) => ({ kind: "base64", mediaType, data }) as const;
  test.each([
    [
      { type: "image", source: base64("image/webp", "AAAA"), cache: { ttl: "5m" } },
      {
        type: "image",
        source: { type: "base64", media_type: "image/webp", data: "AAAA" },
        cache_control: { type: "ephemeral", ttl: "5m" },
      },
    ],
    [
      { type: "image", source: { kind: "url", url: "https://x.example/a.png" } },
      { type: "image", source: { type: "url", url: "https://x.example/a.png" } },
    ],
    [
      { type: "image", source: { kind: "file-id", dialect: "anthropic-messages", id: "file_1" } },
      { type: "image", source: { type: "file", file_id: "file_1" } },
    ],
    [
      { type: "file", name: "a.pdf", citations: true, source: base64("application/pdf", "JVBERg==") },
      {
        type: "document",
        source: { type: "base64", media_type: "application/pdf", data: "JVBERg==" },
        title: "a.pdf",
        citations: { enabled: true },
      },
    ],
    [
      { type: "file", source: { kind: "url", url: "https://x.example/a.pdf" }, context: "A report" },
      { type: "document", source: { type: "url", url: "https://x.example/a.pdf" }, context: "A report" },
    ],
    [
      {
        type: "file",
        source: base64("text/markdown; charset=utf-8", Buffer.from("# Grüße").toString("base64")),
      },
      { type: "document", source: { type: "text", media_type: "text/plain", data: "# Grüße" } },
    ],
    [
      { type: "file", source: base64("text/plain", "eHk="), chunks: ["x", "y"], citations: false },
      {
        type: "document",
        source: {
          type: "content",
          content: [
            { type: "text", text: "x" },
            { type: "text", text: "y" },
          ],
        },
        citations: { enabled: false },
      },
    ],
  ] as const)("%j is told in its words", (part, block) => {
    const { body: sent, losses } = render({ messages: user(part) });
    expect((sent["messages"] as readonly JsonObject[])[0]?.["content"]).toEqual([block]);
    expect(losses).toEqual([]);
  });

  test.each([
    { type: "image", source: base64("image/tiff", "AA") },
    { type: "image", source: { kind: "file-id", dialect: "gemini", id: "files/1" } },
    { type: "file", source: base64("application/zip", "AA") },
    { type: "file", source: { kind: "url", url: "https://x.example/a.csv", mediaType: "text/csv" } },
    { type: "audio", source: base64("audio/wav", "AA") },
    { type: "vendor", dialect: "gemini", value: {} },
  ] as const)("%j is refused with its place", (part) => {
    expect(render({ messages: user({ type: "text", text: "x" }, part) }).losses).toEqual([
      { path: "messages[0].content[1]", isHarmless: false, reason: expect.any(String) },
    ]);
  });

  test("asks for the beta of uploaded files", () => {
    const source = { kind: "file-id", dialect: "anthropic-messages", id: "file_1" } as const;
    expect(render({ messages: user({ type: "file", source }) }).headers).toEqual([
      ["anthropic-beta", "files-api-2025-04-14"],
    ]);
    expect(render({}).headers).toEqual([]);
  });

  test("names a wish for detail that it drops", () => {
    const part = { type: "image", source: base64("image/png", "AA"), detail: "high" } as const;
    expect(render({ messages: user(part) }).losses).toMatchObject([
      { path: "messages[0].content[0].detail", isHarmless: true },
    ]);
  });
});

describe("tools for Anthropic", () => {
  test.each([
    [{ type: "auto" }, undefined, { type: "auto" }],
    [{ type: "required" }, false, { type: "any", disable_parallel_tool_use: true }],
    [{ type: "tool", name: "weather" }, true, { type: "tool", name: "weather" }],
    [{ type: "none" }, undefined, { type: "none" }],
    [undefined, false, { type: "auto", disable_parallel_tool_use: true }],
    [undefined, undefined, undefined],
  ] as const)("are chosen by %j", (toolChoice, parallelToolCalls, choice) => {
    const sent = body({
      tools: [{ ...weather, cache: { ttl: "1h" } }],
      ...(toolChoice !== undefined && { toolChoice }),
      ...(parallelToolCalls !== undefined && { parallelToolCalls }),
    });
    expect(sent["tool_choice"]).toEqual(choice);
    expect(sent["tools"]).toEqual([
      {
        name: "weather",
        description: "Tells the weather",
        input_schema: weather.parameters,
        cache_control: { type: "ephemeral", ttl: "1h" },
      },
    ]);
  });

  test("are narrowed to those that are allowed", () => {
    const tools = [weather, { type: "function", name: "now" }] as const;
    const sent = body({ tools, toolChoice: { type: "required", allowed: ["now"] } });
    expect(sent["tools"]).toEqual([{ name: "now", input_schema: { type: "object", properties: {} } }]);
  });

  test("are strict where the model and the schema allow it", () => {
    const strict = { ...weather, strict: true };
    const closed = { ...weather.parameters, additionalProperties: false };
    expect((body({ tools: [strict] })["tools"] as readonly JsonObject[])[0]).toMatchObject({
      strict: true,
      input_schema: closed,
    });
    const map = { ...strict, parameters: { type: "object", additionalProperties: { type: "number" } } };
    for (const [tool, traits] of [
      [strict, sonnet4],
      [map, claude],
    ] as const) {
      const { body: sent, losses } = render({ tools: [tool] }, traits);
      expect((sent["tools"] as readonly JsonObject[])[0]).toMatchObject({ input_schema: tool.parameters });
      expect((sent["tools"] as readonly JsonObject[])[0]).not.toHaveProperty("strict");
      expect(losses).toMatchObject([{ path: "tools[0].strict", isHarmless: true }]);
    }
  });

  test("of Anthropic's own go as they are, with the beta that they need", () => {
    const value = { type: "computer_20250124", name: "computer", display_width_px: 1, display_height_px: 1 };
    const tool = { type: "vendor", dialect: "anthropic-messages", name: "computer", value } as const;
    const { body: sent, headers } = render({ tools: [tool] });
    expect(sent["tools"]).toEqual([value]);
    expect(headers).toEqual([["anthropic-beta", "computer-use-2025-01-24"]]);
  });

  test("of another vendor's, and the reserved one, are refused", () => {
    const theirs = { type: "vendor", dialect: "gemini", name: "googleSearch", value: {} } as const;
    expect(render({ tools: [theirs, { type: "function", name: "latchkey_answer" }] }).losses).toEqual([
      { path: "tools[0]", isHarmless: false, reason: "(googleSearch) has no counterpart in Anthropic" },
      { path: "tools[1].name", isHarmless: false, reason: "is reserved" },
    ]);
  });
});

describe("a structured answer of Anthropic", () => {
  const schema = { type: "object", properties: { sum: { type: "integer", minimum: 0 } }, required: ["sum"] };
  const responseFormat = { type: "json-schema", name: "sum", schema } as const;

  test("is asked for by its format where the model has one", () => {
    expect(body({ responseFormat })).toMatchObject({
      output_config: {
        format: {
          type: "json_schema",
          schema: {
            type: "object",
            properties: { sum: { type: "integer", description: "{minimum: 0}" } },
            required: ["sum"],
            additionalProperties: false,
          },
        },
      },
    });
    expect(body({ responseFormat })).not.toHaveProperty("tools");
  });

  test.each([
    ["an older model", { responseFormat }, sonnet4, schema],
    ["a model that lacks it", { responseFormat }, { ...claude, lacks: ["json-schema"] }, schema],
    [
      "a schema that it cannot be held to",
      {
        responseFormat: {
          ...responseFormat,
          schema: { type: "object", additionalProperties: { type: "number" } },
        },
      },
      claude,
      { type: "object", additionalProperties: { type: "number" } },
    ],
    ["JSON without a schema", { responseFormat: { type: "json" } }, claude, { type: "object" }],
  ] as const)("is the input of a tool for %s", (_case, changes, traits, input_schema) => {
    const { body: sent, losses } = render(changes as Partial<ChatRequest>, traits);
    expect(losses).toEqual([]);
    expect(sent["tools"]).toEqual([
      { name: "latchkey_answer", description: expect.any(String), input_schema },
    ]);
    expect(sent["tool_choice"]).toEqual({ type: "tool", name: "latchkey_answer" });
    expect(sent).not.toHaveProperty("output_config");
  });

  test("leaves the choice between the tools to the model, but not whether to use one", () => {
    const changes = { responseFormat, tools: [weather], parallelToolCalls: false };
    const sent = body(changes, sonnet4);
    expect(sent["tools"]).toMatchObject([{ name: "weather" }, { name: "latchkey_answer" }]);
    expect(sent["tool_choice"]).toEqual({ type: "any", disable_parallel_tool_use: true });
    expect(body({ ...changes, toolChoice: { type: "none" } }, sonnet4)["tool_choice"]).toEqual({
      type: "tool",
      name: "latchkey_answer",
    });
    expect(
      body({ ...changes, toolChoice: { type: "tool", name: "weather" } }, sonnet4)["tool_choice"],
    ).toMatchObject({
      type: "tool",
      name: "weather",
    });
  });

  test("that is no object is refused where a tool would have to stand in", () => {
    const list = { ...responseFormat, schema: { type: "array", items: { type: "string" } } };
    expect(render({ responseFormat: list }, sonnet4).losses).toMatchObject([
      { path: { field: "responseFormat" }, isHarmless: false },
    ]);
    expect(render({ responseFormat: list }).losses).toEqual([]);
  });
});

describe("thinking for Anthropic", () => {
  test.each([
    // Models with a budget: the wish in words becomes a number that leaves room for the answer.
    [{ effort: "low" }, claude, {}, { thinking: { type: "enabled", budget_tokens: 2048 }, max_tokens: 6144 }],
    [
      { budgetTokens: 5000 },
      claude,
      {},
      { thinking: { type: "enabled", budget_tokens: 5000 }, max_tokens: 9096 },
    ],
    [{ budgetTokens: 10 }, claude, {}, { thinking: { type: "enabled", budget_tokens: 1024 } }],
    [
      { budgetTokens: 9000 },
      claude,
      { maxOutputTokens: 4000 },
      { thinking: { budget_tokens: 3999 }, max_tokens: 4000 },
    ],
    [
      { effort: "high" },
      claude,
      { maxOutputTokens: 4000 },
      { thinking: { budget_tokens: 3200 }, max_tokens: 4000 },
    ],
    [{ isAdaptive: true }, claude, {}, { thinking: { type: "enabled", budget_tokens: 16_384 } }],
    // Models that take both.
    [{ budgetTokens: 2000 }, opus46, {}, { thinking: { type: "enabled", budget_tokens: 2000 } }],
    [{ effort: "xhigh" }, opus46, {}, { thinking: { type: "adaptive" }, output_config: { effort: "high" } }],
    [
      { isAdaptive: true, effort: "max" },
      opus46,
      {},
      { thinking: { type: "adaptive" }, output_config: { effort: "max" } },
    ],
    // Models that decide themselves.
    [
      { effort: "xhigh", show: "auto" },
      opus48,
      {},
      { thinking: { type: "adaptive", display: "summarized" }, output_config: { effort: "xhigh" } },
    ],
    [
      { effort: "minimal", show: "none" },
      opus48,
      {},
      { thinking: { type: "adaptive", display: "omitted" }, output_config: { effort: "low" } },
    ],
    [{ effort: "none" }, opus48, {}, { thinking: { type: "disabled" } }],
    [
      { effort: "low", budgetTokens: 0 },
      opus48,
      {},
      { thinking: { type: "disabled" }, output_config: { effort: "low" } },
    ],
    // An effort that is no wish for thinking.
    [
      { effort: "medium", isAdaptive: false },
      { upstreamModel: "claude-opus-4-5" },
      {},
      { output_config: { effort: "medium" } },
    ],
  ] as const)("as %j", (reasoning, traits, changes, sent) => {
    const { body: rendered, losses } = render({ reasoning, ...changes }, traits);
    expect(rendered).toMatchObject(sent);
    expect(losses).toEqual([]);
    if (!("thinking" in sent)) expect(rendered).not.toHaveProperty("thinking");
  });

  test.each([
    ["a forced tool", { tools: [weather], toolChoice: { type: "required" } }, claude],
    ["a tool that stands in for the answer", { responseFormat: { type: "json" } }, opus48],
    [
      "a beginning of the answer",
      {
        messages: [
          ...user({ type: "text", text: "a" }),
          { role: "assistant", content: [{ type: "text", text: "b" }] },
        ],
      },
      claude,
    ],
    ["too low a limit", { maxOutputTokens: 1000 }, claude],
    [
      "a call of tools that has lost its thinking",
      {
        messages: [
          ...user({ type: "text", text: "a" }),
          { role: "assistant", content: [{ type: "tool-call", id: "1", name: "weather", arguments: "{}" }] },
          { role: "tool", toolCallId: "1", content: [] },
        ],
      },
      claude,
    ],
    ["a model without any", {}, { upstreamModel: "claude-3-5-haiku-20241022" }],
  ] as const)("is left out beside %s, and named", (_case, changes, traits) => {
    const { body: sent, losses } = render(
      { reasoning: { effort: "high" }, ...(changes as Partial<ChatRequest>) },
      traits,
    );
    expect(sent).not.toHaveProperty("thinking");
    expect(losses).toMatchObject([{ path: { field: "reasoning" }, isHarmless: true }]);
  });

  test("stays where a call of tools comes back with its thinking", () => {
    const signature = { dialect: "anthropic-messages", value: "sig" } as const;
    const { body: sent } = render({
      reasoning: { budgetTokens: 2000 },
      messages: [
        ...user({ type: "text", text: "a" }),
        {
          role: "assistant",
          content: [
            { type: "reasoning", text: "Hm", signature },
            { type: "tool-call", id: "1", name: "weather", arguments: "{}" },
          ],
        },
        { role: "tool", toolCallId: "1", content: [] },
      ],
    });
    expect(sent["thinking"]).toMatchObject({ budget_tokens: 2000 });
  });

  test("has an effort instead of a budget where the model has none", () => {
    const { body: sent, losses } = render({ reasoning: { budgetTokens: 9000 } }, opus48);
    expect(sent).toMatchObject({ thinking: { type: "adaptive" }, output_config: { effort: "high" } });
    expect(losses).toMatchObject([{ path: { field: "reasoning" }, isHarmless: true }]);
  });

  test("that cannot be switched off becomes as little as can be", () => {
    const { body: sent, losses } = render(
      { reasoning: { effort: "none" } },
      { upstreamModel: "claude-fable-5" },
    );
    expect(sent).not.toHaveProperty("thinking");
    expect(sent["output_config"]).toEqual({ effort: "low" });
    expect(losses).toMatchObject([{ path: { field: "reasoning" }, isHarmless: true }]);
  });

  test("narrows how words may be drawn", () => {
    const changes = { reasoning: { budgetTokens: 2000 }, temperature: 0.2, topP: 0.97, topK: 3 } as const;
    const { body: sent, losses } = render(changes, sonnet4);
    expect(sent).toMatchObject({ top_p: 0.97 });
    expect(sent).not.toHaveProperty("temperature");
    expect(sent).not.toHaveProperty("top_k");
    expect(losses).toMatchObject([{ path: { field: "temperature" } }, { path: { field: "topK" } }]);
    expect(render({ ...changes, topP: 0.5 }, sonnet4).body).not.toHaveProperty("top_p");
  });
});

test.each<readonly [NonNullable<ChatRequest["reasoning"]>, number]>([
  [{ show: "concise" }, 1],
  [{ show: "full" }, 1],
  [{ show: "none" }, 0],
  [{ isAdaptive: false }, 0],
])("thinking that is not asked for, with the wish %j, is none for Anthropic", (reasoning, count) => {
  const rendered = render({ reasoning }, opus48);
  expect(rendered.body["thinking"]).toBeUndefined();
  expect(rendered.losses).toEqual(
    Array.from({ length: count }, () => ({
      path: { field: "reasoning" },
      isHarmless: true,
      reason: expect.stringContaining("is to be shown, but not asked for"),
    })) as never,
  );
});

describe("what Anthropic cannot be told", () => {
  test.each([
    [{ temperature: 1.7 }, claude, "temperature", true],
    [{ temperature: 0.2 }, opus48, "temperature", true],
    [{ topP: 0.2 }, opus48, "topP", true],
    [{ topK: 2 }, opus48, "topK", true],
    [{ temperature: 0.2, topP: 0.2 }, claude, "topP", true],
    [{ stop: Array.from({ length: 65 }, (_, index) => " ".repeat(index + 1)) }, claude, "stop", false],
    [{ serviceTier: "flex" }, claude, "serviceTier", true],
    [{ serviceTier: "default" }, vertex, "serviceTier", true],
    [{ metadata: { a: "b" } }, claude, "metadata", true],
    [{ store: true }, claude, "store", true],
    [{ promptCacheKey: "k" }, claude, "promptCacheKey", true],
    [{ verbosity: "low" }, claude, "verbosity", true],
    [{ safety: [] }, claude, "safety", true],
    [{ seed: 1 }, claude, "seed", true],
    [{ logprobs: 2 }, claude, "logprobs", false],
    [{ logitBias: { "1": 5 } }, claude, "logitBias", false],
    [{ frequencyPenalty: 0.5 }, claude, "frequencyPenalty", false],
    [{ presencePenalty: -1 }, claude, "presencePenalty", false],
    [{ repetitionPenalty: 1.1 }, claude, "repetitionPenalty", false],
    [{ minP: 0.1 }, claude, "minP", false],
    [{ choices: 2 }, claude, "choices", false],
    [{ modalities: ["text", "audio"] }, claude, "modalities", false],
    [{ speech: {} }, claude, "speech", false],
  ] as const)("%j is named", (changes, traits, field, isHarmless) => {
    expect(render(changes as Partial<ChatRequest>, traits).losses).toMatchObject([
      { path: { field }, isHarmless, reason: expect.any(String) },
    ]);
  });

  test("is not missed where it asks for nothing", () => {
    const idle = {
      temperature: 1,
      topP: 1,
      frequencyPenalty: 0,
      presencePenalty: 0,
      repetitionPenalty: 1,
      minP: 0,
      logitBias: {},
      choices: 1,
      modalities: ["text"],
      serviceTier: "auto",
      responseFormat: { type: "text" },
    } as const;
    expect(render(idle, opus48).losses).toEqual([]);
  });

  test("includes a user's name", () => {
    const messages = [{ role: "user", name: "Ada", content: [{ type: "text", text: "Hi" }] }] as const;
    expect(render({ messages }).losses).toMatchObject([{ path: "messages[0].name", isHarmless: true }]);
  });
});

describe("quirks of a target", () => {
  test("come before what its name tells", () => {
    const traits = {
      upstreamModel: "claude-opus-4-8",
      quirks: { thinking: "budget", sampling: true, effort: false },
    };
    const { body: sent, losses } = render({ reasoning: { effort: "low" }, topK: 3 }, traits);
    expect(sent["thinking"]).toEqual({ type: "enabled", budget_tokens: 2048 });
    expect(sent).not.toHaveProperty("output_config");
    expect(losses).toMatchObject([{ path: { field: "topK" } }]);
  });

  test("of a model that is no Claude are those of the oldest", () => {
    const traits = { upstreamModel: "some-model-2" };
    const responseFormat = { type: "json-schema", schema: { type: "object", properties: {} } } as const;
    const sent = body({ responseFormat, temperature: 0.1, topP: 0.2 }, traits);
    expect(sent).toMatchObject({ temperature: 0.1, top_p: 0.2, tools: [{ name: "latchkey_answer" }] });
  });
});
