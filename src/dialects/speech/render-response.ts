import type { SpeechRequest, SpeechResponse, SpeechStreamEvent } from "../../canonical/speech.ts";
import type { Usage } from "../../canonical/usage.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { IngressError } from "../dialect.ts";
import { typedEvent } from "../task/json-body.ts";
import { renderStreamError } from "../task/stream-error.ts";
import type { TaskBody, TaskContext, TaskStreamEncoder } from "../task/task-dialect.ts";
import { renderTokens } from "../task/usage.ts";

/** Sound is its own answer. */
export function renderResponse({ audio, mediaType }: SpeechResponse): TaskBody {
  return { body: audio, contentType: mediaType };
}

/** A whole sound as the steps of a stream. */
export function eventsOf({ audio, usage }: SpeechResponse): readonly SpeechStreamEvent[] {
  return [
    { type: "audio", audio },
    { type: "end", usage },
  ];
}

/** Writes sound as it comes. Wire format: https://platform.openai.com/docs/api-reference/audio/speech-audio-delta-event */
export function encodeStream(_context: TaskContext<SpeechRequest>): TaskStreamEncoder<SpeechStreamEvent> {
  return {
    encode: (event) => {
      if (event.type === "audio") {
        const { audio } = event;
        const base64 = Buffer.from(audio.buffer, audio.byteOffset, audio.byteLength).toString("base64");
        return typedEvent({ type: "speech.audio.delta", audio: base64 });
      }
      if (event.type !== "end") return "";
      const usage = renderUsage(event.usage);
      return typedEvent({ type: "speech.audio.done", ...(usage !== undefined && { usage }) });
    },
    fail: (error: IngressError) => renderStreamError(error),
  };
}

function renderUsage(usage: Usage): JsonObject | undefined {
  const tokens = renderTokens(usage);
  return tokens && { input_tokens: tokens.input, output_tokens: tokens.output, total_tokens: tokens.total };
}
