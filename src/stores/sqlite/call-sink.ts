import type { CallRecord } from "../../canonical/call-record.ts";
import type { CallSink } from "../ports.ts";
import { type FromWriter, rowValues, type ToWriter } from "./call-batch.ts";

/** Settings of a serving thread's end of the call log. */
export interface CallSinkOptions {
  /** Leads to the writer; see `startCallLog`. */
  readonly port: MessagePort;
  /** Rows that wait or are on their way at most; more are lost. Default 50,000. */
  readonly maxQueuedRows?: number;
  /** Rows of a batch, default 512. */
  readonly maxBatchRows?: number;
  /** Milliseconds until an incomplete batch goes out, default 100. */
  readonly flushIntervalMs?: number;
  /** Told when rows are lost or cannot be stored, at most once in `problemIntervalMs`. */
  readonly onProblem?: (problem: string) => void;
  /** Default 10,000. */
  readonly problemIntervalMs?: number;
}

/** Makes the sink of one thread. A row costs an array element; batches are encoded and posted as one string. */
export function createCallSink(options: CallSinkOptions): CallSink {
  return new BatchingSink(options);
}

class BatchingSink implements CallSink {
  readonly #port: MessagePort;
  readonly #maxQueuedRows: number;
  readonly #maxBatchRows: number;
  readonly #flushIntervalMs: number;
  readonly #problemIntervalMs: number;
  readonly #onProblem: (problem: string) => void;
  #rows: CallRecord[] = [];
  #inFlight = 0;
  #lost = 0;
  #unreportedLoss = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastProblem = Number.NEGATIVE_INFINITY;
  readonly #waiting = new Set<() => void>();

  constructor(options: CallSinkOptions) {
    this.#port = options.port;
    this.#maxQueuedRows = options.maxQueuedRows ?? 50_000;
    this.#maxBatchRows = options.maxBatchRows ?? 512;
    this.#flushIntervalMs = options.flushIntervalMs ?? 100;
    this.#problemIntervalMs = options.problemIntervalMs ?? 10_000;
    this.#onProblem = options.onProblem ?? (() => {});
    this.#port.onmessage = (event: { readonly data: FromWriter }) => this.#stored(event.data);
  }

  record = (row: CallRecord): void => {
    if (this.#rows.length + this.#inFlight >= this.#maxQueuedRows) {
      this.#lose(1, "the queue is full");
      return;
    }
    this.#rows.push(row);
    if (this.#rows.length >= this.#maxBatchRows) this.#send();
    else this.#timer ??= setTimeout(() => this.#send(), this.#flushIntervalMs);
  };

  flush = async (): Promise<void> => {
    this.#send();
    if (this.#inFlight === 0) return;
    await new Promise<void>((resolve) => this.#waiting.add(resolve));
  };

  lost = (): number => this.#lost;

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const rows = this.#rows;
    if (rows.length === 0 && this.#unreportedLoss === 0) return;
    this.#rows = [];
    const encoded = encode(rows);
    if (encoded.lost > 0) this.#lose(encoded.lost, "a row cannot be encoded");
    const batch: ToWriter = {
      type: "batch",
      rows: encoded.text,
      count: encoded.count,
      lost: this.#unreportedLoss,
    };
    this.#unreportedLoss = 0;
    this.#inFlight += encoded.count;
    this.#port.postMessage(batch);
  }

  #stored({ count, lost, problem }: FromWriter): void {
    this.#inFlight -= count;
    // The writer has noted these itself, if it can note anything at all.
    this.#lost += lost;
    if (problem !== null) this.#report(problem);
    if (this.#inFlight > 0) return;
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  #lose(rows: number, reason: string): void {
    this.#lost += rows;
    this.#unreportedLoss += rows;
    this.#timer ??= setTimeout(() => this.#send(), this.#flushIntervalMs);
    this.#report(`rows of the call log were lost: ${reason}`);
  }

  #report(problem: string): void {
    const now = performance.now();
    if (now - this.#lastProblem < this.#problemIntervalMs) return;
    this.#lastProblem = now;
    this.#onProblem(problem);
  }
}

function encode(rows: readonly CallRecord[]): {
  readonly text: string;
  readonly count: number;
  readonly lost: number;
} {
  try {
    return { text: JSON.stringify(rows.map(rowValues)), count: rows.length, lost: 0 };
  } catch {
    return encodeOneByOne(rows);
  }
}

function encodeOneByOne(rows: readonly CallRecord[]): ReturnType<typeof encode> {
  const texts = rows.flatMap((row) => {
    try {
      return [JSON.stringify(rowValues(row))];
    } catch {
      return [];
    }
  });
  return { text: `[${texts.join(",")}]`, count: texts.length, lost: rows.length - texts.length };
}
