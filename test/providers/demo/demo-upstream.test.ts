import { describe, expect, test } from "bun:test";
import type { ChatCompletion } from "openai/resources/chat/completions";
import { ask, callDemo, wordDemo } from "./support/call-demo.ts";

describe("demo upstream", () => {
  test("echoes the last user message", async () => {
    const { head, text, error } = await callDemo(wordDemo(), ask("Hello to you"));
    expect(error).toBeUndefined();
    expect(head?.status).toBe(200);
    const completion: ChatCompletion = JSON.parse(text);
    expect(completion.choices[0]?.message.content).toBe("Hello to you");
    expect(completion.usage?.completion_tokens).toBe(3);
  });
});
