import type { VendorErrorKind } from "../../canonical/vendor-error.ts";
import type { IngressError } from "../../dialects/dialect.ts";
import { type ErrorCode, errorTable } from "../../kernel/codes.ts";
import type { LatchkeyError } from "../../kernel/error.ts";

/** An error as a dialect tells it to a caller: what went wrong, and what to do about it. */
export function ingressError(error: LatchkeyError): IngressError {
  return {
    status: error.status,
    code: error.code,
    message: `${error.message} ${errorTable[error.code].help}`,
    kind: kindOf(error.code),
    ...(error.param !== undefined && { param: error.param }),
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
  const { status } = errorTable[code];
  return KINDS[status] ?? (status >= 500 ? "server" : "invalid-request");
}
