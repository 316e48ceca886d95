import { describe, expect, test } from "bun:test";
import { createSecretMask, starSecrets } from "../../../src/compiler/secrets/secret-mask.ts";
import { digestOf } from "../../../src/kernel/hash.ts";

const digest = digestOf("a text");

describe("messages", () => {
  const mask = createSecretMask({
    VENDOR_KEY: "correct horse",
    DATABASE_PASSWORD: "horse",
    SHORT_TOKEN: "abc",
    PWD: "/home/ops",
    USE_AUTH: "true",
    REGION: "europe",
    EMPTY_SECRET: "",
    GONE_SECRET: undefined,
  });

  test("lose the values of variables that are named like secrets, the longest first", () => {
    expect(mask("bad correct horse, correct horse")).toBe("bad [masked], [masked]");
    expect(mask("/home/ops in europe: abc is true")).toBe("/home/ops in europe: abc is true");
  });

  test("lose credentials by their form and random tokens, but no digests", () => {
    expect(mask("bad sk-proj-abcdefghijklmnop!")).toBe("bad [masked]!");
    expect(mask(`bad ${digest.slice(7)}`)).toBe("bad [masked]");
    expect(mask(digest)).toBe(digest);
  });

  test("are masked once where one secret holds another", () => {
    expect(mask("Bearer sk-proj-abcdefghijklmnop.")).toBe("Bearer [masked]");
    expect(mask("")).toBe("");
  });
});

test("source lines keep their columns", () => {
  const line = `const a = "sk-proj-abcdefghijklmnop", b = "${digest}";`;
  const starred = starSecrets(line);
  expect(starred).toHaveLength(line.length);
  expect(starred).toBe(line.replace("sk-proj-abcdefghijklmnop", "*".repeat(24)));
});
