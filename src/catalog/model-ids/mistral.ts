// Made by `npm run catalog`; do not edit.

/** Ids of models of `mistral` that are known here. Any other text is a model id, too. */
export type MistralModelId =
 | "codestral-2508" | "codestral-embed" | "codestral-embed-2505" | "codestral-latest"
 | "deepseek-v4-1-flash-1017" | "devstral-latest" | "devstral-medium-latest" | "devstral-small-latest"
 | "ministral-14b-2512" | "ministral-3b" | "ministral-3b-2512" | "ministral-3b-latest" | "ministral-8b"
 | "ministral-8b-2512" | "ministral-8b-latest" | "mistral-embed" | "mistral-embed-2312" | "mistral-large-2512"
 | "mistral-large-latest" | "mistral-medium-2604" | "mistral-medium-3" | "mistral-medium-3-5"
 | "mistral-medium-latest" | "mistral-small-2603" | "mistral-small-latest" | "pixtral-large-latest"
 | "voxtral-mini-2602" | "voxtral-mini-latest" | "voxtral-small-24b-2507" | "voxtral-small-2507"
 | "voxtral-small-latest" | "zai-glm-5-2" | "zai-glm-5-3" | "zai-glm-5-3-flash";
