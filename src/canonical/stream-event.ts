import type { TokenLogprob } from "./chat-response.ts";
import type { Citation, ImagePart, Signature, VendorPart } from "./content.ts";
import type { FinishReason } from "./finish-reason.ts";
import type { Usage } from "./usage.ts";
import type { VendorError } from "./vendor-error.ts";

/** A part of an answer that comes in pieces. */
export type StreamedPart =
  /** `isAnswer`: see `TextPart`. */
  | { readonly type: "text"; readonly isAnswer?: true }
  | {
      readonly type: "reasoning";
      readonly id?: string;
      readonly isSummary?: boolean;
      readonly redacted?: Signature;
    }
  | { readonly type: "tool-call"; readonly id: string; readonly name: string; readonly signature?: Signature }
  | { readonly type: "refusal" }
  | { readonly type: "spoken"; readonly id?: string; readonly format?: string };

/**
 * One step of an answer as it comes. The order: `start`; for each choice its parts one after the other or
 * interleaved, each `part-start`, any number of deltas, `part-end`; `finish` per choice after its parts; `usage`
 * once, with the totals, anywhere after `start`; `end` last. A stream that has no `end` was cut. `part` counts from 0
 * within a choice; deltas come only for parts that have started and not ended.
 */
export type StreamEvent =
  | {
      readonly type: "start";
      readonly id: string;
      readonly model: string;
      readonly createdS?: number;
      /** What is known of usage before the answer, such as input tokens; the totals come with `usage`. */
      readonly usage?: Usage;
      readonly serviceTier?: string;
    }
  | {
      readonly type: "part-start";
      readonly choice: number;
      readonly part: number;
      readonly content: StreamedPart;
    }
  /** More of the text of a text, reasoning or refusal part, of a tool call's arguments, or of a transcript. */
  | { readonly type: "delta"; readonly choice: number; readonly part: number; readonly text: string }
  /** More base64 sound of a spoken part. */
  | { readonly type: "sound"; readonly choice: number; readonly part: number; readonly data: string }
  | { readonly type: "citation"; readonly choice: number; readonly part: number; readonly citation: Citation }
  /** The whole signature of a reasoning, text or tool-call part. */
  | {
      readonly type: "signature";
      readonly choice: number;
      readonly part: number;
      readonly signature: Signature;
    }
  | { readonly type: "logprobs"; readonly choice: number; readonly logprobs: readonly TokenLogprob[] }
  | { readonly type: "part-end"; readonly choice: number; readonly part: number }
  /** A part that comes whole. */
  | {
      readonly type: "whole-part";
      readonly choice: number;
      readonly part: number;
      readonly content: ImagePart | VendorPart;
    }
  | {
      readonly type: "finish";
      readonly choice: number;
      readonly reason: FinishReason;
      readonly stopText?: string;
    }
  | { readonly type: "usage"; readonly usage: Usage }
  /** The vendor is alive and has nothing to say. */
  | { readonly type: "ping" }
  /** The vendor failed; nothing but `end` may follow. */
  | { readonly type: "error"; readonly error: VendorError }
  | { readonly type: "end" };
