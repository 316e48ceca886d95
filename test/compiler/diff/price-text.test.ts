import { describe, expect, test } from "bun:test";
import { priceOfCatalog } from "../../../src/compiler/catalog/lower-price.ts";
import { priceText } from "../../../src/compiler/diff/price-text.ts";
import { targetPrice } from "../../support/target-price.ts";

const dollar = 1_000_000_000;

describe("a price in words", () => {
  test("names only the kinds that cost something else than usual", () => {
    expect(priceText(null)).toBe("unknown");
    expect(priceText(targetPrice({ input: dollar, output: 2 * dollar }))).toBe(
      "input 1 USD, output 2 USD per million tokens",
    );
    const kinds = {
      cacheRead: dollar / 10,
      cacheWriteHour: 2 * dollar,
      audioInput: 3 * dollar,
      perRequest: 5_000_000,
    };
    expect(priceText(targetPrice({ input: dollar, output: 2 * dollar, ...kinds }))).toBe(
      "input 1 USD, output 2 USD, cache read 0.1 USD, one-hour cache write 2 USD, audio input 3 USD per million tokens, each call 0.005 USD",
    );
  });

  test("tells other units alone where nothing is paid by tokens", () => {
    const price = priceOfCatalog([
      { perAudioHour: dollar, perImage: 2 * dollar, perThousandSearches: 3 * dollar },
    ]);
    expect(priceText(price)).toBe("an hour of sound 1 USD, each picture 2 USD, a thousand searches 3 USD");
    expect(priceText(priceOfCatalog([{ perMillionCharacters: dollar }]))).toBe("a million characters 1 USD");
  });

  test("tells long prompts, days and hours", () => {
    const price = priceOfCatalog([
      { input: dollar, longContext: [{ above: 200_000, input: 2 * dollar }] },
      { from: "2026-03-13", input: 3 * dollar },
      { input: 4 * dollar, window: { start: 60, end: 1_410 } },
    ]);
    expect(priceText(price)).toBe(
      "input 1 USD, output unknown per million tokens, beyond 200,000 tokens input 2 USD, output unknown; from 2026-03-13 input 3 USD, output unknown; from 01:00 to 23:30 UTC input 4 USD, output unknown",
    );
  });
});
