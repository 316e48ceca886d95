/** Headers of a request: names in lower case. */
export interface RequestHeaders {
  /** The value; values of a header that occurs more than once are joined by a comma and a space. */
  readonly get: (name: string) => string | null;
  readonly has: (name: string) => boolean;
  /** All of them in order of arrival; a repeated name has an entry each. */
  readonly entries: () => Iterable<readonly [name: string, value: string]>;
}

/** Bounds within which a body is read. */
export interface BodyLimits {
  readonly maxBytes: number;
  /** Milliseconds from now until the whole body has to be there. */
  readonly timeoutMs: number;
}

/** A request as it came from a caller. */
export interface IncomingRequest {
  readonly method: string;
  /** As it was sent, without the query. */
  readonly path: string;
  /** Without the question mark. May hold a credential: never shown or logged. */
  readonly query: string;
  readonly headers: RequestHeaders;
  /** Whether it is in HTTP/1.0, which knows no other protocols. */
  readonly isOld: boolean;
  /** Address of the other end of the connection. */
  readonly remoteAddress: string;
  /** Whether the caller has left. */
  readonly hasLeft: boolean;
  /** Set by whoever waits on the caller's behalf: called once, when the caller leaves before there is a reply. */
  onLeave: (() => void) | undefined;
  /**
   * The whole body; at once where it has come already.
   * @throws LatchkeyError LK-2104 (too large), LK-2106 (compressed), LK-2109 (too slow), LK-2114 (its framing is
   * malformed), LK-2301 (caller gone), thrown or as a rejection.
   */
  readonly readBody: (limits: BodyLimits) => Uint8Array | Promise<Uint8Array>;
}

/** What the producer of a reply writes to; the caller's pace comes back through `pause` and `resume`. */
export interface ReplySink {
  readonly write: (bytes: Uint8Array) => void;
  /** Sends what was written on its way now. */
  readonly flush: () => void;
  /** The reply is complete. */
  readonly close: () => void;
  /** The reply is not complete, and the caller has to see it: the connection is cut. */
  readonly fail: () => void;
}

/** The body of a reply that is made piece by piece. */
export interface ReplyProducer {
  /** Called once, when the caller is ready. Nothing may be written after `close` or `fail`. */
  readonly start: (sink: ReplySink) => void;
  /** The caller is slower than the producer. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** The caller has left; also instead of `start`. */
  readonly leave: () => void;
}

/**
 * The body of a reply with status 101: what the upstream sends comes out of it as out of any other, unframed, and what the
 * caller sends is put in. It is left (`leave`) when the caller's connection is over; its sink is closed when the
 * upstream's is.
 */
export interface Tunnel extends ReplyProducer {
  /** Takes bytes of the caller. Answers whether more may come at once; where not, `onRoom` tells when. */
  readonly take: (bytes: Uint8Array) => boolean;
  /** Set by whoever puts in. */
  onRoom: (() => void) | undefined;
}

/** The reply to a request. */
export interface Reply {
  /** 101 has a `Tunnel` for its body, and nothing else has. */
  readonly status: number;
  /** Header lines, each ended by CR LF; without those that frame the body. See `headerLine`. */
  readonly headers: string;
  readonly body: Uint8Array | ReplyProducer | Tunnel;
  /** Bytes that a producer will write, or would for another method than HEAD, where that is known for sure. */
  readonly length?: number;
}

/** The tunnel that a reply makes of its connection, if it does. */
export function tunnelOf({ status, body }: Reply): Tunnel | undefined {
  return status === 101 && "take" in body ? body : undefined;
}

/** Whatever cannot stand in a header's value. */
const UNSAFE = /[^\t\x20-\x7e\x80-\xff]/g;

/**
 * One header line. Characters that a value cannot hold become question marks, so that no value can end its line.
 * @param name lower-case
 */
export function headerLine(name: string, value: string): string {
  return `${name}: ${value.replace(UNSAFE, "?")}\r\n`;
}
