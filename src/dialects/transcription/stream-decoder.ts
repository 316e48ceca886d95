import type { TranscriptionStreamEvent } from "../../canonical/transcription.ts";
import type { StreamDecoder } from "../dialect.ts";
import { TypedEventDecoder } from "../task/stream-decoder.ts";
import { readLogprobs, readSegment, readTranscript } from "./response.ts";

/** Reads a transcript as it comes. Wire format: https://platform.openai.com/docs/api-reference/audio/transcript-text-delta-event */
export function decodeStream(emit: (event: TranscriptionStreamEvent) => void): StreamDecoder {
  let isDone = false;
  return new TypedEventDecoder({
    event: (type, members) => {
      const { delta, logprobs } = members;
      if (type === "transcript.text.delta" && typeof delta === "string") {
        emit({
          type: "delta",
          text: delta,
          ...(Array.isArray(logprobs) && { logprobs: readLogprobs(logprobs) }),
        });
      } else if (type === "transcript.text.segment") {
        for (const segment of readSegment(members)) emit({ type: "segment", segment });
      } else if (type === "transcript.text.done") {
        const response = readTranscript(members);
        if (response === undefined) return;
        isDone = true;
        emit({ type: "done", response });
      }
    },
    fail: (error) => emit({ type: "error", error }),
    close: () => {
      if (isDone) emit({ type: "end" });
    },
  });
}
