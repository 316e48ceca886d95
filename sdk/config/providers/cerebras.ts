import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/**
 * Cerebras, at `https://api.cerebras.ai/v1` unless `baseUrl` says otherwise.
 * @example
 * const account = cerebras({ apiKey: env("CEREBRAS_API_KEY") });
 * const chat = model({ targets: [account("gpt-oss-120b")] });
 */
export function cerebras(options: ApiKeyOptions): TargetFactory<ModelIdOf<"cerebras">> {
  return declareProvider("cerebras", options);
}
