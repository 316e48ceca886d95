import { declareProvider, type HttpProviderOptions, type TargetFactory } from "../provider.ts";
import type { Secret } from "../secret.ts";

/** Settings of a server that speaks OpenAI's Chat Completions. */
export interface OpenAiCompatibleOptions extends HttpProviderOptions {
  readonly baseUrl: string;
  /** Sent as `Authorization: Bearer …`; leave it out for a server that asks for none. */
  readonly apiKey?: Secret;
  /** Whether the server understands `stream_options.include_usage`, default true. */
  readonly streamUsage?: boolean;
}

/**
 * Any server that speaks OpenAI's Chat Completions.
 * @example const box = openaiCompatible({ baseUrl: "http://127.0.0.1:8000/v1" });
 */
export function openaiCompatible(options: OpenAiCompatibleOptions): TargetFactory {
  return declareProvider("openai-compatible", options);
}
