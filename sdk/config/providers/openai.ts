import type { OpenAiModelId } from "../../../src/catalog/openai-models.ts";
import { declareProvider, type HttpProviderOptions, type TargetFactory } from "../provider.ts";
import type { Secret } from "../secret.ts";

/** Settings of an OpenAI account. */
export interface OpenAiOptions extends HttpProviderOptions {
  readonly apiKey: Secret;
  /** Sent as `OpenAI-Organization`. */
  readonly organization?: string;
  /** Sent as `OpenAI-Project`. */
  readonly project?: string;
}

/**
 * OpenAI, at `https://api.openai.com/v1` unless `baseUrl` says otherwise.
 * @example const oai = openai({ apiKey: env("OPENAI_API_KEY") });
 */
export function openai(options: OpenAiOptions): TargetFactory<OpenAiModelId> {
  return declareProvider("openai", options);
}
