import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/**
 * NVIDIA NIM, at `https://integrate.api.nvidia.com/v1` unless `baseUrl` says otherwise.
 * @example
 * const account = nvidia({ apiKey: env("NVIDIA_API_KEY") });
 * const chat = model({ targets: [account("meta/llama-3.3-70b-instruct")] });
 */
export function nvidia(options: ApiKeyOptions): TargetFactory<ModelIdOf<"nvidia">> {
  return declareProvider("nvidia", options);
}
