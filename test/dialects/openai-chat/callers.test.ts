import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { ChatCompletionCreateParams } from "openai/resources/chat/completions";
import type { ChatRequestField } from "../../../src/canonical/chat-request.ts";
import { openaiChat } from "../../../src/dialects/openai-chat/index.ts";
import { LatchkeyError } from "../../../src/kernel/error.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";

const { ingress } = openaiChat;
const hello = [{ role: "user", content: "Hello" }];
const schema = { type: "object", properties: { a: { type: "number" } } };

function parse(body: unknown) {
  return ingress.parseRequest({ body: body as JsonObject });
}

/** A request without anything that is not understood. */
function understood(members: object, messages: unknown = hello) {
  const { request, losses } = parse({ model: "fast", messages, ...members });
  expect(losses).toEqual([]);
  return request;
}

function losses(members: object): readonly unknown[] {
  return parse({ model: "fast", messages: hello, ...members }).losses.map(({ path, isHarmless }) => [
    path,
    isHarmless,
  ]);
}

function messageOf(message: object): unknown {
  return understood({}, [message]).messages[0];
}

describe("a caller's request", () => {
  test("is understood in all that OpenAI documents", () => {
    const body = {
      model: "fast",
      messages: [{ role: "user", content: "Hello" }],
      stream: true,
      stream_options: { include_usage: true },
      max_completion_tokens: 100,
      temperature: 0.5,
      top_p: 0.9,
      frequency_penalty: 0.1,
      presence_penalty: -0.1,
      seed: -7,
      stop: "END",
      n: 2,
      logprobs: true,
      top_logprobs: 3,
      logit_bias: { "50256": -100 },
      response_format: {
        type: "json_schema",
        json_schema: { name: "x", description: "d", schema, strict: true },
      },
      reasoning_effort: "minimal",
      verbosity: "low",
      modalities: ["text", "audio"],
      audio: { voice: "alloy", format: "mp3" },
      service_tier: "priority",
      safety_identifier: "u1",
      metadata: { team: "a" },
      prompt_cache_key: "k",
      store: true,
      parallel_tool_calls: false,
      tool_choice: "auto",
      tools: [
        {
          type: "function",
          function: { name: "weather", description: "d", parameters: schema, strict: true },
        },
        { type: "custom", custom: { name: "sql", format: { type: "text" } } },
      ],
    } as const satisfies ChatCompletionCreateParams;
    expect(parse(body)).toEqual({
      losses: [],
      request: {
        model: "fast",
        messages: [{ role: "user", content: [{ type: "text", text: "Hello" }] }],
        stream: true,
        streamUsage: true,
        maxOutputTokens: 100,
        temperature: 0.5,
        topP: 0.9,
        frequencyPenalty: 0.1,
        presencePenalty: -0.1,
        seed: -7,
        stop: ["END"],
        choices: 2,
        logprobs: 3,
        logitBias: { "50256": -100 },
        responseFormat: { type: "json-schema", name: "x", description: "d", schema, strict: true },
        reasoning: { effort: "minimal" },
        verbosity: "low",
        modalities: ["text", "audio"],
        speech: { voice: "alloy", format: "mp3" },
        serviceTier: "priority",
        endUser: "u1",
        metadata: { team: "a" },
        promptCacheKey: "k",
        store: true,
        parallelToolCalls: false,
        toolChoice: { type: "auto" },
        tools: [
          { type: "function", name: "weather", description: "d", parameters: schema, strict: true },
          { type: "vendor", dialect: "openai-chat", name: "sql", value: body.tools[1] },
        ],
      },
    });
  });

  test("may leave out or null whatever is not needed", () => {
    const names = [
      "stream",
      "stream_options",
      "max_completion_tokens",
      "max_tokens",
      "temperature",
      "top_p",
      "stop",
      "n",
      "seed",
      "logprobs",
      "top_logprobs",
      "logit_bias",
      "response_format",
      "reasoning_effort",
      "verbosity",
      "modalities",
      "audio",
      "service_tier",
      "user",
      "metadata",
      "store",
      "tools",
      "tool_choice",
      "parallel_tool_calls",
      "web_search_options",
      "prediction",
    ];
    const nothing = Object.fromEntries(names.map((name) => [name, null]));
    expect(understood(nothing)).toEqual(understood({}));
  });

  test.each([
    [{ max_tokens: 5 }, { maxOutputTokens: 5 }],
    [{ max_tokens: 5, max_completion_tokens: 6 }, { maxOutputTokens: 6 }],
    [
      { top_k: 5, min_p: 0.1, repetition_penalty: 1.1 },
      { topK: 5, minP: 0.1, repetitionPenalty: 1.1 },
    ],
    [{ logprobs: true }, { logprobs: 0 }],
    [{ user: "u" }, { endUser: "u" }],
    [{ response_format: { type: "json_object" } }, { responseFormat: { type: "json" } }],
    [{ response_format: { type: "text" } }, { responseFormat: { type: "text" } }],
    [
      { reasoning: { max_tokens: 2_000 } },
      { reasoning: { budgetTokens: 2_000, show: "auto", isShownByDefault: true } },
    ],
    [{ reasoning: { effort: "low", exclude: true } }, { reasoning: { effort: "low", show: "none" } }],
    [{ reasoning: { effort: "low", exclude: false } }, { reasoning: { effort: "low", show: "auto" } }],
    [
      { reasoning: { enabled: true } },
      { reasoning: { isAdaptive: true, show: "auto", isShownByDefault: true } },
    ],
    [{ reasoning: { enabled: false } }, { reasoning: { effort: "none" } }],
    [
      { thinking: { type: "enabled", budget_tokens: 1_024 } },
      { reasoning: { budgetTokens: 1_024, show: "auto", isShownByDefault: true } },
    ],
    [{ thinking: { type: "disabled" } }, { reasoning: { effort: "none" } }],
    [
      { thinking: { type: "adaptive" } },
      { reasoning: { isAdaptive: true, show: "auto", isShownByDefault: true } },
    ],
    [{ tools: [{ function: { name: "a" } }] }, { tools: [{ type: "function", name: "a" }] }],
    [{ tools: [], stop: [] }, { stop: [] }],
    [
      { response_format: { type: "json_schema", json_schema: { schema } } },
      { responseFormat: { type: "json-schema", schema } },
    ],
    [{ tool_choice: "none" }, { toolChoice: { type: "none" } }],
    [{ tool_choice: "any" }, { toolChoice: { type: "required" } }],
    [
      { tool_choice: { type: "function", function: { name: "a" } } },
      { toolChoice: { type: "tool", name: "a" } },
    ],
    [{ tool_choice: { type: "custom", custom: { name: "a" } } }, { toolChoice: { type: "tool", name: "a" } }],
    [
      {
        tool_choice: {
          type: "allowed_tools",
          allowed_tools: { mode: "required", tools: [{ type: "function", function: { name: "a" } }] },
        },
      },
      { toolChoice: { type: "required", allowed: ["a"] } },
    ],
    [
      {
        tools: [
          { type: "function", function: { name: "a" }, cache_control: { type: "ephemeral", ttl: "1h" } },
        ],
      },
      { tools: [{ type: "function", name: "a", cache: { ttl: "1h" } }] },
    ],
    [
      { functions: [{ name: "a", parameters: schema }], function_call: { name: "a" } },
      {
        tools: [{ type: "function", name: "a", parameters: schema }],
        toolChoice: { type: "tool", name: "a" },
        functionCallsOnly: true,
      },
    ],
  ])("%j is %j", (members, expected) => {
    const { model: _model, messages: _messages, stream: _stream, ...rest } = understood(members);
    expect(rest).toEqual(expected as never);
  });

  test.each([
    [{ web_search_options: {} }, [["web_search_options", false]]],
    [{ moderation: { model: "m" } }, [["moderation", false]]],
    [{ prediction: { type: "content", content: "x" } }, [["prediction", true]]],
    [{ prompt_cache_retention: "24h" }, [["prompt_cache_retention", true]]],
    [{ foo: 1 }, [["foo", false]]],
    [{ user: "a", safety_identifier: "b" }, [["user", true]]],
    [{ audio: { voice: { id: "v" }, format: "wav" } }, [["audio.voice", false]]],
    [{ tools: [{ type: "function", function: { name: "a" }, extra: 1 }] }, [["tools[0].extra", true]]],
    [{ messages: [{ role: "user", content: "x", id: "m1" }] }, [["messages[0].id", true]]],
    [
      { messages: [{ role: "user", content: [{ type: "text", text: "x", foo: 1 }] }] },
      [["messages[0].content[0].foo", true]],
    ],
  ])("%j says what only OpenAI could be told", (members, expected) => {
    expect(losses(members)).toEqual(expected);
  });
});

describe("a caller's messages", () => {
  test.each([
    [
      { role: "developer", content: "Be brief.", name: "boss" },
      { role: "developer", content: [{ type: "text", text: "Be brief." }], name: "boss" },
    ],
    [
      { role: "system", content: [{ type: "text", text: "a", cache_control: { type: "ephemeral" } }] },
      { role: "system", content: [{ type: "text", text: "a", cache: {} }] },
    ],
    [
      { role: "user", content: "a", cache_control: { type: "ephemeral", ttl: "5m" } },
      { role: "user", content: [{ type: "text", text: "a", cache: { ttl: "5m" } }] },
    ],
    [
      { role: "user", content: [{ type: "text", text: "a", prompt_cache_breakpoint: { mode: "explicit" } }] },
      { role: "user", content: [{ type: "text", text: "a", cache: {} }] },
    ],
    [
      {
        role: "user",
        content: [{ type: "image_url", image_url: { url: "https://x.example/a.png", detail: "high" } }],
      },
      {
        role: "user",
        content: [{ type: "image", source: { kind: "url", url: "https://x.example/a.png" }, detail: "high" }],
      },
    ],
    [
      { role: "user", content: [{ type: "image_url", image_url: "data:image/PNG;base64,AAAA" }] },
      {
        role: "user",
        content: [{ type: "image", source: { kind: "base64", mediaType: "image/png", data: "AAAA" } }],
      },
    ],
    [
      { role: "user", content: [{ type: "input_audio", input_audio: { data: "AAAA", format: "mp3" } }] },
      {
        role: "user",
        content: [
          { type: "audio", source: { kind: "base64", mediaType: "audio/mpeg", data: "AAAA" }, format: "mp3" },
        ],
      },
    ],
    [
      {
        role: "user",
        content: [
          { type: "file", file: { file_data: "data:application/pdf;base64,AAAA", filename: "a.pdf" } },
        ],
      },
      {
        role: "user",
        content: [
          {
            type: "file",
            source: { kind: "base64", mediaType: "application/pdf", data: "AAAA" },
            name: "a.pdf",
          },
        ],
      },
    ],
    [
      { role: "user", content: [{ type: "file", file: { file_id: "file-1" } }] },
      {
        role: "user",
        content: [{ type: "file", source: { kind: "file-id", dialect: "openai-chat", id: "file-1" } }],
      },
    ],
    [
      {
        role: "tool",
        tool_call_id: "c",
        content: [{ type: "text", text: "a" }],
        cache_control: { type: "ephemeral" },
      },
      { role: "tool", toolCallId: "c", content: [{ type: "text", text: "a" }], cache: {} },
    ],
    [
      {
        role: "assistant",
        content: [
          { type: "text", text: "a" },
          { type: "refusal", refusal: "b" },
        ],
        audio: { id: "audio_1" },
        tool_calls: [
          { id: "c1", type: "function", function: { name: "x", arguments: "" } },
          { id: "c2", type: "custom", custom: { name: "sql", input: "SELECT 1" } },
        ],
        annotations: [],
      },
      {
        role: "assistant",
        content: [
          { type: "text", text: "a" },
          { type: "refusal", text: "b" },
          { type: "spoken", id: "audio_1" },
          { type: "tool-call", id: "c1", name: "x", arguments: "{}" },
          {
            type: "vendor",
            dialect: "openai-chat",
            value: { id: "c2", type: "custom", custom: { name: "sql", input: "SELECT 1" } },
          },
        ],
      },
    ],
    [
      { role: "assistant", content: "a", reasoning_content: "hm", refusal: "no", prefix: true },
      {
        role: "assistant",
        content: [
          { type: "reasoning", text: "hm" },
          { type: "text", text: "a" },
          { type: "refusal", text: "no" },
        ],
        isPrefix: true,
      },
    ],
    [
      {
        role: "assistant",
        content: null,
        reasoning_content: "hm",
        reasoning_details: [
          { type: "reasoning.text", text: "hm", signature: "c2ln", format: "anthropic-messages" },
          { type: "reasoning.encrypted", data: "c2VjcmV0", format: "anthropic-messages" },
          {
            type: "reasoning.summary",
            summary: "so",
            id: "rs_1",
            format: "openai-responses",
            signature: "enc",
          },
        ],
        tool_calls: [
          {
            id: "c1",
            type: "function",
            function: { name: "x", arguments: "{}" },
            extra_content: { google: { thought_signature: "c2ln" } },
          },
        ],
      },
      {
        role: "assistant",
        content: [
          { type: "reasoning", text: "hm", signature: { dialect: "anthropic-messages", value: "c2ln" } },
          { type: "reasoning", text: "", redacted: { dialect: "anthropic-messages", value: "c2VjcmV0" } },
          {
            type: "reasoning",
            text: "so",
            isSummary: true,
            id: "rs_1",
            signature: { dialect: "openai-responses", value: "enc" },
          },
          {
            type: "tool-call",
            id: "c1",
            name: "x",
            arguments: "{}",
            signature: { dialect: "gemini", value: "c2ln" },
          },
        ],
      },
    ],
    [
      {
        role: "assistant",
        content: [
          { type: "thinking", thinking: [{ type: "text", text: "hm" }] },
          { type: "text", text: "a" },
        ],
      },
      {
        role: "assistant",
        content: [
          { type: "reasoning", text: "hm" },
          { type: "text", text: "a" },
        ],
      },
    ],
    [{ role: "assistant" }, { role: "assistant", content: [] }],
  ])("%j", (message, expected) => {
    expect(messageOf(message)).toEqual(expected as never);
  });

  test("of the older style tie results to calls by the function's name", () => {
    const messages = [
      { role: "user", content: "Weather?" },
      { role: "assistant", content: null, function_call: { name: "weather", arguments: "{}" } },
      { role: "function", name: "weather", content: "sunny" },
    ];
    const [, called, answered] = understood({}, messages).messages;
    const id =
      called?.role === "assistant" && called.content[0]?.type === "tool-call" ? called.content[0].id : "";
    expect(id).not.toBe("");
    expect(answered).toEqual({
      role: "tool",
      toolCallId: id,
      toolName: "weather",
      content: [{ type: "text", text: "sunny" }],
    });
  });
});

describe("what is wrong in a request", () => {
  const call = (change: object) => [
    {
      role: "assistant",
      tool_calls: [{ id: "c", type: "function", function: { name: "x", arguments: "{}" }, ...change }],
    },
  ];
  test.each([
    ["model", { model: 1 }],
    ["messages", { messages: {} }],
    ["messages", { messages: [] }],
    ["messages[0]", { messages: ["x"] }],
    ["messages[0].role", { messages: [{ role: "wizard", content: "x" }] }],
    ["messages[0].content", { messages: [{ role: "user" }] }],
    ["messages[0].content[0]", { messages: [{ role: "user", content: [null] }] }],
    ["messages[0].content[0].type", { messages: [{ role: "user", content: [{ type: "video" }] }] }],
    ["messages[0].content[0].text", { messages: [{ role: "user", content: [{ type: "text" }] }] }],
    ["messages[0].content[0].image_url", { messages: [{ role: "user", content: [{ type: "image_url" }] }] }],
    [
      "messages[0].content[0].image_url.url",
      {
        messages: [
          { role: "user", content: [{ type: "image_url", image_url: { url: "file:///etc/passwd" } }] },
        ],
      },
    ],
    [
      "messages[0].content[0].image_url.detail",
      {
        messages: [
          { role: "user", content: [{ type: "image_url", image_url: { url: "https://x", detail: 1 } }] },
        ],
      },
    ],
    [
      "messages[0].content[0].input_audio.format",
      { messages: [{ role: "user", content: [{ type: "input_audio", input_audio: { data: "" } }] }] },
    ],
    [
      "messages[0].content[0].file.file_data",
      { messages: [{ role: "user", content: [{ type: "file", file: {} }] }] },
    ],
    [
      "messages[0].content[0].type",
      { messages: [{ role: "system", content: [{ type: "image_url", image_url: "https://x" }] }] },
    ],
    ["messages[0].content[0].type", { messages: [{ role: "assistant", content: [{ type: "image_url" }] }] }],
    [
      "messages[0].content[0].cache_control.ttl",
      { messages: [{ role: "user", content: [{ type: "text", text: "", cache_control: { ttl: "1d" } }] }] },
    ],
    ["messages[0].tool_call_id", { messages: [{ role: "tool", content: "x" }] }],
    ["messages[0].tool_calls", { messages: [{ role: "assistant", tool_calls: {} }] }],
    ["messages[0].tool_calls[0].id", { messages: call({ id: 1 }) }],
    ["messages[0].tool_calls[0].function", { messages: call({ function: "x" }) }],
    ["messages[0].tool_calls[0].function.name", { messages: call({ function: {} }) }],
    [
      "messages[0].tool_calls[0].function.arguments",
      { messages: call({ function: { name: "x", arguments: {} } }) },
    ],
    ["messages[0].audio.id", { messages: [{ role: "assistant", audio: {} }] }],
    ["stream", { stream: "yes" }],
    ["stream_options", { stream_options: true }],
    ["max_completion_tokens", { max_completion_tokens: 1.5 }],
    ["max_tokens", { max_tokens: -1 }],
    ["temperature", { temperature: "hot" }],
    ["stop", { stop: 1 }],
    ["stop[1]", { stop: ["a", 1] }],
    ["top_logprobs", { top_logprobs: 2 }],
    ["logit_bias.a", { logit_bias: { a: "b" } }],
    ["metadata.a", { metadata: { a: 1 } }],
    ["reasoning_effort", { reasoning_effort: "huge" }],
    ["verbosity", { verbosity: 1 }],
    ["modalities[0]", { modalities: ["smell"] }],
    ["response_format.type", { response_format: {} }],
    ["response_format.json_schema", { response_format: { type: "json_schema" } }],
    [
      "response_format.json_schema.name",
      { response_format: { type: "json_schema", json_schema: { name: 1 } } },
    ],
    ["tools", { tools: {} }],
    ["tools[0].type", { tools: [{}] }],
    ["tools[0].function", { tools: [{ type: "function" }] }],
    ["tools[0].function.name", { tools: [{ type: "function", function: { name: "" } }] }],
    [
      "tools[0].function.parameters",
      { tools: [{ type: "function", function: { name: "a", parameters: [] } }] },
    ],
    ["tool_choice", { tool_choice: "maybe" }],
    ["tool_choice.function.name", { tool_choice: { type: "function", function: {} } }],
    ["tool_choice.allowed_tools.tools", { tool_choice: { type: "allowed_tools", allowed_tools: {} } }],
    ["function_call", { function_call: 1 }],
  ])("is named: `%s` of %j", (param, members) => {
    try {
      parse({ model: "fast", messages: hello, ...members });
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(LatchkeyError);
      expect(thrown).toMatchObject({ code: "LK-2102", param });
      return;
    }
    expect.unreachable();
  });

  test("never crashes the parser", () => {
    const keys = [
      "role",
      "content",
      "type",
      "text",
      "image_url",
      "url",
      "tool_calls",
      "function",
      "name",
      "arguments",
      "reasoning_details",
      "extra_content",
      "cache_control",
      "audio",
      "__proto__",
      "constructor",
    ];
    const tree = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom<unknown>("user", "assistant", "tool", "text", "function", "allowed_tools", null, 1),
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...keys), tie("tree"), { maxKeys: 6, noNullPrototype: true }),
      ),
    })).tree;
    const members = fc.dictionary(
      fc.constantFrom(
        "messages",
        "tools",
        "tool_choice",
        "response_format",
        "metadata",
        "logit_bias",
        "audio",
        "stop",
        "reasoning",
        "functions",
        "__proto__",
      ),
      tree,
      { maxKeys: 5, noNullPrototype: true },
    );
    fc.assert(
      fc.property(members, fc.array(tree, { maxLength: 3 }), (rest, messages) => {
        const body = JSON.parse(JSON.stringify({ model: "fast", messages, ...rest })) as JsonObject;
        try {
          parse(body);
        } catch (thrown) {
          expect(thrown).toMatchObject({ code: "LK-2102", param: expect.any(String) });
        }
        expect(({} as JsonObject)["polluted"]).toBeUndefined();
      }),
      { numRuns: 1_000 },
    );
  });

  test("by keys that mean something to JavaScript is just data", () => {
    const body = JSON.parse(`{"model":"fast","messages":[{"role":"user","content":"x"}],
      "metadata":{"__proto__":"polluted","a":"b"},"logit_bias":{"__proto__":1}}`) as JsonObject;
    const { request } = parse(body);
    expect(Object.getPrototypeOf(request.metadata)).toBe(Object.prototype);
    expect(Object.keys(request.metadata ?? {})).toEqual(["__proto__", "a"]);
  });
});

describe("names of members", () => {
  test("are the caller's", () => {
    const fields: readonly ChatRequestField[] = [
      "maxOutputTokens",
      "topK",
      "responseFormat",
      "reasoning",
      "speech",
      "choices",
    ];
    expect(fields.map((field) => ingress.fieldName(field, {}))).toEqual([
      "max_completion_tokens",
      "top_k",
      "response_format",
      "reasoning_effort",
      "audio",
      "n",
    ]);
  });

  test("the model's may come from elsewhere", () => {
    expect(ingress.parseRequest({ model: "named", body: { messages: hello } }).request.model).toBe("named");
  });
});
