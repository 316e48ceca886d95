import type { IncomingRequest, RequestHeaders } from "../../../http/exchange.ts";

/** Stands in for a caller who does not wait for the answer: it leaves when the answer is cancelled. */
export class BackgroundCaller implements IncomingRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: RequestHeaders;
  readonly remoteAddress: string;
  readonly isOld = false;
  hasLeft = false;
  onLeave: (() => void) | undefined;

  /** @param request the one that the answer was asked for with */
  constructor(
    request: IncomingRequest,
    private readonly body: Uint8Array,
  ) {
    this.method = request.method;
    this.path = request.path;
    this.query = request.query;
    this.headers = request.headers;
    this.remoteAddress = request.remoteAddress;
  }

  readonly readBody = (): Uint8Array => this.body;

  /** The answer is not wanted any more. */
  leave(): void {
    if (this.hasLeft) return;
    this.hasLeft = true;
    this.onLeave?.();
  }
}
