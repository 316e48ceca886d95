import type { ChatMessage } from "./chat-message.ts";

/** A function that the model may ask for. */
export interface ChatTool {
  readonly type: "function";
  readonly function: {
    readonly name: string;
    readonly description?: string;
    /** JSON Schema of the arguments. */
    readonly parameters?: Record<string, unknown>;
    readonly strict?: boolean | null;
  };
}

/** Which tool the model has to use, if any. */
export type ChatToolChoice =
  | "none"
  | "auto"
  | "required"
  | { readonly type: "function"; readonly function: { readonly name: string } };

/** Which form the answer has to have. */
export type ChatResponseFormat =
  | { readonly type: "text" }
  | { readonly type: "json_object" }
  | {
      readonly type: "json_schema";
      readonly json_schema: {
        readonly name: string;
        readonly description?: string;
        readonly schema?: Record<string, unknown>;
        readonly strict?: boolean | null;
      };
    };

/**
 * A request of a chat completion. Fields that are not listed are sent as they are.
 * Wire format: https://platform.openai.com/docs/api-reference/chat/create
 */
export interface ChatRequest<ModelName extends string = string> {
  /** A model of the gateway, not of a provider. */
  readonly model: ModelName;
  readonly messages: readonly ChatMessage[];
  readonly tools?: readonly ChatTool[];
  readonly tool_choice?: ChatToolChoice;
  readonly parallel_tool_calls?: boolean;
  readonly response_format?: ChatResponseFormat;
  /** Upper bound of the answer's tokens, reasoning included. */
  readonly max_completion_tokens?: number | null;
  /** The older name of `max_completion_tokens`. */
  readonly max_tokens?: number | null;
  /** 0 to 2. */
  readonly temperature?: number | null;
  /** 0 to 1. */
  readonly top_p?: number | null;
  readonly frequency_penalty?: number | null;
  readonly presence_penalty?: number | null;
  readonly logit_bias?: Record<string, number> | null;
  readonly logprobs?: boolean | null;
  readonly top_logprobs?: number | null;
  /** How many answers, default 1. */
  readonly n?: number | null;
  readonly seed?: number | null;
  readonly stop?: string | readonly string[] | null;
  readonly reasoning_effort?: "none" | "minimal" | "low" | "medium" | "high" | "xhigh" | null;
  readonly stream_options?: { readonly include_usage?: boolean } | null;
  readonly user?: string;
  /** Set by the method that is called: `chat` or `chat.stream`. */
  readonly stream?: never;
  readonly [field: string]: unknown;
}
