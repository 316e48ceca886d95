import type { Database } from "bun:sqlite";
import { AsyncLocalStorage } from "node:async_hooks";

/** Milliseconds to wait for other processes' transactions. */
const WAIT_MS = 15_000;

/** Milliseconds between two tries, at most. */
const RETRY_MS = 10;

/** How often work is done again that met other work. */
const TRIES = 5;

/**
 * Transactions of one connection, one after the other. While one waits for its work or for another process, the
 * thread goes on with other things: the connection must not wait for locks by itself.
 */
export class TransactionLine {
  readonly #database: Database;
  readonly #inside = new AsyncLocalStorage<true>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Does work between BEGIN and COMMIT, or ROLLBACK where it throws.
   * @throws what the work throws, and Error when the database cannot be written.
   */
  run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inside.getStore() === true)
      return Promise.reject(new Error("a transaction cannot begin inside another one"));
    const result = this.#last.then(() => this.#inside.run(true, () => this.#try(work)));
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Resolves when all that began has ended. */
  async settled(): Promise<void> {
    await this.#last;
  }

  async #try<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#once(work);
      } catch (thrown) {
        if (!isBusy(thrown) || tries === TRIES) throw thrown;
      }
    }
  }

  async #once<T>(work: () => Promise<T>): Promise<T> {
    await this.#begin();
    try {
      const result = await work();
      this.#database.run("COMMIT");
      return result;
    } catch (thrown) {
      // Some errors, such as a full disk, end the transaction by themselves.
      if (this.#database.inTransaction) this.#database.run("ROLLBACK");
      throw thrown;
    }
  }

  async #begin(): Promise<void> {
    const deadline = performance.now() + WAIT_MS;
    for (;;) {
      try {
        this.#database.run("BEGIN IMMEDIATE");
        return;
      } catch (thrown) {
        if (!isBusy(thrown) || performance.now() >= deadline) throw thrown;
      }
      await Bun.sleep(1 + Math.random() * RETRY_MS);
    }
  }
}

/** Whether it was another connection's lock. */
function isBusy(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  if ("code" in thrown && String(thrown.code).startsWith("SQLITE_BUSY")) return true;
  return isBusy(thrown.cause);
}
