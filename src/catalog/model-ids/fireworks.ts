// Made by `npm run catalog`; do not edit.

/** Ids of models of `fireworks` that are known here. Any other text is a model id, too. */
export type FireworksModelId =
 | "WhereIsAI/UAE-Large-V1" | "accounts/fireworks/models/deepseek-v4-flash"
 | "accounts/fireworks/models/deepseek-v4-flash-0731"
 | "accounts/fireworks/models/deepseek-v4-flash-vision-exp" | "accounts/fireworks/models/deepseek-v4-pro"
 | "accounts/fireworks/models/deepseek-v4-pro-0813" | "accounts/fireworks/models/deepseek-v4p1-flash"
 | "accounts/fireworks/models/flux-1-dev-fp8" | "accounts/fireworks/models/flux-1-schnell-fp8"
 | "accounts/fireworks/models/glm-5" | "accounts/fireworks/models/glm-5p1"
 | "accounts/fireworks/models/glm-5p2" | "accounts/fireworks/models/glm-5p3"
 | "accounts/fireworks/models/glm-5p3-flash" | "accounts/fireworks/models/gpt-oss-120b"
 | "accounts/fireworks/models/gpt-oss-20b" | "accounts/fireworks/models/inkling"
 | "accounts/fireworks/models/kimi-k2p5" | "accounts/fireworks/models/kimi-k2p6"
 | "accounts/fireworks/models/kimi-k2p7-code" | "accounts/fireworks/models/kimi-k3"
 | "accounts/fireworks/models/minimax-m2p5" | "accounts/fireworks/models/minimax-m2p7"
 | "accounts/fireworks/models/minimax-m3" | "accounts/fireworks/models/muse-glimmer-30b"
 | "accounts/fireworks/models/nemotron-3-ultra-nvfp4"
 | "accounts/fireworks/models/nemotron-lightning-3p5-30b-a3b" | "accounts/fireworks/models/qwen3-embedding-8b"
 | "accounts/fireworks/models/qwen3-reranker-8b" | "accounts/fireworks/models/qwen3p6-plus"
 | "accounts/fireworks/models/qwen3p7-plus" | "accounts/fireworks/models/qwen3p8-2p4t-a95b"
 | "accounts/fireworks/models/qwen3p8-max" | "accounts/fireworks/routers/glm-5p1-fast"
 | "accounts/fireworks/routers/glm-5p2-fast" | "accounts/fireworks/routers/kimi-k2p6-fast"
 | "accounts/fireworks/routers/kimi-k2p7-code-fast" | "nomic-ai/nomic-embed-text-v1"
 | "nomic-ai/nomic-embed-text-v1.5" | "thenlper/gte-base" | "thenlper/gte-large";
