import { describe, expect, test } from "bun:test";
import type { ChatRequest } from "../../src/canonical/chat-request.ts";
import { anthropicMessages } from "../../src/dialects/anthropic-messages/index.ts";
import { bedrockConverse } from "../../src/dialects/bedrock-converse/index.ts";
import { cohereChat } from "../../src/dialects/cohere-chat/index.ts";
import { gemini } from "../../src/dialects/gemini/index.ts";
import { openaiChat } from "../../src/dialects/openai-chat/index.ts";
import { openaiResponses } from "../../src/dialects/openai-responses/index.ts";

const parameters = { type: "object", properties: {} };
const request: ChatRequest = {
  model: "m",
  stream: false,
  messages: [{ role: "user", content: [{ type: "text", text: "Hello" }] }],
  tools: [{ type: "function", name: "look", parameters }],
  responseFormat: { type: "json-schema", schema: { type: "object" } },
};
const dialects = [
  [anthropicMessages, "claude-3-haiku", { type: "tool", name: "look" }, { type: "any" }],
  [bedrockConverse, "meta.llama", { tool: { name: "look" } }, { any: {} }],
  [cohereChat, "command-r", "REQUIRED", "REQUIRED"],
  [gemini, "gemini-2.5-flash", { mode: "ANY", allowedFunctionNames: ["look"] }, { mode: "ANY" }],
  [openaiChat, "m", { type: "function", function: { name: "look" } }, "required"],
  [openaiResponses, "m", { type: "function", name: "look" }, "required"],
] as const;

describe.each(dialects)("$name", ({ egress }, upstreamModel, named, any) => {
  const traits = { upstreamModel, lacks: ["json-schema" as const] };
  const render = (more: Partial<ChatRequest>) => egress.renderRequest({ ...request, ...more }, traits);

  test("forces the caller's tool and offers no other way", () => {
    for (const [toolChoice, told] of [
      [{ type: "tool", name: "look" }, named],
      [{ type: "required" }, any],
    ] as const) {
      const { body, losses, change } = render({ toolChoice });
      const text = JSON.stringify(body);
      expect(losses).toEqual([]);
      expect(text).not.toContain("latchkey_answer");
      expect(text).toContain(JSON.stringify(told));
      expect(change).toBeUndefined();
    }
  });

  test("tells nothing beside the answer where the tool stands in for it", () => {
    for (const more of [{}, { toolChoice: { type: "none" } }] as const) {
      const { body, change } = render(more);
      expect(JSON.stringify(body)).toContain("latchkey_answer");
      expect(change).toBeDefined();
    }
  });
});
