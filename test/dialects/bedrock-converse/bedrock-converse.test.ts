import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { ChatRequest } from "../../../src/canonical/chat-request.ts";
import type { AssistantMessage, Message } from "../../../src/canonical/message.ts";
import type { StreamEvent } from "../../../src/canonical/stream-event.ts";
import { encodeEventStreamMessage } from "../../../src/dialects/bedrock-converse/event-stream.ts";
import { bedrockConverse } from "../../../src/dialects/bedrock-converse/index.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { type RecordedExchange, recordedExchanges } from "../../support/recorded-exchanges.ts";

const { egress } = bedrockConverse;
const claude = { upstreamModel: "eu.anthropic.claude-sonnet-4-5-20250929-v1:0" };
const ask = (changes: Partial<ChatRequest> = {}): ChatRequest => ({
  model: "fast",
  stream: false,
  messages: [{ role: "user", content: [{ type: "text", text: "Hello" }] }],
  ...changes,
});
const weather = {
  type: "function",
  name: "weather",
  parameters: { type: "object", properties: { city: { type: "string" } } },
} as const;

function decode(pieces: readonly Uint8Array[], traits = claude): readonly StreamEvent[] {
  const events: StreamEvent[] = [];
  const decoder = egress.decodeStream(traits, (event) => events.push(event));
  for (const piece of pieces) decoder.push(piece);
  decoder.close();
  return events;
}

const frame = (type: string, value: JsonObject): Uint8Array =>
  encodeEventStreamMessage(
    { ":event-type": type, ":content-type": "application/json", ":message-type": "event" },
    Buffer.from(JSON.stringify(value)),
  );
const withoutIds = (value: unknown): string =>
  JSON.stringify(value).replaceAll(/bedrock_[0-9a-f]{32}/g, "ID");

describe("a request to Bedrock", () => {
  test("goes to the path of its model, encoded", () => {
    expect(egress.paths(claude)).toEqual({
      whole: "/model/eu.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse",
      stream: "/model/eu.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse-stream",
    });
    expect(egress.paths({ upstreamModel: "arn:aws:bedrock:eu-west-1:1:inference-profile/x" }).whole).toBe(
      "/model/arn%3Aaws%3Abedrock%3Aeu-west-1%3A1%3Ainference-profile%2Fx/converse",
    );
  });

  test("has instructions apart, turns in alternation, and results in the user's turn", () => {
    const { body, losses } = egress.renderRequest(
      ask({
        messages: [
          { role: "system", content: [{ type: "text", text: "Be brief.", cache: { ttl: "1h" } }] },
          { role: "user", content: [{ type: "text", text: "One" }] },
          {
            role: "user",
            content: [{ type: "image", source: { kind: "base64", mediaType: "image/jpeg", data: "AAAA" } }],
          },
          {
            role: "assistant",
            content: [
              { type: "reasoning", text: "Hm.", signature: { dialect: "bedrock-converse", value: "sig" } },
              { type: "reasoning", text: "", redacted: { dialect: "bedrock-converse", value: "c2VjcmV0" } },
              { type: "reasoning", text: "Theirs.", signature: { dialect: "gemini", value: "other" } },
              { type: "tool-call", id: "c1", name: "weather", arguments: `{"city":"Bern"}` },
              { type: "tool-call", id: "c2", name: "weather", arguments: "" },
            ],
          },
          { role: "tool", toolCallId: "c1", content: [{ type: "text", text: "sunny" }] },
          { role: "tool", toolCallId: "c2", content: [], isError: true },
          {
            role: "user",
            content: [
              {
                type: "file",
                name: "a_b.pdf",
                citations: true,
                source: { kind: "base64", mediaType: "application/pdf", data: "JVBERg==" },
              },
              { type: "text", text: "And this?", cache: {} },
            ],
          },
        ],
      }),
      claude,
    );
    expect(losses).toEqual([
      { path: "messages[3].content[2]", isHarmless: true, reason: "is the thinking of another vendor" },
    ]);
    expect(body["system"]).toEqual([{ text: "Be brief." }, { cachePoint: { type: "default", ttl: "1h" } }]);
    expect(body["messages"]).toEqual([
      { role: "user", content: [{ text: "One" }, { image: { format: "jpeg", source: { bytes: "AAAA" } } }] },
      {
        role: "assistant",
        content: [
          { reasoningContent: { reasoningText: { text: "Hm.", signature: "sig" } } },
          { reasoningContent: { redactedContent: "c2VjcmV0" } },
          { toolUse: { toolUseId: "c1", name: "weather", input: { city: "Bern" } } },
          { toolUse: { toolUseId: "c2", name: "weather", input: {} } },
        ],
      },
      {
        role: "user",
        content: [
          { toolResult: { toolUseId: "c1", content: [{ text: "sunny" }] } },
          { toolResult: { toolUseId: "c2", content: [{ text: "(no output)" }], status: "error" } },
          {
            document: {
              format: "pdf",
              name: "a b pdf",
              source: { bytes: "JVBERg==" },
              citations: { enabled: true },
            },
          },
          { text: "And this?" },
          { cachePoint: { type: "default" } },
        ],
      },
    ]);
    expect(body["toolConfig"]).toEqual({
      tools: [{ toolSpec: { name: "weather", inputSchema: { json: { type: "object", properties: {} } } } }],
    });
  });

  test("has its limits, tools, tier and metadata in Bedrock's words", () => {
    const { body, losses } = egress.renderRequest(
      ask({
        maxOutputTokens: 4_000,
        temperature: 0.5,
        topP: 0.9,
        topK: 40,
        stop: ["END"],
        tools: [
          { ...weather, strict: true, cache: {} },
          {
            type: "vendor",
            dialect: "bedrock-converse",
            name: "nova_grounding",
            value: { systemTool: { name: "nova_grounding" } },
          },
        ],
        toolChoice: { type: "required" },
        serviceTier: "flex",
        metadata: { team: "a" },
      }),
      claude,
    );
    expect(losses).toEqual([]);
    expect(body).toMatchObject({
      inferenceConfig: { maxTokens: 4_000, temperature: 0.5, topP: 0.9, stopSequences: ["END"] },
      toolConfig: {
        tools: [
          { toolSpec: { name: "weather", inputSchema: { json: weather.parameters }, strict: true } },
          { cachePoint: { type: "default" } },
          { systemTool: { name: "nova_grounding" } },
        ],
        toolChoice: { any: {} },
      },
      additionalModelRequestFields: { top_k: 40 },
      requestMetadata: { team: "a" },
      serviceTier: { type: "flex" },
    });
  });

  test.each([
    [
      "us.amazon.nova-2-lite-v1:0",
      { effort: "xhigh" },
      { reasoningConfig: { type: "enabled", maxReasoningEffort: "high" } },
    ],
    ["openai.gpt-oss-120b-1:0", { effort: "minimal" }, { reasoning_effort: "low" }],
    [
      "anthropic.claude-opus-5",
      { isAdaptive: true, effort: "max" },
      { thinking: { type: "adaptive" }, output_config: { effort: "max" } },
    ],
    [
      "anthropic.claude-haiku-4-5",
      { budgetTokens: 5_000 },
      { thinking: { type: "enabled", budget_tokens: 5_000 } },
    ],
    ["anthropic.claude-haiku-4-5", { effort: "none" }, undefined],
  ] as const)("tells %s to think as %j", (upstreamModel, reasoning, expected) => {
    expect(
      egress.renderRequest(ask({ reasoning }), { upstreamModel }).body["additionalModelRequestFields"],
    ).toEqual(expected as never);
  });

  test.each([
    [{ reasoning: { budgetTokens: 8_000 }, maxOutputTokens: 4_000 }, { budget_tokens: 3_999 }, []],
    [{ reasoning: { effort: "high" }, maxOutputTokens: 4_000 }, { budget_tokens: 3_200 }, []],
    [{ reasoning: { effort: "high" }, maxOutputTokens: 900 }, undefined, ["reasoning"]],
    [
      { reasoning: { effort: "low" }, tools: [weather], toolChoice: { type: "required" } },
      undefined,
      ["reasoning"],
    ],
    [{ reasoning: { effort: "low" }, responseFormat: { type: "json" } }, undefined, ["reasoning"]],
    [
      { reasoning: { effort: "low" }, temperature: 0.5, topP: 0.5, topK: 9 },
      { budget_tokens: 2_048 },
      ["temperature", "topK", "topP"],
    ],
    [{ reasoning: { effort: "low" }, temperature: 1, topP: 0.97 }, { budget_tokens: 2_048 }, []],
    [{ reasoning: { budgetTokens: 0 }, temperature: 0.5 }, undefined, []],
  ] as const)("asks Claude for thinking only with what goes with it: %j", (changes, thinking, lost) => {
    const { body, losses } = egress.renderRequest(ask(changes as Partial<ChatRequest>), claude);
    const extra = (body["additionalModelRequestFields"] ?? {}) as { thinking?: object };
    expect(extra.thinking).toEqual(thinking && ({ type: "enabled", ...thinking } as object));
    expect(losses.map(({ path, isHarmless }) => [path, isHarmless])).toEqual(
      lost.map((field) => [{ field }, true]),
    );
  });

  test("names a message of the user that has no words", () => {
    const empty = { role: "user", content: [{ type: "text", text: " " }] } as const;
    const reason = "has no words, of which Amazon Bedrock wants some";
    expect(egress.renderRequest(ask({ messages: [empty] }), claude).losses).toEqual([
      { path: "messages[0]", isHarmless: true, isChanged: true, reason },
    ]);
    const said = { role: "user", content: [{ type: "text", text: "Hi" }] } as const;
    expect(egress.renderRequest(ask({ messages: [said, empty] }), claude).losses).toEqual([
      { path: "messages[1]", isHarmless: true, reason },
    ]);
  });

  describe("with a call of a tool in its history", () => {
    const wish = { reasoning: { budgetTokens: 2_048 }, tools: [weather] } as const;
    const asked = { role: "user", content: [{ type: "text", text: "Weather?" }] } as const;
    const call = { type: "tool-call", id: "c1", name: "weather", arguments: "{}" } as const;
    const result = { role: "tool", toolCallId: "c1", content: [{ type: "text", text: "sunny" }] } as const;
    const thought = (dialect: "anthropic-messages" | "bedrock-converse" | "gemini") =>
      ({ type: "reasoning", text: "Hm.", signature: { dialect, value: "seal" } }) as const;
    const render = (
      content: AssistantMessage["content"],
      model = claude.upstreamModel,
      more: readonly Message[] = [],
    ) =>
      egress.renderRequest(
        ask({ ...wish, messages: [asked, { role: "assistant", content }, result, ...more] }),
        {
          upstreamModel: model,
        },
      );
    const thinkingOf = ({ body }: ReturnType<typeof render>) =>
      (body["additionalModelRequestFields"] as { thinking?: object } | undefined)?.thinking;

    test.each([[[call]], [[thought("gemini"), call]]])(
      "Claude is not asked to think where the call's thinking is gone: %j",
      (content) => {
        const rendered = render(content);
        expect(thinkingOf(rendered)).toBeUndefined();
        expect(rendered.losses).toContainEqual({
          path: { field: "reasoning" },
          isHarmless: true,
          reason: "is left out, since the model's call of tools has come back without its thinking",
        });
      },
    );

    test.each(["anthropic-messages", "bedrock-converse"] as const)(
      "Claude thinks on from thinking that is sealed (%s)",
      (dialect) => {
        const rendered = render([thought(dialect), call]);
        expect(thinkingOf(rendered)).toEqual({ type: "enabled", budget_tokens: 2_048 });
        expect(rendered.losses).toEqual([]);
        expect(JSON.stringify(rendered.body["messages"])).toContain(
          '{"reasoningContent":{"reasoningText":{"text":"Hm.","signature":"seal"}}}',
        );
      },
    );

    test("Claude thinks again once the turn is over", () => {
      const over = [{ role: "assistant", content: [{ type: "text", text: "Sun." }] }, asked] as const;
      expect(thinkingOf(render([call], claude.upstreamModel, over))).toBeDefined();
    });

    test("another vendor's model gets no seal of Claude's", () => {
      const { body, losses } = render([thought("anthropic-messages"), call], "us.deepseek.r1-v1:0");
      expect(JSON.stringify(body)).not.toContain("seal");
      expect(losses).toContainEqual(
        expect.objectContaining({ path: "messages[1].content[0]", isHarmless: true }),
      );
    });
  });

  test("makes the model call a tool for a structured answer, and gives the caller its text", () => {
    const older = { upstreamModel: "us.anthropic.claude-opus-4-1-20250805-v1:0" };
    const schema = { type: "object", properties: { a: { type: "number" } } };
    const only = egress.renderRequest(
      ask({ responseFormat: { type: "json-schema", name: "x", schema } }),
      older,
    ).body["toolConfig"];
    expect(only).toMatchObject({
      tools: [{ toolSpec: { name: "latchkey_answer", inputSchema: { json: schema } } }],
      toolChoice: { tool: { name: "latchkey_answer" } },
    });
    const any = egress.renderRequest(ask({ responseFormat: { type: "json" } }), older);
    expect(any.losses).toEqual([]);
    expect(any.body["toolConfig"]).toMatchObject({
      tools: [{ toolSpec: { name: "latchkey_answer", inputSchema: { json: { type: "object" } } } }],
      toolChoice: { tool: { name: "latchkey_answer" } },
    });
    const both = egress.renderRequest(
      ask({ tools: [weather], responseFormat: { type: "json-schema", schema } }),
      older,
    ).body["toolConfig"];
    expect(both).toMatchObject({
      tools: [{ toolSpec: { name: "weather" } }, { toolSpec: { name: "latchkey_answer" } }],
      toolChoice: { any: {} },
    });
    const answer = {
      output: {
        message: {
          role: "assistant",
          content: [{ toolUse: { toolUseId: "t", name: "latchkey_answer", input: { a: 1 } } }],
        },
      },
      stopReason: "tool_use",
    };
    expect(egress.parseResponse(answer, older)?.choices).toEqual([
      { index: 0, content: [{ type: "text", isAnswer: true, text: `{"a":1}` }], finishReason: "stop" },
    ]);
    const events = decode([
      frame("contentBlockStart", {
        contentBlockIndex: 0,
        start: { toolUse: { toolUseId: "t", name: "latchkey_answer" } },
      }),
      frame("contentBlockDelta", { contentBlockIndex: 0, delta: { toolUse: { input: `{"a":` } } }),
      frame("contentBlockDelta", { contentBlockIndex: 0, delta: { toolUse: { input: "1}" } } }),
      frame("contentBlockStop", { contentBlockIndex: 0 }),
      frame("messageStop", { stopReason: "tool_use" }),
    ]);
    expect(events.map((event) => (event.type === "delta" ? event.text : "")).join("")).toBe(`{"a":1}`);
    const content = { type: "text", isAnswer: true } as const;
    expect(events).toContainEqual({ type: "part-start", choice: 0, part: 0, content });
    expect(events).toContainEqual({ type: "finish", choice: 0, reason: "stop" });
  });

  test.each([
    [{ seed: 1 }, { field: "seed" }, true],
    [{ choices: 2 }, { field: "choices" }, false],
    [{ logprobs: 0 }, { field: "logprobs" }, false],
    [{ endUser: "u" }, { field: "endUser" }, true],
    [{ tools: [{ type: "function", name: "latchkey_answer" }] }, "tools[0].name", false],
    [
      {
        messages: [
          {
            role: "user",
            content: [
              { type: "text", text: "x" },
              { type: "image", source: { kind: "url", url: "https://x.example/a.png" } },
            ],
          },
        ],
      },
      "messages[0].content[1]",
      false,
    ],
    [
      {
        messages: [
          {
            role: "user",
            content: [
              { type: "text", text: "x" },
              { type: "audio", source: { kind: "base64", mediaType: "audio/wav", data: "AA" } },
            ],
          },
        ],
      },
      "messages[0].content[1]",
      false,
    ],
    [
      { messages: [{ role: "user", name: "Ada", content: [{ type: "text", text: "x" }] }] },
      "messages[0].name",
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
  ] as const)("names what %j loses", (changes, path, isHarmless) => {
    expect(egress.renderRequest(ask(changes as Partial<ChatRequest>), claude).losses).toEqual([
      { path, isHarmless, reason: expect.any(String) },
    ] as never);
  });
});

describe("a stream of Bedrock", () => {
  const frames = [
    frame("messageStart", { role: "assistant" }),
    frame("contentBlockDelta", { contentBlockIndex: 0, delta: { reasoningContent: { text: "Hm" } } }),
    frame("contentBlockDelta", { contentBlockIndex: 0, delta: { reasoningContent: { signature: "sig" } } }),
    frame("contentBlockStop", { contentBlockIndex: 0 }),
    frame("contentBlockDelta", { contentBlockIndex: 1, delta: { text: "Grüße" } }),
    frame("contentBlockStop", { contentBlockIndex: 1 }),
    frame("contentBlockStart", {
      contentBlockIndex: 2,
      start: { toolUse: { toolUseId: "t1", name: "weather" } },
    }),
    frame("contentBlockDelta", { contentBlockIndex: 2, delta: { toolUse: { input: "" } } }),
    frame("contentBlockStop", { contentBlockIndex: 2 }),
    frame("messageStop", { stopReason: "tool_use" }),
    frame("metadata", {
      usage: {
        inputTokens: 3,
        outputTokens: 5,
        totalTokens: 108,
        cacheReadInputTokens: 60,
        cacheWriteInputTokens: 40,
        cacheDetails: [{ ttl: "1h", inputTokens: 30 }],
      },
    }),
  ];

  test("begins its blocks without a word and tells usage after the stop reason", () => {
    expect(decode(frames)).toEqual([
      { type: "start", id: expect.any(String), model: claude.upstreamModel },
      { type: "part-start", choice: 0, part: 0, content: { type: "reasoning" } },
      { type: "delta", choice: 0, part: 0, text: "Hm" },
      { type: "signature", choice: 0, part: 0, signature: { dialect: "bedrock-converse", value: "sig" } },
      { type: "part-end", choice: 0, part: 0 },
      { type: "part-start", choice: 0, part: 1, content: { type: "text" } },
      { type: "delta", choice: 0, part: 1, text: "Grüße" },
      { type: "part-end", choice: 0, part: 1 },
      { type: "part-start", choice: 0, part: 2, content: { type: "tool-call", id: "t1", name: "weather" } },
      { type: "part-end", choice: 0, part: 2 },
      { type: "finish", choice: 0, reason: "tool-calls" },
      {
        type: "usage",
        usage: { input: 103, output: 5, cacheRead: 60, cacheWrite: 40, reasoning: 0, cacheWriteHour: 30 },
      },
      { type: "end" },
    ]);
  });

  test("was cut where it ends before its metadata, whatever it has said of its end", () => {
    const said = [
      frame("contentBlockDelta", { contentBlockIndex: 0, delta: { text: "Hi" } }),
      frame("messageStop", { stopReason: "end_turn" }),
    ];
    expect(decode([Buffer.concat(said)]).at(-1)?.type).toBe("finish");
    const metadata = frame("metadata", { usage: { inputTokens: 1, outputTokens: 2 } });
    expect(decode([Buffer.concat([...said, metadata])]).at(-1)).toEqual({ type: "end" });
  });

  test("is the same wherever it is cut, and has no end where it is cut off", () => {
    const bytes = Buffer.concat(frames);
    const whole = withoutIds(decode([bytes]));
    for (let cut = 1; cut < bytes.length; cut += 7)
      expect(withoutIds(decode([bytes.subarray(0, cut), bytes.subarray(cut)]))).toBe(whole);
    for (const kept of [
      bytes.subarray(0, bytes.length - 1),
      Buffer.concat(frames.slice(0, 9)),
      bytes.subarray(0, 40),
    ]) {
      expect(decode([kept]).some(({ type }) => type === "end")).toBe(false);
    }
  });

  test.each([
    [{ ":message-type": "exception", ":exception-type": "throttlingException" }, "rate-limit"],
    [{ ":message-type": "exception", ":exception-type": "modelStreamErrorException" }, "server"],
    [{ ":message-type": "exception", ":exception-type": "validationException" }, "invalid-request"],
    [
      { ":message-type": "error", ":error-code": "InternalServerException", ":error-message": "boom" },
      "server",
    ],
  ] as const)("may fail under status 200 with %j", (headers, kind) => {
    const payload = ":error-message" in headers ? "" : `{"message":"boom"}`;
    const events = decode([frames[0] as Uint8Array, encodeEventStreamMessage(headers, Buffer.from(payload))]);
    expect(events.at(-1)).toMatchObject({ type: "error", error: { kind, message: "boom" } });
  });

  test("that is damaged, or is none at all, ends in an error or not at all", () => {
    expect(decode([Buffer.from("data: {}\n\n<html>")]).at(-1)).toMatchObject({
      type: "error",
      error: { kind: "server" },
    });
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 5 }), (pieces) => {
        expect(decode(pieces).every(({ type }) => type === "error")).toBe(true);
      }),
    );
  });
});

test.each([
  [400, `{"message":"Input is too long for requested model."}`, "context-length"],
  [403, `{"message":"The security token included in the request is invalid."}`, "permission"],
  [429, `{"message":"Too many requests"}`, "rate-limit"],
  [400, `{"__type":"com.amazon.coral#ThrottlingException","Message":"slow"}`, "rate-limit"],
  [503, "", "overloaded"],
  [500, "<html>", "server"],
  [400, `{"__type":"ValidationError","message":"Model not in this region"}`, "invalid-request"],
  [400, `{"__type":"IncompleteSignature","message":"no"}`, "authentication"],
  [403, `{"__type":"InvalidClientTokenId","message":"no"}`, "authentication"],
  [404, `{"__type":"FTUFormNotFilled","message":"no"}`, "permission"],
  [400, `{"__type":"ServiceQuotaExceededException","message":"no"}`, "quota"],
  [529, `{"message":"no"}`, "overloaded"],
] as const)("an error with status %d and body %p is of the kind %s", (status, body, kind) => {
  expect(egress.parseError(status, Buffer.from(body))).toMatchObject({
    kind,
    message: expect.stringMatching(/./),
  });
});

test("an error's name stands in its header before all else", () => {
  const header = (name: string) =>
    name === "x-amzn-errortype" ? "ModelNotReadyException:http://internal.amazon.com/coral/" : undefined;
  const body = Buffer.from(`{"__type":"ValidationException","message":"Warming up"}`);
  expect(egress.parseError(429, body, header)).toEqual({
    kind: "overloaded",
    message: "Warming up",
    code: "ModelNotReadyException",
  });
});

describe("recorded exchanges", () => {
  const ok = (exchange: RecordedExchange): boolean =>
    exchange.status === 200 && (exchange.url ?? "").includes("compat") === false;
  const whole = recordedExchanges("converse").filter(
    (exchange) =>
      ok(exchange) &&
      exchange.contentType.includes("json") &&
      Buffer.from(exchange.body).toString().includes('"output"'),
  );
  test.each(whole.map((exchange) => [exchange.name, exchange] as const))("%s", (_name, { body }) => {
    const answer = JSON.parse(Buffer.from(body).toString());
    const response = egress.parseResponse(answer, claude);
    const blocks: readonly JsonObject[] = answer.output.message.content;
    const [choice] = response?.choices ?? [];
    const said = blocks.map((block) => block["text"] ?? "").join("");
    if (!blocks.some((block) => block["citationsContent"] !== undefined)) {
      expect(choice?.content.map((part) => (part.type === "text" ? part.text : "")).join("")).toBe(said);
    }
    const calls = blocks.flatMap((block) => {
      const use = block["toolUse"] as JsonObject | undefined;
      return use === undefined || use["type"] === "server_tool_use"
        ? []
        : [[use["toolUseId"], use["name"], use["input"]]];
    });
    expect(
      choice?.content.flatMap((part) =>
        part.type === "tool-call" ? [[part.id, part.name, JSON.parse(part.arguments)]] : [],
      ),
    ).toEqual(calls);
    const citations = blocks.flatMap(
      (block) => ((block["citationsContent"] as JsonObject | undefined)?.["citations"] ?? []) as JsonObject[],
    );
    expect(
      choice?.content
        .flatMap((part) => (part.type === "text" ? (part.citations ?? []) : []))
        .map(({ raw }) => raw?.value),
    ).toEqual(citations);
    // What the model has said goes back as it came.
    const spoken = choice === undefined ? [] : [{ role: "assistant" as const, content: choice.content }];
    const back = egress.renderRequest(ask({ messages: spoken }), claude);
    const returned = ((back.body["messages"] as readonly JsonObject[])[0]?.["content"] ??
      []) as readonly JsonObject[];
    const signed = blocks.filter((block) =>
      JSON.stringify(block["reasoningContent"] ?? "").includes("signature"),
    );
    const used = blocks
      .filter((block) => block["toolUse"] !== undefined)
      .map(({ toolUse }) => toolUse as JsonObject);
    for (const block of signed)
      expect(returned).toContainEqual(
        expect.objectContaining({ reasoningContent: block["reasoningContent"] }),
      );
    expect(
      returned.flatMap(({ toolUse }) =>
        toolUse === undefined ? [] : [(toolUse as JsonObject)["toolUseId"]],
      ),
    ).toEqual(used.map(({ toolUseId }) => toolUseId));
    expect(response?.usage?.output).toBe(answer.usage?.outputTokens);
  });

  const streams = recordedExchanges("converse-stream").filter(
    ({ status, lines, contentType }) =>
      status === 200 && (lines !== undefined || contentType.includes("eventstream")),
  );
  test.each(streams.map((exchange) => [exchange.name, exchange] as const))("%s", (_name, { body, lines }) => {
    const bytes =
      lines === undefined
        ? Buffer.from(body)
        : Buffer.concat(
            lines.map((line) => {
              const [[type, value] = ["", {}]] = Object.entries(
                JSON.parse(line) as Record<string, JsonObject>,
              );
              return frame(type, value);
            }),
          );
    const events = decode([bytes]);
    // Some were trimmed by those who keep them, and one without its last event was cut.
    const hasUsage = lines === undefined || lines.some((line) => line.includes("inputTokens"));
    const hasEnd = lines === undefined || lines.some((line) => line.includes('"metadata"'));
    expect(events.at(-1)?.type).toBe(hasEnd ? "end" : "finish");
    expect(events.some(({ type }) => type === "usage")).toBe(hasUsage);
    const started = events.filter(({ type }) => type === "part-start").length;
    expect(events.filter(({ type }) => type === "part-end")).toHaveLength(started);
    const half = bytes.length >> 1;
    expect(withoutIds(decode([bytes.subarray(0, half), bytes.subarray(half)]))).toBe(withoutIds(events));
  });
});
