import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { addUsage, noTokens, type Usage } from "../../src/canonical/usage.ts";

const usageOf = (input: number, output: number, more: Partial<Usage> = {}): Usage => ({
  input,
  output,
  cacheRead: 0,
  cacheWrite: 0,
  reasoning: 0,
  ...more,
});

describe("the usage of two attempts", () => {
  test("is the sum of both", () => {
    const second = usageOf(10, 20, { cacheRead: 4, cacheWrite: 1, reasoning: 7 });
    expect(addUsage(usageOf(1, 2), second)).toEqual(
      usageOf(11, 22, { cacheRead: 4, cacheWrite: 1, reasoning: 7 }),
    );
  });

  test("has the searches of both", () => {
    expect(addUsage(usageOf(0, 0, { searchUnits: 1 }), usageOf(0, 0, { searchUnits: 2 })).searchUnits).toBe(
      3,
    );
    expect(addUsage(usageOf(1, 2), usageOf(0, 0, { searchUnits: 2 })).searchUnits).toBe(2);
  });

  test("is charged as the vendor of each says, and as it is counted where one says nothing", () => {
    const apart = usageOf(100, 20, { billed: { input: 5, output: 15 } });
    const expected = { input: 6, output: 17 };
    expect(addUsage(apart, usageOf(1, 2)).billed).toEqual(expected);
    expect(addUsage(usageOf(1, 2), apart).billed).toEqual(expected);
    expect(addUsage(apart, apart).billed).toEqual({ input: 10, output: 30 });
    expect(addUsage(usageOf(1, 2), usageOf(3, 4)).billed).toBeUndefined();
  });
});

const tokens = { input: 10, output: 5, cacheRead: 2, cacheWrite: 1, reasoning: 3 };
const count = fc.nat(1_000_000);
const usage: fc.Arbitrary<Usage> = fc.record(
  {
    input: count,
    output: count,
    cacheRead: count,
    cacheWrite: count,
    reasoning: count,
    cacheWriteHour: count,
    audioInput: count,
    audioOutput: count,
    imageInput: count,
    imageOutput: count,
    images: count,
    audioSeconds: count,
    characters: count,
  },
  { requiredKeys: ["input", "output", "cacheRead", "cacheWrite", "reasoning"] },
);

describe("addUsage", () => {
  test("adds what both have and keeps what one has", () => {
    expect(addUsage({ ...tokens, audioInput: 4, cacheWriteHour: 1 }, { ...tokens, audioInput: 6 })).toEqual({
      input: 20,
      output: 10,
      cacheRead: 4,
      cacheWrite: 2,
      reasoning: 6,
      audioInput: 10,
      cacheWriteHour: 1,
    });
  });

  test("adds units: pictures of one size, seconds of sound, characters", () => {
    const one = { ...noTokens, images: 1, imageSize: "1024x1024", imageQuality: "hd" };
    expect(addUsage(one, one)).toEqual({ ...one, images: 2 });
    expect(addUsage({ ...noTokens, audioSeconds: 1.5 }, { ...noTokens, audioSeconds: 2 }).audioSeconds).toBe(
      3.5,
    );
    expect(addUsage({ ...noTokens, characters: 7 }, noTokens).characters).toBe(7);
  });

  test("claims no size where attempts differ, and tokens where one told them", () => {
    const sum = addUsage({ ...noTokens, imageSize: "512x512" }, { ...tokens, imageSize: "1024x1024" });
    expect(sum).toEqual(tokens);
  });

  test("does not depend on the order and loses no unit", () => {
    fc.assert(
      fc.property(usage, usage, (a, b) => {
        expect(addUsage(a, b)).toEqual(addUsage(b, a));
        const sum = addUsage(a, b);
        for (const name of Object.keys(a) as (keyof Usage)[]) {
          expect(sum[name]).toBe((Number(a[name]) + Number(b[name] ?? 0)) as never);
        }
      }),
    );
  });
});
