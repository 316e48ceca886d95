import type { TranscriptionRequest, TranscriptionStreamEvent } from "../../canonical/transcription.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { IngressError } from "../dialect.ts";
import { renderStreamError } from "../task/stream-error.ts";
import type { TaskContext, TaskStreamEncoder } from "../task/task-dialect.ts";
import { renderLogprob, renderSpoken, renderUsage } from "./render-response.ts";

/**
 * Writes a transcript as it comes; these events have no names, and an end marker after them.
 * Wire format: https://platform.openai.com/docs/api-reference/audio/transcript-text-delta-event
 */
export function encodeStream(
  _context: TaskContext<TranscriptionRequest>,
): TaskStreamEncoder<TranscriptionStreamEvent> {
  let segments = 0;
  return {
    encode: (event) => {
      switch (event.type) {
        case "delta": {
          const logprobs = event.logprobs !== undefined && { logprobs: event.logprobs.map(renderLogprob) };
          return data({ type: "transcript.text.delta", delta: event.text, ...logprobs });
        }
        case "segment":
          return data(renderSpoken(event.segment, segments++));
        case "done": {
          const { text, logprobs, usage } = event.response;
          const told = logprobs !== undefined && { logprobs: logprobs.map(renderLogprob) };
          return data({ type: "transcript.text.done", text, ...told, ...renderUsage(usage) });
        }
        case "end":
          return "data: [DONE]\n\n";
        default:
          return "";
      }
    },
    fail: (error: IngressError) => renderStreamError(error),
  };
}

function data(value: JsonObject): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}
