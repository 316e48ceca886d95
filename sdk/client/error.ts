import type { ClientErrorKind } from "./error-kind.ts";

/** What is known about a failed call besides its kind and message. */
export interface ClientErrorDetails {
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  readonly type?: string | undefined;
  readonly param?: string | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** Found by any copy of the package, so that errors are known across duplicate installs. */
const marker: unique symbol = Symbol.for("latchkey.client-error");

/**
 * The one error that calls reject with. `kind` decides what to do; the rest is for messages and logs. It never
 * holds the key.
 * @example
 * catch (error) {
 *   if (LatchkeyClientError.isInstance(error, "rate-limit")) await wait(error.retryAfterMs ?? 1_000);
 * }
 */
export class LatchkeyClientError extends Error {
  override readonly name = "LatchkeyClientError";
  readonly kind: ClientErrorKind;
  /** HTTP status, when an answer came. */
  readonly status: number | undefined;
  /** Stable code such as `LK-2002`; `latchkey explain CODE` tells more. */
  readonly code: string | undefined;
  /** Error family in OpenAI's words, such as `invalid_request_error`. */
  readonly type: string | undefined;
  /** Field of the request at fault, such as `messages[0].content`. */
  readonly param: string | undefined;
  /** What to tell the gateway's operator. */
  readonly requestId: string | undefined;
  /** Milliseconds after which the gateway wants to be asked again. */
  readonly retryAfterMs: number | undefined;

  constructor(kind: ClientErrorKind, message: string, details: ClientErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = kind;
    this.status = details.status;
    this.code = details.code;
    this.type = details.type;
    this.param = details.param;
    this.requestId = details.requestId;
    this.retryAfterMs = details.retryAfterMs;
  }

  /** Whether a value is such an error, of this copy of the package or another, and of this kind if one is given. */
  static isInstance<Kind extends ClientErrorKind = ClientErrorKind>(
    value: unknown,
    kind?: Kind,
  ): value is LatchkeyClientError & { readonly kind: Kind } {
    if (typeof value !== "object" || value === null || !(marker in value)) return false;
    return kind === undefined || (value as LatchkeyClientError).kind === kind;
  }

  get [marker](): true {
    return true;
  }

  /** The error as plain data for logs: without stack and cause. */
  toJSON(): Record<string, unknown> {
    const { name, kind, message, status, code, type, param, requestId, retryAfterMs } = this;
    return { name, kind, message, status, code, type, param, requestId, retryAfterMs };
  }
}
