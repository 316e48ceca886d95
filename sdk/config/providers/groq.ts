import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/**
 * Groq, at `https://api.groq.com/openai/v1` unless `baseUrl` says otherwise.
 * @example
 * const account = groq({ apiKey: env("GROQ_API_KEY") });
 * const chat = model({ targets: [account("openai/gpt-oss-120b")] });
 */
export function groq(options: ApiKeyOptions): TargetFactory<ModelIdOf<"groq">> {
  return declareProvider("groq", options);
}
