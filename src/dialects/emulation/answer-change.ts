import type { ChatResponse } from "../../canonical/chat-response.ts";
import type { StreamEvent } from "../../canonical/stream-event.ts";

/**
 * What has to be done to an answer because its vendor could not be told all of the request. Made with the request, used
 * for the answer to it.
 */
export interface AnswerChange {
  readonly whole: (response: ChatResponse) => ChatResponse;
  /** Begins a stream. What is to be told is handed to `emit`, in good order. */
  readonly stream: (emit: (event: StreamEvent) => void) => StreamChange;
}

/** A stream under change. */
export interface StreamChange {
  readonly take: (event: StreamEvent) => void;
  /** The vendor has closed its stream, whole or not. */
  readonly close: () => void;
}
