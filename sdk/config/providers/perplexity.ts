import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/**
 * Perplexity, by its Agent API, at `https://api.perplexity.ai/v1` unless `baseUrl` says otherwise. Its
 * models are spoken to in OpenAI's Responses.
 * @example
 * const account = perplexity({ apiKey: env("PERPLEXITY_API_KEY") });
 * const chat = model({ targets: [account("perplexity/sonar")] });
 */
export function perplexity(options: ApiKeyOptions): TargetFactory<ModelIdOf<"perplexity">> {
  return declareProvider("perplexity", options);
}
