import type { Json, JsonObject } from "../../kernel/json.ts";

/** What an answer that is made in the background is known by. */
export interface BackgroundAnswer {
  readonly id: string;
  /** The model's name as the caller says it. */
  readonly model: string;
  /** Seconds since the Unix epoch. */
  readonly createdS: number;
  /** The caller's request. */
  readonly request: JsonObject;
}

/** What an answer that is not there yet repeats of its request, and what stands there where nothing was said. */
const REPEATED: JsonObject = {
  instructions: null,
  max_output_tokens: null,
  max_tool_calls: null,
  parallel_tool_calls: true,
  previous_response_id: null,
  prompt_cache_key: null,
  reasoning: { effort: null, summary: null },
  safety_identifier: null,
  service_tier: "auto",
  temperature: null,
  text: { format: { type: "text" } },
  tool_choice: "auto",
  tools: [],
  top_p: null,
  truncation: "disabled",
  user: null,
  metadata: {},
};

/**
 * An answer that is not there yet, or never will be.
 * Wire format: https://platform.openai.com/docs/guides/background
 */
export function unfinishedResponse(
  { id, model, createdS, request }: BackgroundAnswer,
  status: "queued" | "in_progress" | "cancelled" | "failed",
  error: Json = null,
): JsonObject {
  const repeated = Object.entries(REPEATED).map(([name, usual]) => [name, request[name] ?? usual] as const);
  return {
    id,
    object: "response",
    created_at: createdS,
    status,
    background: true,
    error,
    incomplete_details: null,
    model,
    output: [],
    store: true,
    usage: null,
    ...Object.fromEntries(repeated),
  };
}

/** An answer that has been made, under the name that its caller knows. */
export function finishedResponse({ id, model, request }: BackgroundAnswer, response: JsonObject): JsonObject {
  const { previous_response_id = null } = request;
  return { ...response, id, model, background: true, store: true, previous_response_id };
}

/** Why an answer failed. `code` is of the list that OpenAI has for answers. */
export function responseError(status: number, message: string): JsonObject {
  const code = status === 429 ? "rate_limit_exceeded" : status < 500 ? "invalid_prompt" : "server_error";
  return { code, message };
}
