import type { BodyLimits, IncomingRequest, RequestHeaders } from "../http/exchange.ts";
import { LatchkeyError } from "../kernel/error.ts";
import type { BodyDeadlines } from "./body-deadlines.ts";
import { IncomingBody } from "./incoming-body.ts";
import type { RequestFraming } from "./request-framing.ts";
import type { ParsedRequestHead } from "./request-head.ts";

/** What a request needs of its connection. */
export interface RequestOwner {
  readonly remoteAddress: string;
  readonly deadlines: BodyDeadlines;
  /** Somebody reads the body: it is let in, and asked for where the caller waits for that. */
  readonly onRead: () => void;
}

/** A request on a connection. */
export class FrontRequest implements IncomingRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: RequestHeaders;
  readonly framing: RequestFraming;
  readonly isOld: boolean;
  readonly body: IncomingBody;
  hasLeft = false;
  onLeave: (() => void) | undefined;
  readonly #owner: RequestOwner;

  constructor(head: ParsedRequestHead, owner: RequestOwner) {
    this.method = head.method;
    this.path = head.path;
    this.query = head.query;
    this.headers = head.headers;
    this.framing = head.framing;
    this.isOld = head.isOld;
    this.body = new IncomingBody(head.framing);
    this.#owner = owner;
  }

  get remoteAddress(): string {
    return this.#owner.remoteAddress;
  }

  readBody(limits: BodyLimits): Uint8Array | Promise<Uint8Array> {
    const encoding = this.headers.get("content-encoding");
    if (encoding !== null && encoding !== "identity") throw new LatchkeyError("LK-2106");
    const body = this.body.read(limits, this.framing.length, this.#owner.deadlines);
    if (!this.body.isComplete) this.#owner.onRead();
    return body;
  }
}
