// Made by `npm run catalog`; do not edit.

/** Ids of models of `mistral` that are known here. Any other text is a model id, too. */
export type MistralModelId =
 | "codestral-2501" | "codestral-2508" | "codestral-latest" | "devstral-2512" | "devstral-latest"
 | "devstral-medium-2507" | "devstral-medium-latest" | "devstral-small-2505" | "devstral-small-2507"
 | "devstral-small-latest" | "labs-devstral-small-2512" | "magistral-medium-latest" | "magistral-small"
 | "ministral-14b-2512" | "ministral-3b" | "ministral-3b-2512" | "ministral-3b-latest" | "ministral-8b"
 | "ministral-8b-2410" | "ministral-8b-2512" | "ministral-8b-latest" | "mistral-embed" | "mistral-large-2407"
 | "mistral-large-2411" | "mistral-large-2512" | "mistral-large-latest" | "mistral-medium-2312"
 | "mistral-medium-2505" | "mistral-medium-2508" | "mistral-medium-2604" | "mistral-medium-3"
 | "mistral-medium-3-5" | "mistral-medium-latest" | "mistral-nemo" | "mistral-saba-latest"
 | "mistral-small-2506" | "mistral-small-2603" | "mistral-small-latest" | "open-mistral-7b"
 | "open-mistral-nemo" | "open-mixtral-8x22b" | "open-mixtral-8x7b" | "pixtral-12b" | "pixtral-12b-latest"
 | "pixtral-large-2411" | "pixtral-large-latest" | "voxtral-mini-2602" | "voxtral-mini-latest"
 | "voxtral-small-24b-2507" | "voxtral-small-2507" | "voxtral-small-latest" | "zai-glm-5-2" | "zai-glm-5-3";
