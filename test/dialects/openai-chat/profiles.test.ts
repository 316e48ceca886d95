import { describe, expect, test } from "bun:test";
import type { ProviderProfile } from "../../../src/catalog/provider-profile.ts";
import { providerProfiles } from "../../../src/catalog/providers/index.ts";
import { openaiChat } from "../../../src/dialects/openai-chat/index.ts";
import { quirksOf } from "../../../src/dialects/openai-chat/quirks.ts";
import { ask, plain } from "./support/chat-case.ts";

const profiles = Object.values(providerProfiles).filter(
  (profile: ProviderProfile) => profile.chat?.dialect === "openai-chat",
);
const fields = [
  "tools",
  "toolChoice",
  "parallelToolCalls",
  "stop",
  "seed",
  "choices",
  "logprobs",
  "logitBias",
  "endUser",
  "metadata",
  "store",
  "promptCacheKey",
  "verbosity",
  "serviceTier",
  "frequencyPenalty",
  "presencePenalty",
  "responseFormat",
];
const values: Readonly<Record<string, readonly unknown[]>> = {
  limit: ["max_tokens"],
  seed: ["random_seed"],
  endUser: ["user", "user_id"],
  required: ["any"],
  usageIn: ["x_groq"],
  stops: [16],
  toolChoice: ["auto"],
  prefix: ["prefix", "partial", "continue_final_message", "implied"],
  thinkingBack: ["reasoning_content", "reasoning", "reasoning_details", "parts", "tags"],
  thinkingControl: ["thinking", "thinking+effort", "enable_thinking", "reasoning", "template", "none"],
  cacheMarkers: ["cache_control", "prompt_cache_breakpoint"],
  files: ["file_or_url", "document_url"],
  toolCallIdLength: [9],
};
const lists: Readonly<Record<string, readonly string[]>> = {
  less: fields,
  more: ["topK", "minP", "repetitionPenalty"],
  efforts: ["none", "minimal", "low", "medium", "high", "xhigh", "max"],
};

describe("a provider's departures", () => {
  test("of Hugging Face keep to the parameters that its page has: no further answers, no biases", () => {
    const { quirks } = providerProfiles.huggingface.chat;
    const { body, losses } = openaiChat.egress.renderRequest(
      ask({ choices: 2, logitBias: { "50256": -100 } }),
      {
        upstreamModel: "m",
        quirks,
      },
    );
    expect(body).not.toHaveProperty("n");
    expect(body).not.toHaveProperty("logit_bias");
    expect(losses).toHaveLength(2);
    for (const field of ["choices", "logitBias"] as const)
      expect(losses).toContainEqual(expect.objectContaining({ path: { field }, isHarmless: false }));
  });

  test.each(profiles.map((profile: ProviderProfile) => [profile.type, profile] as const))(
    "of %s are known, and none repeats what OpenAI does",
    (_type, { chat }) => {
      const openai = quirksOf(plain);
      for (const [name, value] of Object.entries(chat?.quirks ?? {})) {
        expect(Object.keys(openai)).toContain(name);
        if (typeof value === "boolean")
          expect(value).not.toBe(openai[name as keyof typeof openai] as boolean);
        else if (lists[name] !== undefined) {
          for (const word of String(value).split(" ")) expect(lists[name]).toContain(word);
        } else expect(values[name]).toContain(value);
      }
    },
  );

  test.each(profiles.map((profile: ProviderProfile) => [profile.type, profile] as const))(
    "of %s leave an ordinary request as it is",
    (_type, { chat }) => {
      const { body, losses } = openaiChat.egress.renderRequest(
        ask({
          maxOutputTokens: 10,
          temperature: 0,
          topP: 1,
          messages: [
            { role: "developer", content: [{ type: "text", text: "Be brief." }] },
            { role: "user", content: [{ type: "text", text: "Hello" }] },
          ],
        }),
        { upstreamModel: "m", ...(chat?.quirks !== undefined && { quirks: chat.quirks }) },
      );
      expect(losses).toEqual([]);
      expect(body).toMatchObject({ model: "m", temperature: 0, top_p: 1 });
      expect(body["max_tokens"] ?? body["max_completion_tokens"]).toBe(10);
      expect(JSON.stringify(body["messages"])).toContain("Hello");
    },
  );

  test("are read once for all requests", () => {
    const quirks = { limit: "max_tokens" };
    expect(quirksOf({ upstreamModel: "a", quirks })).toBe(quirksOf({ upstreamModel: "b", quirks }));
  });
});
