// Made by `npm run catalog`; do not edit.

/** Ids of models of `voyage` that are known here. Any other text is a model id, too. */
export type VoyageModelId =
 | "rerank-2" | "rerank-2-lite" | "rerank-2.5" | "rerank-2.5-lite" | "voyage-01" | "voyage-02" | "voyage-2"
 | "voyage-3" | "voyage-3-large" | "voyage-3-lite" | "voyage-3.5" | "voyage-3.5-lite" | "voyage-4"
 | "voyage-4-large" | "voyage-4-lite" | "voyage-code-2" | "voyage-code-3" | "voyage-context-3"
 | "voyage-finance-2" | "voyage-large-2" | "voyage-large-2-instruct" | "voyage-law-2" | "voyage-lite-01"
 | "voyage-lite-01-instruct" | "voyage-lite-02-instruct" | "voyage-multilingual-2";
