import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/**
 * Hugging Face Inference Providers, at `https://router.huggingface.co` unless `baseUrl` says otherwise.
 * @example
 * const account = huggingface({ apiKey: env("HF_TOKEN") });
 * const chat = model({ targets: [account("openai/gpt-oss-120b")] });
 */
export function huggingface(options: ApiKeyOptions): TargetFactory<ModelIdOf<"huggingface">> {
  return declareProvider("huggingface", options);
}
