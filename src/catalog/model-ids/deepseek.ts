// Made by `npm run catalog`; do not edit.

/** Ids of models of `deepseek` that are known here. Any other text is a model id, too. */
export type DeepseekModelId =
 | "deepseek-flash" | "deepseek-v4-flash" | "deepseek-v4-flash-vision-exp" | "deepseek-v4-pro";
