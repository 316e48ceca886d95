import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/**
 * Jina AI: embeddings and reranking; at `https://api.jina.ai/v1` unless `baseUrl` says otherwise.
 * @example
 * const vectors = jina({ apiKey: env("JINA_API_KEY") });
 * const search = model({ targets: [vectors("jina-embeddings-v3")] });
 */
export function jina(options: ApiKeyOptions): TargetFactory<ModelIdOf<"jina">> {
  return declareProvider("jina", options);
}
