import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/**
 * Cohere, at `https://api.cohere.com/v2` unless `baseUrl` says otherwise.
 * @example
 * const account = cohere({ apiKey: env("CO_API_KEY") });
 * const chat = model({ targets: [account("command-a-03-2025")] });
 */
export function cohere(options: ApiKeyOptions): TargetFactory<ModelIdOf<"cohere">> {
  return declareProvider("cohere", options);
}
