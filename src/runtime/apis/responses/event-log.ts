/** Events of a stream, one after the other. */
export interface EventBatch {
  /** Their wire text, framing included, in UTF-8. */
  readonly bytes: Uint8Array;
  /** Number of the last of them; of the one before where there is none. */
  readonly last: number;
  /** No more will come. */
  readonly isEnd: boolean;
}

/** Told what comes next; nothing where it is not kept any more. */
export type BatchListener = (batch: EventBatch | undefined) => void;

/** Where the events of one answer are had from. */
export interface EventSource {
  /**
   * What comes behind an event, at once or as soon as there is something.
   * @param after number of the event; -1 for the beginning
   */
  readonly next: (after: number, listener: BatchListener) => void;
}

/** Bytes of one batch at most, unless a single event is larger: callers are served at their own pace. */
const BATCH_BYTES = 64 * 1024;

/** What an event takes beside its bytes. An estimate, in bytes. */
const OVERHEAD = 100;

const NOTHING = new Uint8Array();

/** The newest events of a stream, numbered from 0. */
export class EventLog implements EventSource {
  readonly #events: Uint8Array[] = [];
  /** Number of the oldest that is kept. */
  #first = 0;
  #bytes = 0;
  #state: "open" | "ended" | "dropped" = "open";
  #waiting: { readonly after: number; readonly listener: BatchListener }[] = [];

  /** Bytes that are kept. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Takes the next event and tells it to whoever waits. */
  push(event: Uint8Array): void {
    if (this.#state !== "open") return;
    this.#events.push(event);
    this.#bytes += event.length + OVERHEAD;
    this.#wake();
  }

  /** Nothing comes any more. */
  end(): void {
    if (this.#state === "open") this.#state = "ended";
    this.#wake();
  }

  /** Keeps nothing any more. */
  drop(): void {
    this.#state = "dropped";
    this.#bytes = 0;
    this.#events.length = 0;
    this.#wake();
  }

  /** Lets the oldest go until no more than this is kept. */
  trim(maxBytes: number): void {
    let count = 0;
    while (this.#bytes > maxBytes && count < this.#events.length)
      this.#bytes -= (this.#events[count++]?.length ?? 0) + OVERHEAD;
    if (count === 0) return;
    this.#events.splice(0, count);
    this.#first += count;
  }

  /** Whether all that comes behind an event is kept. */
  has(after: number): boolean {
    return this.#state !== "dropped" && after + 1 >= this.#first;
  }

  next(after: number, listener: BatchListener): void {
    const isReached = after + 1 >= this.#first + this.#events.length;
    if (!this.has(after)) listener(undefined);
    else if (!isReached) listener(this.#from(after + 1 - this.#first));
    else if (this.#state === "ended") listener({ bytes: NOTHING, last: after, isEnd: true });
    else this.#waiting.push({ after, listener });
  }

  #from(index: number): EventBatch {
    let end = index;
    let length = 0;
    do length += this.#events[end++]?.length ?? 0;
    while (end < this.#events.length && length < BATCH_BYTES);
    return {
      bytes: Buffer.concat(this.#events.slice(index, end)),
      last: this.#first + end - 1,
      isEnd: this.#state === "ended" && end === this.#events.length,
    };
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { after, listener } of waiting) this.next(after, listener);
  }
}
