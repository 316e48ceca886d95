import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/**
 * Moonshot AI (Kimi), at `https://api.moonshot.ai/v1` unless `baseUrl` says otherwise.
 * Accounts in China have the base URL `https://api.moonshot.cn/v1`.
 * @example
 * const account = moonshot({ apiKey: env("MOONSHOT_API_KEY") });
 * const chat = model({ targets: [account("kimi-k2.6")] });
 */
export function moonshot(options: ApiKeyOptions): TargetFactory<ModelIdOf<"moonshot">> {
  return declareProvider("moonshot", options);
}
