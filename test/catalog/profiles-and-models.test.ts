import { describe, expect, test } from "bun:test";
import { sourceDay } from "../../scripts/catalog/notice.ts";
import { loadModels } from "../../src/catalog/load-models.ts";
import type { ModelCard, ModelKind } from "../../src/catalog/model-card.ts";
import type { ProviderProfile } from "../../src/catalog/provider-profile.ts";
import { providerProfiles } from "../../src/catalog/providers/index.ts";
import { dialectOf } from "../../src/catalog/spoken-dialect.ts";
import { quirksOf } from "../../src/dialects/openai-chat/quirks.ts";

const all: readonly (readonly [string, ProviderProfile, readonly ModelCard[]])[] = Object.entries(
  providerProfiles,
).map(([type, profile]) => [type, profile, [...loadModels(type).cards.values()]]);

/** What a profile must have for a model to be called, told by what the model is for. */
const ways: Readonly<Record<ModelKind, (profile: ProviderProfile) => unknown>> = {
  chat: ({ chat }) => chat,
  embedding: ({ apis }) => apis?.embeddings,
  rerank: ({ apis }) => apis?.rerank,
  image: ({ apis }) => apis?.images,
  video: () => undefined,
  speech: ({ apis }) => apis?.speech,
  transcription: ({ apis }) => apis?.transcription ?? apis?.translation,
  realtime: ({ chat }) => chat,
  moderation: ({ apis }) => apis?.moderations,
};

const failing = (
  isWrong: (card: ModelCard, profile: ProviderProfile, type: string) => boolean,
): readonly string[] =>
  all.flatMap(([type, profile, cards]) =>
    cards.filter((card) => isWrong(card, profile, type)).map(({ id }) => `${type}/${id}`),
  );

describe("a provider's profile and its models", () => {
  test("agree on what can be called: every model has an API", () => {
    expect(failing(({ kind }, profile) => (ways[kind](profile) ?? null) === null)).toEqual([]);
  });

  test("agree on answers held to a schema", () => {
    const isRefused = ({ id }: ModelCard, profile: ProviderProfile): boolean => {
      const spoken = dialectOf(profile, id, undefined);
      return spoken?.dialect === "openai-chat" && !quirksOf({ ...spoken, upstreamModel: id }).jsonSchema;
    };
    expect(
      failing((card, profile) => card.can?.includes("json-schema") === true && isRefused(card, profile)),
    ).toEqual([]);
  });

  test("agree on tools: nobody is said to have them whose API leaves them out", () => {
    const refuses = ({ id }: ModelCard, profile: ProviderProfile, name: string): boolean => {
      const spoken = dialectOf(profile, id, undefined);
      return (
        spoken?.dialect === "openai-chat" &&
        (quirksOf({ ...spoken, upstreamModel: id }).less as readonly string[]).includes(name)
      );
    };
    expect(
      failing((card, profile) => card.can?.includes("tools") === true && refuses(card, profile, "tools")),
    ).toEqual([]);
  });

  test("agree on thinking: where efforts or thoughts are known, some model thinks", () => {
    const isWrong = ([, { chat }, cards]: (typeof all)[number]): boolean => {
      const known = cards.filter(({ kind }) => kind === "chat");
      const { thinkingBack, efforts } = chat?.quirks ?? {};
      const thinks = efforts !== undefined || (thinkingBack ?? "none") !== "none";
      return thinks && known.length > 0 && known.every(({ lacks = [] }) => lacks.includes("reasoning"));
    };
    expect(all.filter(isWrong).map(([type]) => type)).toEqual([]);
  });

  test.each(all.filter(([, , cards]) => cards.length > 0).map(([type, profile]) => [type, profile] as const))(
    "agree on the example of %s: it is known, and served",
    (type, { exampleModel }) => {
      // Names of Azure's deployments are their owners'.
      if (type === "azure-openai") return expect(exampleModel).toBe("my-gpt-deployment");
      const card = loadModels(type).cards.get(exampleModel);
      expect(card?.id).toBe(exampleModel);
      expect(card?.isRetired ?? card?.isDeprecated ?? card?.deprecatedOn).toBeUndefined();
      expect((card?.retiredOn ?? "9") > sourceDay).toBe(true);
    },
  );

  test("agree on who speaks what: of the further dialects some have models", () => {
    for (const [type, { chat }, cards] of all) {
      const starts = (chat?.further ?? []).flatMap(({ models = [] }) => models);
      if (starts.length === 0 || cards.length === 0) continue;
      const met = starts.filter((start) => cards.some(({ id }) => id.startsWith(start)));
      expect([type, met.length > 0]).toEqual([type, true]);
    }
  });
});

describe("Perplexity", () => {
  const { cards, isPartial } = loadModels("perplexity");

  test("serves by its Agent API what the profile says, and the models of the Sonar API no more", () => {
    expect(providerProfiles.perplexity.chat.dialect).toBe("openai-responses");
    expect(cards.get("perplexity/sonar")).toMatchObject({
      contextWindow: 128_000,
      can: ["tools"],
      prices: [{ input: 250_000_000, output: 2_500_000_000, cacheRead: 62_500_000 }],
    });
    const sonars = [...cards.values()].filter(({ id }) => /^(sonar|r1-|llama-3\.1-sonar)/.test(id));
    expect(sonars.length).toBeGreaterThan(6);
    for (const card of sonars) {
      expect(card.isRetired === true || card.retiredOn === "2026-09-27").toBe(true);
      expect(card.replacement).toBe("perplexity/sonar");
    }
  });

  test("serves models of others as well, so that an id that is not here is no mistake", () => {
    expect(isPartial).toBe(true);
    expect(cards.get("openai/gpt-5.5")?.prices).toMatchObject([{ input: 5e9, output: 30e9 }]);
    expect(cards.get("pplx-embed-v1-4b")).toMatchObject({ kind: "embedding", prices: [{ input: 30e6 }] });
  });
});
