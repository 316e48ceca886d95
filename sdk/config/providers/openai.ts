import type { ModelIdOf } from "../model-id.ts";
import { type ApiKeyOptions, declareProvider, type TargetFactory } from "../provider.ts";

/** Settings of an OpenAI account. */
export interface OpenAiOptions extends ApiKeyOptions {
  /** Sent as `OpenAI-Organization`. */
  readonly organization?: string;
  /** Sent as `OpenAI-Project`. */
  readonly project?: string;
}

/**
 * OpenAI, at `https://api.openai.com/v1` unless `baseUrl` says otherwise.
 * @example const oai = openai({ apiKey: env("OPENAI_API_KEY") });
 */
export function openai(options: OpenAiOptions): TargetFactory<ModelIdOf<"openai">> {
  return declareProvider("openai", options);
}
