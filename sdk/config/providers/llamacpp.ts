import type { ModelIdOf } from "../model-id.ts";
import { declareProvider, type LocalServerOptions, type TargetFactory } from "../provider.ts";

/**
 * The server of llama.cpp, at `http://127.0.0.1:8080/v1` unless `baseUrl` says otherwise.
 * @example
 * const box = llamacpp();
 * const chat = model({ targets: [box("my-model")] });
 */
export function llamacpp(options: LocalServerOptions = {}): TargetFactory<ModelIdOf<"llamacpp">> {
  return declareProvider("llamacpp", options);
}
