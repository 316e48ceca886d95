import { describe, expect, test } from "bun:test";
import { readChatUsage } from "../../../src/dialects/openai-chat/usage.ts";

const nothing = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0 };

describe("usage", () => {
  test.each([
    [
      { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 },
      { input: 5, output: 3 },
    ],
    [{ prompt_tokens: 5 }, { input: 5 }],
    [
      {
        prompt_tokens: 90,
        completion_tokens: 30,
        total_tokens: 120,
        prompt_tokens_details: {
          cached_tokens: 60,
          cache_write_tokens: 20,
          audio_tokens: 4,
          image_tokens: 3,
        },
        completion_tokens_details: { reasoning_tokens: 10, audio_tokens: 2, image_tokens: 1 },
      },
      {
        input: 90,
        output: 30,
        cacheRead: 60,
        cacheWrite: 20,
        reasoning: 10,
        audioInput: 4,
        audioOutput: 2,
        imageInput: 3,
        imageOutput: 1,
      },
    ],
    // Grok on Azure counts more in its cache than in the prompt; caches of Gemini behind OpenRouter are read and written.
    [
      { prompt_tokens: 23, completion_tokens: 1, prompt_tokens_details: { cached_tokens: 158 } },
      { input: 23, output: 1, cacheRead: 23 },
    ],
    [
      {
        prompt_tokens: 20,
        completion_tokens: 1,
        prompt_tokens_details: { cached_tokens: 15, cache_write_tokens: 15 },
      },
      { input: 20, output: 1, cacheRead: 15, cacheWrite: 5 },
    ],
    [
      { prompt_tokens: 5, completion_tokens: 3, cached_tokens: 4 },
      { input: 5, output: 3, cacheRead: 4 },
    ],
    [
      { prompt_tokens: 5, completion_tokens: 3, prompt_cache_hit_tokens: 4 },
      { input: 5, output: 3, cacheRead: 4 },
    ],
    [
      { prompt_tokens: 5, completion_tokens: 3, num_cached_tokens: 4 },
      { input: 5, output: 3, cacheRead: 4 },
    ],
    [
      { prompt_tokens: 5, completion_tokens: 3, prompt_tokens_details: { cache_creation_input_tokens: 4 } },
      { input: 5, output: 3, cacheWrite: 4 },
    ],
    [
      { prompt_tokens: 5, completion_tokens: 9, reasoning_tokens: 4 },
      { input: 5, output: 9, reasoning: 4 },
    ],
  ])("%j is %j", (told, expected) => {
    expect(readChatUsage(told)).toEqual({ ...nothing, ...expected });
  });

  test("counts thinking that vendors keep out of the answer's tokens", () => {
    const apart = { prompt_tokens: 291, completion_tokens: 26, total_tokens: 513 };
    expect(readChatUsage({ ...apart, completion_tokens_details: { reasoning_tokens: 196 } })).toEqual({
      ...nothing,
      input: 291,
      output: 222,
      reasoning: 196,
    });
    expect(readChatUsage({ prompt_tokens: 35, completion_tokens: 12, total_tokens: 109 })).toEqual({
      ...nothing,
      input: 35,
      output: 74,
      reasoning: 62,
    });
    const odd = { prompt_tokens: 10, completion_tokens: 20, total_tokens: 99 };
    expect(readChatUsage({ ...odd, completion_tokens_details: { reasoning_tokens: 5 } })?.output).toBe(20);
  });

  test.each([
    [undefined],
    [null],
    [5],
    [[]],
    [{}],
    [{ prompt_tokens: -1 }],
    [{ prompt_tokens: 1.5 }],
    [{ prompt_tokens: "5" }],
  ])("%j is none", (told) => {
    expect(readChatUsage(told)).toBeUndefined();
  });
});
