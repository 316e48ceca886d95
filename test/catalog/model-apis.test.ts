import { expect, test } from "bun:test";
import { findModel } from "../../src/catalog/find-model.ts";
import { loadModels } from "../../src/catalog/load-models.ts";

const card = (type: string, id: string) => findModel(loadModels(type), type, id);

test("models that OpenAI serves by its Responses API alone are known as such", () => {
  for (const id of [
    "o1-pro",
    "o3-pro-2025-06-10",
    "gpt-5-pro",
    "gpt-5-codex",
    "gpt-5.4-pro",
    "o3-deep-research",
  ])
    expect([id, card("openai", id)?.speaks]).toEqual([id, "openai-responses"]);
  for (const id of ["gpt-5.4", "gpt-5-mini", "o3", "gpt-4o", "gpt-6-luna"])
    expect([id, card("openai", id)?.speaks]).toEqual([id, undefined]);
});

test("what a model is for is known where its id says it and the data packages do not", () => {
  const kinds = [
    ["nvidia", "nvidia/nv-embed-v1", "embedding"],
    ["nvidia", "nvidia/nvclip", "embedding"],
    ["nvidia", "nvidia/nemotron-4-340b-reward", "chat"],
    ["fireworks", "accounts/fireworks/models/flux-1-schnell-fp8", "image"],
    ["fireworks", "accounts/fireworks/models/qwen3-reranker-8b", "rerank"],
    ["openai", "gpt-realtime-2.1-mini", "realtime"],
    ["google", "gemini-3.1-flash-live-preview", "realtime"],
    ["openai", "gpt-audio", "chat"],
    ["bedrock", "amazon.titan-embed-text-v2:0", "embedding"],
    ["google", "imagen-4.0-generate-001", "image"],
  ] as const;
  for (const [type, id, kind] of kinds) expect([id, card(type, id)?.kind]).toEqual([id, kind]);
});

test("a picture of Imagen has a price", () => {
  expect(card("vertex", "imagen-4.0-ultra-generate-001")?.prices).toEqual([{ perImage: 60_000_000 }]);
});
