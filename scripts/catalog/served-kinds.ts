import type { ModelKind } from "../../src/catalog/model-card.ts";
import type { ProviderApiName, ProviderProfile } from "../../src/catalog/provider-profile.ts";

/** The APIs by which models of each kind are called, beside conversations. */
const APIS: Readonly<Record<Exclude<ModelKind, "chat" | "realtime">, readonly ProviderApiName[]>> = {
  embedding: ["embeddings"],
  rerank: ["rerank"],
  image: ["images"],
  video: [],
  speech: ["speech"],
  transcription: ["transcription", "translation"],
  moderation: ["moderations"],
};

/**
 * Whether models of a kind can be called at a provider: what nobody can call is left out of the catalog. Those that
 * converse over a connection of their own are in it, to be told apart from those that converse by requests.
 */
export function isServed({ chat, apis = {} }: ProviderProfile, kind: ModelKind): boolean {
  return kind === "chat" || kind === "realtime"
    ? chat !== null
    : APIS[kind].some((name) => apis[name] !== undefined);
}
