import { describe, expect, test } from "bun:test";
import type { ChatRequest } from "../../../src/canonical/chat-request.ts";
import type { AssistantPart, UserPart } from "../../../src/canonical/content.ts";
import type { TargetTraits } from "../../../src/dialects/dialect.ts";
import { openaiChat } from "../../../src/dialects/openai-chat/index.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { ask, plain, quirky } from "./support/chat-case.ts";

const { egress } = openaiChat;
const schema = { type: "object", properties: { a: { type: "number" } } };
const weather = {
  type: "function",
  name: "weather",
  description: "Tells the weather",
  parameters: { type: "object", properties: { city: { type: "string" } } },
} as const;

function body(request: Partial<ChatRequest>, traits: TargetTraits = plain): JsonObject {
  const rendered = egress.renderRequest(ask(request), traits);
  expect(rendered.losses).toEqual([]);
  return rendered.body;
}

function losses(request: Partial<ChatRequest>, traits: TargetTraits = plain): readonly unknown[] {
  return egress.renderRequest(ask(request), traits).losses.map(({ path, isHarmless, reason }) => {
    expect(reason).not.toBe("");
    return [typeof path === "string" ? path : path.field, isHarmless];
  });
}

const user = (...content: readonly UserPart[]): Partial<ChatRequest> => ({
  messages: [{ role: "user", content }],
});

function userContent(part: UserPart, traits: TargetTraits = plain): unknown {
  return (body(user(part), traits)["messages"] as readonly JsonObject[])[0]?.["content"];
}

describe("a request", () => {
  test("goes to one path and asks for usage in every stream", () => {
    expect(egress.paths(plain)).toEqual({ whole: "/chat/completions", stream: "/chat/completions" });
    expect(body({})).toEqual({ model: "gpt-5-mini", messages: [{ role: "user", content: "Hello" }] });
    expect(body({ stream: true })).toMatchObject({ stream: true, stream_options: { include_usage: true } });
    expect(body({ stream: true }, quirky({ streamOptions: false }))["stream_options"]).toBeUndefined();
  });

  test("has all its members in OpenAI's words", () => {
    const rendered = body({
      maxOutputTokens: 100,
      temperature: 0.5,
      topP: 0.9,
      frequencyPenalty: 0.1,
      presencePenalty: -0.1,
      seed: 7,
      stop: ["END"],
      choices: 2,
      logprobs: 3,
      logitBias: { "50256": -100 },
      responseFormat: { type: "json-schema", name: "x", description: "An x", schema, strict: true },
      reasoning: { effort: "high" },
      verbosity: "low",
      modalities: ["text", "audio"],
      speech: { voice: "alloy", format: "wav" },
      serviceTier: "flex",
      endUser: "u1",
      metadata: { team: "a" },
      promptCacheKey: "k",
      store: true,
    });
    expect(rendered).toMatchObject({
      max_completion_tokens: 100,
      temperature: 0.5,
      top_p: 0.9,
      frequency_penalty: 0.1,
      presence_penalty: -0.1,
      seed: 7,
      stop: ["END"],
      n: 2,
      logprobs: true,
      top_logprobs: 3,
      logit_bias: { "50256": -100 },
      response_format: {
        type: "json_schema",
        json_schema: { name: "x", description: "An x", schema, strict: true },
      },
      reasoning_effort: "high",
      verbosity: "low",
      modalities: ["text", "audio"],
      audio: { voice: "alloy", format: "wav" },
      service_tier: "flex",
      safety_identifier: "u1",
      metadata: { team: "a" },
      prompt_cache_key: "k",
      store: true,
    });
    expect(body({ logprobs: 0 })["top_logprobs"]).toBeUndefined();
    expect(body({ responseFormat: { type: "json" } })["response_format"]).toEqual({ type: "json_object" });
    expect(body({ responseFormat: { type: "text" } })["response_format"]).toEqual({ type: "text" });
  });

  test.each([
    [{ topK: 5 }, plain, [["topK", false]]],
    [{ minP: 0.1 }, plain, [["minP", false]]],
    [{ repetitionPenalty: 1.1 }, plain, [["repetitionPenalty", false]]],
    [{ safety: [{ category: "a", threshold: "b" }] }, plain, [["safety", true]]],
    [{ metadata: { team: "a" } }, plain, [["metadata", true]]],
    [{ metadata: { team: "a" } }, quirky({ metadataNeedsStore: false }), []],
    [{ modalities: ["image"] }, plain, [["modalities", false]]],
    [
      { seed: 1, store: true },
      quirky({ less: "seed store" }),
      [
        ["seed", true],
        ["store", true],
      ],
    ],
    [{ choices: 1, parallelToolCalls: false }, quirky({ less: "choices parallelToolCalls" }), []],
    [{ choices: 2 }, quirky({ less: "choices" }), [["choices", false]]],
    [{ stop: ["END"] }, quirky({ less: "stop" }), []],
    [{ tools: [weather] }, { ...plain, lacks: ["tools"] }, [["tools", false]]],
    [{ reasoning: { effort: "low" } }, { ...plain, lacks: ["reasoning"] }, [["reasoning", true]]],
    [{ reasoning: { effort: "none" } }, { ...plain, lacks: ["reasoning"] }, []],
    [
      { responseFormat: { type: "json-schema", schema } },
      { ...plain, lacks: ["json-schema", "tools"] },
      [["responseFormat", false]],
    ],
  ] as const)("loses of %j what the target %j has no words for", (request, traits, expected) => {
    expect(losses(request as Partial<ChatRequest>, traits as TargetTraits)).toEqual(expected as never);
  });

  test("asks under the names that the vendor has", () => {
    const vendor = quirky({
      limit: "max_tokens",
      seed: "random_seed",
      endUser: "user",
      more: "topK minP repetitionPenalty",
    });
    const rendered = body(
      { maxOutputTokens: 9, seed: 1, endUser: "u", topK: 5, minP: 0.1, repetitionPenalty: 1.1 },
      vendor,
    );
    expect(rendered).toMatchObject({
      max_tokens: 9,
      random_seed: 1,
      user: "u",
      top_k: 5,
      min_p: 0.1,
      repetition_penalty: 1.1,
    });
  });
});

describe("messages", () => {
  test("keep their roles, names and text", () => {
    const messages = [
      { role: "developer", content: [{ type: "text", text: "Be brief." }], name: "boss" },
      {
        role: "system",
        content: [
          { type: "text", text: "a" },
          { type: "text", text: "b" },
        ],
      },
      { role: "user", content: [{ type: "text", text: "Hi" }], name: "ann" },
      {
        role: "assistant",
        content: [
          { type: "text", text: "Hello" },
          { type: "refusal", text: "No" },
        ],
      },
    ] as const;
    expect(body({ messages })["messages"]).toEqual([
      { role: "developer", content: "Be brief.", name: "boss" },
      {
        role: "system",
        content: [
          { type: "text", text: "a" },
          { type: "text", text: "b" },
        ],
      },
      { role: "user", content: "Hi", name: "ann" },
      { role: "assistant", content: "Hello", refusal: "No" },
    ]);
    const vendor = quirky({ developerRole: false, names: false, textParts: false, refusals: false });
    const rendered = egress.renderRequest(ask({ messages }), vendor);
    expect(rendered.body["messages"]).toEqual([
      { role: "system", content: "Be brief." },
      { role: "system", content: "a\nb" },
      { role: "user", content: "Hi" },
      { role: "assistant", content: "HelloNo" },
    ]);
    expect(rendered.losses.map(({ path, isHarmless }) => [path, isHarmless])).toEqual([
      ["messages[0].name", true],
      ["messages[2].name", true],
    ]);
  });

  test("hold pictures, files and sound", () => {
    const png = { kind: "base64", mediaType: "image/png", data: "iVBORw0K" } as const;
    const pdf = { kind: "base64", mediaType: "application/pdf", data: "JVBERg==" } as const;
    const link = { kind: "url", url: "https://example.com/a" } as const;
    expect(userContent({ type: "image", source: png, detail: "low" })).toEqual([
      { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw0K", detail: "low" } },
    ]);
    expect(userContent({ type: "image", source: link })).toEqual([
      { type: "image_url", image_url: { url: "https://example.com/a" } },
    ]);
    expect(userContent({ type: "file", source: pdf, name: "a.pdf" })).toEqual([
      { type: "file", file: { file_data: "data:application/pdf;base64,JVBERg==", filename: "a.pdf" } },
    ]);
    const uploaded = { kind: "file-id", dialect: "openai-responses", id: "file-1" } as const;
    expect(userContent({ type: "file", source: uploaded })).toEqual([
      { type: "file", file: { file_id: "file-1" } },
    ]);
    const wav = { kind: "base64", mediaType: "audio/x-wav", data: "UklGRg==" } as const;
    expect(userContent({ type: "audio", source: wav })).toEqual([
      { type: "input_audio", input_audio: { data: "UklGRg==", format: "wav" } },
    ]);
    expect(userContent({ type: "audio", source: wav }, quirky({ plainAudio: true }))).toEqual([
      { type: "input_audio", input_audio: "UklGRg==" },
    ]);
    expect(userContent({ type: "file", source: link, name: "a" }, quirky({ files: "document_url" }))).toEqual(
      [{ type: "document_url", document_url: "https://example.com/a", document_name: "a" }],
    );
    expect(userContent({ type: "file", source: link }, quirky({ files: "file_or_url" }))).toEqual([
      { type: "file", file: { file_data: "https://example.com/a", filename: "file" } },
    ]);
    const words = {
      kind: "base64",
      mediaType: "text/plain",
      data: Buffer.from("Grüße").toString("base64"),
    } as const;
    expect(userContent({ type: "file", source: words, name: "a.txt" })).toBe("a.txt:\nGrüße");
  });

  const base64 = { kind: "base64", mediaType: "image/png", data: "AA" } as const;
  const url = { kind: "url", url: "https://example.com/a" } as const;
  const foreign = { kind: "file-id", dialect: "gemini", id: "f" } as const;
  test.each([
    [{ type: "file", source: url }, plain],
    [{ type: "file", source: foreign }, plain],
    [{ type: "image", source: foreign }, plain],
    [{ type: "audio", source: url }, plain],
    [{ type: "image", source: url }, quirky({ imageUrls: false })],
    [
      { type: "image", source: base64 },
      { ...plain, lacks: ["images"] },
    ],
    [
      { type: "file", source: { ...base64, mediaType: "application/pdf" } },
      { ...plain, lacks: ["files"] },
    ],
    [
      { type: "audio", source: { ...base64, mediaType: "audio/wav" } },
      { ...plain, lacks: ["audio"] },
    ],
    [{ type: "vendor", dialect: "gemini", value: {} }, plain],
  ] as const)("refuse %j for %j", (part, traits) => {
    expect(losses(user({ type: "text", text: "x" }, part as UserPart), traits as TargetTraits)).toEqual([
      ["messages[0].content[1]", false],
    ]);
  });

  test("mark the end of a cached prompt where the vendor can be told", () => {
    const marked = { type: "text", text: "long", cache: { ttl: "1h" } } as const;
    expect(userContent(marked, quirky({ cacheMarkers: "cache_control" }))).toEqual([
      { type: "text", text: "long", cache_control: { type: "ephemeral", ttl: "1h" } },
    ]);
    expect(userContent(marked, quirky({ cacheMarkers: "prompt_cache_breakpoint" }))).toEqual([
      { type: "text", text: "long", prompt_cache_breakpoint: { mode: "explicit" } },
    ]);
    expect(losses(user(marked))).toEqual([["messages[0].content[0].cache", true]]);
  });

  test("tie results to calls; pictures in results follow as the user's", () => {
    const image = { type: "image", source: base64 } as const;
    const messages = [
      {
        role: "assistant",
        content: [
          { type: "tool-call", id: "call_1", name: "weather", arguments: `{"city":"Bern"}` },
          { type: "tool-call", id: "call_2", name: "clock", arguments: "" },
        ],
      },
      { role: "tool", toolCallId: "call_1", content: [{ type: "text", text: "sunny" }, image] },
      { role: "tool", toolCallId: "call_2", content: [{ type: "text", text: "late" }], isError: true },
      { role: "user", content: [{ type: "text", text: "So?" }] },
    ] as const;
    expect(body({ messages })["messages"]).toEqual([
      {
        role: "assistant",
        content: null,
        tool_calls: [
          { id: "call_1", type: "function", function: { name: "weather", arguments: `{"city":"Bern"}` } },
          { id: "call_2", type: "function", function: { name: "clock", arguments: "{}" } },
        ],
      },
      { role: "tool", tool_call_id: "call_1", content: "sunny" },
      { role: "tool", tool_call_id: "call_2", content: "Error: late" },
      {
        role: "user",
        content: [
          { type: "text", text: "Attachments of the tool result call_1:" },
          { type: "image_url", image_url: { url: "data:image/png;base64,AA" } },
        ],
      },
      { role: "user", content: "So?" },
    ]);
  });

  test("give calls ids of nine letters and digits, the same for call and result in every request", () => {
    const nine = quirky({ toolCallIdLength: 9 });
    const messages = ["call_0123456789abcdef", "a1B2c3D4e", "toolu_01"].flatMap((id) => [
      { role: "assistant", content: [{ type: "tool-call", id, name: "x", arguments: "{}" }] } as const,
      { role: "tool", toolCallId: id, content: [{ type: "text", text: "y" }] } as const,
    ]);
    const rendered = body({ messages }, nine)["messages"] as readonly JsonObject[];
    const called = rendered.flatMap(({ tool_calls }) =>
      tool_calls === undefined ? [] : [(tool_calls as readonly JsonObject[])[0]?.["id"]],
    );
    const answered = rendered.flatMap(({ tool_call_id }) =>
      tool_call_id === undefined ? [] : [tool_call_id],
    );
    expect(called).toEqual(answered);
    expect(new Set(called).size).toBe(3);
    expect(called[1]).toBe("a1B2c3D4e");
    for (const id of called) expect(id).toMatch(/^[0-9A-Za-z]{9}$/);
    expect(body({ messages }, { ...nine })["messages"]).toEqual(rendered);
  });
});

describe("the model's last message", () => {
  const messages = [
    { role: "user", content: [{ type: "text", text: "Count" }] },
    { role: "assistant", content: [{ type: "text", text: "1, 2" }], isPrefix: true },
  ] as const;
  test.each([
    ["prefix", { prefix: true }],
    ["partial", { partial: true }],
    ["implied", {}],
    ["continue_final_message", {}],
  ] as const)("is continued by %s", (prefix, members) => {
    const rendered = body({ messages }, quirky({ prefix }));
    expect((rendered["messages"] as readonly JsonObject[])[1]).toEqual({
      role: "assistant",
      content: "1, 2",
      ...members,
    });
    expect(rendered["continue_final_message"]).toBe(prefix === "continue_final_message" ? true : undefined);
  });

  test("is refused where it cannot be continued", () => {
    expect(losses({ messages })).toEqual([["messages[1]", false]]);
  });
});

describe("tools", () => {
  const grammar = {
    type: "vendor",
    dialect: "openai-chat",
    name: "sql",
    value: { type: "custom", custom: { name: "sql" } },
  } as const;

  test("are functions, strict where wanted, and OpenAI's own kinds", () => {
    const rendered = body({
      tools: [{ ...weather, strict: true }, { type: "function", name: "clock" }, grammar],
      toolChoice: { type: "required", allowed: ["weather", "sql"] },
      parallelToolCalls: false,
    });
    const { type: _type, ...declared } = weather;
    expect(rendered).toMatchObject({
      tools: [
        { type: "function", function: { ...declared, strict: true } },
        { type: "function", function: { name: "clock" } },
        { type: "custom", custom: { name: "sql" } },
      ],
      tool_choice: {
        type: "allowed_tools",
        allowed_tools: {
          mode: "required",
          tools: [
            { type: "function", function: { name: "weather" } },
            { type: "custom", custom: { name: "sql" } },
          ],
        },
      },
      parallel_tool_calls: false,
    });
  });

  test.each([
    [{ type: "auto" }, {}, "auto"],
    [{ type: "none" }, {}, "none"],
    [{ type: "required" }, {}, "required"],
    [{ type: "required" }, { required: "any" }, "any"],
    [{ type: "tool", name: "weather" }, {}, { type: "function", function: { name: "weather" } }],
    [{ type: "tool", name: "sql" }, {}, { type: "custom", custom: { name: "sql" } }],
    [{ type: "auto" }, { toolChoice: "auto" }, undefined],
  ] as const)("are chosen by %j (%j)", (toolChoice, quirks, expected) => {
    expect(body({ tools: [weather, grammar], toolChoice }, quirky(quirks))["tool_choice"]).toEqual(
      expected as never,
    );
  });

  test("that are not allowed are left out where the vendor cannot be told", () => {
    const request = {
      tools: [weather, { type: "function", name: "clock" }],
      toolChoice: { type: "auto", allowed: ["clock"] },
    } as const;
    const rendered = body(request, quirky({ allowedTools: false }));
    expect(rendered).toMatchObject({ tools: [{ function: { name: "clock" } }], tool_choice: "auto" });
    expect((rendered["tools"] as readonly unknown[]).length).toBe(1);
    const none = body({ tools: [weather], toolChoice: { type: "none" } }, quirky({ toolChoice: "auto" }));
    expect(none["tools"]).toBeUndefined();
  });

  test.each([
    [{ tools: [{ type: "vendor", dialect: "gemini", name: "g", value: {} }] }, {}, [["tools[0]", false]]],
    [{ tools: [{ type: "function", name: "latchkey_answer" }] }, {}, [["tools[0].name", false]]],
    [{ tools: [{ ...weather, strict: true }] }, { strictTools: false }, [["tools[0].strict", true]]],
    [{ tools: [weather], toolChoice: { type: "required" } }, { toolChoice: "auto" }, [["toolChoice", false]]],
  ] as const)("lose of %j (%j)", (request, quirks, expected) => {
    expect(losses(request as Partial<ChatRequest>, quirky(quirks))).toEqual(expected as never);
  });

  test("stand in for a schema that the vendor or the model does not know", () => {
    const request = { responseFormat: { type: "json-schema", name: "x", schema } } as const;
    for (const traits of [quirky({ jsonSchema: false }), { ...plain, lacks: ["json-schema" as const] }]) {
      const only = body(request, traits);
      expect(only).toMatchObject({
        tools: [{ type: "function", function: { name: "latchkey_answer", parameters: schema } }],
        tool_choice: { type: "function", function: { name: "latchkey_answer" } },
      });
      expect(only["response_format"]).toBeUndefined();
      const beside = body({ ...request, tools: [weather] }, traits);
      expect(beside).toMatchObject({
        tools: [{ function: { name: "weather" } }, { function: { name: "latchkey_answer" } }],
        tool_choice: "required",
      });
    }
    expect(losses(request, quirky({ jsonSchema: false, toolChoice: "auto" }))).toEqual([
      ["responseFormat", false],
    ]);
  });
});

describe("thinking", () => {
  test("is told as an effort in place of a number of tokens, and named", () => {
    const { body: told, losses: lost } = egress.renderRequest(
      ask({ reasoning: { budgetTokens: 4_000 } }),
      plain,
    );
    expect(told["reasoning_effort"]).toBe("medium");
    expect(lost).toMatchObject([{ path: { field: "reasoning" }, isHarmless: true, isChanged: true }]);
  });

  test.each([
    ["effort", { effort: "xhigh" }, { reasoning_effort: "xhigh" }],
    ["effort", { budgetTokens: 0 }, { reasoning_effort: "none" }],
    ["effort", { isAdaptive: true }, {}],
    ["thinking", { effort: "none" }, { thinking: { type: "disabled" } }],
    ["thinking", { effort: "low" }, { thinking: { type: "enabled" } }],
    ["thinking+effort", { effort: "high" }, { thinking: { type: "enabled" }, reasoning_effort: "high" }],
    ["thinking+effort", { effort: "none" }, { thinking: { type: "disabled" } }],
    ["enable_thinking", { budgetTokens: 500 }, { enable_thinking: true, thinking_budget: 500 }],
    ["enable_thinking", { effort: "none" }, { enable_thinking: false }],
    [
      "template",
      { effort: "low" },
      { chat_template_kwargs: { enable_thinking: true }, reasoning_effort: "low" },
    ],
    ["template", { effort: "none" }, { chat_template_kwargs: { enable_thinking: false } }],
    ["reasoning", { effort: "low" }, { reasoning: { effort: "low" } }],
    ["reasoning", { budgetTokens: 2_000, show: "none" }, { reasoning: { max_tokens: 2_000, exclude: true } }],
    ["reasoning", { isAdaptive: true }, { reasoning: { enabled: true } }],
  ] as const)("%s tells %j", (thinkingControl, reasoning, expected) => {
    const { model: _model, messages: _messages, ...rest } = body({ reasoning }, quirky({ thinkingControl }));
    expect(rest).toEqual(expected as never);
  });

  test.each([
    ["minimal", "low"],
    ["medium", "high"],
    ["high", "high"],
    ["xhigh", "max"],
    ["none", "low"],
  ] as const)("of effort %s becomes %s where only some are known", (effort, expected) => {
    expect(body({ reasoning: { effort } }, quirky({ efforts: "low high max" }))["reasoning_effort"]).toBe(
      expected,
    );
  });

  test("ends where a tool is forced, for vendors that know no other way", () => {
    const traits = quirky({
      thinkingControl: "thinking+effort",
      forcingEndsThinking: true,
      jsonSchema: false,
    });
    const forced = { tools: [weather], toolChoice: { type: "required" } } as const;
    expect(body(forced, traits)["thinking"]).toEqual({ type: "disabled" });
    expect(body({ responseFormat: { type: "json-schema", schema } }, traits)["thinking"]).toEqual({
      type: "disabled",
    });
    expect(body({ tools: [weather] }, traits)["thinking"]).toBeUndefined();
    expect(losses({ ...forced, reasoning: { effort: "high" } }, traits)).toEqual([["reasoning", true]]);
  });

  test("is there in messages with calls, empty where nobody has any, for vendors that insist", () => {
    const traits = quirky({ thinkingBack: "reasoning_content", thinkingInCalls: true });
    const call = { type: "tool-call", id: "c", name: "x", arguments: "{}" } as const;
    const said = (...content: readonly AssistantPart[]): unknown =>
      (body({ messages: [{ role: "assistant", content }] }, traits)["messages"] as readonly JsonObject[])[0];
    expect(said(call)).toMatchObject({ reasoning_content: "" });
    expect(said({ type: "reasoning", text: "Hm" }, call)).toMatchObject({ reasoning_content: "Hm" });
    expect(said({ type: "text", text: "Hi" })).toEqual({ role: "assistant", content: "Hi" });
  });

  const signed = {
    type: "reasoning",
    text: "2 and 2",
    signature: { dialect: "openai-chat", value: `{"type":"reasoning.text","index":0,"signature":"c2ln"}` },
  } as const;
  const messages = [
    { role: "user", content: [{ type: "text", text: "2+2?" }] },
    { role: "assistant", content: [signed, { type: "text", text: "4" }] },
    { role: "user", content: [{ type: "text", text: "Sure?" }] },
  ] as const;
  test.each([
    ["reasoning_content", { content: "4", reasoning_content: "2 and 2" }],
    ["reasoning", { content: "4", reasoning: "2 and 2" }],
    [
      "reasoning_details",
      {
        content: "4",
        reasoning_details: [{ type: "reasoning.text", index: 0, signature: "c2ln", text: "2 and 2" }],
      },
    ],
    [
      "parts",
      {
        content: [
          { type: "thinking", thinking: [{ type: "text", text: "2 and 2" }], signature: "c2ln" },
          { type: "text", text: "4" },
        ],
      },
    ],
    [
      "tags",
      {
        content: [
          { type: "text", text: "<think>\n2 and 2\n</think>\n\n" },
          { type: "text", text: "4" },
        ],
      },
    ],
  ] as const)("of earlier turns goes back as %s", (thinkingBack, expected) => {
    const rendered = body({ messages }, quirky({ thinkingBack }))["messages"] as readonly JsonObject[];
    expect(rendered[1]).toEqual({ role: "assistant", ...expected });
  });

  test("of earlier turns is dropped without harm where nobody wants it, and sealed for another dialect always", () => {
    expect(losses({ messages })).toEqual([["messages[1].content[0]", true]]);
    const redacted = { dialect: "anthropic-messages", value: "c2VjcmV0" } as const;
    const foreign = [{ role: "assistant", content: [{ type: "reasoning", text: "", redacted }] }] as const;
    expect(losses({ messages: foreign }, quirky({ thinkingBack: "reasoning_details" }))).toEqual([
      ["messages[0].content[0]", true],
    ]);
  });

  test("signatures of calls and texts go back in `extra_content`", () => {
    const signature = { dialect: "gemini", value: "c2ln" } as const;
    const calls = [
      {
        role: "assistant",
        content: [
          { type: "text", text: "Well", signature },
          { type: "tool-call", id: "c", name: "x", arguments: "{}", signature },
        ],
      },
    ] as const;
    const extra_content = { google: { thought_signature: "c2ln" } };
    const told = (extraContent: boolean): unknown =>
      (body({ messages: calls }, quirky({ extraContent }))["messages"] as readonly JsonObject[])[0];
    expect(told(true)).toMatchObject({ extra_content, tool_calls: [{ extra_content }] });
    expect(JSON.stringify(told(false))).not.toContain("c2ln");
  });
});

describe("what the model has made", () => {
  const image = { type: "image", source: { kind: "base64", mediaType: "image/png", data: "AA" } } as const;
  test("goes back: images, sound by its id or its words, calls of other kinds", () => {
    const custom = { id: "call_3", type: "custom", custom: { name: "sql", input: "SELECT 1" } };
    const messages = [
      { role: "assistant", content: [image, { type: "spoken", id: "audio_1", transcript: "Hi" }] },
      { role: "assistant", content: [{ type: "spoken", transcript: "Hi" }] },
      { role: "assistant", content: [{ type: "vendor", dialect: "openai-chat", value: custom }] },
      { role: "assistant", content: [] },
    ] as const;
    expect(body({ messages }, quirky({ imageOutput: true }))["messages"]).toEqual([
      {
        role: "assistant",
        content: null,
        audio: { id: "audio_1" },
        images: [{ type: "image_url", image_url: { url: "data:image/png;base64,AA" } }],
      },
      { role: "assistant", content: "Hi" },
      { role: "assistant", content: null, tool_calls: [custom] },
      { role: "assistant", content: "" },
    ]);
  });

  test.each([
    image,
    { type: "spoken", data: "AA" },
    { type: "vendor", dialect: "anthropic-messages", value: {} },
  ] as const)("is refused where it has no place: %j", (part) => {
    expect(losses({ messages: [{ role: "assistant", content: [part] }] })).toEqual([
      ["messages[0].content[0]", false],
    ]);
  });
});

test("stop texts that a vendor refuses are looked for by the gateway", () => {
  const refusing = quirky({ less: "stop" });
  const { body, change } = egress.renderRequest(ask({ stop: ["END"] }), refusing);
  expect(body).not.toHaveProperty("stop");
  const content = [{ type: "text" as const, text: "One END" }];
  const answer = { id: "a", model: "m", choices: [{ index: 0, content, finishReason: "length" as const }] };
  expect(change?.whole(answer).choices[0]).toMatchObject({
    content: [{ text: "One " }],
    finishReason: "stop-text",
  });
  expect(egress.renderRequest(ask({}), refusing).change).toBeUndefined();
  expect(egress.renderRequest(ask({ stop: ["END"] }), plain).change).toBeUndefined();
});

describe("a wish to see the thinking, and nothing else about it,", () => {
  const asked = (show: NonNullable<ChatRequest["reasoning"]>["show"], quirks?: TargetTraits["quirks"]) =>
    openaiChat.egress.renderRequest(
      {
        model: "fast",
        stream: false,
        messages: [{ role: "user", content: [{ type: "text", text: "Hi" }] }],
        reasoning: { ...(show !== undefined && { show }) },
      },
      { upstreamModel: "m", ...(quirks !== undefined && { quirks }) },
    );
  const lost = { path: { field: "reasoning" as const }, isHarmless: true };

  test.each(["full", "auto", "concise", "detailed"] as const)("%s, is named where none is shown", (show) => {
    expect(asked(show).losses).toEqual([{ ...lost, reason: "is not shown by this provider" }]);
  });

  test("is named where the model thinks as it will", () => {
    expect(asked("auto", { thinkingControl: "none" }).losses).toEqual([
      { ...lost, reason: "is not for this model: it thinks as it will" },
    ]);
  });

  test.each<readonly ["none" | "full", TargetTraits["quirks"]]>([
    ["none", {}],
    ["none", { thinkingControl: "none" }],
    ["full", { thinkingBack: "reasoning_content" }],
  ])("%s, costs nothing where it is so anyway: %j", (show, quirks) => {
    expect(asked(show, quirks).losses).toEqual([]);
  });
});
