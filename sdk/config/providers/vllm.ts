import type { ModelIdOf } from "../model-id.ts";
import { declareProvider, type LocalServerOptions, type TargetFactory } from "../provider.ts";

/**
 * VLLM, at `http://127.0.0.1:8000/v1` unless `baseUrl` says otherwise.
 * @example
 * const box = vllm();
 * const chat = model({ targets: [box("my-model")] });
 */
export function vllm(options: LocalServerOptions = {}): TargetFactory<ModelIdOf<"vllm">> {
  return declareProvider("vllm", options);
}
