// Made by `npm run catalog`; do not edit.

/** Ids of models of `moonshot` that are known here. Any other text is a model id, too. */
export type MoonshotModelId =
 | "kimi-k2.6" | "kimi-k2.7-code" | "kimi-k2.7-code-highspeed" | "kimi-k3" | "kimi-k3.1-pro"
 | "moonshot-v1-auto";
