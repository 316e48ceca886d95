// Made by `npm run catalog`; do not edit.

/** Ids of models of `alibaba` that are known here. Any other text is a model id, too. */
export type AlibabaModelId =
 | "qwen-max" | "qwen-plus" | "qwen-turbo" | "qwen-vl-max" | "qwen3-coder-flash" | "qwen3.6-flash"
 | "qwen3.6-plus" | "qwen3.7-flash" | "qwen3.7-max" | "qwen3.7-plus" | "qwen3.8-flash" | "qwen3.8-max"
 | "text-embedding-v3" | "text-embedding-v4";
