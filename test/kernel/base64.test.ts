import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { standardBase64 } from "../../src/kernel/base64.ts";

const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 });

describe("standardBase64", () => {
  test("whatever was encoded is itself", () => {
    fc.assert(
      fc.property(bytes, (sample) => {
        const text = Buffer.from(sample).toString("base64");
        expect(standardBase64(text)).toBe(text);
        expect(standardBase64(text, "any")).toBe(text);
      }),
    );
  });

  test("lines that were wrapped are put together", () => {
    fc.assert(
      fc.property(bytes, fc.constantFrom("\n", "\r\n", " ", "\t"), (sample, gap) => {
        const text = Buffer.from(sample).toString("base64");
        const wrapped = text.replace(/.{1,76}/g, (line) => line + gap);
        expect(standardBase64(wrapped)).toBe(text);
        expect(standardBase64(wrapped, "any")).toBe(text);
      }),
    );
  });

  test("padding that is missing is added", () => {
    fc.assert(
      fc.property(bytes, (sample) => {
        const text = Buffer.from(sample).toString("base64");
        expect(standardBase64(text.replace(/=+$/, ""))).toBe(text);
      }),
    );
  });

  test("letters of URLs are put right where they are allowed, and are none elsewhere", () => {
    fc.assert(
      fc.property(bytes, (sample) => {
        const text = Buffer.from(sample).toString("base64");
        const url = Buffer.from(sample).toString("base64url");
        expect(standardBase64(url, "any")).toBe(text);
        expect(standardBase64(url)).toBe(/[-_]/.test(url) ? undefined : text);
      }),
    );
  });

  test("anything else is none: what it answers decodes to the same bytes and encodes to itself", () => {
    const near = fc.string({ unit: fc.constantFrom("A", "z", "0", "+", "/", "-", "_", "=", "\n", " ", "é") });
    fc.assert(
      fc.property(near, fc.constantFrom("standard" as const, "any" as const), (written, alphabet) => {
        const found = standardBase64(written, alphabet);
        const text = written.replace(/[\n ]/g, "");
        const foreign = alphabet === "any" ? /[^\w+/=-]/ : /[^A-Za-z0-9+/=]/;
        if (found === undefined) {
          const letters = text.replace(/={1,2}$/, "");
          const isOdd = letters === "" || letters.length % 4 === 1 || letters.includes("=");
          const isPaddedWrong = text !== letters && text.length % 4 !== 0;
          expect(isOdd || isPaddedWrong || foreign.test(text)).toBe(true);
          return;
        }
        expect(found).toMatch(/^[A-Za-z0-9+/]+={0,2}$/);
        expect(found.length % 4).toBe(0);
        expect(Buffer.from(found, "base64")).toEqual(Buffer.from(text, "base64"));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    "",
    "=",
    "====",
    "A",
    "AAAAA",
    "AA=",
    " \r\n",
    "AA\u00a0AA",
    "AA\nAAA",
    "AAAA=",
    "A===",
    "AA==AA==",
  ])("%j is none", (text) => {
    expect(standardBase64(text)).toBeUndefined();
    expect(standardBase64(text, "any")).toBeUndefined();
  });

  test("a text of some megabytes is not copied", () => {
    const text = "iVBORw0K".repeat(1_000_000);
    expect(standardBase64(text)).toBe(text);
    expect(standardBase64(`${text}!`)).toBeUndefined();
  });
});
