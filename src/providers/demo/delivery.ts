import type { ErrorCode } from "../../kernel/codes.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import {
  responseHeaders,
  type UpstreamHandle,
  type UpstreamReceiver,
  type UpstreamTimeouts,
} from "../../upstream/upstream.ts";
import type { AnswerPiece, DemoAnswer } from "./answer.ts";
import type { StartTimer } from "./timer.ts";

/** Pieces sent in one turn of the event loop, so that a long answer does not hold up others. */
const PIECES_PER_TURN = 32;

/** What a delivery needs. */
export interface DeliveryOptions {
  readonly receiver: UpstreamReceiver;
  readonly timeouts: UpstreamTimeouts;
  readonly startTimer: StartTimer;
}

/** Sends one answer to its receiver at the pace that the answer sets and the receiver allows. */
export class Delivery implements UpstreamHandle {
  readonly #options: DeliveryOptions;
  #answer: DemoAnswer | undefined;
  #pieces: Iterator<AnswerPiece> | undefined;
  #next: AnswerPiece | undefined;
  #headSent = false;
  #paused = false;
  #done = false;
  #cancelTurn: (() => void) | undefined;
  #cancelFirstByte: (() => void) | undefined;
  #cancelIdle: (() => void) | undefined;
  #cancelTotal: (() => void) | undefined;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    const { firstByteMs, totalMs } = options.timeouts;
    this.#cancelFirstByte = this.#limit(firstByteMs, "LK-3004");
    this.#cancelTotal = this.#limit(totalMs, "LK-3006");
  }

  /** Whether nothing more will come. */
  get done(): boolean {
    return this.#done;
  }

  /** Begins to send. Does nothing when the call is over already. */
  start(answer: DemoAnswer): void {
    if (this.#done) return;
    this.#answer = answer;
    this.#pieces = answer.pieces[Symbol.iterator]();
    this.#advance();
    this.#turnAfter(this.#next?.delayMs ?? 0);
  }

  /** Ends the call with an error. */
  fail(error: LatchkeyError): void {
    if (this.#done) return;
    this.#finish();
    this.#options.receiver.onError(error);
  }

  pause(): void {
    this.#paused = true;
    this.#cancelIdle?.();
    this.#cancelIdle = undefined;
  }

  resume(): void {
    if (!this.#paused || this.#done) return;
    this.#paused = false;
    if (this.#answer === undefined) return;
    if (this.#headSent) this.#watchIdle();
    // A turn that is still to come goes on by itself.
    if (this.#cancelTurn === undefined) this.#turnAfter(0);
  }

  abort(): void {
    if (!this.#done) this.#finish();
  }

  #turnAfter(delayMs: number): void {
    this.#cancelTurn = this.#options.startTimer(delayMs, () => {
      this.#cancelTurn = undefined;
      this.#turn();
    });
  }

  #turn(): void {
    for (let sent = 0; sent < PIECES_PER_TURN; sent++) {
      if (this.#paused || this.#done) return;
      const piece = this.#next;
      if (piece === undefined) {
        this.#end();
        return;
      }
      this.#advance();
      this.#send(piece);
      const delayMs = this.#next?.delayMs ?? 0;
      if (delayMs > 0) {
        if (!this.#done) this.#turnAfter(delayMs);
        return;
      }
    }
    if (!this.#done) this.#turnAfter(0);
  }

  #send(piece: AnswerPiece): void {
    this.#sendHead();
    if (this.#done) return;
    this.#cancelFirstByte?.();
    this.#cancelFirstByte = undefined;
    this.#watchIdle();
    this.#options.receiver.onData(piece.bytes);
  }

  #sendHead(): void {
    if (this.#headSent || this.#answer === undefined) return;
    this.#headSent = true;
    const { status, headers, contentLength } = this.#answer;
    this.#options.receiver.onHead({ status, headers: responseHeaders(headers), contentLength });
  }

  #end(): void {
    const ending = this.#answer?.ending;
    // A stalled answer has no end of its own: a time limit or the caller ends it.
    if (ending === "stall") return;
    if (ending === "cut") {
      this.fail(new LatchkeyError("LK-3008"));
      return;
    }
    this.#finish();
    this.#options.receiver.onEnd();
  }

  #advance(): void {
    const step = this.#pieces?.next();
    this.#next = step?.done === false ? step.value : undefined;
  }

  #watchIdle(): void {
    this.#cancelIdle?.();
    this.#cancelIdle = this.#paused ? undefined : this.#limit(this.#options.timeouts.idleMs, "LK-3005");
  }

  #limit(limitMs: number, code: ErrorCode): (() => void) | undefined {
    if (limitMs <= 0) return undefined;
    return this.#options.startTimer(limitMs, () => this.fail(new LatchkeyError(code)));
  }

  #finish(): void {
    this.#done = true;
    this.#cancelTurn?.();
    this.#cancelFirstByte?.();
    this.#cancelIdle?.();
    this.#cancelTotal?.();
    this.#pieces = undefined;
    this.#next = undefined;
  }
}
