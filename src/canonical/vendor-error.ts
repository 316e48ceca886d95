/** Kinds of failure that vendors tell apart in one way or another. */
export type VendorErrorKind =
  | "invalid-request"
  | "context-length"
  | "content-policy"
  | "authentication"
  | "permission"
  | "not-found"
  | "too-large"
  | "rate-limit"
  | "quota"
  | "overloaded"
  | "timeout"
  | "server";

/** A vendor's error, read out of its own shape. */
export interface VendorError {
  readonly kind: VendorErrorKind;
  /** The vendor's words; may quote parts of the request. */
  readonly message: string;
  /** The vendor's own code or type, for logs. */
  readonly code?: string;
  /** Field of the request at fault, where the vendor names it. */
  readonly param?: string;
  /** Seconds after which to try again. */
  readonly retryAfterS?: number;
}
