import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/**
 * SambaNova, at `https://api.sambanova.ai/v1` unless `baseUrl` says otherwise.
 * @example
 * const account = sambanova({ apiKey: env("SAMBANOVA_API_KEY") });
 * const chat = model({ targets: [account("Meta-Llama-3.3-70B-Instruct")] });
 */
export function sambanova(options: ApiKeyOptions): TargetFactory<ModelIdOf<"sambanova">> {
  return declareProvider("sambanova", options);
}
