import type { CallRecord } from "../../canonical/call-record.ts";
import type { CallSink } from "../ports.ts";
import { BatchLine } from "./batch-line.ts";
import { encodeRows } from "./encode-rows.ts";
import { LossReporter } from "./loss-reporter.ts";

/** Settings of a thread's end of the call log. */
export interface CallSinkOptions {
  /** Leads to the writer; see `startCallLog`. */
  readonly port: MessagePort;
  /**
   * Rows that wait or are on their way at most; more are lost. Default 50,000: 15 MB as a rule, and no more
   * than 150 MB when every text is as long as it may be.
   */
  readonly maxQueuedRows?: number;
  /** Rows of a batch, default 512. */
  readonly maxBatchRows?: number;
  /** Milliseconds until an incomplete batch goes out, default 100. */
  readonly flushIntervalMs?: number;
  /** Told how many rows were lost and why, soon after the first one and then at most once in `problemIntervalMs`. */
  readonly onProblem?: (problem: string) => void;
  /** Default 10,000. */
  readonly problemIntervalMs?: number;
}

/** Makes the sink of one thread. A row costs an array element; batches are encoded and handed over as one text. */
export function createCallSink(options: CallSinkOptions): CallSink {
  return new BatchingSink(options);
}

class BatchingSink implements CallSink {
  readonly #maxQueuedRows: number;
  readonly #maxBatchRows: number;
  readonly #flushIntervalMs: number;
  readonly #losses: LossReporter;
  readonly #line: BatchLine;
  #rows: CallRecord[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Lost rows that the writer has not noted yet. */
  #untold = 0;
  /** Batches that could not be stored. */
  #failures = 0;

  constructor(options: CallSinkOptions) {
    this.#maxQueuedRows = options.maxQueuedRows ?? 50_000;
    this.#maxBatchRows = options.maxBatchRows ?? 512;
    this.#flushIntervalMs = options.flushIntervalMs ?? 100;
    this.#losses = new LossReporter({
      onProblem: options.onProblem ?? (() => {}),
      intervalMs: options.problemIntervalMs ?? 10_000,
      schedule: (run, ms) => void setTimeout(run, ms).unref(),
    });
    this.#line = new BatchLine(options.port, {
      onFailed: (batch, problem) => {
        this.#failures++;
        this.#untold += batch.lost;
        this.#lose(batch.rows, problem);
      },
    });
  }

  record = (row: CallRecord): void => {
    if (this.#rows.length + this.#line.rows >= this.#maxQueuedRows) return this.#lose(1, FULL);
    if (this.#rows.push(row) >= this.#maxBatchRows) this.#send();
    else if (this.#timer === undefined) this.#arm();
  };

  flush = async (): Promise<void> => {
    await this.#flush();
    this.#losses.tell();
  };

  lost = (): number => this.#losses.total;

  async #flush(): Promise<void> {
    const failures = this.#failures;
    this.#send();
    await this.#line.settled();
    // What was lost meanwhile is told as well, unless the file cannot be written anyway.
    if (this.#untold === 0 || this.#failures > failures) return;
    this.#send();
    await this.#line.settled();
  }

  #arm(): void {
    this.#timer ??= setTimeout(() => this.#send(), this.#flushIntervalMs).unref();
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#rows.length === 0) {
      if (this.#untold === 0) return;
      // Losses alone can wait: a writer that is stuck must not be sent a batch for each interval.
      if (!this.#line.isSettled) return this.#arm();
    }
    const { refused, problem, ...encoded } = encodeRows(this.#rows);
    this.#rows = [];
    if (refused > 0) this.#lose(refused, problem);
    const untold = this.#untold;
    this.#untold = 0;
    this.#line.send({ ...encoded, lost: untold });
  }

  /** Counts rows as lost and sees to it that the writer is told. */
  #lose(rows: number, problem: string): void {
    this.#untold += rows;
    if (rows > 0) this.#losses.count(rows, problem);
    if (this.#untold > 0 && !this.#line.isClosed) this.#arm();
  }
}

const FULL = "more calls end than can be written";
