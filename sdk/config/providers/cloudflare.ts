import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/** Settings of Cloudflare Workers AI: the account's id, or a base URL of your own. */
export type CloudflareOptions = ApiKeyOptions &
  (
    | { readonly account: string; readonly baseUrl?: never }
    | { readonly account?: never; readonly baseUrl: string }
  );

/**
 * Cloudflare Workers AI, at `https://api.cloudflare.com/client/v4/accounts/ACCOUNT/ai/v1` unless `baseUrl`
 * says otherwise.
 * @example
 * const account = "023e105f4ecef8ad9ca31a8372d0c353";
 * const edge = cloudflare({ account, apiKey: env("CLOUDFLARE_API_TOKEN") });
 */
export function cloudflare(options: CloudflareOptions): TargetFactory<ModelIdOf<"cloudflare">> {
  return declareProvider("cloudflare", options);
}
