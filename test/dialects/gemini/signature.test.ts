import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  openThought,
  type SealedThought,
  sealMark,
  sealThought,
  unsignedSeal,
} from "../../../src/dialects/gemini/signature.ts";

const theirs: SealedThought = {
  signature: { dialect: "anthropic-messages", value: "EqQBCkgIBRABGAIiQ+/==" },
  isRedacted: false,
};

describe("a thought signature", () => {
  test("of Gemini's stands as it is", () => {
    const own = { signature: { dialect: "gemini", value: "CiQB/+==" }, isRedacted: false } as const;
    expect(sealThought(own)).toBe("CiQB/+==");
    expect(openThought("CiQB/+==")).toEqual(own);
  });

  test("of another vendor is base64 with its mark, and comes back", () => {
    const sealed = sealThought(theirs);
    expect(sealed).toMatch(/^bGF0Y2hrZXk6[0-9A-Za-z+/]+={0,2}$/);
    expect(Buffer.from(sealed, "base64").toString()).toStartWith("latchkey:{");
    expect(openThought(sealed)).toEqual(theirs);
  });

  test("comes back from clients that write base64 in its other alphabet, or without padding", () => {
    const sealed = sealThought({ ...theirs, signature: { ...theirs.signature, value: "ÿÿÿ???>>>~~~" } });
    expect(sealed).toMatch(/[+/]/);
    const other = Buffer.from(sealed, "base64").toString("base64url");
    expect(openThought(other)?.signature.value).toBe("ÿÿÿ???>>>~~~");
  });

  test.each([
    "bGF0Y2hrZXk6",
    "bGF0Y2hrZXk6e31=",
    sealThought({ ...theirs, signature: { dialect: "toString" as "gemini", value: "x" } }),
  ])("that only looks like ours (%s) is Gemini's", (text) => {
    expect(openThought(text)?.signature).toEqual({ dialect: "gemini", value: text });
  });

  test("may say that there is none", () => {
    expect(openThought(unsignedSeal)).toBeUndefined();
    expect(openThought(unsignedSeal.replace("=", ""))).toBeUndefined();
    expect(unsignedSeal.startsWith(sealMark)).toBe(true);
  });

  test("of any words, with all that belongs to it, comes back", () => {
    const dialect = fc.constantFrom(
      "openai-chat",
      "openai-responses",
      "anthropic-messages",
      "bedrock-converse",
      "cohere-chat",
    );
    fc.assert(
      fc.property(
        dialect,
        fc.string({ unit: "binary" }),
        fc.boolean(),
        fc.option(fc.string()),
        (name, value, isRedacted, id) => {
          const sealed: SealedThought = {
            signature: { dialect: name, value: value.toWellFormed() },
            isRedacted,
            ...(id !== null && { id, isSummary: true }),
          };
          expect(openThought(sealThought(sealed))).toEqual(sealed);
        },
      ),
    );
  });
});
