import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/**
 * Nebius Token Factory, at `https://api.tokenfactory.nebius.com/v1` unless `baseUrl` says otherwise.
 * @example
 * const account = nebius({ apiKey: env("NEBIUS_API_KEY") });
 * const chat = model({ targets: [account("openai/gpt-oss-120b")] });
 */
export function nebius(options: ApiKeyOptions): TargetFactory<ModelIdOf<"nebius">> {
  return declareProvider("nebius", options);
}
