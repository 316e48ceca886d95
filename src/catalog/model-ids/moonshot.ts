// Made by `npm run catalog`; do not edit.

/** Ids of models of `moonshot` that are known here. Any other text is a model id, too. */
export type MoonshotModelId =
 | "kimi-k2" | "kimi-k2-0711-preview" | "kimi-k2-0905-preview" | "kimi-k2-thinking" | "kimi-k2-thinking-turbo"
 | "kimi-k2-turbo-preview" | "kimi-k2.5" | "kimi-k2.6" | "kimi-k2.7-code" | "kimi-k2.7-code-highspeed"
 | "kimi-k3" | "moonshot-v1-128k" | "moonshot-v1-128k-vision-preview" | "moonshot-v1-32k"
 | "moonshot-v1-32k-vision-preview" | "moonshot-v1-8k" | "moonshot-v1-8k-vision-preview" | "moonshot-v1-auto";
