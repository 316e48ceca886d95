import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/**
 * Together AI, at `https://api.together.ai/v1` unless `baseUrl` says otherwise.
 * @example
 * const account = together({ apiKey: env("TOGETHER_API_KEY") });
 * const chat = model({ targets: [account("openai/gpt-oss-120b")] });
 */
export function together(options: ApiKeyOptions): TargetFactory<ModelIdOf<"together">> {
  return declareProvider("together", options);
}
