import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { ChatRequest } from "../../../src/canonical/chat-request.ts";
import type { StreamEvent } from "../../../src/canonical/stream-event.ts";
import { ollamaChat } from "../../../src/dialects/ollama-chat/index.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { recordedExchanges } from "../../support/recorded-exchanges.ts";

const { egress } = ollamaChat;
const traits = { upstreamModel: "qwen3" };
const ask = (changes: Partial<ChatRequest> = {}): ChatRequest => ({
  model: "fast",
  stream: false,
  messages: [{ role: "user", content: [{ type: "text", text: "Hello" }] }],
  ...changes,
});
const weather = {
  type: "function",
  name: "weather",
  description: "Tells the weather",
  parameters: { type: "object", properties: { city: { type: "string" } } },
} as const;

function decode(pieces: readonly Uint8Array[]): readonly StreamEvent[] {
  const events: StreamEvent[] = [];
  const decoder = egress.decodeStream(traits, (event) => events.push(event));
  for (const piece of pieces) decoder.push(piece);
  decoder.close();
  return events;
}

/** Ids that are made here differ from run to run. */
const withoutIds = (events: readonly StreamEvent[]): string =>
  JSON.stringify(events).replaceAll(/ollama_[0-9a-f]{32}/g, "ID");
const lines = (...chunks: readonly JsonObject[]): Uint8Array =>
  Buffer.from(chunks.map((chunk) => `${JSON.stringify(chunk)}\n`).join(""));

describe("a request to Ollama", () => {
  test("has options, tools, a format and thinking in Ollama's words", () => {
    const schema = { type: "object", properties: { a: { type: "number" } } };
    const { body, losses } = egress.renderRequest(
      ask({
        stream: true,
        tools: [weather],
        temperature: 0.5,
        topP: 0.9,
        topK: 40,
        minP: 0.1,
        seed: 7,
        stop: ["END"],
        maxOutputTokens: 100,
        frequencyPenalty: 0.1,
        presencePenalty: 0.2,
        repetitionPenalty: 1.1,
        responseFormat: { type: "json-schema", schema },
        reasoning: { effort: "high" },
        logprobs: 2,
      }),
      traits,
    );
    expect(losses).toEqual([]);
    expect(body).toEqual({
      model: "qwen3",
      messages: [{ role: "user", content: "Hello" }],
      stream: true,
      tools: [
        {
          type: "function",
          function: { name: "weather", description: "Tells the weather", parameters: weather.parameters },
        },
      ],
      format: schema,
      think: "high",
      options: {
        temperature: 0.5,
        top_p: 0.9,
        top_k: 40,
        min_p: 0.1,
        seed: 7,
        stop: ["END"],
        num_predict: 100,
        frequency_penalty: 0.1,
        presence_penalty: 0.2,
        repeat_penalty: 1.1,
      },
      logprobs: true,
      top_logprobs: 2,
    });
  });

  test("has arguments as objects and results under their tool's name", () => {
    const { body } = egress.renderRequest(
      ask({
        messages: [
          { role: "developer", content: [{ type: "text", text: "Be brief." }] },
          {
            role: "user",
            content: [
              { type: "image", source: { kind: "base64", mediaType: "image/png", data: "AAAA" } },
              { type: "text", text: "Where?" },
            ],
          },
          {
            role: "assistant",
            content: [
              { type: "reasoning", text: "Hm." },
              { type: "text", text: "I look." },
              { type: "tool-call", id: "c1", name: "weather", arguments: `{"city":"Bern"}` },
              { type: "tool-call", id: "c2", name: "time", arguments: `{"zo` },
            ],
          },
          { role: "tool", toolCallId: "c2", content: [{ type: "text", text: "no" }], isError: true },
          { role: "tool", toolCallId: "c1", content: [{ type: "text", text: "sunny" }] },
        ],
      }),
      traits,
    );
    expect(body["messages"]).toEqual([
      { role: "system", content: "Be brief." },
      { role: "user", content: "Where?", images: ["AAAA"] },
      {
        role: "assistant",
        content: "I look.",
        thinking: "Hm.",
        tool_calls: [
          { function: { name: "weather", arguments: { city: "Bern" } } },
          { function: { name: "time", arguments: { INVALID_JSON: `{"zo` } } },
        ],
      },
      { role: "tool", content: "Error: no", tool_name: "time" },
      { role: "tool", content: "sunny", tool_name: "weather" },
    ]);
  });

  test.each([
    [{ toolChoice: { type: "none" } }, { tools: undefined }],
    [{ toolChoice: { type: "auto", allowed: [] } }, { tools: undefined }],
    [{ responseFormat: { type: "json" } }, { format: "json" }],
    [{ reasoning: { effort: "none" } }, { think: false }],
    [{ reasoning: { budgetTokens: 100 } }, { think: true }],
    [{ reasoning: { effort: "minimal" } }, { think: "low" }],
  ] as const)("%j", (changes, expected) => {
    const { body } = egress.renderRequest(ask({ tools: [weather], ...changes }), traits);
    for (const [member, value] of Object.entries(expected)) expect(body[member]).toEqual(value as never);
  });

  test.each([
    [{ toolChoice: { type: "required" } }, { field: "toolChoice" }, false],
    [{ toolChoice: { type: "tool", name: "other" }, tools: [weather] }, { field: "toolChoice" }, false],
    [{ choices: 2 }, { field: "choices" }, false],
    [{ logitBias: { "1": 5 } }, { field: "logitBias" }, false],
    [{ parallelToolCalls: false }, { field: "parallelToolCalls" }, false],
    [{ metadata: { a: "b" } }, { field: "metadata" }, true],
    [{ messages: [{ role: "user", name: "Ada", content: [] }] }, "messages[0].name", true],
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
    [
      {
        messages: [
          {
            role: "user",
            content: [
              {
                type: "image",
                source: { kind: "base64", mediaType: "image/png", data: "AA" },
                detail: "low",
              },
            ],
          },
        ],
      },
      "messages[0].content[0].detail",
      true,
    ],
    [{ tools: [{ type: "function", name: "a", strict: true }] }, "tools[0].strict", true],
    [{ tools: [{ type: "function", name: "a", cache: {} }] }, "tools[0].cache", true],
    [{ endUser: "u" }, { field: "endUser" }, true],
    [{ tools: [{ type: "vendor", dialect: "gemini", name: "googleSearch", value: {} }] }, "tools[0]", false],
    [
      {
        messages: [
          {
            role: "user",
            content: [{ type: "image", source: { kind: "url", url: "https://x.example/a.png" } }],
          },
        ],
      },
      "messages[0].content[0]",
      false,
    ],
    [
      {
        messages: [
          {
            role: "user",
            content: [{ type: "audio", source: { kind: "base64", mediaType: "audio/wav", data: "AA" } }],
          },
        ],
      },
      "messages[0].content[0]",
      false,
    ],
  ] as const)("names what %j loses", (changes, path, isHarmless) => {
    const { losses } = egress.renderRequest(ask(changes as Partial<ChatRequest>), traits);
    expect(losses).toEqual([{ path, isHarmless, reason: expect.any(String) }] as never);
  });
});

describe("an answer of Ollama", () => {
  const answer = {
    model: "qwen3",
    created_at: "2025-08-20T09:45:30.391699Z",
    message: {
      role: "assistant",
      content: "Sunny.",
      thinking: "Look.",
      tool_calls: [
        { function: { name: "weather", arguments: { city: "Bern" } } },
        { id: "given", function: { name: "time" } },
      ],
    },
    done: true,
    done_reason: "stop",
    prompt_eval_count: 19,
    eval_count: 4,
    logprobs: [
      { token: "S", logprob: -0.5, bytes: [83], top_logprobs: [{ token: "S", logprob: -0.5 }, { token: 7 }] },
    ],
  };

  test("has thinking, text and calls with ids, and waits for tools although it says stop", () => {
    const response = egress.parseResponse(answer, traits);
    expect(response).toEqual({
      id: expect.stringMatching(/^ollama_/),
      model: "qwen3",
      createdS: 1_755_683_130,
      choices: [
        {
          index: 0,
          finishReason: "tool-calls",
          content: [
            { type: "reasoning", text: "Look." },
            { type: "text", text: "Sunny." },
            { type: "tool-call", id: `${response?.id}_0`, name: "weather", arguments: `{"city":"Bern"}` },
            { type: "tool-call", id: "given", name: "time", arguments: "{}" },
          ],
          logprobs: [
            { token: "S", logprob: -0.5, bytes: [83], alternatives: [{ token: "S", logprob: -0.5 }] },
          ],
        },
      ],
      usage: { input: 19, output: 4, cacheRead: 0, cacheWrite: 0, reasoning: 0 },
    });
  });

  test("is none without a message, whatever else is in it", () => {
    for (const value of [{}, { message: "x" }, { message: null }, { error: "no" }])
      expect(egress.parseResponse(value, traits)).toBeUndefined();
    expect(
      egress.parseResponse({ message: { content: 7, tool_calls: [], thinking: {} } }, traits)?.choices,
    ).toEqual([{ index: 0, content: [], finishReason: "stop" }]);
  });

  test("as a stream says the same, wherever it is cut", () => {
    const bytes = lines(
      {
        model: "qwen3",
        created_at: answer.created_at,
        message: { role: "assistant", content: "", thinking: "Lo" },
        done: false,
      },
      { model: "qwen3", message: { role: "assistant", content: "", thinking: "ok" }, done: false },
      { model: "qwen3", message: { role: "assistant", content: "Sünn" }, done: false },
      {
        model: "qwen3",
        message: { role: "assistant", content: "", tool_calls: answer.message.tool_calls },
        done: false,
      },
      {
        model: "qwen3",
        message: { role: "assistant", content: "" },
        done: true,
        done_reason: "stop",
        prompt_eval_count: 19,
        eval_count: 4,
      },
    );
    const whole = decode([bytes]);
    expect(whole.map(({ type }) => type).join(" ")).toBe(
      "start part-start delta delta part-end part-start delta part-end part-start delta part-end part-start delta part-end finish usage end",
    );
    expect(whole.at(-3)).toEqual({ type: "finish", choice: 0, reason: "tool-calls" });
    for (let cut = 0; cut <= bytes.length; cut++) {
      expect(withoutIds(decode([bytes.subarray(0, cut), bytes.subarray(cut)]))).toBe(withoutIds(whole));
    }
  });

  test("that is cut has no end; that fails in the middle says why", () => {
    const first = lines({ model: "m", message: { content: "a" }, done: false });
    expect(decode([first]).map(({ type }) => type)).toEqual(["start", "part-start", "delta"]);
    expect(decode([first, lines({ error: "out of memory" })]).at(-1)).toEqual({
      type: "error",
      error: { kind: "server", message: "out of memory" },
    });
    expect(decode([Buffer.from("<html>\n")]).at(-1)).toMatchObject({ type: "error" });
  });

  test("of random bytes ends in an error or not at all", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 30 }), { maxLength: 6 }), (pieces) => {
        expect(decode(pieces).every(({ type }) => type === "error")).toBe(true);
      }),
    );
  });
});

test.each([
  [404, `{"error":"model 'x' not found"}`, "not-found", "model 'x' not found"],
  [401, `{"error":{"message":"unauthorized"}}`, "authentication", "unauthorized"],
  [
    400,
    `{"error":"the input exceeds the context window"}`,
    "context-length",
    "the input exceeds the context window",
  ],
  [500, "", "server", "no message"],
  [418, "<html>", "invalid-request", "<html>"],
] as const)("an error with status %d and body %p", (status, body, kind, message) => {
  expect(egress.parseError(status, Buffer.from(body))).toEqual({ kind, message });
});

describe("recorded exchanges", () => {
  const exchanges = recordedExchanges("ollama.chat").filter(({ status }) => status === 200);
  test.each(exchanges.map((exchange) => [exchange.name, exchange] as const))(
    "%s",
    (_name, { body, contentType }) => {
      const text = Buffer.from(body).toString();
      const chunks = text
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      const said = chunks.map(({ message }) => message.content).join("");
      if (!contentType.includes("ndjson")) {
        expect(egress.parseResponse(chunks[0], traits)).toMatchObject({
          choices: [{ content: [{ type: "text", text: said }], finishReason: "stop" }],
        });
        return;
      }
      const events = decode([body]);
      expect(events.map((event) => (event.type === "delta" ? event.text : "")).join("")).toBe(said);
      expect(events.at(-1)).toEqual({ type: "end" });
      expect(events).toContainEqual({
        type: "usage",
        usage: expect.objectContaining({ output: chunks.at(-1).eval_count }),
      });
    },
  );
});

test("an error without a word says what came instead", () => {
  const body = Buffer.from(`{"error":"","detail":""}`);
  expect(egress.parseError(400, body)).toEqual({
    kind: "invalid-request",
    message: `{"error":"","detail":""}`,
  });
});
