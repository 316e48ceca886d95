import type { CatalogOverride } from "./override.ts";
import { liteLlm } from "./sources.ts";

/** Models that the data packages do not have, as far as the vendors' own pages list them, and limits that changed. */
export const furtherModels: readonly CatalogOverride[] = [
  {
    provider: "anthropic",
    ids: ["claude-sonnet-4-5", "claude-sonnet-4-5-20250929"],
    // Prompts beyond it needed a beta that has ended.
    set: { contextWindow: 200_000 },
    source: "https://platform.claude.com/docs/en/about-claude/models/overview",
    asOf: "2026-11-24",
  },
  {
    provider: "bedrock",
    ids: ["amazon.titan-embed-text-v2:0"],
    set: { kind: "embedding", contextWindow: 8_192, prices: [{ input: 20_000_000 }] },
    source: liteLlm,
    asOf: "2026-11-24",
  },
  {
    provider: "cohere",
    ids: ["rerank-v3.5", "rerank-english-v3.0", "rerank-multilingual-v3.0"],
    set: { kind: "rerank", contextWindow: 4_096 },
    source: "https://docs.cohere.com/docs/models",
    asOf: "2026-11-24",
  },
  {
    provider: "jina",
    ids: ["jina-embeddings-v2-base-en", "jina-embeddings-v2-base-code"],
    set: { kind: "embedding", contextWindow: 8_192 },
    source: "https://huggingface.co/collections/jinaai/jina-embeddings-v2",
    asOf: "2026-11-24",
  },
  {
    provider: "jina",
    ids: ["jina-embeddings-v3"],
    set: { kind: "embedding", contextWindow: 8_192 },
    source: "https://qdrant.tech/documentation/embeddings/jina-embeddings",
    asOf: "2026-11-24",
  },
  {
    provider: "jina",
    ids: ["jina-clip-v2"],
    set: { kind: "embedding", contextWindow: 8_192 },
    source:
      "https://inference.readthedocs.io/en/v1.1.0/_sources/models/builtin/embedding/jina-clip-v2.rst.txt",
    asOf: "2026-11-24",
  },
  {
    provider: "jina",
    ids: ["jina-embeddings-v4"],
    set: { kind: "embedding", contextWindow: 32_768, takes: ["text", "image"] },
    source: "https://qdrant.tech/documentation/embeddings/jina-embeddings",
    asOf: "2026-11-24",
  },
  {
    provider: "jina",
    ids: ["jina-reranker-v2-base-multilingual", "jina-reranker-m0", "jina-reranker-v3"],
    set: { kind: "rerank" },
    source: "https://jina.ai/models/jina-reranker-v3",
    asOf: "2026-11-24",
  },
  {
    provider: "voyage",
    ids: ["rerank-2.5", "rerank-2.5-lite", "rerank-2", "rerank-2-lite"],
    set: { kind: "rerank" },
    source: liteLlm,
    asOf: "2026-11-24",
  },
  {
    provider: "voyage",
    ids: ["voyage-3-large", "voyage-3.5", "voyage-3.5-lite", "voyage-code-3"],
    set: { kind: "embedding", contextWindow: 32_000 },
    source: liteLlm,
    asOf: "2026-11-24",
  },
  {
    provider: "voyage",
    ids: ["voyage-4", "voyage-4-large", "voyage-4-lite"],
    set: { kind: "embedding", contextWindow: 32_000 },
    source: "https://vercel.com/ai-gateway/models/voyage-4",
    asOf: "2026-11-24",
  },
  {
    provider: "alibaba",
    ids: ["text-embedding-v3", "text-embedding-v4"],
    set: { kind: "embedding", contextWindow: 8_192 },
    source: "https://www.alibabacloud.com/help/en/model-studio/embedding-interfaces-compatible-with-openai",
    asOf: "2026-11-24",
  },
];
