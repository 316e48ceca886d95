import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { cohereChat } from "../../../src/dialects/cohere-chat/index.ts";
import { ask, command, wireAnswer, wireSample } from "./support.ts";

const { egress } = cohereChat;
const parse = (name: string) => egress.parseResponse(wireAnswer(name), command);

describe("an answer of Cohere", () => {
  test("has its text, and what was counted beside what is charged", () => {
    expect(parse("text.json")).toEqual({
      id: "c14c80c3-18eb-4519-9460-6c92edd8cfb4",
      model: command.upstreamModel,
      choices: [{ index: 0, content: [{ type: "text", text: "Grüezi from Bern." }], finishReason: "stop" }],
      usage: {
        input: 71,
        output: 8,
        cacheRead: 64,
        cacheWrite: 0,
        reasoning: 0,
        billed: { input: 5, output: 6 },
      },
    });
  });

  test("has its plan as thinking, not as text, and goes back as it came", () => {
    const [choice] = parse("tools.json")?.choices ?? [];
    expect(choice).toEqual({
      index: 0,
      finishReason: "tool-calls",
      content: [
        {
          type: "reasoning",
          text: "I will look up the weather in Bern and the time.",
          signature: { dialect: "cohere-chat", value: "tool_plan" },
        },
        { type: "tool-call", id: "weather_k1d8", name: "weather", arguments: `{"city":"Bern"}` },
        { type: "tool-call", id: "clock_p4x2", name: "clock", arguments: "{}" },
      ],
    });
    const messages = [{ role: "assistant" as const, content: choice?.content ?? [] }];
    const { body } = egress.renderRequest(ask({ messages }), command);
    const [first] = body["messages"] as readonly [object];
    const said = wireAnswer("tools.json")["message"] as { tool_calls: readonly object[] };
    expect(first).toMatchObject({
      tool_plan: "I will look up the weather in Bern and the time.",
      tool_calls: [said.tool_calls[0], { id: "clock_p4x2", function: { name: "clock", arguments: "{}" } }],
    });
  });

  test("has thinking apart and counts it as output", () => {
    const response = parse("thinking.json");
    expect(response?.choices[0]?.content).toEqual([
      { type: "reasoning", text: "Two and two." },
      { type: "text", text: "Four." },
    ]);
    expect(response?.usage).toMatchObject({ output: 44, reasoning: 30, cacheRead: 1_344 });
  });

  test("counts pictures as input", () => {
    expect(parse("images.json")?.usage).toMatchObject({
      input: 293,
      imageInput: 259,
      billed: { input: 267, output: 5 },
    });
  });

  test("has a citation for each source, at offsets of the text as JavaScript counts it", () => {
    const [, text] = parse("citations.json")?.choices[0]?.content ?? [];
    const said = text?.type === "text" ? text.text : "";
    const citations = text?.type === "text" ? (text.citations ?? []) : [];
    const sent = wireAnswer("citations.json")["message"] as { readonly citations: readonly object[] };
    const [raw] = sent.citations;
    expect(citations).toEqual([
      {
        start: 12,
        end: 23,
        text: "a bear park",
        document: "0",
        title: "Guide",
        url: "https://guide.example/bern",
        quote: "The bear park lies by the river.",
        raw: { dialect: "cohere-chat", value: raw },
      },
      { start: 12, end: 23, text: "a bear park", document: "1", quote: "Bears since 1513." },
      expect.objectContaining({ text: "sunny", document: "weather_k1d8:0", quote: "sunny" }),
    ]);
    expect(citations.map(({ start, end }) => said.slice(start, end))).toEqual(
      citations.map(({ text: cited = "" }) => cited),
    );
  });

  test("tells how likely its words were", () => {
    expect(parse("logprobs.json")?.choices[0]?.logprobs).toEqual([
      { token: "Yes", logprob: -0.25 },
      { token: ", sir", logprob: -0.625 },
    ]);
  });

  test.each([
    ["stop-sequence.json", "stop-text"],
    ["max-tokens.json", "length"],
  ] as const)("ends as %s says", (name, reason) => {
    expect(parse(name)?.choices[0]?.finishReason).toBe(reason);
  });

  test.each([
    ["ERROR", "error"],
    ["TIMEOUT", "error"],
    ["ERROR_TOXIC", "content-filter"],
    ["NEWER", "other"],
    ["__proto__", "other"],
    [7, "other"],
  ] as const)("with the reason %p has ended for: %s", (finish_reason, reason) => {
    const answer = { message: { content: "x" }, finish_reason };
    expect(egress.parseResponse(answer, command)?.choices[0]).toEqual({
      index: 0,
      content: [{ type: "text", text: "x" }],
      finishReason: reason,
    });
  });

  test("that came through the tool which stands in for it is text", () => {
    const call = { id: "t", type: "function", function: { name: "latchkey_answer", arguments: `{"a":1}` } };
    const answer = { message: { tool_calls: [call] }, finish_reason: "TOOL_CALL" };
    expect(egress.parseResponse(answer, command)?.choices).toEqual([
      { index: 0, content: [{ type: "text", isAnswer: true, text: `{"a":1}` }], finishReason: "stop" },
    ]);
  });

  test("is none without a message, and has what can be read of anything else", () => {
    expect(egress.parseResponse({ message: "no", id: "x" }, command)).toBeUndefined();
    const odd = { content: [null, 7, { type: "text" }], tool_calls: null };
    expect(egress.parseResponse({ message: odd, usage: { tokens: { input_tokens: "7" } } }, command)).toEqual(
      {
        id: expect.stringMatching(/^cohere_/),
        model: command.upstreamModel,
        choices: [{ index: 0, content: [], finishReason: "other" }],
      },
    );
  });

  test("of any shape never throws", () => {
    const value = fc.jsonValue().map((json) => json as never);
    const message = fc.record({ content: value, citations: value, tool_calls: value, tool_plan: value });
    const citation = fc.record({
      start: fc.integer(),
      end: fc.maxSafeInteger(),
      text: value,
      sources: value,
    });
    const content = fc.constant([{ type: "text", text: "Grüezi 😀" }]);
    fc.assert(
      fc.property(
        fc.oneof(message, fc.record({ content, citations: fc.array(citation) })),
        value,
        value,
        (body, usage, logprobs) => {
          const answer = { message: body as never, usage, logprobs };
          // Calls that are none make it none.
          const response = egress.parseResponse(answer, command);
          expect(response === undefined || response.choices.length === 1).toBe(true);
        },
      ),
    );
  });
});

test.each([
  [400, wireSample("error-400.json"), "context-length", /^too many tokens/, "TOO_MANY_TOKENS"],
  [429, wireSample("error-429.json"), "quota", /Trial key/, undefined],
  [429, Buffer.from(`{"message":"rate limit exceeded"}`), "rate-limit", /rate/, undefined],
  [401, Buffer.from(`{"id":"x","message":"Incorrect API key provided"}`), "authentication", /key/, undefined],
  [402, Buffer.from("{}"), "quota", /\{\}/, undefined],
  [404, Buffer.from(`{"message":"model 'x' not found"}`), "not-found", /not found/, undefined],
  [498, Buffer.from(`{"message":"blocked"}`), "content-policy", /blocked/, undefined],
  [422, Buffer.from(`{"message":"bad"}`), "invalid-request", /bad/, undefined],
  [503, new Uint8Array(), "overloaded", /no message/, undefined],
  [500, Buffer.from("<html>"), "server", /<html>/, undefined],
] as const)("an error with status %d", (status, body, kind, message, code) => {
  expect(egress.parseError(status, body)).toEqual({
    kind,
    message: expect.stringMatching(message),
    ...(code !== undefined && { code }),
  });
});
