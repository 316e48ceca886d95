import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/**
 * Fireworks AI, at `https://api.fireworks.ai/inference/v1` unless `baseUrl` says otherwise.
 * @example
 * const account = fireworks({ apiKey: env("FIREWORKS_API_KEY") });
 * const chat = model({ targets: [account("accounts/fireworks/models/gpt-oss-120b")] });
 */
export function fireworks(options: ApiKeyOptions): TargetFactory<ModelIdOf<"fireworks">> {
  return declareProvider("fireworks", options);
}
