import { describe, expect, test } from "bun:test";
import { tokenCounting } from "../../../src/dialects/anthropic-messages/token-counting.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { claude } from "../../support/anthropic-samples.ts";

const vertex = { upstreamModel: "claude-sonnet-4-5@20250929", quirks: { host: "vertex" } };
const body: JsonObject = {
  model: "fast",
  system: "Be brief.",
  messages: [{ role: "user", content: "Hi" }],
  tools: [{ name: "now", input_schema: { type: "object", properties: {} } }],
  thinking: { type: "enabled", budget_tokens: 2000 },
};

describe("a count of tokens", () => {
  test("is asked for as a message is, without a limit", () => {
    const { request, losses } = tokenCounting.parseRequest({ body });
    expect(losses).toEqual([]);
    expect(request).toMatchObject({
      model: "fast",
      tools: [{ name: "now" }],
      reasoning: { budgetTokens: 2000 },
    });
    expect(request).not.toHaveProperty("maxOutputTokens");
    expect(() => tokenCounting.parseRequest({ body: { model: "fast" } })).toThrow("messages");
  });

  test("is asked of a target without what belongs to an answer only", () => {
    const { request } = tokenCounting.parseRequest({
      body: { ...body, stream: true, temperature: 0.1, stop_sequences: ["x"], metadata: { user_id: "u" } },
    });
    const { body: sent } = tokenCounting.renderRequest(request, claude);
    expect(Object.keys(sent).sort()).toEqual(["messages", "model", "system", "thinking", "tools"]);
    expect(sent["model"]).toBe("claude-sonnet-4-5-20250929");
    expect(tokenCounting.path(claude)).toBe("/messages/count_tokens");
  });

  test("names the model in the body on Vertex AI, where one path counts for all", () => {
    const { request } = tokenCounting.parseRequest({ body });
    expect(tokenCounting.path(vertex)).toBe("/publishers/anthropic/models/count-tokens:rawPredict");
    expect(tokenCounting.renderRequest(request, vertex).body).toMatchObject({
      model: "claude-sonnet-4-5@20250929",
      anthropic_version: "vertex-2023-10-16",
    });
  });

  test("is read and told", () => {
    expect(tokenCounting.parseResponse({ input_tokens: 14 })).toBe(14);
    for (const value of [{}, { input_tokens: "14" }, { input_tokens: -1 }, { input_tokens: 1.5 }])
      expect(tokenCounting.parseResponse(value)).toBeUndefined();
    expect(tokenCounting.renderResponse(14)).toEqual({ input_tokens: 14 });
  });
});
