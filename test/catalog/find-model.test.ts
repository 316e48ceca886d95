import { describe, expect, test } from "bun:test";
import { findModel } from "../../src/catalog/find-model.ts";
import { loadModels, type ProviderModels } from "../../src/catalog/load-models.ts";
import type { ModelCard } from "../../src/catalog/model-card.ts";

const find = (type: string, id: string): ModelCard | undefined => findModel(loadModels(type), type, id);

/** Each card costs something, so that a lost price can be seen. */
function models(...ids: string[]): ProviderModels {
  const prices = [{ input: 1, output: 2 }];
  return { isPartial: false, cards: new Map(ids.map((id) => [id, { id, kind: "chat", prices }])) };
}

describe("an id", () => {
  test("is found as it stands", () => {
    expect(find("openai", "gpt-4o-mini")?.id).toBe("gpt-4o-mini");
    expect(find("anthropic", "claude-haiku-4-5-20251001")?.id).toBe("claude-haiku-4-5-20251001");
    expect(find("openrouter", "anthropic/claude-haiku-4.5")?.id).toBe("anthropic/claude-haiku-4.5");
  });

  test("that nobody knows is not found, nor one that names a part of objects", () => {
    for (const id of ["gpt-4o-minni", "", "__proto__", "constructor", "gpt-4o-mini "]) {
      expect(find("openai", id)).toBeUndefined();
    }
    expect(find("vllm", "gpt-4o-mini")).toBeUndefined();
  });

  test.each(["-20261224", "-2026-12-24", "@20261224", "@default", "-latest"])(
    "with %s is the snapshot of a known model and costs as much",
    (suffix) => {
      const card = findModel(models("wise"), "openai", `wise${suffix}`);
      expect(card).toEqual({ id: "wise", kind: "chat", prices: [{ input: 1, output: 2 }] });
    },
  );

  test("that is listed with its date is not taken for another", () => {
    expect(findModel(models("wise", "wise-20261224"), "openai", "wise-20261224")?.id).toBe("wise-20261224");
  });
});

describe("an id in another form", () => {
  test.each([
    ["google", "models/gemini-2.5-pro", "gemini-2.5-pro"],
    ["vertex", "google/gemini-2.5-pro", "gemini-2.5-pro"],
    ["vertex", "publishers/google/models/gemini-2.5-pro", "gemini-2.5-pro"],
    ["vertex", "projects/p/locations/l/publishers/google/models/gemini-2.5-pro", "gemini-2.5-pro"],
    [
      "bedrock",
      "arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.anthropic.claude-sonnet-4-6",
      "eu.anthropic.claude-sonnet-4-6",
    ],
  ])("of %s: %s", (type, id, expected) => {
    const card = find(type, id);
    expect(card?.id).toBe(expected);
    expect(card?.prices).toBeDefined();
  });

  test("is not looked for where the vendor knows no such form", () => {
    expect(find("openai", "models/gpt-4o-mini")).toBeUndefined();
    expect(find("openai", "eu.gpt-4o-mini")).toBeUndefined();
  });

  test("has no price where another serves the model at a price of its own", () => {
    const elsewhere = findModel(models("eu.amazon.wise-v1:0"), "bedrock", "jp.amazon.wise-v1:0");
    expect(elsewhere).toEqual({ id: "eu.amazon.wise-v1:0", kind: "chat" });
    expect(findModel(models("amazon.wise-v1:0"), "bedrock", "eu.amazon.wise-v1:0")?.prices).toBeUndefined();
    const fast = find("openrouter", "anthropic/claude-haiku-4.5:nitro");
    expect([fast?.id, fast?.prices]).toEqual(["anthropic/claude-haiku-4.5", undefined]);
    expect(fast?.contextWindow).toBe(200_000);
  });
});
