import type { ErrorCode } from "../../kernel/codes.ts";
import { LatchkeyError } from "../../kernel/error.ts";

/** Faults of connections, in the words of those who call an API rather than a model. */
const CODES: Readonly<Partial<Record<ErrorCode, ErrorCode>>> = {
  "LK-3002": "LK-3101",
  "LK-3003": "LK-3102",
  "LK-3004": "LK-3103",
  "LK-3005": "LK-3104",
  "LK-3006": "LK-3105",
  "LK-3007": "LK-3106",
  "LK-3008": "LK-3107",
  "LK-5003": "LK-3110",
};

/** The error that the caller of a backend is told for one of an upstream. */
export function backendFault(error: LatchkeyError): LatchkeyError {
  const code = CODES[error.code];
  if (code === undefined) return error;
  return new LatchkeyError(code, undefined, {
    cause: error,
    ...(error.internal !== undefined && { internal: error.internal }),
  });
}

/** Methods that may be sent again (RFC 9110, 9.2.2). */
const IDEMPOTENT: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]);

/** Whether a request may be sent twice. */
export function isIdempotent(method: string): boolean {
  return IDEMPOTENT.has(method);
}

/** What the system says where there never was a connection. */
const NEVER_CONNECTED: ReadonlySet<unknown> = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
]);

/** Whether another server may be asked after one failed before it began to answer. */
export function mayAskAnother(method: string, fault: LatchkeyError): boolean {
  if (fault.code === "LK-3102" || fault.code === "LK-3110") return true;
  if (fault.code !== "LK-3101") return false;
  return isIdempotent(method) || NEVER_CONNECTED.has(systemCode(fault));
}

/** Code of the system's error at the bottom. */
function systemCode(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return undefined;
  if (thrown instanceof LatchkeyError) return systemCode(thrown.cause);
  return "code" in thrown ? thrown.code : undefined;
}
