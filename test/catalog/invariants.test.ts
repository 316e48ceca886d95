import { describe, expect, test } from "bun:test";
import { loadModels } from "../../src/catalog/load-models.ts";
import { type ModelCard, modelKinds } from "../../src/catalog/model-card.ts";
import { catalogOverrides } from "../../src/catalog/overrides/index.ts";
import { type PriceTerms, tokenKinds } from "../../src/catalog/price.ts";
import type { ProviderProfile } from "../../src/catalog/provider-profile.ts";
import { providerProfiles } from "../../src/catalog/providers/index.ts";

const profiles: readonly ProviderProfile[] = Object.values(providerProfiles);
const cards: readonly (readonly [type: string, card: ModelCard])[] = profiles.flatMap(({ type }) =>
  [...loadModels(type).cards.values()].map((card) => [type, card] as const),
);

/** Names of the models that fail a test. */
const failing = (test: (card: ModelCard, type: string) => boolean): readonly string[] =>
  cards.flatMap(([type, card]) => (test(card, type) ? [] : [`${type}/${card.id}`]));

const isDay = (day: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(day) && new Date(day).toISOString().slice(0, 10) === day;

describe("every model", () => {
  test("is of a kind that is known, and has an id and a name that say something", () => {
    expect(failing(({ kind }) => modelKinds.includes(kind))).toEqual([]);
    expect(failing(({ id, name = id }) => id.trim() === id && id !== "" && name.trim() !== "")).toEqual([]);
  });

  test("lives on days of the calendar, comes out before it goes, and is replaced by another", () => {
    expect(
      failing(({ releasedOn, deprecatedOn, retiredOn }) =>
        [releasedOn, deprecatedOn, retiredOn].every((day) => day === undefined || isDay(day)),
      ),
    ).toEqual([]);
    expect(failing(({ releasedOn = "0", retiredOn = "9" }) => releasedOn < retiredOn)).toEqual([]);
    expect(failing(({ id, replacement }) => replacement !== id)).toEqual([]);
  });

  test("answers with less than its window holds", () => {
    expect(
      failing(({ contextWindow = Infinity, maxOutputTokens = 0 }) => maxOutputTokens < contextWindow),
    ).toEqual([]);
  });

  test("takes words if it converses, and has abilities of conversation only then", () => {
    expect(failing(({ kind, takes }) => kind !== "chat" || takes?.includes("text") !== false)).toEqual([]);
    expect(failing(({ kind, can = [] }) => kind === "chat" || can.length === 0)).toEqual([]);
    expect(failing(({ kind, lacks = [] }) => kind === "chat" || lacks.length === 0)).toEqual([]);
  });

  test("gives pictures if it draws, sound if it speaks, and words if it converses", () => {
    expect(failing(({ kind, gives }) => (kind === "image") === (gives?.includes("image") === true))).toEqual(
      [],
    );
    expect(failing(({ kind, gives }) => kind !== "speech" || gives?.join() === "audio")).toEqual([]);
    expect(failing(({ kind, gives }) => kind !== "chat" || gives?.includes("text") !== false)).toEqual([]);
  });
});

describe("every price", () => {
  const terms = ({ prices = [] }: ModelCard): readonly PriceTerms[] => prices;

  test("says something, and nothing below zero", () => {
    expect(failing(({ prices }) => prices === undefined || prices.length > 0)).toEqual([]);
    expect(failing((card) => terms(card).every((price) => Object.keys(price).length > 0))).toEqual([]);
    const amounts = (price: PriceTerms): readonly number[] =>
      Object.values(price).flatMap((value) => (typeof value === "number" ? [value] : []));
    expect(
      failing((card) =>
        terms(card).every((price) =>
          amounts(price).every((amount) => Number.isSafeInteger(amount) && amount >= 0),
        ),
      ),
    ).toEqual([]);
  });

  test("of nothing is that of a model that is known to be free", () => {
    const free = [
      "openai/omni-moderation-2024-09-26",
      "openai/omni-moderation-latest",
      "zhipu/glm-4.5-flash",
      "zhipu/glm-4.6v-flash",
      "zhipu/glm-4.7-flash",
    ];
    const isFree = (price: PriceTerms): boolean =>
      [price, ...(price.longContext ?? [])].some((rates) => tokenKinds.some((kind) => rates[kind] === 0));
    // Whoever makes vectors writes nothing, for which nothing is paid.
    const found = failing(
      (card) => card.id.endsWith(":free") || card.kind === "embedding" || !terms(card).some(isFree),
    );
    expect(found.toSorted()).toEqual(free);
    expect(
      failing((card) => card.kind !== "embedding" || !card.prices?.some(({ input }) => input === 0)),
    ).toEqual(
      cards.flatMap(([type, { id, kind }]) =>
        kind === "embedding" && id.endsWith(":free") ? [`${type}/${id}`] : [],
      ),
    );
  });

  test("in units other than tokens is that of a model which is paid so", () => {
    const kinds: readonly (readonly [keyof PriceTerms, readonly string[]])[] = [
      ["perImage", ["image"]],
      ["perAudioHour", ["transcription", "realtime"]],
      ["perMillionCharacters", ["speech"]],
      ["perThousandSearches", ["rerank"]],
    ];
    for (const [unit, paid] of kinds)
      expect(
        failing(
          (card) => paid.includes(card.kind) || terms(card).every((price) => price[unit] === undefined),
        ),
      ).toEqual([]);
  });

  test("of reading from a cache is no more than that of reading anew, and that of keeping no less for longer", () => {
    const rates = (card: ModelCard): readonly PriceTerms[] =>
      terms(card).flatMap((price) => [price, ...(price.longContext ?? [])]);
    expect(
      failing((card) => rates(card).every(({ input = Infinity, cacheRead = 0 }) => cacheRead <= input)),
    ).toEqual([]);
    expect(
      failing((card) =>
        rates(card).every(({ cacheWrite = 0, cacheWriteHour = Infinity }) => cacheWrite <= cacheWriteHour),
      ),
    ).toEqual([]);
  });

  test("of long prompts begins at ascending sizes", () => {
    expect(
      failing((card) =>
        terms(card).every(({ longContext = [] }) => {
          const bounds = longContext.map(({ above }) => above);
          return bounds.every((bound, index) => bound > (bounds[index - 1] ?? 0));
        }),
      ),
    ).toEqual([]);
  });
});

describe("the models that the documents name", () => {
  const hosted = profiles.filter(({ type }) => loadModels(type).cards.size > 0 && type !== "azure-openai");

  test("are those of every vendor that serves models to all", () => {
    const own = ["azure-openai", "github", "ollama", "vllm", "lmstudio", "llamacpp", "openai-compatible"];
    expect(profiles.map(({ type }) => type).filter((type) => !own.includes(type))).toEqual(
      hosted.map(({ type }) => type),
    );
  });

  test.each(hosted.map(({ type, exampleModel }) => [type, exampleModel] as const))(
    "%s/%s is described: window, modalities, abilities and price",
    (type, id) => {
      const card = loadModels(type).cards.get(id);
      expect(card?.contextWindow).toBeGreaterThan(0);
      // NVIDIA's trial API has no prices, Jina tells its own to customers alone.
      if (!["nvidia", "jina"].includes(type)) expect(card?.prices?.length).toBeGreaterThan(0);
      if (card?.kind !== "chat") return;
      expect(card.takes).toContain("text");
      const said = [...(card.can ?? []), ...(card.lacks ?? [])] as readonly string[];
      expect(said).toContain("tools");
      expect((card.retiredOn ?? "9") > "2026-11-24").toBe(true);
    },
  );
});

describe("facts of our own", () => {
  test("were read on a day of the calendar, and none is empty", () => {
    expect(catalogOverrides.filter(({ asOf }) => !isDay(asOf))).toEqual([]);
    expect(
      catalogOverrides.filter(
        ({ set, unknown = [] }) => Object.keys(set).length === 0 && unknown.length === 0,
      ),
    ).toEqual([]);
  });

  test("are about ids or a pattern, never both or neither", () => {
    expect(
      catalogOverrides.filter(({ ids, matching }) => (ids === undefined) === (matching === undefined)),
    ).toEqual([]);
    expect(catalogOverrides.filter(({ ids }) => ids?.some((id) => id.trim() === "") === true)).toEqual([]);
  });
});

describe("models that came out after the data packages", () => {
  const card = (type: string, id: string): ModelCard | undefined => loadModels(type).cards.get(id);

  test("have what their vendors say of them", () => {
    expect(card("anthropic", "claude-sonnet-5-5")?.prices).toMatchObject([
      { input: 2e9, output: 1e10, cacheRead: 2e8 },
      { from: "2026-10-07", input: 2e9, output: 1e10, cacheRead: 1e8 },
    ]);
    expect(card("anthropic", "claude-haiku-5-5")).toMatchObject({
      contextWindow: 1_000_000,
      prices: [{ input: 1e8, longContext: [{ above: 100_000, input: 5e8, output: 25e8 }] }],
    });
    expect(card("anthropic", "claude-fable-5-2")).toMatchObject({ prices: [{ input: 8e9, cacheRead: 2e8 }] });
    expect(card("openai", "gpt-6.2-sol")).toMatchObject({
      speaks: "openai-responses",
      takes: ["text", "image", "file"],
      can: ["tools", "reasoning", "json-schema"],
      lacks: ["audio", "sampling"],
      prices: [{ input: 2e9, cacheRead: 1e8, longContext: [{ above: 272_000, output: 15e9 }] }],
    });
    expect(card("openai", "gpt-6.1-terra")?.prices).toMatchObject([{ input: 1e9, output: 5e9 }]);
    expect(card("mistral", "zai-glm-5-3-flash")?.prices).toMatchObject([{ input: 15e7, output: 5e8 }]);
  });

  test("pictures cost what their vendors ask for one, or for its tokens", () => {
    expect(card("openai", "dall-e-3")?.prices).toEqual([{ perImage: 4e7 }]);
    expect(card("xai", "grok-imagine-image")?.prices).toEqual([{ perImage: 2e7 }]);
    expect(card("together", "black-forest-labs/FLUX.1-schnell")?.prices).toEqual([{ perImage: 27e5 }]);
    expect(card("bedrock", "stability.sd3-5-large-v1:0")?.prices).toEqual([{ perImage: 8e7 }]);
    expect(card("openai", "gpt-image-2.6-sunburst")?.prices).toMatchObject([
      { imageInput: 8e9, output: 3e10 },
    ]);
    expect(card("google", "imagen-4.0-generate-001")).toMatchObject({
      prices: [{ perImage: 4e7 }],
      retiredOn: "2026-08-17",
    });
  });

  test("of other tasks are told apart from those that converse", () => {
    const kindOf = (type: string, id: string): string | undefined => card(type, id)?.kind;
    expect(kindOf("together", "BAAI/bge-base-en-v1.5")).toBe("embedding");
    expect(kindOf("together", "Salesforce/Llama-Rank-v1")).toBe("rerank");
    expect(kindOf("together", "cartesia/sonic")).toBe("speech");
    expect(kindOf("together", "black-forest-labs/FLUX.2-pro")).toBe("image");
    expect(kindOf("mistral", "voxtral-mini-2602")).toBe("transcription");
    expect(kindOf("bedrock", "amazon.nova-2-sonic-v1:0")).toBe("realtime");
    expect(kindOf("xai", "grok-voice-latest")).toBe("realtime");
    // These belong to APIs that the gateway has no way to.
    expect(kindOf("cloudflare", "@cf/meta/m2m100-1.2b")).toBeUndefined();
    expect(kindOf("google", "gemini-omni-flash-preview")).toBeUndefined();
  });
});
