import { LatchkeyError, toLatchkeyError } from "../../kernel/error.ts";
import type { ProviderConnection } from "../../providers/provider.ts";
import type { UpstreamHandle, UpstreamResponseHead, UpstreamTimeouts } from "../../upstream/upstream.ts";
import type { Attempt } from "../attempt.ts";
import type { OutgoingRequest } from "./call-targets.ts";

/** Requests of one question that are under way at once. */
const AT_ONCE = 8;

/** What it takes to ask one target in several requests. */
export interface PartCallsOptions {
  readonly requests: readonly OutgoingRequest[];
  readonly connection: ProviderConnection;
  /** `totalMs` is for all of them together. */
  readonly timeouts: UpstreamTimeouts;
  /** Together they may be no larger. */
  readonly maxBytes: number;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  readonly onFirstByte: () => void;
  readonly onRepeat: () => void;
  /** Takes a whole answer of status 2xx; answers whether it is one. */
  readonly take: (index: number, head: UpstreamResponseHead, body: Uint8Array) => boolean;
}

/**
 * One attempt that is several requests, since the vendor takes only so much in one. All have to be answered: the first
 * that is not is the attempt's answer, and the others end with it. The attempt is handed no bodies of those that are
 * good: they were taken.
 */
export class PartCalls implements UpstreamHandle {
  readonly #attempt: Attempt;
  readonly #options: PartCallsOptions;
  readonly #startedMs: number;
  readonly #underWay = new Set<UpstreamHandle>();
  #next = 0;
  #answered = 0;
  #bytes = 0;
  #isOver = false;
  /** The one that has failed, whose words are still coming. */
  #failing: number | undefined;

  constructor(attempt: Attempt, options: PartCallsOptions) {
    this.#attempt = attempt;
    this.#options = options;
    this.#startedMs = options.now();
  }

  /** Begins; the attempt hears of the end, and never before this returns. */
  start(): void {
    for (let begun = 0; begun < AT_ONCE; begun++) this.#askNext();
  }

  abort(): void {
    this.#isOver = true;
    this.#endOthers(undefined);
  }

  /** What is taken whole is read at once. */
  pause(): void {}

  resume(): void {}

  #askNext(): void {
    const index = this.#next;
    const request = this.#options.requests[index];
    if (request === undefined || this.#isOver || this.#failing !== undefined) return;
    this.#next++;
    const { authorize } = this.#options.connection;
    if (authorize === undefined) return this.#send(index, request, request.ownHead ?? request.head);
    Promise.resolve()
      .then(() => authorize(request.head, request.body))
      .then((head) => this.#send(index, { ...request, head }, head))
      .catch((thrown: unknown) => this.#fail(toLatchkeyError(thrown)));
  }

  #send(index: number, { head, body }: OutgoingRequest, ownHead: string): void {
    if (this.#isOver || this.#failing !== undefined) return;
    const { connection, timeouts, onRepeat } = this.#options;
    const pieces: Uint8Array[] = [];
    let answer: UpstreamResponseHead | undefined;
    const left = timeouts.totalMs - (this.#options.now() - this.#startedMs);
    const handle = connection.upstream.send({
      head,
      body,
      timeouts: timeouts.totalMs === 0 ? timeouts : { ...timeouts, totalMs: Math.max(1, Math.ceil(left)) },
      onRepeat,
      receiver: {
        onHead: (told) => {
          answer = told;
          this.#options.onFirstByte();
          if (told.status < 300) this.#attempt.openParts++;
          else if (this.#failing === undefined) {
            this.#failing = index;
            this.#endOthers(handle);
          }
        },
        onData: (chunk) => {
          this.#bytes += chunk.length;
          pieces.push(chunk);
          if (this.#bytes > this.#options.maxBytes) this.#fail(tooLarge(this.#options.maxBytes));
        },
        onEnd: () => {
          this.#underWay.delete(handle);
          if (answer !== undefined) this.#hear(index, answer, Buffer.concat(pieces), ownHead);
        },
        onError: (error) => {
          this.#underWay.delete(handle);
          this.#fail(error);
        },
      },
    });
    this.#underWay.add(handle);
  }

  #hear(index: number, head: UpstreamResponseHead, body: Uint8Array, ownHead: string): void {
    if (this.#isOver || (this.#failing !== undefined && this.#failing !== index)) return;
    let isGood: boolean;
    try {
      isGood = head.status < 300 && this.#options.take(index, head, body);
    } catch (thrown) {
      return this.#fail(toLatchkeyError(thrown));
    }
    if (isGood) this.#attempt.openParts--;
    if (isGood && ++this.#answered < this.#options.requests.length) return this.#askNext();
    this.#isOver = true;
    this.#endOthers(undefined);
    this.#attempt.sentHead = ownHead;
    this.#attempt.onHead(head);
    if (!isGood && body.length > 0) this.#attempt.onData(body);
    this.#attempt.onEnd();
  }

  #fail(error: LatchkeyError): void {
    if (this.#isOver) return;
    this.abort();
    this.#attempt.onError(error);
  }

  #endOthers(kept: UpstreamHandle | undefined): void {
    for (const handle of this.#underWay) if (handle !== kept) handle.abort();
    this.#underWay.clear();
    if (kept !== undefined) this.#underWay.add(kept);
  }
}

function tooLarge(maxBytes: number): LatchkeyError {
  return new LatchkeyError("LK-3013", `The model provider's answers are larger than ${maxBytes} bytes.`);
}
