import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/**
 * DeepInfra, at `https://api.deepinfra.com/v1/openai` unless `baseUrl` says otherwise.
 * @example
 * const account = deepinfra({ apiKey: env("DEEPINFRA_API_KEY") });
 * const chat = model({ targets: [account("meta-llama/Llama-3.3-70B-Instruct")] });
 */
export function deepinfra(options: ApiKeyOptions): TargetFactory<ModelIdOf<"deepinfra">> {
  return declareProvider("deepinfra", options);
}
