import type { VendorError, VendorErrorKind } from "../../canonical/vendor-error.ts";
import type { ErrorCode } from "../../kernel/codes.ts";
import { LatchkeyError } from "../../kernel/error.ts";

/** Characters of a vendor's message that are kept. */
const MAX_WORDS = 500;

const CODES: Readonly<Record<VendorErrorKind, ErrorCode>> = {
  "invalid-request": "LK-3015",
  "context-length": "LK-3015",
  "content-policy": "LK-3015",
  "too-large": "LK-3015",
  authentication: "LK-3010",
  permission: "LK-3010",
  // The model that the config names, as a rule: nothing that a caller could correct.
  "not-found": "LK-3012",
  "rate-limit": "LK-3011",
  quota: "LK-3011",
  overloaded: "LK-3012",
  timeout: "LK-3012",
  server: "LK-3012",
};

/**
 * A vendor's error as one of the gateway's. Its words reach the caller where they are about the request, and the
 * log always; a field that it names is one of the vendor's request and is named only there.
 * @param status HTTP status of the answer, or what stands in its place in a stream
 * @param words the vendor's message with the gateway's own credentials masked
 */
export function vendorFailure(vendor: VendorError, status: number, words: string): LatchkeyError {
  const kept = words.slice(0, MAX_WORDS);
  const at = vendor.param === undefined ? "" : ` (${vendor.param})`;
  const code = CODES[vendor.kind];
  const message = code === "LK-3015" ? `The model provider rejected the request: ${kept}` : undefined;
  return new LatchkeyError(code, message, {
    internal: `status ${status}: ${vendor.code === undefined ? "" : `${vendor.code}: `}${kept}${at}`,
    ...(vendor.retryAfterS !== undefined && { retryAfterS: vendor.retryAfterS }),
  });
}
