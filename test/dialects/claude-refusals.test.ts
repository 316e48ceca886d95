import { describe, expect, test } from "bun:test";
import type { ChatRequest } from "../../src/canonical/chat-request.ts";
import { anthropicMessages } from "../../src/dialects/anthropic-messages/index.ts";
import { bedrockConverse } from "../../src/dialects/bedrock-converse/index.ts";
import type { ChatEgress, RenderedRequest, TargetTraits } from "../../src/dialects/dialect.ts";
import type { JsonObject } from "../../src/kernel/json.ts";

const request: ChatRequest = {
  model: "fast",
  stream: false,
  messages: [{ role: "user", content: [{ type: "text", text: "Hi" }] }],
};
const weather = {
  type: "function",
  name: "weather",
  parameters: { type: "object", properties: {} },
} as const;
const anthropic = anthropicMessages.egress;
const bedrock = bedrockConverse.egress;

/** A Claude on every platform, by the names that it has there. */
const platforms = (name: string): readonly (readonly [string, ChatEgress, TargetTraits])[] => [
  ["Anthropic", anthropic, { upstreamModel: name }],
  ["Vertex AI", anthropic, { upstreamModel: `${name}@default`, quirks: { host: "vertex" } }],
  ["Bedrock", bedrock, { upstreamModel: `global.anthropic.${name}` }],
  ["Bedrock by another name", bedrock, arn],
];
const arn: TargetTraits = {
  upstreamModel: "arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/abc",
  lacks: ["sampling", "forced-tools"],
};

const told = (body: JsonObject): JsonObject => ({ ...body, ...(body["inferenceConfig"] as JsonObject) });
const lost = ({ losses }: RenderedRequest) =>
  losses.map(({ path, isHarmless }) => [typeof path === "string" ? path : path.field, isHarmless]);

describe("how words are drawn", () => {
  test.each(platforms("claude-opus-4-7"))(
    "is not told to Claude 4.7 on %s, and named",
    (_name, egress, traits) => {
      const rendered = egress.renderRequest({ ...request, temperature: 0.2, topP: 0.5, topK: 9 }, traits);
      expect(Object.keys(told(rendered.body)).filter((name) => /temperature|top/i.test(name))).toEqual([]);
      expect(JSON.stringify(rendered.body)).not.toContain("top_k");
      expect(lost(rendered).toSorted()).toEqual([
        ["temperature", true],
        ["topK", true],
        ["topP", true],
      ]);
    },
  );

  test.each(platforms("claude-haiku-5-5"))(
    "is nothing to be named on %s where it is the usual way",
    (_name, egress, traits) => {
      const rendered = egress.renderRequest({ ...request, temperature: 1, topP: 1 }, traits);
      expect(told(rendered.body)).not.toHaveProperty("temperature");
      expect(rendered.losses).toEqual([]);
    },
  );

  test.each(platforms("claude-haiku-4-5").slice(0, 3))(
    "is told to older ones on %s",
    (_name, egress, traits) => {
      const { body, losses } = egress.renderRequest({ ...request, temperature: 0.2 }, traits);
      expect(told(body)["temperature"]).toBe(0.2);
      expect(losses).toEqual([]);
    },
  );
});

describe("a tool that has to be used", () => {
  const refusing = [
    "claude-opus-5-5",
    "claude-sonnet-5-5",
    "claude-fable-5-1",
    "claude-fable-5-2",
    "claude-mythos-5-1",
  ];
  const choices = [{ type: "required" }, { type: "tool", name: "weather" }] as const;

  test.each(refusing.flatMap((name) => platforms(name)))(
    "is refused by name: %s, %#",
    (_name, egress, traits) => {
      for (const toolChoice of choices) {
        const rendered = egress.renderRequest({ ...request, tools: [weather], toolChoice }, traits);
        expect(lost(rendered)).toEqual([["toolChoice", false]]);
      }
      const free = egress.renderRequest(
        { ...request, tools: [weather], toolChoice: { type: "auto" } },
        traits,
      );
      expect(free.losses).toEqual([]);
    },
  );

  test.each(
    ["claude-opus-5", "claude-fable-5", "claude-haiku-5-5", "claude-sonnet-4-6"].flatMap((name) =>
      platforms(name).slice(0, 3),
    ),
  )("is told to others on %s, %#", (_name, egress, traits) => {
    for (const toolChoice of choices) {
      const { body, losses } = egress.renderRequest({ ...request, tools: [weather], toolChoice }, traits);
      expect(JSON.stringify(body)).toMatch(/"any"|"type":"tool"|"toolChoice":\{"tool"/);
      expect(losses).toEqual([]);
    }
  });

  test("passes to nobody who refuses it: the caller's bytes are read then", () => {
    const texts = (upstreamModel: string) => anthropicMessages.passthrough.foreignTexts?.({ upstreamModel });
    expect(texts("claude-opus-5-5")).toContain('"type":"any"');
    expect(texts("claude-opus-5-5")).toContain('"type": "tool"');
    expect(texts("claude-opus-5")).not.toContain('"type":"any"');
  });
});

describe("a structured answer of a model that cannot be made to use a tool", () => {
  const schema = { type: "object", properties: { a: { type: "number" } }, required: ["a"] };
  const map = { type: "object", additionalProperties: { type: "number" } };

  test("is asked for in Anthropic's own way where the schema allows it", () => {
    const { body, losses } = anthropic.renderRequest(
      { ...request, responseFormat: { type: "json-schema", schema } },
      { upstreamModel: "claude-sonnet-5-5" },
    );
    expect(body).toMatchObject({ output_config: { format: { type: "json_schema" } } });
    expect(body).not.toHaveProperty("tool_choice");
    expect(losses).toEqual([]);
  });

  test.each([{ type: "json" }, { type: "json-schema", schema: map }] as const)(
    "is asked for in words otherwise, which is named: %j",
    (responseFormat) => {
      const { body, losses } = anthropic.renderRequest(
        { ...request, responseFormat, reasoning: { effort: "low" } },
        { upstreamModel: "claude-sonnet-5-5" },
      );
      expect(body).toMatchObject({
        system: [{ type: "text", text: expect.stringContaining("latchkey_answer") }],
        tools: [{ name: "latchkey_answer" }],
        tool_choice: { type: "auto" },
        // A choice that is free goes together with thinking.
        thinking: { type: "adaptive" },
      });
      expect(losses).toMatchObject([
        { path: { field: "responseFormat" }, isHarmless: true, isChanged: true },
      ]);
    },
  );

  test.each(platforms("claude-opus-5-5").slice(2))("is asked for in words on %s", (_name, egress, traits) => {
    const { body, losses } = egress.renderRequest(
      { ...request, tools: [weather], responseFormat: { type: "json-schema", schema } },
      traits,
    );
    expect(body).toMatchObject({
      system: [{ text: expect.stringContaining("latchkey_answer") }],
      toolConfig: {
        tools: [{ toolSpec: { name: "weather" } }, { toolSpec: { name: "latchkey_answer" } }],
        toolChoice: { auto: {} },
      },
    });
    expect(losses).toMatchObject([{ path: { field: "responseFormat" }, isHarmless: true, isChanged: true }]);
  });

  test("keeps to one call where the caller wants no more", () => {
    const { body } = anthropic.renderRequest(
      { ...request, tools: [weather], parallelToolCalls: false, responseFormat: { type: "json" } },
      { upstreamModel: "claude-opus-5-5" },
    );
    expect(body["tool_choice"]).toEqual({ type: "auto", disable_parallel_tool_use: true });
  });
});

describe("thinking", () => {
  test.each([
    ["claude-sonnet-5-5", { type: "between_tools" }, 0],
    ["claude-haiku-5-5", { type: "disabled" }, 0],
    ["claude-opus-5", { type: "disabled" }, 0],
    ["claude-opus-5-5", undefined, 1],
    ["claude-fable-5-1", undefined, 1],
  ] as const)("is switched off for %s by %j", (name, thinking, changed) => {
    const wish = { ...request, reasoning: { effort: "none" } } as const;
    const own = anthropic.renderRequest(wish, { upstreamModel: name });
    expect(own.body["thinking"]).toEqual(thinking);
    expect(own.losses).toHaveLength(changed);
    const elsewhere = bedrock.renderRequest(wish, { upstreamModel: `us.anthropic.${name}` });
    expect(elsewhere.body["additionalModelRequestFields"]).toEqual(
      thinking === undefined ? { output_config: { effort: "low" } } : { thinking },
    );
    expect(elsewhere.losses).toHaveLength(changed);
  });

  test.each([
    [{ budgetTokens: 9_000 }, "high", 1],
    [{ budgetTokens: 100_000 }, "max", 1],
    [{ effort: "minimal" }, "low", 0],
    [{ effort: "xhigh" }, "xhigh", 0],
  ] as const)("has no budget on Bedrock from Claude 4.7 on: %j", (reasoning, effort, changed) => {
    const { body, losses } = bedrock.renderRequest(
      { ...request, reasoning },
      { upstreamModel: "anthropic.claude-opus-4-7" },
    );
    expect(body["additionalModelRequestFields"]).toEqual({
      thinking: { type: "adaptive" },
      output_config: { effort },
    });
    expect(losses).toHaveLength(changed);
  });
});
