import type { HttpProviderType } from "./providers/index.ts";

/** Other ways to write the model ids of a provider type. */
export interface IdForms {
  /** What may stand before an id without changing what it means. */
  readonly prefixes?: readonly RegExp[];
  /** Marks of who serves the model or how it was trained, which may change its price; `$1` is the model. */
  readonly variants?: readonly RegExp[];
  /** Beginnings that say where a call may be served; the price may differ, too. Each model has only some. */
  readonly places?: readonly string[];
  /** Whether ids are names that the account's owner gave: that one looks like a model's says nothing. */
  readonly areNamesFree?: true;
}

/** Snapshots of any vendor: `-20251001`, `-2025-10-01`, `@20251001`; also `-latest` and Vertex AI's `@default`. */
export const snapshotSuffix = /(-20\d\d-?\d\d-?\d\d|@20\d{6}|@default|@latest|-latest)$/;

const forms: Readonly<Partial<Record<HttpProviderType, IdForms>>> = {
  // https://developers.openai.com/api/docs/guides/fine-tuning
  openai: { variants: [/^ft:([^:]+):.*$/] },
  // https://learn.microsoft.com/azure/ai-foundry/openai/how-to/create-resource (deployments)
  "azure-openai": { areNamesFree: true },
  // https://ai.google.dev/api/models
  google: { prefixes: [/^models\//] },
  // https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference
  vertex: { prefixes: [/^(projects\/[^/]+\/locations\/[^/]+\/)?publishers\/[^/]+\/models\//, /^google\//] },
  // https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
  bedrock: {
    prefixes: [/^arn:aws[a-z-]*:bedrock:[^:]*:[^:]*:(inference-profile|foundation-model)\//],
    places: ["global.", "us.", "eu.", "apac.", "jp.", "au.", "ca.", "in.", "us-gov."],
  },
  // https://docs.fireworks.ai/deployments/client-side-performance-optimization
  fireworks: { variants: [/^(.+)#accounts\/.*$/] },
  // https://openrouter.ai/docs/guides/routing/model-variants
  openrouter: { variants: [/^(.+):(?:nitro|floor|online|exacto|thinking|extended)$/] },
};

/** How ids of a provider type may be written; most types know no other form than the id itself. */
export function idFormsOf(type: string): IdForms {
  return (Object.hasOwn(forms, type) ? forms[type as HttpProviderType] : undefined) ?? {};
}
