import { describe, expect, test } from "bun:test";
import type { ChatRequestField } from "../../../src/canonical/chat-request.ts";
import type { CallerDialectName, IngressRequest } from "../../../src/dialects/dialect.ts";
import { callerDialects } from "../../../src/dialects/registry.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { CallerPaths } from "../../../src/runtime/exchange/caller-paths.ts";
import { messagePlaces, toolPlaces } from "../../support/canonical-places.ts";

interface Sample {
  readonly body: JsonObject;
  /** Where each message, and each of its parts, stands in the body. */
  readonly messages: readonly (readonly [message: string, ...parts: string[]])[];
  readonly tools: readonly string[];
  /** Members of messages, parts and tools. */
  readonly members: Readonly<Record<string, string>>;
  readonly fields: Readonly<Partial<Record<ChatRequestField, string>>>;
}

const PNG = "iVBORw0KGgo=";
const SCHEMA = { type: "object", properties: {} };

const chat: Sample = {
  body: {
    model: "m",
    messages: [
      { role: "system", content: "Be brief" },
      {
        role: "user",
        name: "ann",
        content: [
          { type: "text", text: "What is this?" },
          { type: "image_url", image_url: { url: `data:image/png;base64,${PNG}`, detail: "low" } },
        ],
        cache_control: { type: "ephemeral" },
      },
      {
        role: "assistant",
        reasoning_content: "Hm",
        content: "Let me look",
        refusal: "No",
        audio: { id: "audio_1" },
        images: [{ image_url: { url: `data:image/png;base64,${PNG}` } }],
        tool_calls: [
          { id: "c1", type: "function", function: { name: "look", arguments: "{}" } },
          { id: "c2", type: "custom", custom: { name: "grep", input: "x" } },
        ],
      },
      { role: "tool", tool_call_id: "c1", content: [{ type: "text", text: "A cat" }] },
      {
        role: "assistant",
        reasoning_details: [{ type: "reasoning.text", text: "So", format: "anthropic-messages" }],
        content: [
          { type: "thinking", thinking: [{ type: "text", text: "Aha" }] },
          { type: "text", text: "A cat" },
        ],
      },
    ],
    tools: [
      { type: "function", function: { name: "look", strict: true }, cache_control: { type: "ephemeral" } },
      { type: "custom", custom: { name: "grep" } },
    ],
    functions: [{ name: "old" }],
    function_call: "auto",
    max_tokens: 5,
    max_completion_tokens: null,
    user: "u1",
    thinking: { type: "enabled", budget_tokens: 2000 },
    stop: "x",
  },
  messages: [
    ["messages[0]", "messages[0].content"],
    ["messages[1]", "messages[1].content[0]", "messages[1].content[1]"],
    [
      "messages[2]",
      "messages[2].reasoning_content",
      "messages[2].content",
      "messages[2].refusal",
      "messages[2].audio",
      "messages[2].images[0]",
      "messages[2].tool_calls[0]",
      "messages[2].tool_calls[1]",
    ],
    ["messages[3]", "messages[3].content[0]"],
    ["messages[4]", "messages[4].content[0]", "messages[4].reasoning_details[0]", "messages[4].content[1]"],
  ],
  tools: ["tools[0]", "tools[1]", "functions[0]"],
  members: {
    "messages[1].name": "messages[1].name",
    "messages[0].name": "messages[0]",
    "messages[1].content[1].detail": "messages[1].content[1].image_url.detail",
    "tools[0].name": "tools[0].function.name",
    "tools[0].strict": "tools[0].function.strict",
    "tools[2].name": "functions[0].name",
    messages: "messages",
    tools: "tools",
  },
  fields: {
    toolChoice: "function_call",
    maxOutputTokens: "max_tokens",
    endUser: "user",
    reasoning: "thinking",
    stop: "stop",
  },
};

const responses: Sample = {
  body: {
    model: "m",
    instructions: "Be brief",
    input: [
      {
        role: "user",
        content: [
          { type: "input_text", text: "What is this?" },
          { type: "input_image", image_url: `data:image/png;base64,${PNG}`, detail: "low" },
        ],
      },
      { type: "reasoning", id: "rs_1", summary: [{ type: "summary_text", text: "Hm" }] },
      { type: "message", role: "assistant", content: [{ type: "output_text", text: "Let me look" }] },
      { type: "function_call", call_id: "c1", name: "look", arguments: "{}" },
      { type: "function_call_output", call_id: "c1", output: [{ type: "input_text", text: "A cat" }] },
      { type: "function_call_output", call_id: "c1", output: "A cat" },
      { role: "assistant", content: "A cat" },
      { type: "web_search_call", id: "ws_1", status: "completed" },
      { type: "local_shell_call_output", id: "ls_1", output: "x" },
      { role: "developer", content: "Be briefer" },
    ],
    tools: [{ type: "function", name: "look", strict: true }, { type: "web_search" }],
    user: "u1",
    include: ["message.output_text.logprobs"],
    text: { format: { type: "json_object" } },
  },
  messages: [
    ["instructions", "instructions"],
    ["input[0]", "input[0].content[0]", "input[0].content[1]"],
    ["input[1]", "input[1]", "input[2].content[0]", "input[3]"],
    ["input[4]", "input[4].output[0]"],
    ["input[5]", "input[5].output"],
    ["input[6]", "input[6].content", "input[7]"],
    ["input[8]", "input[8]"],
    ["input[9]", "input[9].content"],
  ],
  tools: ["tools[0]", "tools[1]"],
  members: {
    "messages[1].content[1].detail": "input[0].content[1].detail",
    "tools[0].name": "tools[0].name",
    "tools[0].strict": "tools[0].strict",
    "tools[1].name": "tools[1]",
    messages: "input",
  },
  fields: { endUser: "user", logprobs: "include", responseFormat: "text.format" },
};

const messages: Sample = {
  body: {
    model: "m",
    max_tokens: 10,
    system: [
      { type: "text", text: "Be brief", cache_control: { type: "ephemeral" } },
      { type: "text", text: "Be kind" },
    ],
    messages: [
      { role: "user", content: "What is this?" },
      {
        role: "assistant",
        content: [
          { type: "thinking", thinking: "Hm", signature: "s" },
          { type: "redacted_thinking", data: "d" },
          { type: "text", text: "Let me look" },
          { type: "tool_use", id: "c1", name: "look", input: {} },
          { type: "tool_use", id: "c2", name: "look", input: {} },
        ],
      },
      {
        role: "user",
        content: [
          { type: "tool_result", tool_use_id: "c1", content: "A cat" },
          {
            type: "tool_result",
            tool_use_id: "c2",
            content: [
              { type: "text", text: "A dog" },
              { type: "image", source: { type: "base64", media_type: "image/png", data: PNG } },
            ],
          },
          { type: "text", text: "So?" },
          { type: "search_result", title: "x" },
        ],
      },
      { role: "system", content: "Be briefer" },
      { role: "user", content: [] },
      { role: "assistant", content: [{ type: "text", text: "It" }] },
    ],
    tools: [
      { name: "look", input_schema: SCHEMA, strict: true },
      { type: "web_search_20250305", name: "web_search" },
    ],
    tool_choice: { type: "any", disable_parallel_tool_use: true },
    output_format: { type: "json_schema", schema: SCHEMA },
    output_config: { effort: "low" },
    metadata: { user_id: "u1" },
    stop_sequences: ["x"],
    cache_control: { type: "ephemeral" },
  },
  messages: [
    ["system", "system[0]", "system[1]"],
    ["messages[0]", "messages[0].content"],
    [
      "messages[1]",
      "messages[1].content[0]",
      "messages[1].content[1]",
      "messages[1].content[2]",
      "messages[1].content[3]",
      "messages[1].content[4]",
    ],
    ["messages[2].content[0]", "messages[2].content[0].content"],
    ["messages[2].content[1]", "messages[2].content[1].content[0]", "messages[2].content[1].content[1]"],
    ["messages[2]", "messages[2].content[2]", "messages[2].content[3]"],
    ["messages[3]", "messages[3].content"],
    ["messages[4]"],
    ["messages[5]", "messages[5].content[0]"],
  ],
  tools: ["tools[0]", "tools[1]"],
  members: {
    "tools[0].name": "tools[0].name",
    "tools[0].strict": "tools[0].strict",
    messages: "messages",
    // The model's words to go on from are no member of their own here.
    "messages[8].isPrefix": "messages[5]",
  },
  fields: {
    maxOutputTokens: "max_tokens",
    toolChoice: "tool_choice",
    parallelToolCalls: "tool_choice.disable_parallel_tool_use",
    responseFormat: "output_format",
    reasoning: "output_config.effort",
    endUser: "metadata.user_id",
    stop: "stop_sequences",
  },
};

const gemini: Sample = {
  body: {
    system_instruction: { parts: [{ text: "Be brief" }] },
    contents: [
      {
        role: "user",
        parts: [
          { text: "What is this?" },
          {
            inline_data: { mime_type: "image/png", data: PNG },
            media_resolution: { level: "MEDIA_RESOLUTION_LOW" },
          },
        ],
      },
      { role: "model", parts: [{ thought: true, text: "Hm" }, { text: "Let " }] },
      {
        role: "model",
        parts: [{ text: "me look" }, { functionCall: { name: "look" } }, { executableCode: { code: "1" } }],
      },
      {
        role: "user",
        parts: [
          { text: "So?" },
          {
            functionResponse: {
              name: "look",
              response: { output: "A cat" },
              parts: [{ inlineData: { mimeType: "image/png", data: PNG } }],
            },
          },
        ],
      },
    ],
    tools: [{ google_search: {} }, { functionDeclarations: [{ name: "look" }, { name: "see" }] }],
    toolConfig: { functionCallingConfig: { mode: "VALIDATED" } },
    generation_config: {
      max_output_tokens: 5,
      responseLogprobs: true,
      stopSequences: ["x"],
      responseJsonSchema: SCHEMA,
    },
    labels: { a: "b" },
  },
  messages: [
    ["system_instruction", "system_instruction.parts[0]"],
    ["contents[0]", "contents[0].parts[0]", "contents[0].parts[1]"],
    [
      "contents[1]",
      "contents[1].parts[0]",
      "contents[1].parts[1]",
      "contents[2].parts[1]",
      "contents[2].parts[2]",
    ],
    [
      "contents[3].parts[1].functionResponse",
      "contents[3].parts[1].functionResponse.response",
      "contents[3].parts[1].functionResponse.parts[0]",
    ],
    ["contents[3]", "contents[3].parts[0]"],
  ],
  tools: ["tools[0].google_search", "tools[1].functionDeclarations[0]", "tools[1].functionDeclarations[1]"],
  members: {
    "messages[1].content[1].detail": "contents[0].parts[1].media_resolution",
    "tools[1].name": "tools[1].functionDeclarations[0].name",
    "tools[2].strict": "toolConfig.functionCallingConfig.mode",
    messages: "contents",
  },
  fields: {
    toolChoice: "toolConfig.functionCallingConfig",
    maxOutputTokens: "generation_config.max_output_tokens",
    logprobs: "generation_config.responseLogprobs",
    responseFormat: "generation_config.responseJsonSchema",
    stop: "generation_config.stopSequences",
    metadata: "labels",
  },
};

const samples: readonly (readonly [CallerDialectName, Sample])[] = [
  ["openai-chat", chat],
  ["openai-responses", responses],
  ["anthropic-messages", messages],
  ["gemini", gemini],
];

describe.each(samples)("what a caller of %s has written", (name, sample) => {
  const { ingress } = callerDialects[name];
  const input: IngressRequest = { body: sample.body, model: "m", stream: false };
  const { request } = ingress.parseRequest(input);
  const paths = new CallerPaths(ingress, input);

  test("is found again by its messages and their parts", () => {
    expect(messagePlaces(request).map((places) => places.map((place) => paths.of(place)))).toEqual(
      sample.messages.map((places) => [...places]),
    );
  });

  test("is found again by its tools", () => {
    expect(toolPlaces(request).map((place) => paths.of(place))).toEqual([...sample.tools]);
  });

  test.each(Object.entries(sample.members))("is found again by %s", (place, path) => {
    expect(paths.of(place)).toBe(path);
  });

  test.each(Object.entries(sample.fields))("is found again by its %s", (field, path) => {
    expect(paths.of({ field: field as ChatRequestField })).toBe(path);
  });
});

test.each<readonly [string, CallerDialectName, JsonObject, readonly string[]]>([
  [
    "a single content that stands in no list",
    "gemini",
    { contents: { parts: [{ text: "Hi" }] } },
    ["contents", "contents.parts[0]"],
  ],
  [
    "an instruction that is a text",
    "gemini",
    { systemInstruction: "Be brief", contents: [] },
    ["systemInstruction", "systemInstruction"],
  ],
  [
    "an instruction that is a list of parts",
    "gemini",
    { systemInstruction: [{ text: "Be brief" }, "Be kind"], contents: [] },
    ["systemInstruction", "systemInstruction[0]", "systemInstruction[1]"],
  ],
  ["an input that is a text", "openai-responses", { model: "m", input: "Hi" }, ["input", "input"]],
  [
    "a call in the older style",
    "openai-chat",
    { model: "m", messages: [{ role: "assistant", function_call: { name: "look", arguments: "{}" } }] },
    ["messages[0]", "messages[0].function_call"],
  ],
  [
    "a system prompt that is a text",
    "anthropic-messages",
    { model: "m", max_tokens: 1, system: "Be brief", messages: [{ role: "user", content: "Hi" }] },
    ["system", "system"],
  ],
])("%s is named as it was written", (_title, name, body, expected) => {
  const { ingress } = callerDialects[name];
  const input = { body, model: "m", stream: false };
  const [first = []] = messagePlaces(ingress.parseRequest(input).request);
  const paths = new CallerPaths(ingress, input);
  expect(first.map((place) => paths.of(place))).toEqual([...expected]);
});

test("what is nowhere in the request is named by what holds it", () => {
  const input = { body: { model: "m", messages: [{ role: "user", content: "Hi" }] } };
  const paths = new CallerPaths(callerDialects["openai-chat"].ingress, input);
  expect(
    ["messages[7].content[0]", "messages[0].content[3]", "tools[2]", "stream"].map((place) =>
      paths.of(place),
    ),
  ).toEqual(["messages", "messages[0]", "tools", "stream"]);
});
