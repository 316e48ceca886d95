import { describe, expect, test } from "bun:test";
import { generateAccessToken, parseAccessToken } from "../../src/kernel/access-token.ts";
import { generateApiKey, parseApiKey } from "../../src/kernel/api-key.ts";
import { maskText } from "../../src/telemetry/mask-text.ts";

describe("access tokens", () => {
  test("have a form of their own and say their public id", () => {
    const { text, publicId } = generateAccessToken();
    expect(text).toMatch(/^lkt_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$/);
    expect(parseAccessToken(text)).toBe(publicId);
  });

  test("differ in every part", () => {
    const texts = Array.from({ length: 1000 }, () => generateAccessToken());
    expect(new Set(texts.map(({ text }) => text)).size).toBe(1000);
    expect(new Set(texts.map(({ publicId }) => publicId)).size).toBe(1000);
  });

  test("one changed character is noticed wherever it stands", () => {
    const { text } = generateAccessToken();
    for (let index = 4; index < text.length; index++) {
      const other = text[index] === "a" ? "b" : "a";
      expect(parseAccessToken(text.slice(0, index) + other + text.slice(index + 1))).toBeUndefined();
    }
  });

  test("are not API keys, nor the other way round", () => {
    expect(parseApiKey(generateAccessToken().text)).toBeUndefined();
    expect(parseAccessToken(generateApiKey("live"))).toBeUndefined();
  });

  test("never stand in a log", () => {
    const { text } = generateAccessToken();
    expect(maskText(`token ${text} was sent`)).not.toContain(text.slice(17));
  });
});
