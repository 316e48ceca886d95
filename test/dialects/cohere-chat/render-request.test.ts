import { describe, expect, test } from "bun:test";
import type { ChatRequest } from "../../../src/canonical/chat-request.ts";
import type { Message } from "../../../src/canonical/message.ts";
import { cohereChat } from "../../../src/dialects/cohere-chat/index.ts";
import { ask, command, weather } from "./support.ts";

const { egress } = cohereChat;
const clock = { type: "function", name: "clock" } as const;
const schema = { type: "object", properties: { a: { type: "number" } }, required: ["a"] };
const answer = {
  type: "function",
  function: { name: "latchkey_answer", description: expect.any(String), parameters: schema },
};
const nameless = { type: "object", properties: {} };
const rendered = {
  weather: {
    type: "function",
    function: { name: "weather", description: "Tells the weather", parameters: weather.parameters },
  },
  clock: { type: "function", function: { name: "clock", parameters: nameless } },
};
const user = (...content: Extract<Message, { role: "user" }>["content"]): Partial<ChatRequest> => ({
  messages: [{ role: "user", content }],
});
const file = (mediaType: string, text: string, more = {}) =>
  ({
    type: "file",
    source: { kind: "base64", mediaType, data: Buffer.from(text).toString("base64") },
    ...more,
  }) as const;

test("a request goes to one path, whole or as a stream", () => {
  expect(egress.paths(command)).toEqual({ whole: "/chat", stream: "/chat" });
});

test("a request has its limits and wishes in Cohere's words", () => {
  const { body, losses } = egress.renderRequest(
    ask({
      stream: true,
      maxOutputTokens: 100,
      temperature: 0.5,
      topP: 0.9,
      topK: 40,
      frequencyPenalty: 0.1,
      presencePenalty: 0.2,
      seed: 7,
      stop: ["END"],
      logprobs: 0,
      reasoning: { budgetTokens: 50 },
      responseFormat: { type: "json-schema", name: "x", schema },
      safety: [{ category: "HARM_CATEGORY_HATE_SPEECH", threshold: "BLOCK_LOW_AND_ABOVE" }],
    }),
    command,
  );
  expect(losses).toEqual([]);
  expect(body).toEqual({
    model: command.upstreamModel,
    messages: [{ role: "user", content: "Hello" }],
    stream: true,
    response_format: { type: "json_object", json_schema: schema },
    thinking: { type: "enabled", token_budget: 50 },
    temperature: 0.5,
    p: 0.9,
    k: 40,
    seed: 7,
    frequency_penalty: 0.1,
    presence_penalty: 0.2,
    max_tokens: 100,
    stop_sequences: ["END"],
    logprobs: true,
    safety_mode: "STRICT",
  });
});

test("a conversation has plans, thinking, calls, results and citations at their places", () => {
  const raw = { start: 0, end: 2, text: "It", sources: [] };
  const { body, losses } = egress.renderRequest(
    ask({
      messages: [
        { role: "developer", content: [{ type: "text", text: "Be brief." }] },
        {
          role: "user",
          content: [
            { type: "image", source: { kind: "url", url: "https://x.example/a.png" }, detail: "low" },
            { type: "image", source: { kind: "base64", mediaType: "image/png", data: "AAAA" } },
            { type: "text", text: "Where is it sunny?" },
          ],
        },
        {
          role: "assistant",
          content: [
            { type: "reasoning", text: "Hm." },
            { type: "reasoning", text: "Sealed.", signature: { dialect: "gemini", value: "x" } },
            { type: "reasoning", text: "I look.", signature: { dialect: "cohere-chat", value: "tool_plan" } },
            { type: "tool-call", id: "c1", name: "weather", arguments: `{"city":"Bern"}` },
            { type: "tool-call", id: "c2", name: "clock", arguments: "" },
          ],
        },
        { role: "tool", toolCallId: "c1", content: [{ type: "text", text: "sunny" }] },
        { role: "tool", toolCallId: "c2", content: [], isError: true },
        {
          role: "assistant",
          content: [
            { type: "text", text: "It is.", citations: [{ raw: { dialect: "cohere-chat", value: raw } }] },
          ],
        },
        { role: "assistant", content: [{ type: "reasoning", text: "" }] },
        { role: "user", content: [{ type: "text", text: "Sure?" }] },
      ],
    }),
    command,
  );
  expect(losses).toEqual([
    { path: "messages[2].content[1]", isHarmless: true, reason: "is the thinking of another vendor" },
  ]);
  expect(body["messages"]).toEqual([
    { role: "system", content: "Be brief." },
    {
      role: "user",
      content: [
        { type: "image_url", image_url: { url: "https://x.example/a.png", detail: "low" } },
        { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } },
        { type: "text", text: "Where is it sunny?" },
      ],
    },
    {
      role: "assistant",
      content: [{ type: "thinking", thinking: "Hm." }],
      tool_plan: "I look.",
      tool_calls: [
        { id: "c1", type: "function", function: { name: "weather", arguments: `{"city":"Bern"}` } },
        { id: "c2", type: "function", function: { name: "clock", arguments: "{}" } },
      ],
    },
    { role: "tool", tool_call_id: "c1", content: "sunny" },
    { role: "tool", tool_call_id: "c2", content: "Error: (no output)" },
    { role: "assistant", content: [{ type: "text", text: "It is." }], citations: [raw] },
    { role: "user", content: "Sure?" },
  ]);
});

describe("a text file", () => {
  test("becomes a document beside the conversation, to be cited unless the caller minds", () => {
    const text = { type: "text", text: "What does it say?" } as const;
    const { body, losses } = egress.renderRequest(
      ask(user(file("text/plain", "Grüezi", { name: "a.txt" }), text, file("application/json", "{}"))),
      command,
    );
    expect(losses).toEqual([]);
    expect(body).toMatchObject({
      messages: [{ role: "user", content: "What does it say?" }],
      documents: [
        { id: "0", data: { title: "a.txt", text: "Grüezi" } },
        { id: "1", data: { text: "{}" } },
      ],
    });
    expect(body["citation_options"]).toBeUndefined();
    const quiet = egress.renderRequest(ask(user(file("text/csv", "a", { citations: false }), text)), command);
    expect(quiet.body["citation_options"]).toEqual({ mode: "OFF" });
  });

  test("as a tool's result is a document there, and a turn of files alone is none", () => {
    const { body } = egress.renderRequest(
      ask({
        messages: [
          { role: "user", content: [file("text/plain", "alone")] },
          { role: "tool", toolCallId: "c", content: [file("text/markdown", "# Bern", { name: "b.md" })] },
          { role: "tool", toolCallId: "d", content: [file("text/plain", "no")], isError: true },
        ],
      }),
      command,
    );
    const [first, second] = body["messages"] as readonly [{ content: unknown }, { content: unknown }];
    expect(first.content).toEqual([
      {
        type: "document",
        document: { id: "messages[1].content[0]", data: { title: "b.md", text: "# Bern" } },
      },
    ]);
    expect(second.content).toEqual([
      { type: "text", text: "Error:" },
      { type: "document", document: { id: "messages[2].content[0]", data: { text: "no" } } },
    ]);
    expect(body["documents"]).toEqual([{ id: "0", data: { text: "alone" } }]);
  });
});

test.each([
  ["auto", undefined, [rendered.weather, rendered.clock], undefined],
  ["required", { type: "required" }, [rendered.weather, rendered.clock], "REQUIRED"],
  ["none", { type: "none" }, [rendered.weather, rendered.clock], "NONE"],
  ["one", { type: "tool", name: "clock" }, [rendered.clock], "REQUIRED"],
  ["some", { type: "auto", allowed: ["weather"] }, [rendered.weather], undefined],
  ["some of them", { type: "required", allowed: ["clock"] }, [rendered.clock], "REQUIRED"],
] as const)("of two tools %s may be used", (_name, toolChoice, tools, choice) => {
  const { body, losses } = egress.renderRequest(
    ask({ tools: [weather, clock], ...(toolChoice !== undefined && { toolChoice }) }),
    command,
  );
  expect(losses).toEqual([]);
  expect(body["tools"]).toEqual(tools as never);
  expect(body["tool_choice"]).toBe(choice as never);
  expect(body["strict_tools"]).toBeUndefined();
});

test("strict tools are asked for at once", () => {
  const { body } = egress.renderRequest(ask({ tools: [weather, { ...clock, strict: true }] }), command);
  expect(body["strict_tools"]).toBe(true);
});

describe("a structured answer", () => {
  const responseFormat = { type: "json-schema", schema } as const;

  test("comes through a tool beside other tools, which it does not stand in the way of", () => {
    const body = (changes: Partial<ChatRequest>) =>
      egress.renderRequest(ask({ tools: [weather], responseFormat, ...changes }), command).body;
    expect(body({})).toMatchObject({ tools: [rendered.weather, answer], tool_choice: "REQUIRED" });
    expect(body({})["response_format"]).toBeUndefined();
    expect(body({ responseFormat: { ...responseFormat, strict: true } })["strict_tools"]).toBe(true);
    expect(body({ toolChoice: { type: "required" } })["tools"]).toEqual([rendered.weather]);
    const none = body({ toolChoice: { type: "none" } });
    expect(none["tools"]).toBeUndefined();
    expect(none["response_format"]).toEqual({ type: "json_object", json_schema: schema });
  });

  test("comes through a tool from a model that has no schemas", () => {
    const { body } = egress.renderRequest(ask({ responseFormat }), { ...command, lacks: ["json-schema"] });
    expect(body).toMatchObject({ tools: [answer], tool_choice: "REQUIRED" });
  });

  test("without a schema is any object", () => {
    const { body } = egress.renderRequest(ask({ responseFormat: { type: "json" } }), command);
    expect(body["response_format"]).toEqual({ type: "json_object" });
  });
});

test.each([
  [{ effort: "none" }, { type: "disabled" }],
  [{ budgetTokens: 0 }, { type: "disabled" }],
  [{ effort: "low" }, { type: "enabled", token_budget: 2_048 }],
  [{ effort: "max" }, { type: "enabled" }],
  [{ isAdaptive: true }, { type: "enabled" }],
] as const)("the wish %j for thinking", (reasoning, thinking) => {
  expect(egress.renderRequest(ask({ reasoning }), command).body["thinking"]).toEqual(thinking);
});

test("thinking has to fit into the answer, and is not asked of a model that cannot", () => {
  const { body } = egress.renderRequest(ask({ reasoning: { effort: "low" }, maxOutputTokens: 500 }), command);
  expect(body["thinking"]).toEqual({ type: "enabled", token_budget: 499 });
  const plain = { ...command, lacks: ["reasoning"] } as const;
  const asked = egress.renderRequest(ask({ reasoning: { effort: "low" } }), plain);
  expect(asked.body["thinking"]).toBeUndefined();
  expect(asked.losses).toEqual([
    { path: { field: "reasoning" }, isHarmless: true, reason: expect.any(String) },
  ]);
  expect(egress.renderRequest(ask({ reasoning: { effort: "none" } }), plain).losses).toEqual([]);
});

test("numbers just outside Cohere's ranges are drawn to the border and named", () => {
  const { body, losses } = egress.renderRequest(ask({ topP: 1, topK: 1_000 }), command);
  expect(body).toMatchObject({ p: 0.99, k: 500 });
  expect(losses.map(({ path, isHarmless }) => [path, isHarmless])).toEqual([
    [{ field: "topP" }, true],
    [{ field: "topK" }, true],
  ]);
});

const image = { type: "image", source: { kind: "base64", mediaType: "image/png", data: "AA" } } as const;
test.each([
  [{ choices: 2 }, { field: "choices" }, false],
  [{ logprobs: 3 }, { field: "logprobs" }, false],
  [{ logitBias: { "1": 5 } }, { field: "logitBias" }, false],
  [{ minP: 0.1 }, { field: "minP" }, false],
  [{ repetitionPenalty: 1.1 }, { field: "repetitionPenalty" }, false],
  [{ frequencyPenalty: -0.5 }, { field: "frequencyPenalty" }, false],
  [{ presencePenalty: 1.5 }, { field: "presencePenalty" }, false],
  [{ stop: Array.from({ length: 65 }, (_, index) => `${index}`) }, { field: "stop" }, false],
  [{ modalities: ["text", "audio"] }, { field: "modalities" }, false],
  [{ speech: { voice: "x" } }, { field: "speech" }, false],
  [{ tools: [weather], parallelToolCalls: false }, { field: "parallelToolCalls" }, false],
  [{ tools: [weather], responseFormat: { type: "json" } }, { field: "responseFormat" }, false],
  [{ tools: [weather], toolChoice: { type: "tool", name: "other" } }, { field: "toolChoice" }, false],
  [{ safety: [{ category: "x", threshold: "BLOCK_NONE" }] }, { field: "safety" }, true],
  [
    { tools: [weather], safety: [{ category: "x", threshold: "BLOCK_LOW_AND_ABOVE" }] },
    { field: "safety" },
    true,
  ],
  [{ serviceTier: "flex" }, { field: "serviceTier" }, true],
  [{ endUser: "u" }, { field: "endUser" }, true],
  [{ metadata: { a: "b" } }, { field: "metadata" }, true],
  [{ promptCacheKey: "k" }, { field: "promptCacheKey" }, true],
  [{ store: true }, { field: "store" }, true],
  [{ verbosity: "low" }, { field: "verbosity" }, true],
  [{ tools: [{ ...weather, cache: {} }] }, "tools[0].cache", true],
  [{ tools: [{ type: "function", name: "latchkey_answer" }] }, "tools[0].name", false],
  [{ tools: [{ type: "vendor", dialect: "gemini", name: "googleSearch", value: {} }] }, "tools[0]", false],
  [user({ type: "text", text: "x", cache: { ttl: "1h" } }), "messages[0].content[0].cache", true],
  [user(file("application/pdf", "%PDF")), "messages[0].content[0]", false],
  [
    user({ type: "file", source: { kind: "url", url: "https://x.example" } }),
    "messages[0].content[0]",
    false,
  ],
  [
    user({ type: "image", source: { kind: "file-id", dialect: "gemini", id: "f" } }),
    "messages[0].content[0]",
    false,
  ],
  [
    user({ type: "audio", source: { kind: "base64", mediaType: "audio/wav", data: "AA" } }),
    "messages[0].content[0]",
    false,
  ],
  [
    { messages: [{ role: "tool", toolCallId: "c", content: [image, { type: "text", text: "x" }] }] },
    "messages[0].content[0]",
    false,
  ],
  [
    { messages: [{ role: "tool", toolCallId: "c", content: [{ type: "text", text: "x" }], cache: {} }] },
    "messages[0].cache",
    true,
  ],
  [{ messages: [{ role: "assistant", content: [image] }] }, "messages[0].content[0]", false],
  [
    { messages: [{ role: "assistant", isPrefix: true, content: [{ type: "text", text: "So" }] }] },
    "messages[0]",
    false,
  ],
  [
    {
      ...user(file("text/plain", "x"), { type: "text", text: "?" }),
      responseFormat: { type: "json" },
    },
    { field: "responseFormat" },
    false,
  ],
] as const)("%j loses something, which is named", (changes, path, isHarmless) => {
  const { losses } = egress.renderRequest(ask(changes as Partial<ChatRequest>), command);
  expect(losses).toEqual([{ path, isHarmless, reason: expect.any(String) }] as never);
});

test("a model is not asked for what it lacks", () => {
  const lacking = { ...command, lacks: ["images", "tools"] } as const;
  const paths = egress.renderRequest(ask({ ...user(image), tools: [weather] }), lacking).losses;
  expect(paths.map(({ path, isHarmless }) => [path, isHarmless])).toEqual([
    ["messages[0].content[0]", false],
    [{ field: "tools" }, false],
  ]);
});

test("what the model has refused or spoken goes back as text", () => {
  const { body } = egress.renderRequest(
    ask({
      messages: [
        {
          role: "assistant",
          content: [
            { type: "refusal", text: "No." },
            { type: "spoken", transcript: "Never." },
          ],
        },
      ],
    }),
    command,
  );
  expect(body["messages"]).toEqual([
    {
      role: "assistant",
      content: [
        { type: "text", text: "No." },
        { type: "text", text: "Never." },
      ],
    },
  ]);
});

test("stop texts beyond those that Cohere takes are looked for by the gateway", () => {
  const stop = ["1", "2", "3", "4", "5", "6"];
  const { body, losses, change } = egress.renderRequest(ask({ stop }), command);
  expect(body["stop_sequences"]).toEqual(stop.slice(0, 5));
  expect(losses).toEqual([]);
  const content = [{ type: "text" as const, text: "0 6 7" }];
  const answer = { id: "a", model: "m", choices: [{ index: 0, content, finishReason: "stop" as const }] };
  expect(change?.whole(answer).choices[0]).toMatchObject({ content: [{ text: "0 " }], stopText: "6" });
  expect(egress.renderRequest(ask({ stop: stop.slice(1) }), command).change).toBeUndefined();
});
