/** Milliseconds between two looks at whether a thread answers. */
export const BEAT_MS = 1_000;

/** Looks without an answer after which a thread counts as stuck: about 10 s. */
const MOST_SILENT = 10;

/** The same while it prepares an artifact, which runs the config's own modules and builds tables: about 15 s. */
const MOST_SILENT_PREPARING = 15;

/**
 * Counts how long a thread has not answered. In looks and not by the clock: where the process was suspended, or the
 * main thread was busy itself, answers wait behind the look, and the silence was not the thread's.
 */
export class Heartbeat {
  /** Whether the thread prepares an artifact. */
  isPreparing = false;
  readonly #ping: () => void;
  #silent = 0;
  #waits = false;

  /** @param ping asks the thread; `answered` is to be called when it answers */
  constructor(ping: () => void) {
    this.#ping = ping;
  }

  /** Takes note of an answer. */
  answered(): void {
    this.#waits = false;
    this.#silent = 0;
  }

  /** Looks, every `BEAT_MS`. Answers whether the thread counts as stuck. */
  look(): boolean {
    if (this.#waits) this.#silent++;
    else {
      this.#waits = true;
      this.#ping();
    }
    return this.#silent >= (this.isPreparing ? MOST_SILENT_PREPARING : MOST_SILENT);
  }
}
