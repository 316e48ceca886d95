import { describe, expect, test } from "bun:test";
import { priceSchema } from "../../../src/artifact/schema/price.ts";
import { loadModels } from "../../../src/catalog/load-models.ts";
import { providerProfiles } from "../../../src/catalog/providers/index.ts";
import { priceOfCatalog, priceOfConfig, priceOfDemo } from "../../../src/compiler/catalog/lower-price.ts";

describe("a price of the config", () => {
  test("lets every kind that it does not name cost as much as its parent", () => {
    expect(priceOfConfig({ input: 1, output: 2 })).toEqual({
      input: 1,
      output: 2,
      cacheRead: 1,
      cacheWrite: 1,
      cacheWriteHour: 1,
      reasoning: 2,
      audioInput: 1,
      audioOutput: 2,
      imageInput: 1,
      imageOutput: 2,
      perRequest: 0,
      perAudioHour: null,
      perMillionCharacters: null,
      perImage: null,
      perThousandSearches: null,
      longContext: [],
      changes: [],
    });
    expect(priceOfConfig({ input: 1, output: 2, cacheWrite: 3 })).toMatchObject({
      cacheWrite: 3,
      cacheWriteHour: 3,
    });
  });

  test("may be by other units alone", () => {
    expect(priceOfConfig({ perImage: 4 })).toMatchObject({
      input: null,
      output: null,
      audioInput: null,
      perImage: 4,
    });
    expect(priceOfConfig({ perRequest: 4 })).toBeNull();
  });

  test("is unknown without its two main parts", () => {
    expect(priceOfConfig({ input: 1 })).toBeNull();
    expect(priceOfConfig({ output: 1 })).toBeNull();
  });
});

describe("a price of the catalog", () => {
  test("leaves unknown what vendors charge more for", () => {
    expect(priceOfCatalog([{ input: 1, output: 2, cacheWrite: 3 }])).toMatchObject({
      cacheRead: 1,
      cacheWriteHour: null,
      audioInput: null,
      audioOutput: null,
      imageInput: 1,
      imageOutput: 2,
      reasoning: 2,
    });
    expect(priceOfCatalog([{ input: 1, output: 2 }])).toMatchObject({ cacheWriteHour: 1 });
  });

  test("keeps long prompts, days and hours", () => {
    const price = priceOfCatalog([
      { input: 1, output: 2, longContext: [{ above: 200_000, input: 3, output: 4 }] },
      { from: "2026-03-13", input: 5, output: 6 },
      { from: "2026-09-14T04:00Z", input: 7, output: 8, window: { start: 60, end: 240 } },
      { input: 9, output: 10, window: { start: 60, end: 240, days: [6] } },
    ]);
    expect(price).toMatchObject({
      longContext: [{ above: 200_000, input: 3, output: 4, reasoning: 4 }],
      changes: [
        { fromMs: Date.UTC(2026, 2, 13), window: null, input: 5, longContext: [] },
        {
          fromMs: Date.UTC(2026, 8, 14, 4),
          window: { start: 60, end: 240, days: [0, 1, 2, 3, 4, 5, 6] },
          input: 7,
        },
        { fromMs: 0, window: { start: 60, end: 240, days: [6] }, input: 9 },
      ],
    });
  });

  test("is unknown where nothing that is counted costs anything", () => {
    expect(priceOfCatalog([])).toBeNull();
    expect(priceOfCatalog([{ perThousandPages: 5, perThousandWebSearches: 6 }])).toBeNull();
    expect(priceOfCatalog([{ perAudioHour: 7 }])).toMatchObject({
      input: null,
      output: null,
      perAudioHour: 7,
    });
    expect(priceOfCatalog([{ perRequest: 5 }])).toMatchObject({ input: null, output: null, perRequest: 5 });
  });

  test("is one that artifacts can hold, for every model", () => {
    const wrong = Object.keys(providerProfiles).flatMap((type) =>
      [...loadModels(type).cards.values()].filter(({ prices = [] }) => {
        const price = priceOfCatalog(prices);
        return price !== null && !priceSchema.safeParse(price).success;
      }),
    );
    expect(wrong).toEqual([]);
  });
});

test("the demo provider has a price for each of its models, and for no other", () => {
  expect(priceOfDemo("echo")).toMatchObject({ input: 150_000_000, output: 600_000_000 });
  expect(priceOfDemo("constructor")).toBeNull();
});
