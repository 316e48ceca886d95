import type { ModelIdOf } from "../model-id.ts";
import { declareProvider, type LocalServerOptions, type TargetFactory } from "../provider.ts";

/**
 * LM Studio, at `http://127.0.0.1:1234/v1` unless `baseUrl` says otherwise.
 * @example
 * const box = lmstudio();
 * const chat = model({ targets: [box("openai/gpt-oss-20b")] });
 */
export function lmstudio(options: LocalServerOptions = {}): TargetFactory<ModelIdOf<"lmstudio">> {
  return declareProvider("lmstudio", options);
}
