import type { VendorError, VendorErrorKind } from "../../canonical/vendor-error.ts";
import { type ErrorCode, errorTable } from "../../kernel/codes.ts";
import { LatchkeyError } from "../../kernel/error.ts";

/** Characters of a vendor's message that are kept. */
const MAX_WORDS = 500;

const CODES: Readonly<Record<VendorErrorKind, ErrorCode>> = {
  "invalid-request": "LK-3015",
  "context-length": "LK-3017",
  "content-policy": "LK-3018",
  "too-large": "LK-3019",
  "not-found": "LK-3020",
  authentication: "LK-3010",
  permission: "LK-3010",
  "rate-limit": "LK-3011",
  quota: "LK-3021",
  overloaded: "LK-3022",
  timeout: "LK-3023",
  server: "LK-3012",
};

/** Codes of failures that are told by a vendor, and what each stands for. Those about credentials are not among them. */
const KINDS: ReadonlyMap<string, VendorErrorKind> = new Map(
  Object.entries(CODES)
    .filter(([, code]) => code !== "LK-3010")
    .map(([kind, code]) => [code, kind as VendorErrorKind]),
);

/** What a code says of a vendor's failure; `undefined` where it is no vendor who speaks. */
export function vendorKind(code: ErrorCode): VendorErrorKind | undefined {
  return KINDS.get(code);
}

/** Codes under which the vendor's own answer goes out as it is, where it is in the caller's dialect. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set(["LK-3015", "LK-3017", "LK-3018", "LK-3019", "LK-3020"]);

/** Whether an error is about the request, so that nobody has better words for it than the vendor. */
export function isRefusal({ code }: LatchkeyError): boolean {
  return REFUSALS.has(code);
}

/**
 * A vendor's error as one of the gateway's. Its words reach the caller and the log, but for those about the gateway's
 * own credentials, which are the operator's alone. A field that it names is one of the vendor's request and is named
 * only in the log.
 * @param status HTTP status of the answer, or what stands in its place in a stream
 * @param words the vendor's message with the gateway's own credentials masked
 */
export function vendorFailure(vendor: VendorError, status: number, words: string): LatchkeyError {
  const kept = words.slice(0, MAX_WORDS);
  const at = vendor.param === undefined ? "" : ` (${vendor.param})`;
  const code = CODES[vendor.kind];
  return new LatchkeyError(code, code === "LK-3010" ? undefined : told(code, kept), {
    internal: `status ${status}: ${vendor.code === undefined ? "" : `${vendor.code}: `}${kept}${at}`,
    ...(vendor.retryAfterS !== undefined && { retryAfterS: vendor.retryAfterS }),
  });
}

/** What readers of errors say where a vendor has said nothing. */
const NO_WORDS = "no message";

function told(code: ErrorCode, words: string): string | undefined {
  if (words === NO_WORDS) return undefined;
  const sentence = /[.!?…]$/.test(words) ? words : `${words}.`;
  return `${errorTable[code].title.slice(0, -1)}: ${sentence}`;
}
