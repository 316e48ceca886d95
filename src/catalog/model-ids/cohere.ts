// Made by `npm run catalog`; do not edit.

/** Ids of models of `cohere` that are known here. Any other text is a model id, too. */
export type CohereModelId =
 | "c4ai-aya-expanse-32b" | "command" | "command-a" | "command-a-03-2025" | "command-light" | "command-r"
 | "command-r-08-2024" | "command-r-plus" | "command-r-plus-08-2024" | "command-r7b" | "command-r7b-12-2024"
 | "embed-english-light-v3.0" | "embed-english-v3.0" | "embed-multilingual-light-v3.0"
 | "embed-multilingual-v3.0" | "embed-v4.0" | "rerank-english-v3.0" | "rerank-multilingual-v3.0"
 | "rerank-v3.5" | "rerank-v4.0-fast" | "rerank-v4.0-pro";
