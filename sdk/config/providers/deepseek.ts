import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/**
 * DeepSeek, at `https://api.deepseek.com` unless `baseUrl` says otherwise.
 * @example
 * const account = deepseek({ apiKey: env("DEEPSEEK_API_KEY") });
 * const chat = model({ targets: [account("deepseek-flash")] });
 */
export function deepseek(options: ApiKeyOptions): TargetFactory<ModelIdOf<"deepseek">> {
  return declareProvider("deepseek", options);
}
