import type { Loss } from "../../canonical/loss.ts";
import type {
  TranscriptionRequest,
  TranscriptionRequestField,
  TranscriptionResponse,
  TranscriptionStreamEvent,
} from "../../canonical/transcription.ts";
import type { TaskDialect, TaskEgress } from "../task/task-dialect.ts";
import type { TranscriptionEnvelope } from "./envelope.ts";

/** The API that writes down what is said. */
export type TranscriptionDialect = TaskDialect<
  TranscriptionRequest,
  TranscriptionResponse,
  TranscriptionStreamEvent,
  TranscriptionRequestField,
  TranscriptionEnvelope
>;

/** Speaks to vendors that write down what is said. */
export type TranscriptionEgress = TaskEgress<
  TranscriptionRequest,
  TranscriptionResponse,
  TranscriptionStreamEvent,
  TranscriptionRequestField
>;

/** Something of a request for a transcript that a vendor has no words for. */
export type TranscriptionLoss = Loss<TranscriptionRequestField>;
