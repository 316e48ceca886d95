import type { ModelIdOf } from "../model-id.ts";
import { declareProvider, type LocalServerOptions, type TargetFactory } from "../provider.ts";

/**
 * Ollama, at `http://127.0.0.1:11434` unless `baseUrl` says otherwise; its cloud is `https://ollama.com`,
 * with an API key.
 * @example
 * const box = ollama();
 * const chat = model({ targets: [box("gpt-oss:20b")] });
 */
export function ollama(options: LocalServerOptions = {}): TargetFactory<ModelIdOf<"ollama">> {
  return declareProvider("ollama", options);
}
