import { describe, expect, test } from "bun:test";
import type { ChatRequest } from "../../src/canonical/chat-request.ts";
import type { ChatDialectName } from "../../src/canonical/content.ts";
import type { TargetTraits } from "../../src/dialects/dialect.ts";
import { chatDialects } from "../../src/dialects/registry.ts";

const asked = (type: "auto" | "required", allowed: readonly string[]): ChatRequest => ({
  model: "fast",
  stream: false,
  messages: [{ role: "user", content: [{ type: "text", text: "Hi" }] }],
  tools: [{ type: "function", name: "look" }],
  toolChoice: { type, allowed },
});

/** Dialects that can be told no list of allowed tools, so that the others are left out. */
const without: readonly (readonly [ChatDialectName, TargetTraits])[] = [
  ["openai-chat", { upstreamModel: "m", quirks: { allowedTools: false } }],
  ["anthropic-messages", { upstreamModel: "m" }],
  ["gemini", { upstreamModel: "m" }],
  ["bedrock-converse", { upstreamModel: "m" }],
  ["cohere-chat", { upstreamModel: "m" }],
  ["ollama-chat", { upstreamModel: "m" }],
];

describe.each(without)("a choice for %s", (name, traits) => {
  const rendered = (request: ChatRequest) => chatDialects[name]?.egress.renderRequest(request, traits);

  test("that allows a tool tells it and loses nothing", () => {
    const { body, losses } = rendered(asked("auto", ["look", "gone"])) ?? {};
    expect(losses).toEqual([]);
    expect(JSON.stringify(body)).toContain(`"look"`);
  });

  test("that allows none of the tools there are says so", () => {
    const { body, losses } = rendered(asked("auto", ["lok"])) ?? {};
    expect(losses).toEqual([
      {
        path: { field: "toolChoice" },
        isHarmless: true,
        reason: "allows none of the tools of the request",
      },
    ]);
    expect(JSON.stringify(body)).not.toContain("look");
  });
});

/** Gemini refuses such a request itself, and Ollama's forced tools have words of their own for it. */
const forcing = without.filter(([name]) => name !== "gemini" && name !== "ollama-chat");

test.each(forcing)("%s is not sent a request that forces a tool and allows none", (name, traits) => {
  const { losses = [] } = chatDialects[name]?.egress.renderRequest(asked("required", ["lok"]), traits) ?? {};
  expect(losses).toContainEqual({
    path: { field: "toolChoice" },
    isHarmless: false,
    reason: "allows none of the tools of the request",
  });
});
