import type { FinishReason } from "../../canonical/finish-reason.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";

/** What of an answer's content its finish reason depends on: the wire format has no word for it. */
export interface AnswerTraits {
  readonly hasToolCalls: boolean;
  readonly hasRefusal: boolean;
}

/**
 * Why an answer ended.
 * Wire format: https://platform.openai.com/docs/api-reference/responses/object (`status`, `incomplete_details`)
 */
export function readFinishReason(
  answer: JsonObject,
  { hasToolCalls, hasRefusal }: AnswerTraits,
): FinishReason {
  switch (answer["status"] ?? "completed") {
    case "incomplete":
      return readIncomplete(answer["incomplete_details"]);
    case "failed":
      return "error";
    case "completed":
      if (hasToolCalls) return "tool-calls";
      return hasRefusal ? "refusal" : "stop";
    default:
      // Cancelled, or an answer that is still made in the background.
      return "other";
  }
}

function readIncomplete(details: unknown): FinishReason {
  switch (isJsonObject(details) ? details["reason"] : undefined) {
    case "max_output_tokens":
      return "length";
    case "content_filter":
      return "content-filter";
    default:
      return "other";
  }
}

/** How an answer of this dialect says that it has ended. */
export interface AnswerEnd {
  readonly status: "completed" | "incomplete" | "failed";
  readonly incompleteReason?: "max_output_tokens" | "content_filter";
}

/** The end of an answer in this dialect's words. A refusal in words is a complete answer. */
export function renderFinishReason(reason: FinishReason, hasRefusal: boolean): AnswerEnd {
  switch (reason) {
    case "length":
    case "context-length":
      return { status: "incomplete", incompleteReason: "max_output_tokens" };
    case "content-filter":
      return { status: "incomplete", incompleteReason: "content_filter" };
    case "refusal":
      return hasRefusal
        ? { status: "completed" }
        : { status: "incomplete", incompleteReason: "content_filter" };
    case "pause":
      return { status: "incomplete" };
    case "error":
      return { status: "failed" };
    case "stop":
    case "stop-text":
    case "tool-calls":
    case "other":
      return { status: "completed" };
  }
}
