import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/**
 * Voyage AI: embeddings and reranking; at `https://api.voyageai.com/v1` unless `baseUrl` says otherwise.
 * @example
 * const vectors = voyage({ apiKey: env("VOYAGE_API_KEY") });
 * const search = model({ targets: [vectors("voyage-3.5")] });
 */
export function voyage(options: ApiKeyOptions): TargetFactory<ModelIdOf<"voyage">> {
  return declareProvider("voyage", options);
}
