import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/**
 * Google AI Studio (Gemini), at `https://generativelanguage.googleapis.com/v1beta` unless `baseUrl` says
 * otherwise.
 * @example
 * const account = google({ apiKey: env("GEMINI_API_KEY") });
 * const chat = model({ targets: [account("gemini-3.8-flash")] });
 */
export function google(options: ApiKeyOptions): TargetFactory<ModelIdOf<"google">> {
  return declareProvider("google", options);
}
