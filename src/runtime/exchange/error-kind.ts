import type { VendorErrorKind } from "../../canonical/vendor-error.ts";
import type { IngressError } from "../../dialects/dialect.ts";
import { type ErrorCode, errorTable } from "../../kernel/codes.ts";
import type { LatchkeyError } from "../../kernel/error.ts";
import { vendorKind } from "./vendor-failure.ts";

/**
 * An error as a dialect tells it to a caller: what went wrong, and what to do about it.
 * @param requestId of the call, for the command that shows it in the call log
 */
export function ingressError(error: LatchkeyError, requestId: string): IngressError {
  const kind = vendorKind(error.code);
  const help = errorTable[error.code].help.replace("--request ID", `--request ${requestId}`);
  return {
    status: error.status,
    code: error.code,
    message: `${error.message} ${help}`,
    kind: kind ?? kindOf(error.code),
    ...(kind !== undefined && { isVendors: true }),
    ...(error.param !== undefined && { param: error.param }),
    ...(error.retryAfterS !== undefined && { retryAfterS: error.retryAfterS }),
  };
}

const KINDS: Readonly<Record<number, VendorErrorKind>> = {
  401: "authentication",
  403: "permission",
  404: "not-found",
  408: "timeout",
  410: "not-found",
  413: "too-large",
  429: "rate-limit",
  503: "overloaded",
  504: "timeout",
};

function kindOf(code: ErrorCode): VendorErrorKind {
  const { status, retryable } = errorTable[code];
  // What no waiting mends is no overload.
  if (status === 503 && !retryable) return "server";
  return KINDS[status] ?? (status >= 500 ? "server" : "invalid-request");
}
