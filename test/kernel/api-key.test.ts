import { describe, expect, test } from "bun:test";
import { generateApiKey, isKeyEnvironment, parseApiKey } from "../../src/kernel/api-key.ts";

describe("API keys", () => {
  test("carry their environment and public id", () => {
    const key = generateApiKey("live");
    expect(key).toMatch(/^lk_live_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$/);
    expect(parseApiKey(key)).toEqual({ environment: "live", publicId: key.split("_")[2] ?? "" });
  });

  test("never repeat", () => {
    expect(new Set(Array.from({ length: 1_000 }, () => generateApiKey("live"))).size).toBe(1_000);
  });

  test("no single changed, lost or added character passes the checksum", () => {
    const key = generateApiKey("live");
    for (let at = 0; at < key.length; at++) {
      const other = key[at] === "x" ? "y" : "x";
      expect(parseApiKey(key.slice(0, at) + other + key.slice(at + 1))).toBeUndefined();
      expect(parseApiKey(key.slice(0, at) + key.slice(at + 1))).toBeUndefined();
      expect(parseApiKey(`${key.slice(0, at)}a${key.slice(at)}`)).toBeUndefined();
    }
  });

  test("are nothing else", () => {
    for (const text of ["", "lk_", "sk-abc", `${generateApiKey("live")} `, `${generateApiKey("live")}\n`]) {
      expect(parseApiKey(text)).toBeUndefined();
    }
  });

  test("environments are short and plain", () => {
    expect(["live", "test1"].every(isKeyEnvironment)).toBe(true);
    expect(["", "Live", "a_b", "a".repeat(17)].some(isKeyEnvironment)).toBe(false);
  });
});
