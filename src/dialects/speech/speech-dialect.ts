import type { Loss } from "../../canonical/loss.ts";
import type {
  SpeechRequest,
  SpeechRequestField,
  SpeechResponse,
  SpeechStreamEvent,
} from "../../canonical/speech.ts";
import type { TaskDialect, TaskEgress } from "../task/task-dialect.ts";
import type { SpeechEnvelope } from "./envelope.ts";

/** The API that speaks texts. */
export type SpeechDialect = TaskDialect<
  SpeechRequest,
  SpeechResponse,
  SpeechStreamEvent,
  SpeechRequestField,
  SpeechEnvelope
>;

/** Speaks to vendors that speak. */
export type SpeechEgress = TaskEgress<SpeechRequest, SpeechResponse, SpeechStreamEvent, SpeechRequestField>;

/** Something of a request to speak that a vendor has no words for. */
export type SpeechLoss = Loss<SpeechRequestField>;
