import { describe, expect, test } from "bun:test";
import { loadModels } from "../../src/catalog/load-models.ts";
import type { ModelCard } from "../../src/catalog/model-card.ts";
import { providerProfiles } from "../../src/catalog/providers/index.ts";

/** The model behind an id, whoever serves it: without places, vendors, versions of the API and days. */
function modelOf(id: string): string {
  return id
    .toLowerCase()
    .replace(/^(us|eu|apac|global|jp|au|ca|us-gov|in|regional)\./, "")
    .replace(/^.*\//, "")
    .replace(/^(anthropic|amazon|meta|mistral|cohere|openai|deepseek|google|qwen|zai|xai|moonshotai)\./, "")
    .replace(/[@:].*$/, "")
    .replace(/-v\d(:\d)?$/, "")
    .replace(/(?<=\d)p(?=\d)/g, ".")
    .replaceAll(".", "-")
    .replace(/-(20\d{6}|20\d\d-\d\d-\d\d|\d{4})$/, "")
    .replace(/-(instruct|fp8|maas|latest)$/, "");
}

interface Served {
  readonly type: string;
  readonly card: ModelCard;
}

const served: readonly Served[] = Object.keys(providerProfiles).flatMap((type) =>
  [...loadModels(type).cards.values()].filter(({ kind }) => kind === "chat").map((card) => ({ type, card })),
);
const groups = Map.groupBy(served, ({ card }) => modelOf(card.id));

/** Models of which one provider claims what another denies. */
function contested(
  has: (card: ModelCard) => boolean,
  lacks: (card: ModelCard) => boolean,
): readonly string[] {
  return [...groups].flatMap(([model, all]) => {
    const yes = new Set(all.filter(({ card }) => has(card)).map(({ type }) => type));
    const no = new Set(all.filter(({ card }) => lacks(card)).map(({ type }) => type));
    return yes.size > 0 && no.size > 0 && [...no].some((type) => !yes.has(type)) ? [model] : [];
  });
}

describe("the same model at several providers", () => {
  test("takes pictures at all of them, but where a host leaves them out or a name moved on", () => {
    const found = contested(
      ({ takes = [] }) => takes.includes("image"),
      ({ lacks = [] }) => lacks.includes("images"),
    );
    expect(found.toSorted()).toEqual([
      // DeepSeek answers the older name by a newer model, which sees.
      "deepseek-v4-flash",
      "gemma-4-e4b-it",
      // Together takes text alone.
      "kimi-k2-7-code",
      // The name of several generations.
      "magistral-small",
      "mistral-large",
      // Together takes text alone.
      "qwen3-6-plus",
    ]);
  });

  test("has tools at all of them or at none", () => {
    expect(
      contested(
        ({ can = [] }) => can.includes("tools"),
        ({ lacks = [] }) => lacks.includes("tools"),
      ),
    ).toEqual(["qwen-turbo"]);
  });

  test("thinks at all of them or at none", () => {
    expect(
      contested(
        ({ can = [] }) => can.includes("reasoning"),
        ({ lacks = [] }) => lacks.includes("reasoning"),
      ),
    ).toEqual([]);
  });

  test("has windows of one size, which hosts cut but not to an eighth", () => {
    const odd = [...groups].flatMap(([model, all]) => {
      const sizes = all.flatMap(({ card: { contextWindow } }) => contextWindow ?? []);
      return Math.max(...sizes) >= 8 * Math.min(...sizes) ? [model] : [];
    });
    expect(odd.toSorted()).toEqual([
      // Hosts that cut much.
      "deepseek-r1-distill-llama-70b",
      // The name of several generations.
      "gemini-pro",
      "llama-3-1-8b",
      // Made for 10 million tokens, which nobody serves.
      "llama-4-scout-17b-16e",
      "mistral-large",
      "mistral-small",
      "qwen3-235b-a22b",
      // Cut much by Cloudflare.
      "qwen3-30b-a3b",
    ]);
  });
});

describe("facts that were wrong before", () => {
  const card = (type: string, id: string): ModelCard | undefined => loadModels(type).cards.get(id);

  test.each<[string, string, Partial<ModelCard>]>([
    ["xai", "grok-4", { takes: ["text", "image"], contextWindow: 256_000 }],
    ["openai", "gpt-4-32k", { contextWindow: 32_768 }],
    ["openai", "gpt-5.3-codex", { contextWindow: 400_000 }],
    ["google", "gemini-1.5-pro", { contextWindow: 2_097_152 }],
    ["vertex", "gemini-1.5-pro", { contextWindow: 2_097_152 }],
    [
      "deepseek",
      "deepseek-chat",
      {
        contextWindow: 1_000_000,
        prices: [
          { input: 28e7, output: 42e7, cacheRead: 28e6 },
          { from: "2026-04-24", input: 14e7, output: 28e7, cacheRead: 28e5 },
        ],
      },
    ],
    ["cohere", "command-a-03-2025", { contextWindow: 256_000, maxOutputTokens: 8_000 }],
    ["cohere", "command-r-08-2024", { contextWindow: 128_000, maxOutputTokens: 4_000 }],
    ["cohere", "command-r-plus-08-2024", { contextWindow: 128_000, maxOutputTokens: 4_000 }],
    [
      "bedrock",
      "amazon.nova-pro-v1:0",
      { takes: ["text", "image", "video", "file"], contextWindow: 300_000 },
    ],
    ["bedrock", "amazon.nova-micro-v1:0", { takes: ["text"], contextWindow: 128_000 }],
    ["bedrock", "meta.llama3-3-70b-instruct-v1:0", { takes: ["text"] }],
    [
      "fireworks",
      "accounts/fireworks/models/gpt-oss-120b",
      { prices: [{ input: 15e7, output: 6e8, cacheRead: 15e6 }] },
    ],
  ])("%s/%s", (type, id, facts) => {
    expect(card(type, id)).toMatchObject(facts);
  });

  test.each([
    ["cohere", "command-a-03-2025"],
    ["cohere", "command-r-08-2024"],
    ["bedrock", "amazon.nova-pro-v1:0"],
    ["bedrock", "amazon.nova-micro-v1:0"],
    ["fireworks", "accounts/fireworks/models/gpt-oss-20b"],
  ])("%s/%s has tools", (type, id) => {
    expect(card(type, id)?.can).toContain("tools");
  });

  test("DeepSeek's larger model did not become as cheap as the smaller one", () => {
    const [night, ...peaks] = card("deepseek", "deepseek-v4-pro")?.prices ?? [];
    expect(night).toEqual({ input: 66e7, output: 198e7, cacheRead: 22e6 });
    expect(peaks.map(({ input, window }) => [input, window?.start])).toEqual([
      [132e7, 60],
      [132e7, 360],
    ]);
  });

  test("Qwen has prices, and what long prompts cost", () => {
    const alibaba = [...loadModels("alibaba").cards.values()];
    expect(alibaba.filter(({ prices }) => prices === undefined).map(({ id }) => id)).toEqual([
      "qwen3.7-flash",
    ]);
    expect(card("alibaba", "qwen3-max")?.prices).toEqual([
      {
        input: 12e8,
        output: 6e9,
        cacheRead: 24e7,
        cacheWrite: 15e8,
        longContext: [
          { above: 32_000, input: 24e8, output: 12e9, cacheRead: 48e7, cacheWrite: 3e9 },
          { above: 128_000, input: 3e9, output: 15e9, cacheRead: 6e8, cacheWrite: 375e7 },
        ],
      },
    ]);
  });

  test("Qwen costs more where it thinks, and beyond a quarter of a million tokens", () => {
    expect(card("alibaba", "qwen-plus")?.prices).toMatchObject([
      { output: 12e8, reasoning: 4e9, longContext: [{ above: 256_000, output: 36e8, reasoning: 12e9 }] },
    ]);
    expect(card("alibaba", "qwen3.6-flash")?.prices).toMatchObject([
      { input: 25e7, output: 15e8, longContext: [{ above: 256_000, input: 1e9, output: 4e9 }] },
    ]);
  });

  test("names that xAI answers by another model cost what that costs", () => {
    const now = card("xai", "grok-4.3")?.prices;
    expect(now).toBeDefined();
    for (const id of ["grok-3", "grok-4", "grok-4-fast-reasoning", "grok-4-1-fast"])
      expect(card("xai", id)?.prices).toEqual([...(now ?? [])]);
    expect(card("xai", "grok-code-fast-1")?.prices).toEqual([
      ...(card("xai", "grok-build-0.1")?.prices ?? []),
    ]);
    // Of its smaller siblings the page says nothing.
    expect(card("xai", "grok-3-mini")?.prices).not.toEqual([...(now ?? [])]);
  });

  test("a name that moves on gets dearer with the models that it may stand for", () => {
    const dearer = card("google", "gemini-3.8-flash")?.prices?.at(-1);
    expect(dearer?.from).toBe("2027-01-01");
    expect(card("google", "gemini-flash-latest")?.prices?.at(-1)).toEqual(dearer);
  });

  test.each([
    ["jina", "jina-embeddings-v3"],
    ["cohere", "embed-multilingual-light-v3.0"],
  ])("%s/%s has no price that nobody has shown", (type, id) => {
    expect(card(type, id)?.prices).toBeUndefined();
  });

  test.each([
    ["deepinfra", "Qwen/Qwen3.8-Max", "images"],
    ["deepinfra", "Qwen/Qwen3.8-Flash", "images"],
    ["huggingface", "XiaomiMiMo/MiMo-V2.5", "images"],
    ["fireworks", "accounts/fireworks/models/qwen3p8-max", "tools"],
  ])("of %s/%s nobody says whether it has %s", (type, id, what) => {
    const { lacks = [], takes = [], can = [] } = card(type, id) ?? {};
    expect(lacks as readonly string[]).not.toContain(what);
    expect([...takes, ...can] as readonly string[]).not.toContain(what === "images" ? "image" : what);
  });
});
