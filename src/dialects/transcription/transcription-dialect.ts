import type { Loss } from "../../canonical/loss.ts";
import type {
  TranscriptionRequest,
  TranscriptionRequestField,
  TranscriptionResponse,
  TranscriptionStreamEvent,
} from "../../canonical/transcription.ts";
import type { ReadTaskEnvelope } from "../task/envelope.ts";
import type { TaskDialect, TaskEgress } from "../task/task-dialect.ts";

/** The API that writes down what is said. */
export type TranscriptionDialect = TaskDialect<
  TranscriptionRequest,
  TranscriptionResponse,
  TranscriptionStreamEvent,
  TranscriptionRequestField,
  ReadTaskEnvelope
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
