import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { parseError as readMessages } from "../../../src/dialects/anthropic-messages/error.ts";
import { parseError } from "../../../src/dialects/openai-chat/error.ts";
import { resetOf, waitOf } from "../../../src/dialects/openai-chat/retry-hint.ts";
import { parseError as readResponses } from "../../../src/dialects/openai-responses/error.ts";

const headerOf = (headers: Readonly<Record<string, string>>) => (name: string) => headers[name];

describe("the wait that an error asks for", () => {
  test.each([
    ["Please try again in 6ms.", 1],
    ["Please try again in 1m2.5s. Visit https://platform.openai.com", 63],
    ["Please try again in 7m12s.", 432],
    ["Please try again in 1h2m3s.", 3723],
    ["Please try again in 20s", 20],
    ["Please try again in 2 s", 2],
    ["Please try again in 120ms", 1],
    ["Please try again later.", undefined],
    ["Please try again in a moment.", undefined],
  ])("is in its words: %p", (words, seconds) => {
    expect(waitOf(words)).toBe(seconds);
  });

  test.each([
    [{ "x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "6m0s" }, 360],
    [{ "x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "7.66s" }, 8],
    [
      {
        "x-ratelimit-remaining-requests": "0",
        "x-ratelimit-reset-requests": "1s",
        "x-ratelimit-remaining-tokens": "0",
        "x-ratelimit-reset-tokens": "20ms",
      },
      1,
    ],
    // What is left says nothing of when the next request may come.
    [{ "x-ratelimit-remaining-requests": "9", "x-ratelimit-reset-requests": "6m0s" }, undefined],
    [{ "x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "soon" }, undefined],
    [{}, undefined],
  ])("is when the limits that are used up begin anew: %p", (headers, seconds) => {
    expect(resetOf(headerOf(headers))).toBe(seconds);
    for (const read of [parseError, readResponses]) {
      expect(read(429, Buffer.from("{}"), headerOf(headers)).retryAfterS).toBe(seconds);
      expect(read(400, Buffer.from("{}"), headerOf(headers)).retryAfterS).toBeUndefined();
    }
  });

  test("is a date at Anthropic's, the latest of the limits that are used up", () => {
    const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
    const wait = (headers: Readonly<Record<string, string>>) =>
      readMessages(429, Buffer.from("{}"), headerOf(headers)).retryAfterS;
    const seconds = wait({
      "anthropic-ratelimit-requests-remaining": "0",
      "anthropic-ratelimit-requests-reset": at(20),
      "anthropic-ratelimit-input-tokens-remaining": "0",
      "anthropic-ratelimit-input-tokens-reset": at(3_600),
      "anthropic-ratelimit-output-tokens-remaining": "5000",
      "anthropic-ratelimit-output-tokens-reset": at(9_000),
    });
    expect(seconds).toBeGreaterThan(3_500);
    expect(seconds).toBeLessThanOrEqual(3_600);
    const past = { "anthropic-ratelimit-tokens-remaining": "0", "anthropic-ratelimit-tokens-reset": at(-5) };
    expect(wait(past)).toBeUndefined();
    expect(wait({ ...past, "anthropic-ratelimit-tokens-reset": "soon" })).toBeUndefined();
  });

  test("is never less than what is said, nor a second more, whatever the words", () => {
    const spans = fc.tuple(fc.nat(99), fc.nat(59), fc.nat(59), fc.nat(999));
    fc.assert(
      fc.property(spans, ([hours, minutes, seconds, ms]) => {
        const said = hours * 3600 + minutes * 60 + seconds + ms / 1000;
        const wait = waitOf(`try again in ${hours}h${minutes}m${seconds}s${ms}ms`) ?? Number.NaN;
        expect(wait).toBeGreaterThanOrEqual(said);
        expect(wait).toBeLessThan(said + 1);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (words) => {
        const wait = waitOf(`try again in ${words}`);
        expect(wait === undefined || wait >= 0).toBe(true);
      }),
    );
  });
});
