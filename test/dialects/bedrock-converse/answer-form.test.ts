import { describe, expect, test } from "bun:test";
import type { ConverseCommandInput } from "@aws-sdk/client-bedrock-runtime";
import type { ChatRequest } from "../../../src/canonical/chat-request.ts";
import { bedrockConverse } from "../../../src/dialects/bedrock-converse/index.ts";

const { egress } = bedrockConverse;
const schema = { type: "object", properties: { a: { type: "integer" } }, required: ["a"] };
const responseFormat = { type: "json-schema", name: "x", schema } as const;
const sonnet = "eu.anthropic.claude-sonnet-4-5-20250929-v1:0";

const render = (more: Partial<ChatRequest>, upstreamModel = sonnet) =>
  egress.renderRequest(
    {
      model: "m",
      stream: false,
      messages: [{ role: "user", content: [{ type: "text", text: "Hello" }] }],
      ...more,
    },
    { upstreamModel },
  );

describe("a structured answer of a model that follows schemas", () => {
  test("is asked for in Bedrock's own way, and beside it thinking stays", () => {
    const { body, losses, change } = render({
      responseFormat,
      maxOutputTokens: 8_000,
      reasoning: { budgetTokens: 2_000 },
    });
    const { outputConfig } = body as unknown as ConverseCommandInput;
    const structure = outputConfig?.textFormat?.structure;
    expect(outputConfig?.textFormat?.type).toBe("json_schema");
    expect(structure?.jsonSchema?.name).toBe("x");
    expect(JSON.parse(structure?.jsonSchema?.schema ?? "")).toMatchObject({
      ...schema,
      additionalProperties: false,
    });
    expect(body["toolConfig"]).toBeUndefined();
    expect(body["additionalModelRequestFields"]).toEqual({
      thinking: { type: "enabled", budget_tokens: 2_000 },
    });
    expect([losses, change]).toEqual([[], undefined]);
  });

  test("leaves the caller's tools as they are", () => {
    const tools = [{ type: "function", name: "look" }] as const;
    const { body } = render({ responseFormat, tools, toolChoice: { type: "tool", name: "look" } });
    expect(body["toolConfig"]).toMatchObject({ toolChoice: { tool: { name: "look" } }, tools: [{}] });
    expect(body).toHaveProperty("outputConfig");
  });

  test.each([
    "anthropic.claude-3-haiku-20240307-v1:0",
    "us.anthropic.claude-opus-4-1-20250805-v1:0",
    "amazon.nova-lite-v1:0",
    "meta.llama3-3-70b-instruct-v1:0",
  ])("comes through a tool for %s, which has no such thing", (model) => {
    const { body, change } = render({ responseFormat }, model);
    expect(body["outputConfig"]).toBeUndefined();
    expect(body["toolConfig"]).toMatchObject({ toolChoice: { tool: { name: "latchkey_answer" } } });
    expect(change).toBeDefined();
  });
});

describe("the stop text that was met", () => {
  test("is asked of Claude where there are any, and of no other model", () => {
    expect(render({ stop: ["END"] }).body["additionalModelResponseFieldPaths"]).toEqual(["/stop_sequence"]);
    expect(render({}).body).not.toHaveProperty("additionalModelResponseFieldPaths");
    expect(render({ stop: ["END"] }, "amazon.nova-lite-v1:0").body).not.toHaveProperty(
      "additionalModelResponseFieldPaths",
    );
  });

  test.each([
    [{ stop_sequence: "END" }, "END"],
    [{ stop_sequence: null }, undefined],
    [undefined, undefined],
  ] as const)("is read of %j", (additionalModelResponseFields, stopText) => {
    const answer = {
      output: { message: { role: "assistant", content: [{ text: "a" }] } },
      stopReason: "stop_sequence",
      ...(additionalModelResponseFields !== undefined && { additionalModelResponseFields }),
    };
    const [choice] = egress.parseResponse(answer, { upstreamModel: sonnet })?.choices ?? [];
    expect([choice?.finishReason, choice?.stopText]).toEqual(["stop-text", stopText]);
  });
});
