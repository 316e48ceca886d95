import type { JsonObject } from "../kernel/json.ts";
import type { Message } from "./message.ts";
import type { Tool, ToolChoice } from "./tool.ts";

/** The form that the answer has to take. */
export type ResponseFormat =
  | { readonly type: "text" }
  /** Any JSON object. */
  | { readonly type: "json" }
  | {
      readonly type: "json-schema";
      readonly name?: string;
      readonly description?: string;
      readonly schema: JsonObject;
      readonly strict?: boolean;
    };

/** How much the model should think, from not at all to as much as it can. */
export type ReasoningEffort = "none" | "minimal" | "low" | "medium" | "high" | "xhigh" | "max";

/** Wishes about thinking. */
export interface ReasoningOptions {
  readonly effort?: ReasoningEffort;
  /** Tokens for thinking at most. */
  readonly budgetTokens?: number;
  /** Whether the model decides itself how much to think. */
  readonly isAdaptive?: boolean;
  /** Whether and how the thinking is shown: not at all, in full, or as a summary. */
  readonly show?: "none" | "full" | "auto" | "concise" | "detailed";
  /** Whether `show` is what the caller's API does where nothing is said of it, and no wish of the caller. */
  readonly isShownByDefault?: true;
}

/** A threshold of the vendor's content filter, in Gemini's words. */
export interface SafetySetting {
  readonly category: string;
  readonly threshold: string;
  readonly method?: string;
}

/** Voice and format of spoken answers. */
export interface SpeechOptions {
  readonly voice?: string;
  readonly format?: string;
}

/**
 * A request for the next message of a conversation, as Latchkey understands it, between any two dialects. A
 * member that is absent was not asked for. Text is UTF-16, sizes are tokens.
 */
export interface ChatRequest {
  /** The model's name as the caller says it. */
  readonly model: string;
  readonly messages: readonly Message[];
  readonly tools?: readonly Tool[];
  readonly toolChoice?: ToolChoice;
  readonly parallelToolCalls?: boolean;
  readonly maxOutputTokens?: number;
  /** 0 to 2, where the vendor's scale differs it is the vendor's. */
  readonly temperature?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly minP?: number;
  readonly frequencyPenalty?: number;
  readonly presencePenalty?: number;
  readonly repetitionPenalty?: number;
  readonly seed?: number;
  readonly stop?: readonly string[];
  /** Answers to be made. */
  readonly choices?: number;
  /** Alternatives to be told for each token, 0 for the chosen one only. */
  readonly logprobs?: number;
  /** Token id → -100 to 100. */
  readonly logitBias?: Readonly<Record<string, number>>;
  readonly responseFormat?: ResponseFormat;
  readonly reasoning?: ReasoningOptions;
  readonly verbosity?: "low" | "medium" | "high";
  readonly modalities?: readonly ("text" | "audio" | "image")[];
  readonly speech?: SpeechOptions;
  readonly safety?: readonly SafetySetting[];
  readonly serviceTier?: string;
  /** Stable id of the person behind the request, for the vendor's abuse detection. */
  readonly endUser?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  /** Name under which the vendor may look for a cached prompt. */
  readonly promptCacheKey?: string;
  /** Whether the vendor may keep the answer to be asked for later. */
  readonly store?: boolean;
  readonly stream: boolean;
  /** Whether the caller wants usage in the stream, where its dialect leaves the choice. */
  readonly streamUsage?: boolean;
  /** Whether the caller knows no tool calls but a single function call, as Chat Completions had before tools. */
  readonly functionCallsOnly?: boolean;
}

/** Members of a request that a dialect may lack words for. */
export type ChatRequestField = Exclude<
  keyof ChatRequest,
  "model" | "stream" | "streamUsage" | "functionCallsOnly"
>;
