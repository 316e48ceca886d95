import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import OpenAI from "openai";
import type { ChatRequest } from "../../../src/canonical/chat-request.ts";
import type { ChatResponse } from "../../../src/canonical/chat-response.ts";
import type { AssistantPart, ChatDialectName } from "../../../src/canonical/content.ts";
import type { FinishReason } from "../../../src/canonical/finish-reason.ts";
import type { StreamEvent, StreamedPart } from "../../../src/canonical/stream-event.ts";
import { openaiChat } from "../../../src/dialects/openai-chat/index.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { answerContext, chunksOf, collect, decode, encode, membersOf, parse } from "./support/chat-case.ts";

const { ingress } = openaiChat;
const usage = { input: 19, output: 10, cacheRead: 8, cacheWrite: 0, reasoning: 4 };

function answer(content: readonly AssistantPart[], finishReason: FinishReason = "stop"): ChatResponse {
  return { id: "msg_1", model: "vendor-model", choices: [{ index: 0, content, finishReason }], usage };
}

function told(content: readonly AssistantPart[], request: Partial<ChatRequest> = {}): JsonObject {
  const rendered = ingress.renderResponse(answer(content), answerContext(request));
  return membersOf((rendered["choices"] as readonly unknown[])[0]);
}

/** The events of an answer as another dialect would tell them. */
function eventsOf(
  content: readonly AssistantPart[],
  finishReason: FinishReason = "stop",
): readonly StreamEvent[] {
  const parts = content.flatMap((part, index): StreamEvent[] => {
    const at = { choice: 0, part: index };
    if (part.type === "image" || part.type === "vendor")
      return [{ type: "whole-part", ...at, content: part }];
    const words =
      part.type === "tool-call" ? part.arguments : part.type === "spoken" ? part.transcript : part.text;
    const half = (words ?? "").length >> 1;
    const deltas = [words?.slice(0, half), words?.slice(half)].filter(
      (one) => one !== undefined && one !== "",
    );
    const citations = part.type === "text" ? (part.citations ?? []) : [];
    return [
      { type: "part-start", ...at, content: begun(part) },
      ...deltas.map((text) => ({ type: "delta", ...at, text: text ?? "" }) as const),
      ...(part.type === "spoken" && part.data !== undefined
        ? [{ type: "sound", ...at, data: part.data } as const]
        : []),
      ...citations.map((citation) => ({ type: "citation", ...at, citation }) as const),
      ...("signature" in part && part.signature !== undefined && part.type !== "tool-call"
        ? [{ type: "signature", ...at, signature: part.signature } as const]
        : []),
      { type: "part-end", ...at },
    ];
  });
  return [
    { type: "start", id: "msg_1", model: "vendor-model" },
    ...parts,
    { type: "finish", choice: 0, reason: finishReason },
    { type: "usage", usage },
    { type: "end" },
  ];
}

function begun(part: Exclude<AssistantPart, { type: "image" | "vendor" }>): StreamedPart {
  switch (part.type) {
    case "text":
    case "refusal":
      return { type: part.type };
    case "tool-call": {
      const { arguments: _arguments, cache: _cache, ...content } = part;
      return content;
    }
    case "reasoning": {
      const { text: _text, signature: _signature, ...content } = part;
      return content;
    }
    case "spoken":
      return { type: "spoken", ...(part.id !== undefined && { id: part.id }) };
  }
}

function client(body: string, contentType: string): OpenAI {
  const fetch = async (): Promise<Response> =>
    new Response(body, { headers: { "content-type": contentType } });
  return new OpenAI({ apiKey: "none", baseURL: "http://gateway.invalid/v1", fetch, maxRetries: 0 });
}

const thinking: AssistantPart = {
  type: "reasoning",
  text: "Hm",
  signature: { dialect: "anthropic-messages", value: "c2ln" },
};
const redacted: AssistantPart = {
  type: "reasoning",
  text: "",
  redacted: { dialect: "anthropic-messages", value: "c2VjcmV0" },
};
const call: AssistantPart = {
  type: "tool-call",
  id: "toolu_1",
  name: "weather",
  arguments: `{"city":"Bern"}`,
  signature: { dialect: "gemini", value: "c2ln" },
};

describe("an answer", () => {
  test("names what the caller asked for, and has what the official client expects", async () => {
    const rendered = ingress.renderResponse(
      { ...answer([{ type: "text", text: "Grüße" }]), serviceTier: "default" },
      answerContext(),
    );
    expect(rendered).toEqual({
      id: "msg_1",
      object: "chat.completion",
      created: 1_800_000_000,
      model: "fast",
      service_tier: "default",
      choices: [
        {
          index: 0,
          message: { role: "assistant", content: "Grüße", refusal: null },
          logprobs: null,
          finish_reason: "stop",
        },
      ],
      usage: {
        prompt_tokens: 19,
        completion_tokens: 10,
        total_tokens: 29,
        prompt_tokens_details: { cached_tokens: 8, audio_tokens: 0 },
        completion_tokens_details: { reasoning_tokens: 4, audio_tokens: 0 },
      },
    });
    const completion = await client(JSON.stringify(rendered), "application/json").chat.completions.create({
      model: "fast",
      messages: [],
    });
    expect(completion.choices[0]?.message.content).toBe("Grüße");
  });

  test("keeps thinking, what seals it, and calls in their places", () => {
    expect(told([thinking, redacted, { type: "text", text: "Well" }, call])["message"]).toEqual({
      role: "assistant",
      content: "Well",
      refusal: null,
      reasoning_content: "Hm",
      reasoning_details: [
        { type: "reasoning.text", text: "Hm", signature: "c2ln", format: "anthropic-messages" },
        { type: "reasoning.encrypted", data: "c2VjcmV0", format: "anthropic-messages" },
      ],
      tool_calls: [
        {
          id: "toolu_1",
          type: "function",
          function: { name: "weather", arguments: `{"city":"Bern"}` },
          extra_content: { google: { thought_signature: "c2ln" } },
        },
      ],
    });
    expect(
      told([
        { type: "reasoning", text: "Hm" },
        { type: "text", text: "Well" },
      ])["message"],
    ).toEqual({
      role: "assistant",
      content: "Well",
      refusal: null,
      reasoning_content: "Hm",
    });
  });

  test("counts citations from the beginning of the message", () => {
    const message = membersOf(
      told([
        { type: "text", text: "One. ", citations: [{ url: "https://a.example/", title: "A" }] },
        {
          type: "text",
          text: "Two.",
          citations: [{ start: 0, end: 3, url: "https://b.example/", title: "2", quote: "two" }],
        },
      ])["message"],
    );
    expect(message["annotations"]).toEqual([
      {
        type: "url_citation",
        url_citation: { start_index: 0, end_index: 5, title: "A", url: "https://a.example/" },
      },
      {
        type: "url_citation",
        url_citation: { start_index: 5, end_index: 8, title: "2", url: "https://b.example/", content: "two" },
      },
    ]);
  });

  test("has no citation of what has no URL: clients would make a link to nowhere of it", () => {
    const citations = [{ document: "0", title: "Report", quote: "two" }];
    const message = membersOf(told([{ type: "text", text: "Two.", citations }])["message"]);
    expect(message).not.toHaveProperty("annotations");
  });

  test("has no content where everything is elsewhere", () => {
    expect(told([call])["message"]).toMatchObject({ content: null });
    expect(told([{ type: "refusal", text: "No" }])["message"]).toMatchObject({
      content: null,
      refusal: "No",
    });
    expect(told([])["message"]).toMatchObject({ content: "", refusal: null });
    expect(
      told([{ type: "spoken", id: "a", data: "AA", transcript: "Hi", expiresAt: 5 }])["message"],
    ).toMatchObject({
      content: null,
      audio: { id: "a", data: "AA", transcript: "Hi", expires_at: 5 },
    });
    expect(
      told([{ type: "image", source: { kind: "base64", mediaType: "image/png", data: "AA" } }])["message"],
    ).toMatchObject({ images: [{ type: "image_url", image_url: { url: "data:image/png;base64,AA" } }] });
    const signature = { dialect: "gemini", value: "c2VhbA==" } as const;
    const image = { type: "image", source: { kind: "base64", mediaType: "image/png", data: "AA" } } as const;
    expect(told([{ ...image, signature }])["message"]).toMatchObject({
      images: [{ type: "image_url", extra_content: { google: { thought_signature: "c2VhbA==" } } }],
    });
    expect(told([{ type: "vendor", dialect: "gemini", value: { id: "x" } }])["message"]).toEqual({
      role: "assistant",
      content: "",
      refusal: null,
    });
  });

  test("says why a prompt was not looked at", () => {
    const blocked = { ...answer([], "content-filter"), promptBlocked: "SAFETY" };
    expect(ingress.renderResponse(blocked, answerContext())["choices"]).toMatchObject([
      { message: { content: null, refusal: "SAFETY" }, finish_reason: "content_filter" },
    ] as never);
  });

  test.each([
    ["stop", "stop"],
    ["stop-text", "stop"],
    ["length", "length"],
    ["context-length", "length"],
    ["tool-calls", "tool_calls"],
    ["content-filter", "content_filter"],
    ["refusal", "content_filter"],
    ["other", "stop"],
    ["pause", "length"],
    ["error", "length"],
  ] as const)("ends for %s with %s", (reason, word) => {
    const rendered = ingress.renderResponse(answer([], reason), answerContext());
    expect(rendered["choices"]).toMatchObject([{ finish_reason: word }] as never);
    expect(chunksOf(encode(eventsOf([], reason))).at(-1)?.["choices"]).toMatchObject([
      { finish_reason: word },
    ] as never);
  });

  test("that declines in words ends as OpenAI's do", () => {
    const declined = [{ type: "refusal", text: "No" }] as const;
    expect(ingress.renderResponse(answer(declined, "refusal"), answerContext())["choices"]).toMatchObject([
      { finish_reason: "stop" },
    ] as never);
    const last = chunksOf(encode(eventsOf(declined, "refusal"))).at(-1);
    expect(last?.["choices"]).toMatchObject([{ finish_reason: "stop" }] as never);
  });

  test("is a function call for callers who know nothing newer", () => {
    const older = { functionCallsOnly: true };
    const choice = membersOf(
      (
        ingress.renderResponse(answer([call], "tool-calls"), answerContext(older))[
          "choices"
        ] as readonly unknown[]
      )[0],
    );
    expect(choice["finish_reason"]).toBe("function_call");
    expect(choice["message"]).toMatchObject({
      function_call: { name: "weather", arguments: `{"city":"Bern"}` },
    });
    const chunks = chunksOf(encode(eventsOf([call], "tool-calls"), older));
    const deltas = chunks.map((one) =>
      membersOf(membersOf((one["choices"] as readonly unknown[])[0])["delta"]),
    );
    expect(deltas.map(({ function_call }) => membersOf(function_call)["arguments"] ?? "").join("")).toBe(
      `{"city":"Bern"}`,
    );
    expect(deltas.some(({ tool_calls }) => tool_calls !== undefined)).toBe(false);
    expect(chunks.at(-1)?.["choices"]).toMatchObject([{ finish_reason: "function_call" }] as never);
  });
});

describe("a stream", () => {
  const content = [thinking, redacted, { type: "text", text: "Well, then" }, call] as const;

  test("begins with the role, ends with the reason, and has an end marker", () => {
    expect(encode(eventsOf([{ type: "text", text: "Hi" }])).split("\n\n")).toEqual([
      `data: {"id":"msg_1","object":"chat.completion.chunk","created":1800000000,"model":"fast","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}]}`,
      `data: {"id":"msg_1","object":"chat.completion.chunk","created":1800000000,"model":"fast","choices":[{"index":0,"delta":{"content":"H"},"logprobs":null,"finish_reason":null}]}`,
      `data: {"id":"msg_1","object":"chat.completion.chunk","created":1800000000,"model":"fast","choices":[{"index":0,"delta":{"content":"i"},"logprobs":null,"finish_reason":null}]}`,
      `data: {"id":"msg_1","object":"chat.completion.chunk","created":1800000000,"model":"fast","choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}]}`,
      "data: [DONE]",
      "",
    ]);
  });

  test("tells usage only to those who asked, in a chunk without choices", () => {
    const asked = chunksOf(encode(eventsOf(content), { streamUsage: true }));
    const last = asked.at(-1);
    expect(last).toMatchObject({ choices: [], usage: { prompt_tokens: 19, completion_tokens: 10 } } as never);
    for (const one of asked.slice(0, -1)) expect(one["usage"]).toBeNull();
    for (const one of chunksOf(encode(eventsOf(content)))) expect(one["usage"]).toBeUndefined();
  });

  test("is put together by the official client", async () => {
    const events = eventsOf([...content, { ...call, id: "toolu_2", arguments: "" }], "tool-calls");
    const openai = client(encode(events, { streamUsage: true }), "text/event-stream");
    const stream = openai.chat.completions.stream({
      model: "fast",
      messages: [],
      stream_options: { include_usage: true },
    });
    const completion = await stream.finalChatCompletion();
    expect(completion).toMatchObject({
      id: "msg_1",
      model: "fast",
      choices: [
        {
          finish_reason: "tool_calls",
          message: {
            role: "assistant",
            content: "Well, then",
            tool_calls: [
              { id: "toolu_1", function: { name: "weather", arguments: `{"city":"Bern"}` } },
              // Arguments that nobody wrote are an object without any.
              { id: "toolu_2", function: { name: "weather", arguments: "{}" } },
            ],
          },
        },
      ],
      usage: { prompt_tokens: 19, completion_tokens: 10, total_tokens: 29 },
    });
  });

  test("carries what seals thinking and calls, so that it can travel back", () => {
    const chunks = chunksOf(encode(eventsOf(content, "tool-calls")));
    const deltas = chunks.map((one) =>
      membersOf(membersOf((one["choices"] as readonly unknown[])[0])["delta"]),
    );
    expect(deltas.flatMap(({ reasoning_details }) => reasoning_details ?? [])).toEqual([
      { type: "reasoning.text", text: "Hm", signature: "c2ln", format: "anthropic-messages" },
      { type: "reasoning.encrypted", data: "c2VjcmV0", format: "anthropic-messages" },
    ]);
    expect(deltas.map(({ reasoning_content }) => reasoning_content ?? "").join("")).toBe("Hm");
    expect(JSON.stringify(deltas)).toContain(`"extra_content":{"google":{"thought_signature":"c2ln"}}`);
  });

  test("keeps choices apart, each with its role", () => {
    const events: readonly StreamEvent[] = [
      { type: "start", id: "a", model: "m", createdS: 5, serviceTier: "flex" },
      ...[0, 1].flatMap((choice): StreamEvent[] => [
        { type: "part-start", choice, part: 0, content: { type: "text" } },
        { type: "delta", choice, part: 0, text: `c${choice}` },
        { type: "part-end", choice, part: 0 },
      ]),
      { type: "finish", choice: 1, reason: "length" },
      { type: "finish", choice: 0, reason: "stop" },
      { type: "end" },
    ];
    const response = collect(decode([Buffer.from(encode(events))]));
    expect(response).toMatchObject({ createdS: 5, serviceTier: "flex" });
    expect(response.choices).toEqual([
      { index: 0, content: [{ type: "text", text: "c0" }], finishReason: "stop" },
      { index: 1, content: [{ type: "text", text: "c1" }], finishReason: "length" },
    ]);
    const roles = chunksOf(encode(events)).filter((one) => JSON.stringify(one).includes(`"role"`));
    expect(roles).toHaveLength(2);
  });

  test("tells probabilities with the words that they belong to, and never loses any", () => {
    const logprobs = [{ token: "H", logprob: -0.5 }];
    const events: readonly StreamEvent[] = [
      { type: "start", id: "a", model: "m" },
      { type: "part-start", choice: 0, part: 0, content: { type: "text" } },
      { type: "logprobs", choice: 0, logprobs },
      { type: "delta", choice: 0, part: 0, text: "H" },
      { type: "logprobs", choice: 0, logprobs },
      { type: "part-end", choice: 0, part: 0 },
      { type: "finish", choice: 0, reason: "stop" },
      { type: "end" },
    ];
    expect(collect(decode([Buffer.from(encode(events))])).choices[0]?.logprobs).toEqual([
      ...logprobs,
      ...logprobs,
    ]);
  });

  test("shows signs of life as comments and failures as OpenAI's clients know them", async () => {
    const encoder = ingress.encodeStream(answerContext());
    expect(encoder.encode({ type: "ping" })).toBe(": ping\n\n");
    expect(encoder.encode({ type: "error", error: { kind: "server", message: "secret" } })).toBe("");
    const begun = encoder.encode({ type: "start", id: "a", model: "m" });
    const error = { status: 502, code: "LK-3012", message: "The provider failed.", kind: "server" } as const;
    const failed = encoder.fail(error);
    expect(failed).not.toContain("[DONE]");
    const stream = await client(begun + failed, "text/event-stream").chat.completions.create({
      model: "fast",
      messages: [],
      stream: true,
    });
    const read = async (): Promise<void> => {
      for await (const _chunk of stream) {
        // Only the failure counts.
      }
    };
    await expect(read()).rejects.toMatchObject({ code: "LK-3012", type: "server_error" });
  });
});

test.each([
  [401, "authentication_error"],
  [403, "permission_error"],
  [429, "rate_limit_error"],
  [503, "server_error"],
  [400, "invalid_request_error"],
])("an error of status %d is a %s", (status, type) => {
  const error = { status, code: "LK-2102", message: "m", kind: "invalid-request", param: "a.b" } as const;
  expect(ingress.renderError(error)).toEqual({
    error: { message: "m", type, param: "a.b", code: "LK-2102" },
  });
});

test("what another dialect says reaches a caller the same whole and streamed, and comes back as it was", () => {
  const dialect = fc.constantFrom<ChatDialectName>(
    "anthropic-messages",
    "openai-responses",
    "bedrock-converse",
  );
  const words = fc.string({ unit: "grapheme", minLength: 1, maxLength: 10 });
  const signature = fc.record({ dialect, value: fc.base64String({ minLength: 4 }) });
  const reasoning = fc.oneof(
    fc.record({ type: fc.constant("reasoning" as const), text: words, signature }),
    fc.record({ type: fc.constant("reasoning" as const), text: fc.constant(""), redacted: signature }),
    fc.record({
      type: fc.constant("reasoning" as const),
      text: words,
      id: fc.uuid(),
      isSummary: fc.constant(true),
    }),
  );
  const calls = fc.array(
    fc.record({ type: fc.constant("tool-call" as const), id: fc.uuid(), name: words, arguments: fc.json() }),
    { maxLength: 3 },
  );
  const text = words.map((value): AssistantPart => ({ type: "text", text: value }));
  fc.assert(
    fc.property(fc.array(reasoning, { maxLength: 3 }), text, calls, (thoughts, said, called) => {
      const content: readonly AssistantPart[] = [...thoughts, said, ...called];
      const reason = called.length > 0 ? "tool-calls" : "stop";
      const whole = ingress.renderResponse(answer(content, reason), answerContext());
      const streamed = collect(
        decode([Buffer.from(encode(eventsOf(content, reason), { streamUsage: true }))]),
      );
      expect(parse(whole).choices).toEqual([{ index: 0, content, finishReason: reason }]);
      // A stream has told the words when it comes to say that they are a summary, and of which item.
      const unnamed = content.map((part): AssistantPart => {
        if (part.type !== "reasoning") return part;
        const { id: _id, isSummary: _isSummary, ...rest } = part;
        return rest;
      });
      expect(streamed.choices).toEqual([{ index: 0, content: unnamed, finishReason: reason }]);
      expect(streamed.usage).toEqual(usage);
      const message = membersOf(membersOf((whole["choices"] as readonly unknown[])[0])["message"]);
      const { request } = ingress.parseRequest({ body: { model: "fast", messages: [message] } });
      expect(request.messages).toEqual([{ role: "assistant", content }]);
    }),
    { numRuns: 200 },
  );
});
