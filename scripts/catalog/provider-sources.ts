import type { HttpProviderType } from "../../src/catalog/providers/index.ts";

/** Part of a data package that is about one provider type. */
export interface DataSource {
  /** Name of the provider in the package. */
  readonly name: string;
  /** The id at our provider type, or null for rows that are left out; as it stands where absent. */
  readonly id?: (id: string) => string | null;
}

/** Where the models of a provider type come from. */
export interface ProviderSources {
  /** In `@oh-my-pi/pi-catalog`: ids, limits, modalities, reasoning, and prices where the other package has none. */
  readonly pi?: DataSource;
  /** In `@pydantic/genai-prices`: prices and further ids, first match first. */
  readonly genai?: readonly DataSource[];
  /** Looked up for prices of ids that the others know, and for nothing else. */
  readonly pricesOnly?: readonly string[];
  /** Further ids, which only rules for parts of ids name. */
  readonly ids?: readonly string[];
  /** Whether many more models than these are served, or names are free: an id that is not here is no mistake then. */
  readonly isPartial?: true;
  /** Whether sound costs as much as text wherever no price of its own is named: the vendor names each that differs. */
  readonly soundAsText?: true;
  /**
   * Places of service that stand before an id. A model that the packages know by its price alone is described by the
   * same model at another place.
   */
  readonly places?: readonly string[];
  /** Whether ids may name a host behind a colon, which serves the model that stands before it. */
  readonly hosts?: true;
  /** Ids whose price is taken from `pi`, which is newer or finer there, unless both say the same. */
  readonly preferPi?: RegExp;
  /** Whether the prices of `pi` are those of another vendor. */
  readonly withoutPrices?: true;
}

/** Drops ids that are patterns, names of families or of another provider: the vendor's own API takes none of them. */
const except =
  (junk: RegExp) =>
  (id: string): string | null =>
    /[-.]$|[:/]|-completion$/.test(id) || junk.test(id) ? null : id;

const plain = except(/^$/);
const openaiId = except(
  /^(ada|babbage|curie|davinci|moderation|computer-use|text-.*00\d$|text-embedding-ada$|gpt-3\.5-0301|gpt-35|gpt-oss|gpt-5-\d(-|$)|gpt-5[.\d]*-(chat|image))|-high$|^gpt-5\.3$|-image-2$|-mini-search-preview$/,
);
const azureId = except(/^(moderation|ada|babbage|curie|davinci)/);
const anthropicId = except(/^claude-(v1|2|3-(5-sonnet|haiku|sonnet)|(opus|sonnet)-4)$/);
const geminiId = except(/^(?!gemini-)|^gemini-(flash|pro)-\d/);
const mistralId = except(
  /ocr|-instruct(-|$)|^mixtral-|\.|^mistral-(7b|nemo|large|medium|small|saba)$|^(mistral|devstral|magistral)-\w+$/,
);

const fireworksId = (id: string): string => {
  const name = id.replace(/(?<=\d)\.(?=\d)/g, "p");
  return `accounts/fireworks/${name.endsWith("-fast") ? "routers" : "models"}/${name}`;
};

/**
 * Without ids that Bedrock does not have: a version with a colon goes with a date in Claude's ids, which have none from
 * 4.6 on (`anthropic.claude-opus-4-6-v1`, `anthropic.claude-opus-4-7`).
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-anthropic-claude-opus-4-7.html
 */
const bedrockId = (id: string): string | null =>
  id.includes(".") && !/claude-(?!.*-20\d{6}-).*-v1:0$/.test(id) ? id : null;

/** Models that Alibaba alone serves, also to OpenRouter, whose prices are its own. */
const qwenId = (id: string): string | null => {
  const name = id.startsWith("qwen/") ? id.slice(5) : "";
  return /^qwen[\d.]*-(vl-)?(coder-)?(max|plus|turbo|flash)$/.test(name) ? name : null;
};

/** https://docs.sambanova.ai/docs/en/models/sambacloud-models */
const sambanovaId = (id: string): string | null => {
  const name = id.slice(id.lastIndexOf("/") + 1);
  // The package has these twice, once in small letters.
  if (name.startsWith("llama-")) return null;
  return /^Llama-3\.[13]-\d+B-Instruct$/.test(name) ? `Meta-${name}` : name;
};

const openrouterId = (id: string): string | null =>
  id.includes("/") && !/:(batch|extended)$/.test(id) ? id : null;
/** Of every model there, the rules name an unmarked and a fast variant as well, which are spelled otherwise. */
const huggingId = (id: string): string | null => (/-fast$/.test(id) || !id.includes("/") ? null : id);

/** https://huggingface.co/docs/inference-providers/index: a provider is chosen by a suffix. */
const viaHuggingface = (name: string): DataSource => ({
  name: `huggingface_${name}`,
  id: (id) => (huggingId(id) === null ? null : `${id}:${name}`),
});

/** Without models that translate or classify, which have an API of Cloudflare's own. */
const cloudflareId = (id: string): string | null =>
  id.startsWith("@") && !/m2m100|indictrans|distilbert/.test(id) ? id : null;

/** Every provider type whose models are known. Others, such as self-hosted servers, have models of their own. */
export const providerSources: Readonly<Partial<Record<HttpProviderType, ProviderSources>>> = {
  openai: { pi: { name: "openai" }, genai: [{ name: "openai", id: openaiId }] },
  "azure-openai": {
    pi: { name: "azure" },
    genai: [{ name: "azure", id: azureId }],
    pricesOnly: ["openai", "deepseek", "x-ai", "moonshotai"],
    isPartial: true,
  },
  anthropic: {
    pi: { name: "anthropic" },
    genai: [{ name: "anthropic", id: anthropicId }],
    ids: [
      "claude-2.0",
      "claude-2.1",
      "claude-3-5-haiku-20241022",
      "claude-3-7-sonnet-20250219",
      "claude-3-opus-20240229",
      "claude-3-sonnet-20240229",
    ],
  },
  google: { pi: { name: "google" }, genai: [{ name: "google", id: geminiId }], soundAsText: true },
  vertex: {
    pi: { name: "google-vertex" },
    genai: [{ name: "google", id: geminiId }],
    pricesOnly: ["anthropic"],
    soundAsText: true,
    isPartial: true,
  },
  bedrock: {
    pi: { name: "amazon-bedrock" },
    genai: [{ name: "aws", id: bedrockId }],
    places: ["", "us.", "eu.", "global.", "apac.", "jp.", "au.", "ca.", "us-gov.", "regional."],
    // What a model of Amazon's costs in other regions.
    preferPi: /^((apac|eu|ca|jp)\.amazon\.nova|us-gov\.openai\.)/,
  },
  mistral: {
    pi: { name: "mistral" },
    genai: [{ name: "mistral", id: mistralId }],
    preferPi: /^mistral-(small|large)-latest$/,
  },
  cohere: { genai: [{ name: "cohere", id: plain }], isPartial: true },
  groq: { pi: { name: "groq" }, genai: [{ name: "groq", id: plain }], preferPi: /safeguard/ },
  xai: { pi: { name: "xai" }, genai: [{ name: "x-ai", id: plain }] },
  deepseek: {
    pi: { name: "deepseek" },
    genai: [{ name: "deepseek", id: except(/^(?!deepseek-(chat|reasoner)$)/) }],
    preferPi: /./,
  },
  together: { pi: { name: "together" }, genai: [{ name: "together" }], isPartial: true },
  fireworks: {
    pi: { name: "fireworks", id: fireworksId },
    genai: [{ name: "fireworks", id: (id) => (id.includes("/") ? null : fireworksId(id)) }],
    isPartial: true,
  },
  openrouter: {
    pi: { name: "openrouter", id: openrouterId },
    genai: [{ name: "openrouter", id: openrouterId }],
    preferPi: /./,
  },
  perplexity: { genai: [{ name: "perplexity", id: plain }], isPartial: true },
  cerebras: { pi: { name: "cerebras" }, genai: [{ name: "cerebras", id: plain }] },
  deepinfra: { pi: { name: "deepinfra" }, isPartial: true },
  nebius: { genai: [{ name: "huggingface_nebius", id: huggingId }], isPartial: true },
  sambanova: {
    genai: [{ name: "huggingface_sambanova", id: (id) => (huggingId(id) === null ? null : sambanovaId(id)) }],
    isPartial: true,
  },
  nvidia: { pi: { name: "nvidia" } },
  moonshot: { pi: { name: "moonshot" }, genai: [{ name: "moonshotai", id: plain }] },
  zhipu: { pi: { name: "zai" }, genai: [{ name: "zai", id: plain }] },
  alibaba: { pi: { name: "openrouter", id: qwenId }, withoutPrices: true, isPartial: true },
  minimax: { pi: { name: "minimax" }, genai: [{ name: "minimax", id: plain }] },
  huggingface: {
    pi: { name: "huggingface" },
    genai: [
      "cerebras",
      "fireworks-ai",
      "groq",
      "hyperbolic",
      "nebius",
      "novita",
      "nscale",
      "ovhcloud",
      "publicai",
      "sambanova",
      "together",
    ].map(viaHuggingface),
    hosts: true,
    isPartial: true,
  },
  jina: { isPartial: true },
  voyage: { genai: [{ name: "voyageai" }] },
  cloudflare: {
    genai: [{ name: "cloudflare", id: cloudflareId }],
    isPartial: true,
  },
};
