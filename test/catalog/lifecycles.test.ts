import { describe, expect, test } from "bun:test";
import { followReplacements } from "../../scripts/catalog/follow-replacements.ts";
import { sourceDay } from "../../scripts/catalog/notice.ts";
import { loadModels } from "../../src/catalog/load-models.ts";
import type { ModelCard, ModelRow } from "../../src/catalog/model-card.ts";
import { life } from "../../src/catalog/overrides/lifecycles/life.ts";
import { providerProfiles } from "../../src/catalog/providers/index.ts";

const all = Object.keys(providerProfiles).map((type) => [type, loadModels(type).cards] as const);
const card = (type: string, id: string): ModelCard | undefined => loadModels(type).cards.get(id);
/** Within three months of the newest fact nobody should move to a model that goes. */
const soon = new Date(Date.parse(sourceDay) + 90 * 86_400_000).toISOString().slice(0, 10);

const isGone = ({ retiredOn = "9", isRetired }: ModelCard, day: string): boolean =>
  isRetired === true || retiredOn <= day;

describe("what is named instead of a model", () => {
  test("is in the catalog, is served, and does not go soon", () => {
    const wrong = all.flatMap(([type, cards]) =>
      [...cards.values()].flatMap(({ id, replacement }) => {
        if (replacement === undefined) return [];
        const other = cards.get(replacement);
        const isFine = other !== undefined && replacement !== id && !isGone(other, soon);
        return isFine && other.replacement === undefined ? [] : [`${type}: ${id} -> ${replacement}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  test("of o1-preview is what replaces o3, which goes as well", () => {
    expect(card("openai", "o3")?.retiredOn).toBe("2026-12-11");
    expect(card("openai", "o1-preview")?.replacement).toBe(card("openai", "o3")?.replacement ?? "");
  });
});

describe("a chain of replacements", () => {
  const follow = (rows: Readonly<Record<string, ModelRow>>): Readonly<Record<string, string | undefined>> =>
    Object.fromEntries(
      [...followReplacements(new Map(Object.entries(rows)), "2026-11-24")].map(([id, { replacement }]) => [
        id,
        replacement,
      ]),
    );
  const gone = { retiredOn: "2026-01-01" };

  test("is followed to the model that is served", () => {
    const rows = { a: { ...gone, replacement: "b" }, b: { ...gone, replacement: "c" }, c: {} };
    expect(follow(rows)).toEqual({ a: "c", b: "c", c: undefined });
  });

  test.each<[string, Readonly<Record<string, ModelRow>>]>([
    ["a model that nobody knows", { a: { ...gone, replacement: "b" } }],
    ["a model that is gone", { a: { ...gone, replacement: "b" }, b: gone }],
    ["a model that is gone since nobody knows when", { a: { replacement: "b" }, b: { isRetired: true } }],
    ["a model that goes soon", { a: { replacement: "b" }, b: { retiredOn: "2027-01-31" } }],
    ["a deprecated model", { a: { replacement: "b" }, b: { isDeprecated: true } }],
    ["itself", { a: { replacement: "b" }, b: { replacement: "a" } }],
  ])("that ends in %s names nothing", (_, rows) => {
    expect(follow(rows)["a"]).toBeUndefined();
  });

  test("may end in a model whose earliest day is years ahead", () => {
    const rows = { a: { ...gone, replacement: "b" }, b: { retiredOn: "2028-05-14" } };
    expect(follow(rows)["a"]).toBe("b");
  });
});

describe("the days on which models went", () => {
  test.each([
    ["openai", "gpt-3.5-turbo-0301", "2024-09-13"],
    ["openai", "gpt-4-vision-preview", "2024-12-06"],
    ["openai", "gpt-4-32k", "2025-06-06"],
    ["openai", "gpt-4-0314", "2026-03-26"],
    ["openai", "dall-e-3", "2026-05-12"],
    // Snapshots with a day of their own do not go with the model's name.
    ["openai", "gpt-4o-2024-05-13", "2026-10-23"],
    ["openai", "gpt-4o-2024-11-20", "2027-01-14"],
    ["google", "gemini-1.0-pro", "2025-02-18"],
    ["google", "gemini-2.5-pro", "2026-12-01"],
    ["vertex", "gemini-2.5-pro", "2026-10-20"],
    ["groq", "gemma2-9b-it", "2025-10-08"],
    ["groq", "mixtral-8x7b-32768", "2025-03-20"],
    ["groq", "llama-3.3-70b-versatile", "2026-08-16"],
    ["xai", "grok-4", "2026-05-15"],
    ["mistral", "open-mixtral-8x7b", "2025-03-30"],
    ["bedrock", "anthropic.claude-3-5-sonnet-20240620-v1:0", "2026-07-30"],
    ["bedrock", "eu.anthropic.claude-sonnet-4-20250514-v1:0", "2026-10-14"],
    ["azure-openai", "gpt-4-32k", "2025-06-06"],
    ["azure-openai", "gpt-5.5", "2027-04-24"],
    ["azure-openai", "gpt-5.1-codex-max", "2026-12-05"],
    ["google", "gemini-1.5-pro", "2025-09-29"],
    ["vertex", "gemini-1.5-pro", "2025-09-24"],
    ["vertex", "gemini-2.0-flash", "2026-06-01"],
    ["alibaba", "qwen3-max", "2026-10-10"],
    ["cerebras", "zai-glm-4.7", "2026-08-17"],
    ["cohere", "c4ai-aya-expanse-8b", "2026-04-04"],
    ["cerebras", "llama-3.3-70b", "2026-02-16"],
    ["perplexity", "sonar-pro", "2026-09-27"],
    ["moonshot", "moonshot-v1-8k", "2026-08-31"],
    ["together", "openai/gpt-oss-20b", "2026-09-15"],
    ["deepseek", "deepseek-chat", "2026-07-24"],
  ])("%s/%s: %s", (type, id, day) => {
    expect(card(type, id)?.retiredOn).toBe(day);
  });

  test("are not made up where only the fact is known", () => {
    expect(card("xai", "grok-beta")).toMatchObject({ isRetired: true, replacement: "grok-4.3" });
    expect(card("xai", "grok-beta")?.retiredOn).toBeUndefined();
  });

  test("of commercial regions say nothing of those of the government", () => {
    expect(card("bedrock", "us.anthropic.claude-opus-4-1-20250805-v1:0")?.retiredOn).toBe("2027-01-08");
    expect(card("bedrock", "us-gov.anthropic.claude-opus-4-1-20250805-v1:0")?.retiredOn).toBeUndefined();
  });

  test("are not told of ids that editors suggest", async () => {
    const ids = await Bun.file(new URL("../../src/catalog/model-ids/xai.ts", import.meta.url)).text();
    expect(ids).toContain('"grok-4.3"');
    expect(ids).not.toMatch(/"grok-(beta|4|2-vision)"/);
  });
});

test("a row of lives makes a fact of each id, with its snapshots and places", () => {
  const [first, second, ...others] = life("bedrock", "https://example.com/", { places: "(eu\\.)?" })(
    "a.b c",
    {
      retiredOn: "2026-01-01",
    },
  );
  expect(others).toEqual([]);
  const matches = (id: string): readonly boolean[] =>
    [first, second].map((fact) => fact?.matching?.test(id) === true);
  expect(matches("a.b")).toEqual([true, false]);
  expect(matches("eu.a.b-2026-01-31")).toEqual([true, false]);
  expect(matches("axb")).toEqual([false, false]);
  expect(matches("c")).toEqual([false, true]);
  expect(matches("c-mini")).toEqual([false, false]);
});
