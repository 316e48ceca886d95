import type { VendorErrorKind } from "../canonical/vendor-error.ts";

const KINDS: Readonly<Record<number, VendorErrorKind>> = {
  400: "invalid-request",
  401: "authentication",
  // What the account has is used up.
  402: "quota",
  403: "permission",
  404: "not-found",
  408: "timeout",
  // Models that have been retired.
  410: "not-found",
  413: "too-large",
  422: "invalid-request",
  429: "rate-limit",
  503: "overloaded",
  504: "timeout",
  529: "overloaded",
};

/**
 * What a status alone says of an error.
 * @param own statuses that mean something of their own to a vendor
 */
export function kindOfStatus(
  status: number,
  own: Readonly<Record<number, VendorErrorKind>> = {},
): VendorErrorKind {
  return own[status] ?? KINDS[status] ?? (status >= 500 ? "server" : "invalid-request");
}
