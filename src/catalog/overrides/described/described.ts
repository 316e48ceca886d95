import type { Ability, Lack, Modality, ModelRow } from "../../model-card.ts";
import type { HttpProviderType } from "../../providers/index.ts";
import { modelsDev } from "../sources.ts";

/**
 * What a list says of a model: its window and the limit of its answers in tokens, 0 where nothing is said, then what it
 * takes, what it can and what it lacks, each as words with spaces between them.
 */
export type Described = readonly [
  id: string,
  window: number,
  output: number,
  takes: string,
  can: string,
  lacks: string,
];

/** Facts by provider type. */
export type ByProvider<Facts> = Readonly<Partial<Record<HttpProviderType, Facts>>>;

const words = <Word extends string>(text: string): readonly Word[] =>
  text === "" ? [] : (text.split(" ") as Word[]);

/** A line of the list as the members that it sets. */
export function describedRow([_id, window, output, takes, can, lacks]: Described): ModelRow {
  return {
    ...(window > 0 && { contextWindow: window }),
    ...(output > 0 && { maxOutputTokens: output }),
    ...(takes !== "" && { takes: words<Modality>(takes) }),
    ...(can !== "" && { can: words<Ability>(can) }),
    ...(lacks !== "" && { lacks: words<Lack>(lacks) }),
  };
}

/** Where models.dev has another name for a provider type. */
const folders: ByProvider<string> = {
  "azure-openai": "azure",
  bedrock: "amazon-bedrock",
  cloudflare: "cloudflare-workers-ai",
  fireworks: "fireworks-ai",
  moonshot: "moonshotai",
  together: "togetherai",
  vertex: "google-vertex",
};

/** The folder at models.dev that describes the models of a provider type. */
export function describedAt(provider: HttpProviderType): string {
  return modelsDev(folders[provider] ?? provider);
}
