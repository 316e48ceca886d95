import type { IncomingRequest, Reply } from "../http/exchange.ts";
import type { LatchkeyError } from "../kernel/error.ts";

/** What answers requests. Neither function throws, and the promise never rejects. */
export interface FrontHandler {
  readonly handle: (request: IncomingRequest) => Reply | Promise<Reply>;
  /** The reply to what could not be read as a request. */
  readonly refuse: (error: LatchkeyError, seen: SeenRequest) => Reply;
}

/** What is known of a request that could not be read. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
}

/** What is known where nothing could be read. */
export const NO_REQUEST: SeenRequest = { method: "", path: "" };
