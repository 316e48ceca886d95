import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { AssistantPart } from "../../../src/canonical/content.ts";
import type { StreamEvent } from "../../../src/canonical/stream-event.ts";
import type { TargetTraits } from "../../../src/dialects/dialect.ts";
import { openaiChat } from "../../../src/dialects/openai-chat/index.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import {
  answerSample,
  chunk,
  collect,
  decode,
  parse,
  plain,
  quirky,
  sample,
  sse,
  textOf,
  withoutMadeIds,
} from "./support/chat-case.ts";

const tags = quirky({ thinkTags: true });
const text = (words: string): AssistantPart => ({ type: "text", text: words });
const thought = (words: string): AssistantPart => ({ type: "reasoning", text: words });
const call = (id: string, name: string, words: string): AssistantPart => ({
  type: "tool-call",
  id,
  name,
  arguments: words,
});
const sealed = (members: JsonObject) => ({ dialect: "openai-chat", value: JSON.stringify(members) }) as const;
const usage = { input: 19, output: 10, cacheRead: 8, cacheWrite: 0, reasoning: 4 };
const twoCalls = [call("call_1", "weather", `{"city":"Bern"}`), call("call_2", "clock", "{}")];
const bern = "https://example.com/bern";
const details: readonly AssistantPart[] = [
  {
    type: "reasoning",
    text: "2 and 2",
    signature: sealed({ type: "reasoning.text", format: "anthropic-claude-v1", index: 0, signature: "c2ln" }),
  },
  {
    type: "reasoning",
    text: "",
    redacted: sealed({
      type: "reasoning.encrypted",
      data: "c2VjcmV0",
      format: "openai-responses-v1",
      id: "rs_1",
      index: 1,
    }),
  },
  {
    type: "reasoning",
    text: "Adding up",
    isSummary: true,
    signature: sealed({ type: "reasoning.summary", format: "openai-responses-v1", index: 2 }),
  },
];

interface Sample {
  readonly name: string;
  readonly traits?: TargetTraits;
  readonly content: readonly AssistantPart[];
  readonly finish?: string;
  /** What a stream cannot tell. */
  readonly streamed?: readonly AssistantPart[];
}

const both: readonly Sample[] = [
  { name: "features/refusal", content: [{ type: "refusal", text: "I cannot help with that." }] },
  {
    name: "features/audio",
    content: [
      {
        type: "spoken",
        id: "audio_1",
        data: "UklGRg==",
        transcript: "Hello there",
        expiresAt: 1_700_003_600,
      },
    ],
    streamed: [{ type: "spoken", id: "audio_1", data: "UklGRg==", transcript: "Hello there" }],
  },
  {
    name: "features/annotations",
    content: [
      {
        type: "text",
        text: "Bern is the capital.",
        citations: [
          {
            start: 0,
            end: 6,
            title: "Bern",
            url: bern,
            raw: {
              dialect: "openai-chat",
              value: {
                type: "url_citation",
                url_citation: { start_index: 0, end_index: 6, title: "Bern", url: bern },
              },
            },
          },
        ],
      },
    ],
  },
  { name: "features/parallel-tools", content: [text("Let me see."), ...twoCalls], finish: "tool-calls" },
  {
    name: "features/custom-tool",
    content: [
      {
        type: "vendor",
        dialect: "openai-chat",
        value: { id: "call_3", type: "custom", custom: { name: "sql", input: "SELECT 1" } },
      },
    ],
    finish: "tool-calls",
  },
  { name: "vendors/reasoning-content", content: [thought("2 and 2"), text("4")] },
  { name: "vendors/reasoning-member", content: [thought("2 and 2"), text("4")] },
  { name: "vendors/reasoning-details", content: [...details, text("4")] },
  { name: "vendors/thinking-parts", content: [thought("2 and 2"), text("4")] },
  {
    name: "vendors/signed-thinking",
    content: [
      {
        type: "reasoning",
        text: "2 and 2",
        signature: sealed({ type: "reasoning.text", format: "thinking", signature: "c2ln" }),
      },
      text("4"),
    ],
  },
  { name: "vendors/think-tags", traits: tags, content: [thought("2 and 2"), text("4")] },
  {
    name: "vendors/search-results",
    content: [
      { type: "text", text: "Bern[1].", citations: [{ url: bern, title: "Bern", quote: "Bern is a city" }] },
    ],
  },
  {
    name: "vendors/thought-signature",
    content: [
      {
        type: "tool-call",
        id: "call_1",
        name: "weather",
        arguments: "{}",
        signature: { dialect: "gemini", value: "c2lnbmF0dXJl" },
      },
    ],
    finish: "tool-calls",
  },
  {
    name: "vendors/images",
    content: [
      text("Here:"),
      { type: "image", source: { kind: "base64", mediaType: "image/png", data: "iVBORw0K" } },
    ],
  },
];

describe("what an answer says", () => {
  test.each(both.map((one) => [one.name, one] as const))("%s, whole", (name, { traits, content, finish }) => {
    const response = parse(answerSample(`${name}.json`), traits);
    expect(response).toMatchObject({ id: "chatcmpl-1", model: "some-model-1", createdS: 1_700_000_000 });
    expect(response.choices).toEqual([{ index: 0, content, finishReason: (finish ?? "stop") as never }]);
  });

  test.each(both.map((one) => [one.name, one] as const))(
    "%s, streamed and cut anywhere",
    (name, { traits, content, streamed, finish }) => {
      const bytes = sample(`${name}.sse`);
      const events = decode([bytes], traits);
      const response = collect(events);
      expect(response.choices).toEqual([
        { index: 0, content: streamed ?? content, finishReason: (finish ?? "stop") as never },
      ]);
      expect(events.at(-1)).toEqual({ type: "end" });
      for (let cut = 1; cut < bytes.length; cut++) {
        const halves = decode([bytes.subarray(0, cut), bytes.subarray(cut)], traits);
        expect(withoutMadeIds(halves)).toEqual(withoutMadeIds(events));
      }
    },
  );

  test("several choices at once are kept apart", () => {
    const choices = [
      { index: 0, content: [text("heads")], finishReason: "stop" },
      { index: 1, content: [text("tails")], finishReason: "length" },
    ] as const;
    const whole = parse(answerSample("features/choices.json"));
    const streamed = collect(decode([sample("features/choices.sse")]));
    expect(whole).toMatchObject({ choices: choices as never, serviceTier: "flex", usage });
    expect(streamed).toMatchObject({ choices: choices as never, serviceTier: "flex", usage });
  });

  test("probabilities come whole and piece by piece", () => {
    const logprobs = [
      {
        token: "Gr",
        logprob: -0.1,
        bytes: [71, 114],
        alternatives: [
          { token: "Gr", logprob: -0.1, bytes: [71, 114] },
          { token: "Ha", logprob: -2.5, bytes: [72, 97] },
        ],
      },
      { token: "üße", logprob: -0.2, bytes: [195, 188, 195, 159, 101] },
    ];
    expect(parse(answerSample("features/logprobs.json")).choices[0]?.logprobs).toEqual(logprobs);
    expect(collect(decode([sample("features/logprobs.sse")])).choices[0]?.logprobs).toEqual(logprobs);
  });
});

describe("how vendors stream", () => {
  test.each([
    [
      "vendors/whole-tool-calls",
      [call("a1B2c3D4e", "weather", `{"city":"Bern"}`), call("f5G6h7I8j", "clock", "{}")],
    ],
    ["vendors/no-index", twoCalls],
    ["vendors/same-index", twoCalls],
  ] as const)("%s: every call comes out once", (name, calls) => {
    const response = collect(decode([sample(`${name}.sse`)]));
    expect(response.choices).toEqual([{ index: 0, content: [...calls], finishReason: "tool-calls" }]);
    expect(response.usage).toMatchObject({ input: 19, output: 10, cacheRead: 8 });
  });

  test("an empty first chunk begins nothing", () => {
    const [start] = decode([sample("vendors/empty-first-chunk.sse")]);
    expect(start).toEqual({
      type: "start",
      id: "chatcmpl-1",
      model: "some-model-1",
      createdS: 1_700_000_000,
    });
  });

  test("usage counts once, wherever and however often it is told", () => {
    for (const name of ["search-results", "finish-twice", "reasoning-member", "reasoning-details"]) {
      const events = decode([sample(`vendors/${name}.sse`)], quirky({ usageIn: "x_groq" }));
      expect(events.filter(({ type }) => type === "usage")).toEqual([{ type: "usage", usage }]);
      expect(events.filter(({ type }) => type === "finish")).toHaveLength(1);
    }
  });

  test("an error after the finish reason is an error all the same", () => {
    const events = decode([sample("vendors/error-after-finish.sse")]);
    expect(events.at(-1)).toEqual({
      type: "error",
      error: { kind: "invalid-request", message: "Token limit reached" },
    });
    expect(events.some(({ type }) => type === "end" || type === "finish")).toBe(false);
  });

  test("the older error inside a stream, and one of an event of its own", () => {
    const inside = decode([sample("error-inside.sse")]);
    expect(inside.at(-1)?.type).toBe("error");
    const named = decode([Buffer.from(`event: error\ndata: {"message":"Overloaded","code":503}\n\n`)]);
    expect(named).toEqual([{ type: "error", error: { kind: "overloaded", message: "Overloaded" } }]);
    const plainWords = decode([Buffer.from(`data: {"object":"error","message":"boom","code":500}\n\n`)]);
    expect(plainWords).toEqual([{ type: "error", error: { kind: "server", message: "boom" } }]);
  });

  test.each(["cut-after-text.sse", "cut-in-line.sse"])("%s has no end", (name) => {
    const events = decode([sample(name)]);
    expect(events.some(({ type }) => type === "end" || type === "finish")).toBe(false);
  });

  test("a stream without its end marker ends where all of its choices have", () => {
    expect(decode([sample("no-end-marker.sse")]).at(-1)).toEqual({ type: "end" });
    const half = [chunk({ content: "a" }, { finish_reason: "stop" }), chunk({ content: "b" }, { index: 1 })];
    expect(decode([sse(half, false)]).at(-1)?.type).not.toBe("end");
  });

  test("comments are signs of life", () => {
    const events = decode([sample("comments.sse")]);
    expect(events.some(({ type }) => type === "ping")).toBe(true);
    expect(events.at(-1)).toEqual({ type: "end" });
  });

  test.each([
    "text.sse",
    "crlf.sse",
    "spaced.sse",
    "text-usage.sse",
    "tools-usage.sse",
    "usage-on-finish.sse",
    "features/logprobs.sse",
  ])("%s means the same byte by byte", (name) => {
    const bytes = sample(name);
    const whole = decode([bytes]);
    expect(whole.at(-1)).toEqual({ type: "end" });
    expect(decode(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(whole);
  });

  test("arguments that begin before the name wait for it, and the id may be missing", () => {
    const events = decode([
      sse([
        chunk({ tool_calls: [{ index: 0, id: "", function: { arguments: `{"a":` } }] }),
        chunk(
          { tool_calls: [{ index: 0, function: { name: "weather", arguments: "1}" } }] },
          { finish_reason: "stop" },
        ),
      ]),
    ]);
    const [choice] = collect(events).choices;
    expect(choice).toMatchObject({
      content: [{ name: "weather", arguments: `{"a":1}`, id: expect.stringMatching(/^call_[0-9a-f]{32}$/) }],
      finishReason: "tool-calls",
    } as never);
  });

  test("more of a call that has ended is not put anywhere else", () => {
    const events = decode([
      sse([
        chunk({ tool_calls: [{ index: 0, id: "a", function: { name: "x", arguments: "{" } }] }),
        chunk({ tool_calls: [{ index: 1, id: "b", function: { name: "y", arguments: "{}" } }] }),
        chunk({ tool_calls: [{ index: 0, function: { arguments: "}" } }] }),
      ]),
    ]);
    expect(events.at(-1)).toMatchObject({ type: "error", error: { kind: "server" } });
  });

  test("thinking between calls and text makes parts of its own", () => {
    const events = decode([
      sse([
        chunk({ reasoning_content: "a" }),
        chunk({ content: "b" }),
        chunk({ tool_calls: [{ index: 0, id: "c1", function: { name: "x", arguments: "{}" } }] }),
        chunk({ reasoning_content: "c" }),
        chunk({ tool_calls: [{ index: 1, id: "c2", function: { name: "y", arguments: "{}" } }] }),
        chunk({ content: "d" }, { finish_reason: "stop" }),
      ]),
    ]);
    expect(collect(events).choices[0]?.content.map(({ type }) => type)).toEqual([
      "reasoning",
      "text",
      "tool-call",
      "reasoning",
      "tool-call",
      "text",
    ]);
  });

  test("the tool that stands in for a structured answer is the answer's text", () => {
    const stand = { name: "latchkey_answer", arguments: `{"a":1}` };
    const tool_calls = [{ index: 0, id: "t", type: "function", function: stand }];
    const events = decode([sse([chunk({ tool_calls }, { finish_reason: "tool_calls" })])]);
    const content = [{ ...text(`{"a":1}`), isAnswer: true as const }];
    expect(collect(events).choices).toEqual([{ index: 0, content, finishReason: "stop" }]);
    const message = { role: "assistant", content: null, tool_calls };
    const whole = parse({ choices: [{ index: 0, message, finish_reason: "tool_calls" }] });
    expect(whole.choices).toEqual([{ index: 0, content, finishReason: "stop" }]);
    expect(whole.model).toBe(plain.upstreamModel);
  });

  test("a stop text that the server names is told", () => {
    const events = decode([sse([chunk({ content: "a" }, { finish_reason: "stop", stop_reason: "END" })])]);
    expect(events).toContainEqual({ type: "finish", choice: 0, reason: "stop-text", stopText: "END" });
    const message = { role: "assistant", content: "a" };
    const [choice] = parse({ choices: [{ message, finish_reason: "stop", stop_reason: "END" }] }).choices;
    expect(choice).toMatchObject({ finishReason: "stop-text", stopText: "END" });
  });
});

describe("thinking between tags", () => {
  const say = (pieces: readonly string[]): readonly AssistantPart[] =>
    collect(
      decode(
        [sse([...pieces.map((content) => chunk({ content })), chunk({}, { finish_reason: "stop" })])],
        tags,
      ),
    ).choices[0]?.content ?? [];

  test.each([
    ["<think>a</think>b", "a", "b"],
    ["\n<think>\n a < b \n</think>\n\nb </think>", "a < b", "b </think>"],
    ["no <think>tags</think>", "", "no <think>tags</think>"],
    ["<thinking about it", "", "<thinking about it"],
    ["<think></think>b", "", "b"],
    ["<think>cut in the middle", "cut in the middle", ""],
    ["  plain", "", "  plain"],
    ["<thi", "", "<thi"],
  ])("%j is taken apart wherever it is cut", (content, thinking, words) => {
    const [whole] = parse({ choices: [{ message: { content }, finish_reason: "stop" }] }, tags).choices;
    expect(textOf(whole?.content ?? [], "reasoning")).toBe(thinking);
    expect(textOf(whole?.content ?? [], "text")).toBe(words);
    for (let cut = 0; cut <= content.length; cut++) {
      const parts = say([content.slice(0, cut), content.slice(cut)]);
      expect(textOf(parts, "reasoning")).toBe(thinking);
      expect(textOf(parts, "text")).toBe(words);
    }
    const singly = say([...content]);
    expect([textOf(singly, "reasoning"), textOf(singly, "text")]).toEqual([thinking, words]);
  });

  test("stays in the text of vendors that keep it apart", () => {
    const content = "<think>a</think>b";
    expect(parse({ choices: [{ message: { content } }] }).choices[0]?.content).toEqual([text(content)]);
  });
});

describe("what is no answer", () => {
  test.each([{}, { choices: [] }, { choices: null }, { choices: [1, null] }, { choices: [{ delta: {} }] }])(
    "%j",
    (value) => {
      expect(openaiChat.egress.parseResponse(value as JsonObject, plain)).toBeUndefined();
    },
  );

  test("a stream of something else fails or never ends, and never throws", () => {
    expect(decode([Buffer.from("data: <html>\n\n")]).at(-1)).toMatchObject({ type: "error" });
    expect(decode([Buffer.from("<html></html>")])).toEqual([]);
    expect(decode([Buffer.from("data: [DONE]\n\n")])).toEqual([]);
    const isDone = (events: readonly StreamEvent[]): boolean => events.some(({ type }) => type === "end");
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 6 }), (pieces) => {
        expect(isDone(decode(pieces, tags))).toBe(false);
      }),
    );
  });

  test("any JSON in the places of members is borne", () => {
    const keys = [
      "message",
      "delta",
      "content",
      "tool_calls",
      "function",
      "reasoning_details",
      "audio",
      "images",
      "annotations",
      "extra_content",
      "logprobs",
      "index",
      "finish_reason",
      "usage",
      "id",
      "name",
      "arguments",
      "__proto__",
    ];
    const value = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...keys), tie("tree"), { maxKeys: 6, noNullPrototype: true }),
      ),
    })).tree;
    fc.assert(
      fc.property(fc.array(value, { maxLength: 3 }), (choices) => {
        const answer = JSON.parse(JSON.stringify({ choices })) as JsonObject;
        openaiChat.egress.parseResponse(answer, tags);
        const events = decode([sse([answer, answer])], tags);
        expect(events.filter(({ type }) => type === "end").length).toBeLessThanOrEqual(1);
        if (events.at(-1)?.type === "end") collect(events);
      }),
      { numRuns: 500 },
    );
  });

  test("an event without an end is given up", () => {
    const events: StreamEvent[] = [];
    const decoder = openaiChat.egress.decodeStream(plain, (event) => events.push(event));
    const piece = Buffer.alloc(1024 * 1024, "a");
    for (let count = 0; count < 12; count++) decoder.push(piece);
    decoder.close();
    expect(events).toEqual([
      { type: "error", error: { kind: "server", message: expect.any(String) as never } },
    ]);
  });
});
