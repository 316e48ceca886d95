import type { ReadableStreamDefaultReader } from "node:stream/web";

/**
 * Milliseconds that output may still take to arrive when the process that wrote it has ended. What it left running in a
 * group of its own may hold the other end for ever.
 */
const GRACE_MS = 1_000;

/** Reads what a process prints, so that it is not held up, and only notes whether there is any. */
export class WatchedOutput {
  readonly #readers: readonly ReadableStreamDefaultReader<Uint8Array>[];
  readonly #ended: Promise<unknown>;
  #hasPrinted = false;

  constructor(streams: readonly ReadableStream<Uint8Array>[]) {
    this.#readers = streams.map((stream) => stream.getReader());
    this.#ended = Promise.all(this.#readers.map((reader) => this.#read(reader)));
  }

  /** Whether anything was printed; called when the process has ended. */
  async hasPrinted(): Promise<boolean> {
    const timer = setTimeout(() => {
      for (const reader of this.#readers) void reader.cancel();
    }, GRACE_MS);
    await this.#ended;
    clearTimeout(timer);
    return this.#hasPrinted;
  }

  async #read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      if (value.length > 0) this.#hasPrinted = true;
    }
  }
}
