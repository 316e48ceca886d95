import type { JsonObject } from "../../kernel/json.ts";

/** A message that is to reach somebody: a webhook or an e-mail. */
export interface DeliveryBody {
  readonly state: "waiting" | "delivered" | "failed";
  readonly channel: "webhook" | "email";
  /** Name of the webhook in the config, or addresses. */
  readonly to: string;
  /** What happened, such as `subscription.requested`. */
  readonly event: string;
  readonly payload: JsonObject;
  readonly attempts: number;
  readonly nextAtMs: number;
  readonly lastProblem: string | null;
  /** When somebody asked for it to be sent again; absent: nobody did. */
  readonly againAtMs?: number;
}

/** The answer to a write that may be sent again. The record's id is who and the key that was given. */
export interface IdempotencyBody {
  /** Address of who sent it. */
  readonly member: string;
  /** SHA-256 of the request. */
  readonly request: string;
  readonly status: number;
  readonly answer: JsonObject;
  readonly expiresAtMs: number;
}
