import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/**
 * Mistral, at `https://api.mistral.ai/v1` unless `baseUrl` says otherwise. Its other regions, such as
 * `https://api.eu.mistral.ai/v1`, are base URLs.
 * @example
 * const account = mistral({ apiKey: env("MISTRAL_API_KEY") });
 * const chat = model({ targets: [account("mistral-large-latest")] });
 */
export function mistral(options: ApiKeyOptions): TargetFactory<ModelIdOf<"mistral">> {
  return declareProvider("mistral", options);
}
