import type { LatchkeyClientError } from "./error.ts";
import { readErrorBody } from "./error-body.ts";
import { kindOfCode } from "./error-kind.ts";
import type { EventCall } from "./event-call.ts";

/** The error that an event of a stream tells. */
export function streamedError(call: EventCall, value: unknown): LatchkeyClientError {
  const body = readErrorBody(value, call.key);
  const message = body?.message ?? "The stream ended with an error.";
  return call.failure(kindOfCode(body?.code), message, body);
}
