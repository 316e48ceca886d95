import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/** Settings of an OpenRouter account. */
export interface OpenRouterOptions extends ApiKeyOptions {
  /** Address of your application, sent as `HTTP-Referer`. */
  readonly referer?: string;
  /** Name of your application, sent as `X-OpenRouter-Title`. */
  readonly title?: string;
}

/**
 * OpenRouter, at `https://openrouter.ai/api/v1` unless `baseUrl` says otherwise.
 * @example const account = openrouter({ apiKey: env("OPENROUTER_API_KEY"), title: "Shop" });
 */
export function openrouter(options: OpenRouterOptions): TargetFactory<ModelIdOf<"openrouter">> {
  return declareProvider("openrouter", options);
}
