import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/**
 * xAI, at `https://api.x.ai/v1` unless `baseUrl` says otherwise.
 * @example
 * const account = xai({ apiKey: env("XAI_API_KEY") });
 * const chat = model({ targets: [account("grok-4.3")] });
 */
export function xai(options: ApiKeyOptions): TargetFactory<ModelIdOf<"xai">> {
  return declareProvider("xai", options);
}
