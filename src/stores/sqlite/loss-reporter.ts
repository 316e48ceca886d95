/** Settings of a loss reporter. */
export interface LossReporterOptions {
  /** Told of losses. What it throws is dropped. */
  readonly onProblem: (problem: string) => void;
  /** Milliseconds between two reports at least. */
  readonly intervalMs: number;
  /** Calls back after some milliseconds, without keeping the thread alive. */
  readonly schedule: (run: () => void, ms: number) => void;
}

/** Milliseconds that the first report waits: what is lost comes in masses, and a count of one would mislead. */
const GATHER_MS = 500;

/**
 * Counts rows that are lost and tells how many they are: soon after the first one, then once in an interval as long as
 * more are lost. Every row is in one of the reports.
 */
export class LossReporter {
  readonly #options: LossReporterOptions;
  #total = 0;
  #untold = 0;
  #problem = "";
  /** Whether a report is due, or the interval after one is not over. */
  #isWaiting = false;

  constructor(options: LossReporterOptions) {
    this.#options = options;
  }

  /** Rows so far. */
  get total(): number {
    return this.#total;
  }

  /** Counts rows. @param problem why they are lost */
  count(rows: number, problem: string): void {
    this.#total += rows;
    this.#untold += rows;
    this.#problem = problem;
    if (!this.#isWaiting) this.#wait(Math.min(GATHER_MS, this.#options.intervalMs));
  }

  /** Tells at once what has not been told. */
  tell(): void {
    if (this.#untold === 0) return;
    const rows = this.#untold;
    this.#untold = 0;
    const text = `the call log lost ${inWords(rows)}, ${this.#total.toLocaleString("en-US")} so far: ${this.#problem}`;
    try {
      this.#options.onProblem(text);
    } catch {
      // Whoever is told must not be able to break the request path.
    }
  }

  #wait(ms: number): void {
    this.#isWaiting = true;
    this.#options.schedule(() => {
      const isQuiet = this.#untold === 0;
      this.tell();
      if (isQuiet) this.#isWaiting = false;
      else this.#wait(this.#options.intervalMs);
    }, ms);
  }
}

function inWords(rows: number): string {
  return rows === 1 ? "a row" : `${rows.toLocaleString("en-US")} rows`;
}
