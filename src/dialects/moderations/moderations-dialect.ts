import type { Loss } from "../../canonical/loss.ts";
import type {
  ModerationRequest,
  ModerationRequestField,
  ModerationResponse,
} from "../../canonical/moderation.ts";
import type { ReadTaskEnvelope } from "../task/envelope.ts";
import type { TaskDialect, TaskEgress } from "../task/task-dialect.ts";

/** The API that judges texts and pictures. It has no streams. */
export type ModerationsDialect = TaskDialect<
  ModerationRequest,
  ModerationResponse,
  never,
  ModerationRequestField,
  ReadTaskEnvelope
>;

/** Speaks to vendors that judge. */
export type ModerationsEgress = TaskEgress<
  ModerationRequest,
  ModerationResponse,
  never,
  ModerationRequestField
>;

/** Something of a request to judge that a vendor has no words for. */
export type ModerationLoss = Loss<ModerationRequestField>;
