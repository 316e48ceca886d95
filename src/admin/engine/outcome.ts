import type { LatchkeyError } from "../../kernel/error.ts";
import type { Json, JsonObject } from "../../kernel/json.ts";
import type { IdempotencyBody } from "../../stores/records/delivery-record.ts";
import { emptyReply, type IdentityReply, jsonReply } from "../identity/identity-http.ts";
import { errorBody, errorHeaders } from "./error-reply.ts";

/** What has come of an operation: the reply, before it is written. */
export interface Outcome {
  readonly status: number;
  /** Beside those of every reply. */
  readonly headers: IdentityReply["headers"];
  /** Null: there is none. */
  readonly body: Json;
}

/** The outcome that an error is. */
export function failedOutcome(error: LatchkeyError): Outcome {
  return { status: error.status, headers: errorHeaders(error), body: { ...errorBody(error) } };
}

/** An outcome as it is kept. @param hidesText whether the member `text` is a secret */
export function storedOutcome({ headers, body, status }: Outcome, hidesText: boolean): JsonObject {
  const isHidden = hidesText && status < 300 && body !== null;
  return { headers, body: isHidden ? { ...(body as JsonObject), text: null } : body };
}

/** An outcome that was kept. */
export function keptOutcome({ status, answer }: Pick<IdempotencyBody, "status" | "answer">): Outcome {
  const { headers, body = null } = answer as Partial<Outcome>;
  return { status, headers: headers ?? [], body };
}

/** The reply that tells of it. */
export function replyOf({ status, headers, body }: Outcome): IdentityReply {
  return body === null ? { ...emptyReply(headers), status } : jsonReply(status, body, headers);
}
