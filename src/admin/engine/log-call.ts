import type { LatchkeyError } from "../../kernel/error.ts";
import type { AdminParts } from "../admin-parts.ts";
import { isWrite } from "../identity/csrf.ts";
import type { AdminCall } from "./admin-call.ts";

type LogParts = Pick<AdminParts, "logger" | "clock">;

/** Tells the log of a write that was answered. */
export function logAnswer({ logger, clock }: LogParts, call: AdminCall, status: number): void {
  if (!isWrite(call.request.method)) return;
  const fields = { ...fieldsOf(call, clock), status, ...(call.isReplay && { replayed: true }) };
  // A refusal comes this way where it is that of an earlier request.
  const isRefusal = status >= 400;
  safely(() => (isRefusal ? logger.warn("admin-refused", fields) : logger.info("admin-write", fields)));
}

/** Tells the log of a request that failed: of its path's names, but nothing of its query or body. */
export function logFailure({ logger, clock }: LogParts, call: AdminCall, error: LatchkeyError): void {
  const { code, status, param, internal } = error;
  const fields = { ...fieldsOf(call, clock), status, code, param, internal };
  safely(() => {
    // Every page asks once whether somebody is signed in.
    if (code === "LK-2015") logger.debug("admin-refused", fields);
    else if (status < 500) logger.warn("admin-refused", fields);
    else logger.error("admin-failed", { ...fields, error: error.cause ?? error });
  });
}

/** A log that cannot be written must not change an answer. */
function safely(tell: () => void): void {
  try {
    tell();
  } catch {
    // There is nowhere left to tell.
  }
}

function fieldsOf(call: AdminCall, clock: AdminParts["clock"]): Record<string, unknown> {
  const { request, requestId, member, operation, tenant, startedMs } = call;
  return {
    requestId,
    member: member?.address ?? null,
    means: member?.means ?? null,
    address: request.remoteAddress,
    operation: operation?.operation.name ?? null,
    tenant,
    ms: Math.round(clock.monotonic() - startedMs),
  };
}
