import { errorEvent } from "../../../dialects/openai-responses/error.ts";
import type { ReplyProducer, ReplySink } from "../../../http/exchange.ts";
import { LatchkeyError } from "../../../kernel/error.ts";
import { ingressError } from "../../exchange/error-kind.ts";
import type { EventBatch, EventSource } from "./event-log.ts";

const encoder = new TextEncoder();

/** Who follows, and is told how it has ended. */
export interface Following {
  /** Id of the request that follows. */
  readonly requestId: string;
  /** @param error why the caller could not be told all of it */
  readonly onEnd: (writtenBytes: number, error?: LatchkeyError) => void;
  readonly onLeave: (writtenBytes: number) => void;
}

/** Tells a caller the events behind one that it has, until the last: those that are kept, and then as they come. */
export class FollowedEvents implements ReplyProducer {
  readonly #source: EventSource;
  readonly #end: Following;
  #after: number;
  #sink: ReplySink | undefined;
  #writtenBytes = 0;
  #isAsking = false;
  #isPaused = false;
  #isOver = false;

  /** @param after number of the last event that the caller has; -1 for none */
  constructor(source: EventSource, after: number, end: Following) {
    this.#source = source;
    this.#after = after;
    this.#end = end;
  }

  start(sink: ReplySink): void {
    this.#sink = sink;
    this.#ask();
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    this.#ask();
  }

  leave(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#end.onLeave(this.#writtenBytes);
  }

  #ask(): void {
    if (this.#isAsking || this.#isPaused || this.#isOver) return;
    this.#isAsking = true;
    this.#source.next(this.#after, (batch) => this.#take(batch));
  }

  #take(batch: EventBatch | undefined): void {
    this.#isAsking = false;
    if (this.#isOver) return;
    if (batch === undefined) {
      const error = new LatchkeyError("LK-2121");
      this.#write(encoder.encode(errorEvent(ingressError(error, this.#end.requestId), this.#after + 1)));
      return this.#close(error);
    }
    this.#after = batch.last;
    this.#write(batch.bytes);
    if (batch.isEnd) this.#close();
    else this.#ask();
  }

  #write(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#writtenBytes += bytes.length;
    this.#sink?.write(bytes);
    this.#sink?.flush();
  }

  #close(error?: LatchkeyError): void {
    this.#isOver = true;
    this.#end.onEnd(this.#writtenBytes, error);
    this.#sink?.close();
  }
}
