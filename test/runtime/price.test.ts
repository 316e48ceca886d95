import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { ArtifactPrice } from "../../src/artifact/artifact.ts";
import type { Usage } from "../../src/canonical/usage.ts";
import { costOf } from "../../src/runtime/price.ts";
import { splitUsage } from "../../src/runtime/usage-parts.ts";
import { targetPrice, targetRates } from "../support/target-price.ts";

const none = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0 };
const noon = Date.parse("2026-11-24T12:00:00Z");
const count = fc.nat({ max: 2_000_000 });
const amount = fc.nat({ max: 2_000_000_000 }).map((n) => n * 1_000);
const cost = (usage: Partial<Usage>, price: ArtifactPrice, atMs = noon): number | undefined =>
  costOf({ ...none, ...usage }, price, atMs);

describe("cost of a call", () => {
  test("is tokens times price, in whole nano-USD", () => {
    const price = targetPrice({ input: 150_000_000, output: 600_000_000, cacheRead: 75_000_000 });
    expect(cost({ input: 1_000, output: 100 }, price)).toBe(210_000);
    expect(cost({ input: 1_000, cacheRead: 400 }, price)).toBe(120_000);
    expect(cost(none, price)).toBe(0);
  });

  test("is what the vendor bills where it counts something else", () => {
    const price = targetPrice({ input: 1_000_000, output: 2_000_000 });
    expect(cost({ input: 500, output: 50, billed: { input: 7, output: 40 } }, price)).toBe(87);
  });

  test("is unknown for pictures, sound, characters and searches, whose price is none of tokens", () => {
    const price = targetPrice({ input: 1_000_000, output: 2_000_000 });
    expect(cost({ unitsOnly: true, images: 1 }, price)).toBeUndefined();
    expect(cost({ unitsOnly: true, characters: 12 }, price)).toBeUndefined();
    expect(cost({ searchUnits: 1 }, price)).toBeUndefined();
  });

  test("counts cached input and reasoning once, at their own price", () => {
    const price = targetPrice({
      input: 1_000_000,
      output: 1_000_000,
      cacheRead: 0,
      cacheWrite: 0,
      reasoning: 0,
    });
    expect(cost({ input: 10, cacheRead: 4, cacheWrite: 3, output: 10, reasoning: 9 }, price)).toBe(4);
  });

  test("counts sound, pictures and what is cached for an hour once, at their own price", () => {
    const price = targetPrice({
      input: 1_000_000,
      output: 2_000_000,
      cacheWrite: 3_000_000,
      cacheWriteHour: 5_000_000,
      audioInput: 7_000_000,
      imageInput: 11_000_000,
      audioOutput: 13_000_000,
      imageOutput: 17_000_000,
    });
    expect(cost({ input: 10, audioInput: 2, imageInput: 3 }, price)).toBe(5 + 14 + 33);
    expect(cost({ input: 10, cacheWrite: 6, cacheWriteHour: 4 }, price)).toBe(4 + 6 + 20);
    expect(cost({ output: 10, audioOutput: 2, imageOutput: 3, reasoning: 1 }, price)).toBe(10 + 26 + 51);
  });

  test("takes what was cached for text as far as there is any", () => {
    const price = targetPrice({ input: 1_000_000, output: 0, cacheRead: 0, audioInput: 10_000_000 });
    expect(cost({ input: 10, cacheRead: 8, audioInput: 2 }, price)).toBe(20);
    expect(cost({ input: 10, cacheRead: 9, audioInput: 2 }, price)).toBe(10);
  });

  test("adds what each call costs whatever its tokens", () => {
    const price = targetPrice({ input: 1_000_000, output: 1_000_000, perRequest: 5_000_000 });
    expect(cost({ input: 3 }, price)).toBe(5_000_003);
    expect(cost({ input: 3, audioInput: 1 }, price)).toBe(5_000_003);
  });

  test("rounds once, half up", () => {
    const price = targetPrice({ input: 500_000, output: 499_999 });
    expect(cost({ input: 1 }, price)).toBe(1);
    expect(cost({ output: 1 }, price)).toBe(0);
    expect(cost({ input: 1, output: 1 }, price)).toBe(1);
    expect(cost({ input: 1, output: 1, audioOutput: 1 }, price)).toBe(1);
  });

  test("is exact for any size", () => {
    fc.assert(
      fc.property(count, count, amount, amount, (input, output, inputPrice, outputPrice) => {
        const price = targetPrice({ input: inputPrice, output: outputPrice });
        const exact = BigInt(input) * BigInt(inputPrice) + BigInt(output) * BigInt(outputPrice);
        expect(cost({ input, output }, price)).toBe(Number((exact + 500_000n) / 1_000_000n));
      }),
    );
  });
});

describe("any usage at any price", () => {
  const tokens = fc.nat({ max: 3_000_000 });
  const rate = fc.option(amount, { freq: 9 });
  const usages: fc.Arbitrary<Usage> = fc
    .record(
      {
        input: tokens,
        output: tokens,
        cacheRead: tokens,
        cacheWrite: tokens,
        reasoning: tokens,
        cacheWriteHour: tokens,
        audioInput: tokens,
        audioOutput: tokens,
        imageInput: tokens,
        imageOutput: tokens,
      },
      { requiredKeys: ["input", "output", "cacheRead", "cacheWrite", "reasoning"] },
    )
    .map((usage) => usage);
  const prices: fc.Arbitrary<ArtifactPrice> = fc.record({
    input: rate,
    output: rate,
    cacheRead: rate,
    cacheWrite: rate,
    cacheWriteHour: rate,
    reasoning: rate,
    audioInput: rate,
    audioOutput: rate,
    imageInput: rate,
    imageOutput: rate,
    perRequest: amount,
    perAudioHour: fc.constant(null),
    perMillionCharacters: fc.constant(null),
    perImage: fc.constant(null),
    perThousandSearches: fc.constant(null),
    longContext: fc.constant([]),
    changes: fc.constant([]),
  });

  test("each token is in one part", () => {
    fc.assert(
      fc.property(usages, (usage) => {
        const parts = splitUsage(usage);
        const { input, cacheRead, cacheWrite, cacheWriteHour, audioInput, imageInput } = parts;
        const { output, reasoning, audioOutput, imageOutput } = parts;
        expect(input + cacheRead + cacheWrite + cacheWriteHour + audioInput + imageInput).toBe(usage.input);
        expect(output + reasoning + audioOutput + imageOutput).toBe(usage.output);
        expect(Object.values(parts).every((part) => part >= 0)).toBe(true);
      }),
    );
  });

  test("the cost is the sum of the parts, or unknown where a part has no price", () => {
    fc.assert(
      fc.property(usages, prices, (usage, price) => {
        const parts = Object.entries(splitUsage(usage)) as [keyof ReturnType<typeof splitUsage>, number][];
        const hasTokenPrice = price.input !== null || price.output !== null || price.perRequest > 0;
        const isKnown = hasTokenPrice && parts.every(([kind, part]) => part === 0 || price[kind] !== null);
        const sum = parts.reduce(
          (total, [kind, part]) => total + BigInt(part) * BigInt(price[kind] ?? 0),
          BigInt(price.perRequest) * 1_000_000n,
        );
        const expected = isKnown ? Number((sum + 500_000n) / 1_000_000n) : undefined;
        expect(costOf(usage, price, noon)).toBe(expected as number);
      }),
    );
  });
});

describe("a call that is counted in other units", () => {
  const units = { ...none, unitsOnly: true } as const;
  const byUnits = (given: Partial<ArtifactPrice>): ArtifactPrice => ({
    ...targetPrice({ input: null, output: null }),
    ...given,
  });

  test("is paid by sound, text, pictures or searches", () => {
    expect(costOf({ ...units, audioSeconds: 90 }, byUnits({ perAudioHour: 360_000_000 }), noon)).toBe(
      9_000_000,
    );
    expect(
      costOf({ ...units, characters: 1_000 }, byUnits({ perMillionCharacters: 15_000_000_000 }), noon),
    ).toBe(15_000_000);
    expect(costOf({ ...units, images: 2 }, byUnits({ perImage: 40_000_000 }), noon)).toBe(80_000_000);
    expect(cost({ searchUnits: 3 }, byUnits({ perThousandSearches: 2_000_000_000 }))).toBe(6_000_000);
  });

  test("counts sound in whole milliseconds and rounds once", () => {
    expect(costOf({ ...units, audioSeconds: 1.2345 }, byUnits({ perAudioHour: 3_600_000 }), noon)).toBe(
      1_235,
    );
    expect(costOf({ ...units, audioSeconds: 0.5 }, byUnits({ perAudioHour: 3_600 }), noon)).toBe(1);
    expect(costOf({ ...units, audioSeconds: 0.499 }, byUnits({ perAudioHour: 3_600 }), noon)).toBe(0);
  });

  test("has an unknown cost, never 0, where its unit has no price", () => {
    const tokens = targetPrice({ input: 1_000_000, output: 1_000_000 });
    expect(costOf({ ...units, audioSeconds: 90 }, tokens, noon)).toBeUndefined();
    expect(costOf({ ...units, images: 1 }, byUnits({ perAudioHour: 1 }), noon)).toBeUndefined();
    expect(costOf(units, tokens, noon)).toBeUndefined();
    expect(cost({ searchUnits: 1 }, tokens)).toBeUndefined();
    expect(cost({}, byUnits({ perThousandSearches: 1 }))).toBeUndefined();
  });

  test("pays its tokens instead where they were told and have a price, and what each call costs in any case", () => {
    expect(cost({ input: 5, images: 1, characters: 9 }, targetPrice({ input: 1_000_000, output: 0 }))).toBe(
      5,
    );
    expect(cost({ input: 5, images: 2 }, targetPrice({ input: 1_000_000, output: 0, perImage: 7 }))).toBe(19);
    expect(costOf(units, byUnits({ perRequest: 4 }), noon)).toBe(4);
  });
});

test("a call is paid by the tokens that the vendor charges for, not by those that it counts", () => {
  const price = targetPrice({ input: 1_000_000, output: 2_000_000 });
  expect(cost({ input: 100, output: 50, billed: { input: 10, output: 5 } }, price)).toBe(20);
});

describe("an unknown price", () => {
  const price = targetPrice({ input: 1_000_000, output: null, audioInput: null });

  test("of a kind that occurs makes the cost unknown", () => {
    expect(cost({ output: 1 }, price)).toBeUndefined();
    expect(cost({ input: 5, audioInput: 1 }, price)).toBeUndefined();
    expect(cost({ input: 5, output: 2, reasoning: 2 }, price)).toBeUndefined();
  });

  test("of a kind that does not occur changes nothing", () => {
    expect(cost({ input: 5 }, price)).toBe(5);
    expect(cost({ input: 5, audioInput: 0, imageInput: 1 }, price)).toBe(5);
  });
});

describe("a long prompt", () => {
  const price: ArtifactPrice = {
    ...targetPrice({ input: 1_000_000, output: 2_000_000 }),
    longContext: [
      { above: 100, ...targetRates({ input: 3_000_000, output: 4_000_000 }) },
      { above: 1_000, ...targetRates({ input: 5_000_000, output: 6_000_000 }) },
    ],
  };

  test.each([
    [100, 100 + 2],
    [101, 303 + 4],
    [1_000, 3_000 + 4],
    [1_001, 5_005 + 6],
  ])("of %d tokens and its answer are paid at one tier, as a whole", (input, expected) => {
    expect(cost({ input, output: 1 }, price)).toBe(expected);
  });

  test("is as long as all of its input, what was cached included", () => {
    expect(cost({ input: 101, cacheRead: 101 }, price)).toBe(303);
  });
});

describe("a price that changes", () => {
  const from = (day: string, rate: number, window: ArtifactPrice["changes"][number]["window"] = null) => ({
    fromMs: Date.parse(day),
    window,
    ...termsOf(targetPrice({ input: rate * 1_000_000, output: 0 })),
  });
  const at = (price: ArtifactPrice, time: string): number | undefined =>
    cost({ input: 1 }, price, Date.parse(time));
  const week = [0, 1, 2, 3, 4, 5, 6];

  test("is that of the moment at which the call begins", () => {
    const price: ArtifactPrice = {
      ...targetPrice({ input: 1_000_000, output: 0 }),
      changes: [from("2026-03-13", 2), from("2027-01-01", 3)],
    };
    expect(at(price, "2026-03-12T23:59:59.999Z")).toBe(1);
    expect(at(price, "2026-03-13T00:00:00Z")).toBe(2);
    expect(at(price, "2026-12-31T23:59:59.999Z")).toBe(2);
    expect(at(price, "2027-01-01T00:00:00Z")).toBe(3);
  });

  test("may hold at some hours of the day, also past midnight", () => {
    const price: ArtifactPrice = {
      ...targetPrice({ input: 1_000_000, output: 0 }),
      changes: [
        from("2020-01-01", 2, { start: 60, end: 240, days: week }),
        from("2020-01-01", 3, { start: 1_380, end: 30, days: week }),
      ],
    };
    expect(at(price, "2026-11-24T00:59:59Z")).toBe(1);
    expect(at(price, "2026-11-24T01:00:00Z")).toBe(2);
    expect(at(price, "2026-11-24T03:59:59Z")).toBe(2);
    expect(at(price, "2026-11-24T04:00:00Z")).toBe(1);
    expect(at(price, "2026-11-24T23:00:00Z")).toBe(3);
    expect(at(price, "2026-11-25T00:29:59Z")).toBe(3);
    expect(at(price, "2026-11-25T00:30:00Z")).toBe(1);
  });

  test("may hold on some days of the week", () => {
    const price: ArtifactPrice = {
      ...targetPrice({ input: 1_000_000, output: 0 }),
      changes: [from("2026-01-01", 2, { start: 0, end: 1_440, days: [1, 2, 3, 4, 5] })],
    };
    // A Friday, a Saturday and a Monday.
    expect(at(price, "2026-11-20T12:00:00Z")).toBe(2);
    expect(at(price, "2026-11-21T12:00:00Z")).toBe(1);
    expect(at(price, "2026-11-23T12:00:00Z")).toBe(2);
  });
});

function termsOf({ changes: _, ...terms }: ArtifactPrice): Omit<ArtifactPrice, "changes"> {
  return terms;
}
