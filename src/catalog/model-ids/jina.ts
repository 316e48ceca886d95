// Made by `npm run catalog`; do not edit.

/** Ids of models of `jina` that are known here. Any other text is a model id, too. */
export type JinaModelId =
 | "jina-clip-v2" | "jina-embeddings-v2-base-code" | "jina-embeddings-v2-base-en" | "jina-embeddings-v3"
 | "jina-embeddings-v4" | "jina-reranker-m0" | "jina-reranker-v2-base-multilingual" | "jina-reranker-v3";
