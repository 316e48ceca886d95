import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/**
 * Zhipu AI (Z.ai), at `https://api.z.ai/api/paas/v4` unless `baseUrl` says otherwise.
 * A Coding Plan has the base URL `https://api.z.ai/api/coding/paas/v4`.
 * @example
 * const account = zhipu({ apiKey: env("ZAI_API_KEY") });
 * const chat = model({ targets: [account("glm-4.7")] });
 */
export function zhipu(options: ApiKeyOptions): TargetFactory<ModelIdOf<"zhipu">> {
  return declareProvider("zhipu", options);
}
