import { type ErrorCode, errorTable } from "./codes.ts";

/** What a `LatchkeyError` may carry besides its code and message. */
export interface LatchkeyErrorOptions {
  /** Field of the request or path in the config at fault, such as `messages[0].content`. */
  readonly param?: string;
  /** Words for the log only: may name hosts, targets and upstream messages, never secrets. */
  readonly internal?: string;
  /** Seconds after which the caller may try again. */
  readonly retryAfterS?: number;
  /** Methods that the path takes, for the `Allow` header. */
  readonly allow?: string;
  /** Value of a `Link` header (RFC 8288). */
  readonly link?: string;
  readonly cause?: unknown;
}

/**
 * The one error class. `message` is safe to show to a caller; `internal` is for the log. Status, type and
 * whether a retry makes sense come from the code's row in `codes.ts`.
 */
export class LatchkeyError extends Error {
  override readonly name = "LatchkeyError";
  readonly code: ErrorCode;
  readonly param: string | undefined;
  readonly internal: string | undefined;
  readonly retryAfterS: number | undefined;
  readonly allow: string | undefined;
  readonly link: string | undefined;

  constructor(code: ErrorCode, message?: string, options: LatchkeyErrorOptions = {}) {
    super(
      message ?? errorTable[code].title,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.code = code;
    this.param = options.param;
    this.internal = options.internal;
    this.retryAfterS = options.retryAfterS;
    this.allow = options.allow;
    this.link = options.link;
  }

  /** HTTP status of the answer. */
  get status(): number {
    return errorTable[this.code].status;
  }

  /** Whether the same request may succeed when sent again. */
  get retryable(): boolean {
    return errorTable[this.code].retryable;
  }
}

/** Any thrown value as a `LatchkeyError`; what is not one becomes `LK-5001` with the cause kept. */
export function toLatchkeyError(thrown: unknown): LatchkeyError {
  if (thrown instanceof LatchkeyError) return thrown;
  const internal = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return new LatchkeyError("LK-5001", undefined, { cause: thrown, internal });
}
