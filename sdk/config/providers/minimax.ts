import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/**
 * MiniMax, at `https://api.minimax.io/v1` unless `baseUrl` says otherwise.
 * Accounts in China have the base URL `https://api.minimaxi.com/v1`.
 * @example
 * const account = minimax({ apiKey: env("MINIMAX_API_KEY") });
 * const chat = model({ targets: [account("MiniMax-M2.7")] });
 */
export function minimax(options: ApiKeyOptions): TargetFactory<ModelIdOf<"minimax">> {
  return declareProvider("minimax", options);
}
