import { describe, expect, test } from "bun:test";
import type Anthropic from "@anthropic-ai/sdk";
import fc from "fast-check";
import type { ChatChoice, ChatResponse } from "../../../src/canonical/chat-response.ts";
import type { AssistantPart } from "../../../src/canonical/content.ts";
import type { StreamEvent, StreamedPart } from "../../../src/canonical/stream-event.ts";
import { anthropicMessages } from "../../../src/dialects/anthropic-messages/index.ts";
import type { AnswerContext } from "../../../src/dialects/dialect.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { decodeMessages, messagesSample, messagesSampleNames } from "../../support/anthropic-samples.ts";
import { collectStream } from "../../support/collect-stream.ts";

const { ingress } = anthropicMessages;
const context: AnswerContext = {
  request: { model: "fast", stream: false, messages: [] },
  model: "fast",
  requestId: "req_00000000000000000000000000000001",
  nowS: 1_700_000_000,
};
const answer = (choice: Partial<ChatChoice>, more: Partial<ChatResponse> = {}): ChatResponse => ({
  id: "chatcmpl-1",
  model: "gpt",
  choices: [{ index: 0, content: [], finishReason: "stop", ...choice }],
  ...more,
});
const render = (choice: Partial<ChatChoice>, more: Partial<ChatResponse> = {}): Anthropic.Message =>
  ingress.renderResponse(answer(choice, more), context) as unknown as Anthropic.Message;
/** What comes back when a caller sends the content of an answer on. */
const comesBack = (content: unknown): readonly AssistantPart[] => {
  const messages = [
    { role: "assistant", content },
    { role: "user", content: "Go on" },
  ] as unknown as JsonObject[];
  const [first] = ingress.parseRequest({ body: { model: "fast", max_tokens: 1, messages } }).request.messages;
  return first?.content as readonly AssistantPart[];
};
const encode = (events: readonly StreamEvent[]): string => {
  const encoder = ingress.encodeStream(context);
  return events.map((event) => encoder.encode(event)).join("");
};
interface WireEvent extends JsonObject {
  readonly type: string;
}
const wire = (text: string): readonly WireEvent[] =>
  text
    .split("\n\n")
    .filter((event) => event !== "")
    .map((event) => {
      const [name = "", data = ""] = event.split("\n");
      const value = JSON.parse(data.slice("data: ".length)) as WireEvent;
      expect(name).toBe(`event: ${value.type}`);
      return value;
    });

const foreign: readonly AssistantPart[] = [
  {
    type: "reasoning",
    text: "Hm.",
    id: "rs_1",
    isSummary: true,
    signature: { dialect: "openai-responses", value: "enc" },
  },
  { type: "reasoning", text: "", redacted: { dialect: "bedrock-converse", value: "c2Vj" } },
  { type: "reasoning", text: "Plain." },
  { type: "reasoning", text: "By id.", id: "rs_2" },
  { type: "text", text: "Sure.", signature: { dialect: "gemini", value: "on text" } },
  {
    type: "tool-call",
    id: "call_1",
    name: "weather",
    arguments: '{"city":"Bern"}',
    signature: { dialect: "gemini", value: "on call" },
  },
  { type: "tool-call", id: "call_2", name: "now", arguments: "{}" },
];

describe("a whole answer for Anthropic's clients", () => {
  test("has every member of a message", () => {
    const usage = { input: 130, output: 9, cacheRead: 100, cacheWrite: 20, cacheWriteHour: 5, reasoning: 4 };
    expect(render({ content: [{ type: "text", text: "Hi" }] }, { usage, serviceTier: "default" })).toEqual({
      id: "msg_00000000000000000000000000000001",
      type: "message",
      role: "assistant",
      model: "fast",
      // As Anthropic sends it where nothing is cited; clients that check answers take no null for it.
      content: [{ type: "text", text: "Hi" } as Anthropic.TextBlock],
      stop_reason: "end_turn",
      stop_sequence: null,
      stop_details: null,
      container: null,
      diagnostics: null,
      usage: {
        input_tokens: 10,
        cache_creation_input_tokens: 20,
        cache_read_input_tokens: 100,
        cache_creation: { ephemeral_5m_input_tokens: 15, ephemeral_1h_input_tokens: 5 },
        output_tokens: 9,
        output_tokens_details: { thinking_tokens: 4 },
        server_tool_use: null,
        service_tier: "standard",
        inference_geo: null,
        speed: null,
      },
    });
    expect(ingress.renderResponse(answer({}, { id: "msg_1" }), context)["id"]).toBe("msg_1");
    expect(render({}).usage).toMatchObject({ input_tokens: 0, output_tokens: 0 });
  });

  test.each([
    ["stop", "end_turn"],
    ["length", "max_tokens"],
    ["tool-calls", "tool_use"],
    ["content-filter", "refusal"],
    ["refusal", "refusal"],
    ["pause", "pause_turn"],
    ["context-length", "model_context_window_exceeded"],
    ["error", "max_tokens"],
    ["other", "end_turn"],
  ] as const)("that ended for %s says %s", (finishReason, stop_reason) => {
    expect(render({ finishReason })).toMatchObject({ stop_reason });
  });

  test("tells the stop text that was met", () => {
    expect(render({ finishReason: "stop-text", stopText: "END" })).toMatchObject({
      stop_reason: "stop_sequence",
      stop_sequence: "END",
    });
  });

  test("that declines says why", () => {
    const declined = render({ content: [{ type: "refusal", text: "I can't." }] });
    expect(declined).toMatchObject({
      content: [{ type: "text", text: "I can't." }],
      stop_reason: "refusal",
      stop_details: { type: "refusal", category: null, explanation: "I can't." },
    });
    expect(
      render({ finishReason: "content-filter" }, { promptBlocked: "SAFETY" }).stop_details,
    ).toMatchObject({
      explanation: "SAFETY",
    });
  });

  test("cites in the form that comes nearest", () => {
    const raw = { type: "page_location", cited_text: "x", document_index: 1 };
    const [block] = render({
      content: [
        {
          type: "text",
          text: "So it is.",
          citations: [
            { url: "https://x.example/", title: "X", text: "So" },
            { document: "2", quote: "It is.", title: "D" },
            { document: "doc-a", quote: "It is." },
            { raw: { dialect: "anthropic-messages", value: raw } },
          ],
        },
      ],
    }).content;
    expect(block).toMatchObject({
      citations: [
        { type: "web_search_result_location", url: "https://x.example/", title: "X", cited_text: "So" },
        { type: "char_location", document_index: 2, document_title: "D", cited_text: "It is." },
        { type: "char_location", document_title: "doc-a", cited_text: "It is." },
        raw,
      ],
    });
  });

  test("keeps what is Anthropic's own and leaves out what has no place", () => {
    const value = { type: "web_search_tool_result", tool_use_id: "s", content: [] };
    const { content } = render({
      content: [
        { type: "vendor", dialect: "anthropic-messages", value },
        { type: "vendor", dialect: "gemini", value: { executableCode: {} } },
        { type: "image", source: { kind: "url", url: "https://x.example/" } },
        { type: "spoken", transcript: "Hello", data: "AAAA" },
        { type: "spoken", id: "a" },
        { type: "tool-call", id: "t", name: "x", arguments: '{"cut' },
      ],
    });
    expect(content).toEqual([value, { type: "text", text: "Hello" }] as never);
  });

  test("carries other vendors' thinking and signatures so that they come back unharmed", () => {
    const { content } = render({ content: foreign, finishReason: "tool-calls" });
    expect(content.map(({ type }) => type)).toEqual([
      ...["thinking", "redacted_thinking", "thinking", "thinking"],
      ...["text", "thinking", "tool_use", "thinking", "tool_use"],
    ] as never);
    for (const block of content) {
      if (block.type === "thinking") expect(block.signature).toStartWith("latchkey.sealed.");
    }
    expect(comesBack(content)).toEqual(foreign);
  });

  test("leaves Anthropic's own signatures and callers alone", () => {
    const caller = { type: "code_execution_20260120", tool_id: "s" };
    const own: readonly AssistantPart[] = [
      { type: "reasoning", text: "Hm.", signature: { dialect: "anthropic-messages", value: "sig" } },
      { type: "reasoning", text: "", redacted: { dialect: "anthropic-messages", value: "c2Vj" } },
      {
        type: "tool-call",
        id: "t",
        name: "x",
        arguments: "{}",
        signature: { dialect: "anthropic-messages", value: JSON.stringify({ caller }) },
      },
    ];
    const { content } = render({ content: own });
    expect(content).toEqual([
      { type: "thinking", thinking: "Hm.", signature: "sig" },
      { type: "redacted_thinking", data: "c2Vj" },
      { type: "tool_use", id: "t", name: "x", input: {}, caller },
    ] as never);
    expect(comesBack(content)).toEqual(own);
  });

  test("with a damaged seal that comes back is thinking without a signature", () => {
    expect(comesBack([{ type: "thinking", thinking: "a", signature: "latchkey.sealed.@@" }])).toEqual([
      { type: "reasoning", text: "a" },
    ]);
    expect(comesBack([{ type: "redacted_thinking", data: "latchkey.sealed.e30" }])).toEqual([
      { type: "reasoning", text: "" },
    ]);
  });
});

/** The events of an answer, its parts one after the other. */
function streamOf({ id, model, choices, usage }: ChatResponse): readonly StreamEvent[] {
  const [choice] = choices;
  if (choice === undefined) throw new Error("no choice");
  const parts = choice.content.flatMap((content, part): readonly StreamEvent[] => {
    const at = { choice: 0, part };
    if (content.type === "vendor" || content.type === "image")
      return [{ type: "whole-part", ...at, content }];
    const [start, words] = begin(content);
    const signature = "signature" in content ? content.signature : undefined;
    return [
      { type: "part-start", ...at, content: start },
      ...words.map((text): StreamEvent => ({ type: "delta", ...at, text })),
      ...("citations" in content ? (content.citations ?? []) : []).map(
        (citation): StreamEvent => ({ type: "citation", ...at, citation }),
      ),
      ...(signature === undefined ? [] : [{ type: "signature", ...at, signature } as const]),
      { type: "part-end", ...at },
    ];
  });
  const { finishReason: reason, stopText } = choice;
  return [
    { type: "start", id, model },
    ...parts,
    { type: "finish", choice: 0, reason, ...(stopText !== undefined && { stopText }) },
    ...(usage === undefined ? [] : [{ type: "usage", usage } as const]),
    { type: "end" },
  ];
}

function begin(
  part: Exclude<AssistantPart, { readonly type: "vendor" | "image" }>,
): readonly [StreamedPart, readonly string[]] {
  const halves = (text: string): readonly string[] => [
    text.slice(0, text.length >> 1),
    text.slice(text.length >> 1),
  ];
  switch (part.type) {
    case "text":
    case "refusal":
      return [{ type: part.type }, halves(part.text)];
    case "reasoning": {
      const { text, signature: _, ...content } = part;
      return [content, part.redacted === undefined ? halves(text) : []];
    }
    case "tool-call":
      return [{ type: "tool-call", id: part.id, name: part.name }, halves(part.arguments)];
    case "spoken":
      return [{ type: "spoken" }, halves(part.transcript ?? "")];
  }
}

/** Puts wire events together as the official clients do, and holds them to their order. */
function accumulate(events: readonly WireEvent[]): JsonObject {
  const [start, ...rest] = events;
  expect(start?.type).toBe("message_start");
  const message = { ...(start?.["message"] as JsonObject) } as Record<string, unknown>;
  const content: Record<string, unknown>[] = [];
  let open = -1;
  for (const event of rest) {
    const delta = (event["delta"] ?? {}) as Record<string, string>;
    const block = content[open];
    switch (event.type) {
      case "content_block_start":
        expect([open, event["index"]]).toEqual([-1, content.length]);
        open = content.length;
        content.push({ ...(event["content_block"] as JsonObject) });
        break;
      case "content_block_delta":
        expect(event["index"]).toBe(open);
        if (block === undefined) throw new Error("no block");
        if (delta["type"] === "text_delta") block["text"] = `${block["text"]}${delta["text"]}`;
        if (delta["type"] === "thinking_delta")
          block["thinking"] = `${block["thinking"]}${delta["thinking"]}`;
        if (delta["type"] === "signature_delta") block["signature"] = delta["signature"];
        if (delta["type"] === "input_json_delta")
          block["json"] = `${block["json"] ?? ""}${delta["partial_json"]}`;
        if (delta["type"] === "citations_delta")
          block["citations"] = [...((block["citations"] ?? []) as unknown[]), delta["citation"]];
        break;
      case "content_block_stop":
        expect(event["index"]).toBe(open);
        if (block?.["json"] !== undefined) block["input"] = JSON.parse(String(block["json"]));
        delete block?.["json"];
        open = -1;
        break;
      case "message_delta":
        Object.assign(message, delta);
        message["usage"] = { ...(message["usage"] as JsonObject), ...(event["usage"] as JsonObject) };
    }
  }
  expect(open).toBe(-1);
  expect(events.at(-1)?.type).toBe("message_stop");
  return { ...message, content } as JsonObject;
}

describe("a stream for Anthropic's clients", () => {
  const usage = { input: 30, output: 9, cacheRead: 10, cacheWrite: 0, reasoning: 0 };
  const cases: readonly (readonly [string, ChatResponse])[] = [
    ["text", answer({ content: [{ type: "text", text: "Grüße 🐻" }] }, { usage })],
    ["other vendors' signatures", answer({ content: foreign, finishReason: "tool-calls" }, { usage })],
    ["a refusal", answer({ content: [{ type: "refusal", text: "I can't." }] }, { usage })],
    [
      "a stop text",
      answer({ content: [{ type: "text", text: "a" }], finishReason: "stop-text", stopText: "b" }),
    ],
    ["nothing", answer({}, { usage })],
    [
      "citations and own blocks",
      answer({
        content: [
          {
            type: "vendor",
            dialect: "anthropic-messages",
            value: { type: "server_tool_use", id: "s", name: "n", input: { q: 1 } },
          },
          { type: "text", text: "x", citations: [{ url: "https://x.example/" }] },
          { type: "vendor", dialect: "gemini", value: {} },
          { type: "spoken", transcript: "Hello" },
        ],
      }),
    ],
  ];
  test.each(cases)("with %s says what the whole answer does", (_name, response) => {
    const events = wire(encode(streamOf(response)));
    expect(accumulate(events)).toEqual(JSON.parse(JSON.stringify(ingress.renderResponse(response, context))));
  });

  test("is in order, event by event", () => {
    const text = encode(streamOf(answer({ content: [{ type: "text", text: "Hi" }] }, { usage })));
    expect(wire(text).map(({ type }) => type)).toEqual([
      ...["message_start", "content_block_start", "content_block_delta", "content_block_delta"],
      ...["content_block_stop", "message_delta", "message_stop"],
    ]);
    expect(wire(text)[0]).toMatchObject({
      message: { id: "msg_00000000000000000000000000000001", model: "fast", content: [], stop_reason: null },
    });
    expect(wire(text).at(-2)).toMatchObject({
      delta: { stop_reason: "end_turn", stop_sequence: null },
      usage: { input_tokens: 20, cache_read_input_tokens: 10, output_tokens: 9 },
    });
  });

  test("tells at its start what is known of usage", () => {
    const encoder = ingress.encodeStream(context);
    const [event] = wire(
      encoder.encode({ type: "start", id: "x", model: "m", usage, serviceTier: "priority" }),
    );
    expect(event).toMatchObject({ message: { usage: { input_tokens: 20, service_tier: "priority" } } });
  });

  test("never lets blocks overlap, and loses nothing of those that do", () => {
    const at = (part: number) => ({ choice: 0, part });
    const call = (part: number): StreamEvent => ({
      type: "part-start",
      ...at(part),
      content: { type: "tool-call", id: `c${part}`, name: "weather" },
    });
    const delta = (part: number, text: string): StreamEvent => ({ type: "delta", ...at(part), text });
    const events: readonly StreamEvent[] = [
      { type: "start", id: "x", model: "m" },
      call(0),
      call(1),
      delta(1, '{"b":'),
      delta(0, '{"a":'),
      call(2),
      delta(2, "{}"),
      { type: "part-end", ...at(2) },
      delta(0, "1}"),
      { type: "part-end", ...at(0) },
      delta(1, "2}"),
      { type: "finish", choice: 0, reason: "tool-calls" },
      { type: "end" },
    ];
    expect(accumulate(wire(encode(events)))["content"]).toMatchObject([
      { id: "c0", input: { a: 1 } },
      { id: "c1", input: { b: 2 } },
      { id: "c2", input: {} },
    ]);
  });

  test("leaves other answers and what it has no words for out", () => {
    const encoder = ingress.encodeStream(context);
    expect(encoder.encode({ type: "part-start", choice: 1, part: 0, content: { type: "text" } })).toBe("");
    expect(encoder.encode({ type: "finish", choice: 1, reason: "length" })).toBe("");
    expect(encoder.encode({ type: "logprobs", choice: 0, logprobs: [] })).toBe("");
    expect(encoder.encode({ type: "sound", choice: 0, part: 0, data: "AA" })).toBe("");
    expect(encoder.encode({ type: "delta", choice: 0, part: 4, text: "lost" })).toBe("");
  });

  test("shows that the vendor is alive, and its failures, in events of their own", () => {
    const encoder = ingress.encodeStream(context);
    expect(encoder.encode({ type: "ping" })).toBe('event: ping\ndata: {"type":"ping"}\n\n');
    const error = { kind: "overloaded", message: "Overloaded" } as const;
    expect(wire(encoder.encode({ type: "error", error }))).toMatchObject([
      { type: "error", error: { type: "overloaded_error", message: "Overloaded" } },
    ]);
    const failure = { status: 502, code: "LK-3008", message: "cut short", kind: "server" } as const;
    expect(wire(encoder.fail(failure))).toEqual([
      {
        type: "error",
        error: { type: "api_error", message: "cut short", details: { error_code: "LK-3008" } },
      },
    ]);
  });

  const complete = messagesSampleNames(".sse").filter((name) => !/^(cut|error|refusal)/.test(name));
  test.each(complete)("of Anthropic's sample %s says the same when it is read again", (name) => {
    const events = decodeMessages(messagesSample(`${name}.sse`));
    const again = decodeMessages(encode(events));
    expect({ ...collectStream(again), model: "" }).toEqual({ ...collectStream(events), model: "" });
  });

  test("that declines tells the reason as words and in its details", () => {
    const events = wire(encode(decodeMessages(messagesSample("refusal.sse"))));
    expect(accumulate(events)).toMatchObject({
      content: [{ type: "text", text: "This was declined." }],
      stop_reason: "refusal",
      stop_details: { type: "refusal", explanation: "This was declined." },
    });
  });

  test("says the same as the whole answer for any parts", () => {
    const signature = fc.option(
      fc.record({
        dialect: fc.constantFrom("gemini", "openai-responses", "anthropic-messages"),
        value: fc.stringMatching(/^[a-z]{1,9}$/),
      }),
      { nil: undefined },
    );
    const part = fc.oneof(
      fc.record({ type: fc.constant("text"), text: fc.string() }),
      fc.record({ type: fc.constant("refusal"), text: fc.string() }),
      fc
        .tuple(fc.string(), signature)
        .map(([text, sig]) => ({ type: "reasoning", text, ...(sig && { signature: sig }) })),
      fc.tuple(fc.dictionary(fc.string(), fc.integer()), signature).map(([input, sig]) => ({
        type: "tool-call",
        id: "t",
        name: "n",
        arguments: JSON.stringify(input),
        ...(sig && sig.dialect === "gemini" && { signature: sig }),
      })),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (content) => {
        const response = answer({ content: content as readonly AssistantPart[] });
        const whole = JSON.parse(JSON.stringify(ingress.renderResponse(response, context)));
        expect(accumulate(wire(encode(streamOf(response))))).toEqual(whole);
      }),
    );
  });
});
