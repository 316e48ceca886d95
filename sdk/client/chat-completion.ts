import type { ChatToolCall } from "./chat-message.ts";

/** Why an answer ended. */
export type ChatFinishReason = "stop" | "length" | "tool_calls" | "content_filter" | "function_call";

/** Tokens of a call. */
export interface ChatUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details?: { readonly cached_tokens?: number; readonly audio_tokens?: number };
  readonly completion_tokens_details?: {
    readonly reasoning_tokens?: number;
    readonly audio_tokens?: number;
    readonly accepted_prediction_tokens?: number;
    readonly rejected_prediction_tokens?: number;
  };
}

/** How likely a token was, as a natural logarithm. */
export interface ChatTokenLogprob {
  readonly token: string;
  readonly logprob: number;
  readonly bytes: number[] | null;
  readonly top_logprobs: {
    readonly token: string;
    readonly logprob: number;
    readonly bytes: number[] | null;
  }[];
}

/** Likelihoods of an answer's tokens. */
export interface ChatLogprobs {
  readonly content: ChatTokenLogprob[] | null;
  readonly refusal: ChatTokenLogprob[] | null;
}

/**
 * The answer to a chat request; providers may send fields beside these.
 * Wire format: https://platform.openai.com/docs/api-reference/chat/object
 */
export interface ChatCompletion {
  readonly id: string;
  readonly object: "chat.completion";
  /** Seconds since the Unix epoch. */
  readonly created: number;
  readonly model: string;
  readonly choices: {
    readonly index: number;
    readonly message: {
      readonly role: "assistant";
      readonly content: string | null;
      readonly refusal?: string | null;
      readonly tool_calls?: ChatToolCall[];
    };
    readonly finish_reason: ChatFinishReason;
    readonly logprobs?: ChatLogprobs | null;
  }[];
  readonly usage?: ChatUsage;
  readonly system_fingerprint?: string;
  readonly service_tier?: string | null;
}

/**
 * A piece of a streamed answer.
 * Wire format: https://platform.openai.com/docs/api-reference/chat/streaming
 */
export interface ChatCompletionChunk {
  readonly id: string;
  readonly object: "chat.completion.chunk";
  /** Seconds since the Unix epoch. */
  readonly created: number;
  readonly model: string;
  /** Empty in the chunk that only tells the usage. */
  readonly choices: {
    readonly index: number;
    readonly delta: {
      readonly role?: string;
      readonly content?: string | null;
      readonly refusal?: string | null;
      /** Pieces to be put together by `index`. */
      readonly tool_calls?: {
        readonly index: number;
        readonly id?: string;
        readonly type?: "function";
        readonly function?: { readonly name?: string; readonly arguments?: string };
      }[];
    };
    readonly finish_reason: ChatFinishReason | null;
    readonly logprobs?: ChatLogprobs | null;
  }[];
  readonly usage?: ChatUsage | null;
  readonly system_fingerprint?: string;
  readonly service_tier?: string | null;
}
