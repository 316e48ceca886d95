import type { LatchkeyError } from "../kernel/error.ts";

/**
 * The one interface through which the gateway talks to whatever answers a call: the keep-alive pool for
 * HTTP upstreams (`http-upstream.ts`) and the built-in demo provider. It is callback-shaped because the
 * request path must not pay for a promise or a stream per chunk.
 */
export interface Upstream {
  /**
   * Starts a call. Never throws and never calls the receiver before it returns. Exactly one of
   * `receiver.onEnd` and `receiver.onError` is called, last; neither is after `abort`.
   */
  readonly send: (call: UpstreamCall) => UpstreamHandle;
  /** Closes idle connections at once and the others when their call ends. */
  readonly close: () => void;
}

/** One request to an upstream. */
export interface UpstreamCall {
  /**
   * Request line and headers as made by `renderRequestHead`, each line ended by CRLF, without
   * `content-length`, `transfer-encoding` and the final empty line, which the upstream adds.
   */
  readonly head: string;
  /** Whole body; empty when there is none. */
  readonly body: Uint8Array;
  readonly timeouts: UpstreamTimeouts;
  /**
   * Whether it may be sent again where a kept connection is closed before any answer (RFC 9110, 9.2.2); default: unless
   * it is a POST or PATCH. One of which no byte has left is sent again in any case.
   */
  readonly isRepeatable?: boolean;
  /** Told when it is sent again of which something had left. */
  readonly onRepeat?: () => void;
  readonly receiver: UpstreamReceiver;
}

/** Time limits of one call, milliseconds; 0 means no limit. */
export interface UpstreamTimeouts {
  /** Until a connection (TLS included) stands; waiting for a free one counts. */
  readonly connectMs: number;
  /** From the request's last byte written to the first byte of the answer's body. */
  readonly firstByteMs: number;
  /** Between two pieces of the answer's body; does not run while paused. */
  readonly idleMs: number;
  /** From `send` to the end of the answer. */
  readonly totalMs: number;
}

/** Takes an answer as it comes. */
export interface UpstreamReceiver {
  readonly onHead: (head: UpstreamResponseHead) => void;
  /** A piece of the body, never empty, framing removed. The receiver owns the bytes. */
  readonly onData: (chunk: Uint8Array) => void;
  /** The answer is complete as its framing defines it. */
  readonly onEnd: () => void;
  /** The call failed: codes LK-3002 to LK-3008, LK-5002 or LK-5003. Nothing more comes. */
  readonly onError: (error: LatchkeyError) => void;
}

/** Takes the answer to a request for another protocol. With status 101 the connection is a tunnel from then on. */
export interface TunnelReceiver extends UpstreamReceiver {
  /** All that was written into the tunnel has left. */
  readonly onDrain: () => void;
}

/** One request for another protocol. `totalMs` of its time limits ends with the handshake. */
export interface TunnelCall extends UpstreamCall {
  readonly receiver: TunnelReceiver;
}

/** Headers of an answer: names in lower case. */
export interface ResponseHeaders {
  /** The value of the first header of that name. */
  readonly first: (name: string) => string | undefined;
  /** All of them in order of arrival; a repeated name has an entry each. */
  readonly entries: () => Iterable<readonly [name: string, value: string]>;
}

/** Status line and headers of an answer. */
export interface UpstreamResponseHead {
  /** 200 to 599, and 101 where a tunnel was asked for; other 1xx answers are swallowed. */
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Length of the body when it is announced. */
  readonly contentLength: number | undefined;
}

/** Handle on a call under way. */
export interface UpstreamHandle {
  /** Stops reading, so that the upstream is slowed down to the pace of the reader. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Ends the call and destroys its connection; a call that has ended is left alone. */
  readonly abort: () => void;
  /** The answer made no sense: its connection, if there is one, is not used for further calls. */
  readonly distrust?: () => void;
}

/** Handle on a tunnel. */
export interface TunnelHandle extends UpstreamHandle {
  /**
   * Sends bytes, once the answer's status is 101. They must not change afterwards. Answers whether all have left; where
   * not, `onDrain` of the receiver tells when they have.
   */
  readonly write: (bytes: Uint8Array) => boolean;
  /** Nobody is at the other end any more: what was written leaves, then the connection ends. The receiver hears no more. */
  readonly end: () => void;
}

/** Headers that are at hand as pairs of lower-case names and values. */
export function responseHeaders(pairs: readonly (readonly [name: string, value: string])[]): ResponseHeaders {
  return {
    first: (name) => pairs.find(([candidate]) => candidate === name)?.[1],
    entries: () => pairs,
  };
}

/** First value of a header by its lower-case name. */
export function headerOf(head: UpstreamResponseHead, name: string): string | undefined {
  return head.headers.first(name);
}
