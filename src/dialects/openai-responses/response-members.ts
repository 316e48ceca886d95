import type { ChatRequest } from "../../canonical/chat-request.ts";
import type { Json, JsonObject } from "../../kernel/json.ts";
import type { AnswerContext } from "../dialect.ts";
import type { AnswerEnd } from "./finish-reason.ts";
import { reasoningOptions } from "./render-reasoning.ts";
import { renderFormat } from "./render-request.ts";
import { renderChoice, renderTool } from "./render-tools.ts";

/** What an answer of this dialect repeats of its request beyond the canonical form. */
export interface ResponsesContext extends AnswerContext {
  /** Id of the answer that the request has gone on from. */
  readonly previousResponseId?: string;
}

/**
 * What an answer repeats of its request. `output_text` is not among it: SDKs make it themselves.
 * Wire format: https://platform.openai.com/docs/api-reference/responses/object
 */
export function requestMembers({ request, previousResponseId }: ResponsesContext): JsonObject {
  const { tools = [], toolChoice = { type: "auto" }, reasoning = {}, logprobs = 0 } = request;
  const { effort = null, summary = null } = reasoningOptions(reasoning);
  return {
    background: false,
    instructions: instructionsOf(request),
    max_output_tokens: request.maxOutputTokens ?? null,
    max_tool_calls: null,
    parallel_tool_calls: request.parallelToolCalls ?? true,
    previous_response_id: previousResponseId ?? null,
    prompt_cache_key: request.promptCacheKey ?? null,
    reasoning: { effort, summary },
    safety_identifier: request.endUser ?? null,
    store: request.store ?? true,
    temperature: request.temperature ?? null,
    text: {
      format: renderFormat(request.responseFormat ?? { type: "text" }),
      verbosity: request.verbosity ?? null,
    },
    tool_choice: renderChoice(toolChoice, tools),
    tools: tools.map(renderTool).filter((tool) => tool !== undefined),
    top_logprobs: logprobs,
    top_p: request.topP ?? null,
    truncation: "disabled",
    user: null,
    metadata: request.metadata ?? {},
  };
}

function instructionsOf({ messages: [first] }: ChatRequest): string | null {
  return first?.role === "system" && first.content.length === 1 ? (first.content[0]?.text ?? null) : null;
}

/** `status`, `error` and `incomplete_details` of an answer that has ended. */
export function endMembers({ status, incompleteReason }: AnswerEnd, error?: Json): JsonObject {
  return {
    status,
    error: status === "failed" ? (error ?? { code: "server_error", message: "The model failed." }) : null,
    incomplete_details:
      status === "incomplete" ? (incompleteReason === undefined ? {} : { reason: incompleteReason }) : null,
  };
}

/** Whether the caller finds a part of thinking among the summaries: where it is one, or where it asked for them. */
export function showsAsSummary({
  reasoning,
}: ChatRequest): (part: { readonly isSummary?: boolean }) => boolean {
  const show = reasoning?.show;
  const isAsked = show === "auto" || show === "concise" || show === "detailed";
  return ({ isSummary = false }) => isSummary || isAsked;
}
