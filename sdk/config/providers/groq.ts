import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/**
 * Groq, at `https://api.groq.com/openai/v1` unless `baseUrl` says otherwise.
 * @example
 * const account = groq({ apiKey: env("GROQ_API_KEY") });
 * const chat = model({ targets: [account("llama-3.3-70b-versatile")] });
 */
export function groq(options: ApiKeyOptions): TargetFactory<ModelIdOf<"groq">> {
  return declareProvider("groq", options);
}
