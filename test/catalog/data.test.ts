import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { catalogFiles, generatedFolders } from "../../scripts/generate-catalog.ts";
import { loadModels, type ProviderModels } from "../../src/catalog/load-models.ts";
import { lackNames, type ModelCard } from "../../src/catalog/model-card.ts";
import { catalogOverrides } from "../../src/catalog/overrides/index.ts";
import { type DatedPrice, tokenKinds } from "../../src/catalog/price.ts";
import { providerProfiles } from "../../src/catalog/providers/index.ts";

const root = resolve(import.meta.dir, "../..");
const types = Object.keys(providerProfiles);
const all: readonly (readonly [string, ProviderModels])[] = types.map((type) => [type, loadModels(type)]);
const cards: readonly (readonly [string, ModelCard])[] = all.flatMap(([type, { cards: known }]) =>
  [...known.values()].map((card) => [`${type}/${card.id}`, card] as const),
);
const failing = (test: (card: ModelCard) => boolean): readonly string[] =>
  cards.filter(([, card]) => !test(card)).map(([name]) => name);

describe("the committed data", () => {
  test("are what the packages and our own facts give", () => {
    const files = catalogFiles();
    for (const [path, text] of files)
      expect([path, readFileSync(join(root, path), "utf8")]).toEqual([path, text]);
    for (const folder of generatedFolders) {
      const there = readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
      expect(there.filter((path) => !files.has(path))).toEqual([]);
    }
  });

  test("describe more than a thousand models of most provider types", () => {
    expect(cards.length).toBeGreaterThan(2_000);
    expect(cards.filter(([, { prices }]) => prices !== undefined).length).toBeGreaterThan(1_500);
    expect(cards.filter(([, { contextWindow }]) => contextWindow !== undefined).length).toBeGreaterThan(
      1_500,
    );
    expect(cards.filter(([, { maxOutputTokens }]) => maxOutputTokens !== undefined).length).toBeGreaterThan(
      700,
    );
    expect(all.filter(([, { cards: known }]) => known.size > 0).length).toBeGreaterThan(25);
  });

  test("hold no subscription or agent that poses as a provider", () => {
    const text = [...catalogFiles().values()].join("\n");
    expect(text).not.toMatch(/coding-plan|copilot|cursor-agent|token-plan|codex-responses/);
  });

  test("count in whole numbers that make sense", () => {
    const whole = (value: number | undefined): boolean =>
      value === undefined || (Number.isSafeInteger(value) && value > 0);
    expect(
      failing(({ contextWindow, maxOutputTokens }) => whole(contextWindow) && whole(maxOutputTokens)),
    ).toEqual([]);
    expect(
      failing(({ contextWindow: window = Infinity, maxOutputTokens: output = 0 }) => output < window),
    ).toEqual([]);
  });

  test("never say of a model both that it can and that it cannot", () => {
    const words: Readonly<Record<string, string>> = { image: "images", file: "files", audio: "audio" };
    expect(
      failing(({ can = [], takes = [], lacks = [] }) =>
        lacks.every(
          (lack) => !(can as readonly string[]).includes(lack) && !takes.some((m) => words[m] === lack),
        ),
      ),
    ).toEqual([]);
    expect(failing(({ lacks = [] }) => lacks.every((lack) => lackNames.includes(lack)))).toEqual([]);
  });

  test("have prices that can be put in order, in whole nano-USD", () => {
    const sound = (price: DatedPrice): boolean => {
      const rates = [price, ...(price.longContext ?? [])];
      const amounts = rates.flatMap((rate) => tokenKinds.map((kind) => rate[kind] ?? 0));
      return (
        amounts.every((amount) => Number.isSafeInteger(amount) && amount >= 0) &&
        (price.longContext ?? []).every(({ above }) => Number.isSafeInteger(above) && above > 0) &&
        (price.from === undefined || !Number.isNaN(Date.parse(price.from)))
      );
    };
    expect(failing(({ prices = [] }) => prices.every(sound))).toEqual([]);
    // The first price has to hold always, or calls of the past would have none.
    expect(
      failing(({ prices }) => prices?.[0]?.from === undefined && prices?.[0]?.window === undefined),
    ).toEqual([]);
    const inOrder = (dates: readonly string[]): boolean => dates.join() === dates.toSorted().join();
    expect(failing(({ prices = [] }) => inOrder(prices.map(({ from = "" }) => from)))).toEqual([]);
  });

  test("name the day of every step of a life in order", () => {
    expect(
      failing(({ releasedOn = "0", deprecatedOn = "1", retiredOn = "9" }) =>
        releasedOn === "0" ? deprecatedOn <= retiredOn : releasedOn <= retiredOn,
      ),
    ).toEqual([]);
  });
});

describe("our own facts", () => {
  test("each name a page and a day", () => {
    for (const { source, asOf } of catalogOverrides) {
      expect(source).toMatch(/^https:\/\/[a-z0-9.-]+\//);
      expect(asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
    }
  });

  test("of lists in a repository name the file or the folder, and the state of it", () => {
    for (const { source } of catalogOverrides) {
      if (/^https:\/\/github\.com\/[^/]+\/[^/]+\/(blob|tree)\//.test(source))
        expect(source).toMatch(/\/(blob|tree)\/[0-9a-f]{40}\/.+/);
      expect(source).not.toBe("https://github.com/anomalyco/models.dev");
    }
  });

  test("go before what the packages say", () => {
    const { cards: claude } = loadModels("anthropic");
    expect(claude.get("claude-sonnet-4-5")).toMatchObject({ contextWindow: 200_000 });
    expect(claude.get("claude-haiku-4-5")?.can).toContain("json-schema");
    expect(claude.get("claude-3-haiku-20240307")).toMatchObject({ retiredOn: "2026-04-20" });
    expect(loadModels("deepseek").cards.get("deepseek-chat")?.lacks).toContain("json-schema");
  });
});

describe("prices of the data", () => {
  const priceOf = (type: string, id: string): readonly DatedPrice[] | undefined =>
    loadModels(type).cards.get(id)?.prices;

  test("are those of the vendors' price lists", () => {
    expect(priceOf("openai", "gpt-4o-mini")).toMatchObject([
      { input: 150_000_000, output: 600_000_000, cacheRead: 75_000_000 },
    ]);
    expect(priceOf("anthropic", "claude-haiku-4-5")).toMatchObject([
      { input: 1e9, output: 5e9, cacheRead: 1e8, cacheWrite: 1.25e9, cacheWriteHour: 2e9 },
    ]);
    expect(priceOf("openai", "gpt-audio")).toMatchObject([{ audioInput: 32e9, audioOutput: 64e9 }]);
    expect(priceOf("google", "gemini-2.5-flash")).toMatchObject([{ input: 3e8, audioInput: 1e9 }]);
    expect(priceOf("google", "gemini-2.5-pro")).toMatchObject([
      {
        input: 1.25e9,
        audioInput: 1.25e9,
        longContext: [{ above: 200_000, input: 2.5e9, audioInput: 2.5e9 }],
      },
    ]);
    expect(priceOf("cohere", "rerank-v3.5")).toMatchObject([{ perThousandSearches: 2e9 }]);
    expect(priceOf("openai", "tts-1")).toMatchObject([{ perMillionCharacters: 15e9 }]);
    expect(priceOf("openai", "whisper-1")).toMatchObject([{ perAudioHour: 360_000_000 }]);
    expect(priceOf("perplexity", "sonar")).toMatchObject([{ perRequest: 12_000_000 }]);
  });

  test("keep what a long prompt costs, and when a price changed", () => {
    expect(priceOf("anthropic", "claude-sonnet-4-6")).toMatchObject([
      { input: 3e9, longContext: [{ above: 200_000, input: 6e9, output: 22.5e9 }] },
      { from: "2026-03-13", input: 3e9 },
    ]);
    expect(priceOf("google", "gemini-3.8-flash")).toMatchObject([
      { input: 75e7 },
      { from: "2027-01-01", input: 15e8 },
    ]);
  });

  test("keep the hours and days of the week on which they hold", () => {
    const peak = { window: { start: 60, end: 240, days: [1, 2, 3, 4, 5] }, input: 300_000_000 };
    expect(priceOf("deepseek", "deepseek-v4-flash")).toMatchObject([{ input: 150_000_000 }, peak, {}]);
  });

  test("differ by where Bedrock serves a model", () => {
    const [europe] = priceOf("bedrock", "eu.anthropic.claude-haiku-4-5-20251001-v1:0") ?? [];
    const [anywhere] = priceOf("bedrock", "global.anthropic.claude-haiku-4-5-20251001-v1:0") ?? [];
    expect([anywhere?.input, europe?.input]).toEqual([1_000_000_000, 1_100_000_000]);
  });
});

describe("loading", () => {
  test("answers no models for a type that has no data, whatever it is called", () => {
    for (const type of ["vllm", "no-such-type", "../providers/openai", "__proto__", ""]) {
      expect(loadModels(type)).toEqual({ isPartial: true, cards: new Map() });
    }
  });

  test("puts none of the data into the config language, with which every config is bundled", async () => {
    const { metafile } = await build({
      entryPoints: [join(root, "sdk/config/index.ts")],
      absWorkingDir: root,
      bundle: true,
      write: false,
      format: "esm",
      platform: "neutral",
      external: ["zod", "node:*"],
      metafile: true,
      logLevel: "silent",
    });
    const inputs = Object.keys(metafile.inputs);
    expect(inputs).toContain("sdk/config/index.ts");
    expect(inputs.filter((path) => /catalog\/(data|model-ids|load-models|overrides)/.test(path))).toEqual([]);
  });
});
