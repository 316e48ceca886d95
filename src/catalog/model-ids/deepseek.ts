// Made by `npm run catalog`; do not edit.

/** Ids of models of `deepseek` that are known here. Any other text is a model id, too. */
export type DeepseekModelId =
 | "deepseek-chat" | "deepseek-chat-v3-0324" | "deepseek-flash" | "deepseek-r1-0528" | "deepseek-reasoner"
 | "deepseek-v3.1-terminus" | "deepseek-v3.2" | "deepseek-v3.2-exp" | "deepseek-v4-flash"
 | "deepseek-v4-flash-vision-exp" | "deepseek-v4-pro";
