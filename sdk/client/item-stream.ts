import type { EventCall } from "./event-call.ts";
import type { ServerSentEvent } from "./sse-parser.ts";

/** What one event means. */
export interface Step<Item> {
  /** Handed on, if there is one. */
  readonly item: Item | undefined;
  /** Whether the stream is complete with it. */
  readonly isLast: boolean;
}

/** Turns events into items. */
export interface EventReader<Item> {
  /** @throws LatchkeyClientError for an event that is an error or makes no sense */
  read(event: ServerSentEvent): Step<Item>;
  /** Whether an event that the end of the bytes left unfinished still completes the stream. */
  isCompleteWith(unfinished: ServerSentEvent): boolean;
}

/**
 * The items of a streamed call, read from the network one by one as they are asked for: back-pressure reaches
 * the gateway. Only `drain` reads ahead; what it reads is kept for an iteration that comes later or goes slower.
 */
export class ItemStream<Item> {
  readonly #call: EventCall;
  readonly #reader: EventReader<Item>;
  readonly #events: ReturnType<EventCall["events"]>;
  readonly #queue: Item[] = [];
  #lastItem: Item | undefined;
  #advancing: Promise<void> | undefined;
  #isOver = false;
  #failure: { readonly error: unknown } | undefined;
  #isFailureTold = false;
  #isIterated = false;

  constructor(call: EventCall, reader: EventReader<Item>) {
    this.#call = call;
    this.#reader = reader;
    this.#events = call.events();
  }

  /**
   * The items. Leaving the iteration before the end aborts the call.
   * @throws TypeError when the stream is already being iterated
   */
  iterate(): AsyncIterableIterator<Item, undefined, undefined> {
    if (this.#isIterated) throw new TypeError("A stream can be iterated only once.");
    this.#isIterated = true;
    const iterator: AsyncIterableIterator<Item, undefined, undefined> = {
      next: () => this.#next(),
      return: async () => this.#leave(),
      [Symbol.asyncIterator]: () => iterator,
    };
    return iterator;
  }

  /**
   * Reads to the end, whether or not anybody iterates.
   * @returns the last item
   * @throws LatchkeyClientError
   */
  async drain(): Promise<Item | undefined> {
    while (!this.#isOver) await this.#advance();
    if (this.#failure !== undefined) throw this.#failure.error;
    return this.#lastItem;
  }

  async #next(): Promise<IteratorResult<Item, undefined>> {
    while (this.#queue.length === 0 && !this.#isOver) await this.#advance();
    const item = this.#queue.shift();
    if (item !== undefined) return { done: false, value: item };
    if (this.#failure !== undefined && !this.#isFailureTold) {
      this.#isFailureTold = true;
      throw this.#failure.error;
    }
    return { done: true, value: undefined };
  }

  #leave(): IteratorResult<Item, undefined> {
    this.#queue.length = 0;
    this.#fail(this.#call.failure("aborted", "The stream was left before its end."));
    this.#isFailureTold = true;
    return { done: true, value: undefined };
  }

  /** Takes one event from the network; all who ask meanwhile wait for the same one. */
  #advance(): Promise<void> {
    this.#advancing ??= this.#step().finally(() => {
      this.#advancing = undefined;
    });
    return this.#advancing;
  }

  async #step(): Promise<void> {
    try {
      const result = await this.#events.next();
      if (this.#isOver) return;
      if (!result.done) return this.#take(this.#reader.read(result.value));
      const unfinished = result.value;
      if (unfinished === undefined || !this.#reader.isCompleteWith(unfinished)) {
        throw this.#call.failure("cut-stream", "The stream ended before its end was said.");
      }
      this.#complete();
    } catch (error) {
      this.#fail(error);
    }
  }

  #take({ item, isLast }: Step<Item>): void {
    if (item !== undefined) {
      this.#lastItem = item;
      this.#queue.push(item);
    }
    if (isLast) this.#complete();
  }

  #complete(): void {
    this.#isOver = true;
    void this.#call.finish();
  }

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#failure = { error };
    this.#call.abort();
  }
}
