import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/**
 * Anthropic, at `https://api.anthropic.com/v1` unless `baseUrl` says otherwise: so other servers that speak
 * Anthropic's Messages are reached, such as `https://RESOURCE.services.ai.azure.com/anthropic/v1` of
 * Microsoft Foundry. The header `anthropic-version` of `headers` takes the place of 2023-06-01.
 * @example
 * const claude = anthropic({ apiKey: env("ANTHROPIC_API_KEY") });
 * const chat = model({ targets: [claude("claude-haiku-4-5")] });
 */
export function anthropic(options: ApiKeyOptions): TargetFactory<ModelIdOf<"anthropic">> {
  return declareProvider("anthropic", options);
}
