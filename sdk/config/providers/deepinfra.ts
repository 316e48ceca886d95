import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/**
 * DeepInfra, at `https://api.deepinfra.com/v1/openai` unless `baseUrl` says otherwise.
 * @example
 * const account = deepinfra({ apiKey: env("DEEPINFRA_API_KEY") });
 * const chat = model({ targets: [account("openai/gpt-oss-120b")] });
 */
export function deepinfra(options: ApiKeyOptions): TargetFactory<ModelIdOf<"deepinfra">> {
  return declareProvider("deepinfra", options);
}
