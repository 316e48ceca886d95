import type { Database } from "bun:sqlite";
import type { Clock } from "../../kernel/clock.ts";
import type { CallBatch } from "./call-log-protocol.ts";

/** A batch and whose it is. */
export interface SinkBatch {
  readonly sink: string;
  readonly batch: CallBatch;
}

/** The tables of the call log, as its writer uses them. */
export class CallLogStore {
  readonly #clock: Clock;
  readonly #storeAll: (batches: readonly SinkBatch[]) => void;
  readonly #insertBatch;
  readonly #insertLoss;
  readonly #advanceSink;
  readonly #readSink;
  readonly #deleteBatches;
  readonly #database: Database;

  /** Takes a database that is migrated. */
  constructor(database: Database, clock: Clock) {
    this.#clock = clock;
    this.#database = database;
    this.#insertBatch = database.prepare<void, (string | number)[]>(INSERT_BATCH);
    this.#insertLoss = database.prepare<void, number[]>("INSERT INTO call_loss (time, rows) VALUES (?, ?)");
    this.#advanceSink = database.prepare<void, (string | number)[]>(ADVANCE_SINK);
    this.#readSink = database.prepare<{ readonly batch: number }, [string]>(
      "SELECT batch FROM call_sinks WHERE sink = ?",
    );
    this.#deleteBatches = database.prepare<void, number[]>(DELETE_BATCHES);
    const storeAll = database.transaction((batches: readonly SinkBatch[]) => this.#storeInTurn(batches));
    this.#storeAll = (batches) => storeAll.immediate(batches);
  }

  /** Number of the last batch of a sink that is stored, 0 for none. */
  lastBatch(sink: string): number {
    return this.#readSink.get(sink)?.batch ?? 0;
  }

  /**
   * Stores batches in one transaction, all or none.
   * @throws Error when nothing was stored: the disk is full, the file is locked.
   */
  store(batches: readonly SinkBatch[]): void {
    this.#storeAll(batches);
  }

  /**
   * Removes batches of which every call began before a time, `limit` at most, and what else is as old. The newest
   * batch stays. Answers whether there may be more.
   */
  prune(beforeMs: number, limit: number): boolean {
    const { changes } = this.#deleteBatches.run(beforeMs, limit);
    this.#database.run("DELETE FROM call_loss WHERE time < ?", [beforeMs]);
    this.#database.run("DELETE FROM call_sinks WHERE time < ?", [beforeMs]);
    return changes === limit;
  }

  /** Closes the file at once; without `true` it stays open until the statements are collected. */
  close(): void {
    this.#database.close(true);
  }

  #storeInTurn(batches: readonly SinkBatch[]): void {
    const now = this.#clock.now();
    let lost = 0;
    for (const { sink, batch } of batches) {
      const { rows, firstTime, lastTime, kinds, calls } = batch;
      if (rows > 0) this.#insertBatch.run(rows, firstTime, lastTime, kinds, calls);
      this.#advanceSink.run(sink, batch.number, now);
      lost += batch.lost;
    }
    if (lost > 0) this.#insertLoss.run(now, lost);
  }
}

const INSERT_BATCH = `
INSERT INTO call_batches (position, rows, first_time, last_time, kinds, calls)
VALUES (
  coalesce((SELECT position + rows FROM call_batches ORDER BY position DESC LIMIT 1), 1), ?, ?, ?, ?, ?
)`;

const ADVANCE_SINK = `
INSERT INTO call_sinks (sink, batch, time) VALUES (?, ?, ?)
ON CONFLICT (sink) DO UPDATE SET batch = excluded.batch, time = excluded.time`;

/** Batches stand nearly in the order of their times, so the old ones are found at the front. */
const DELETE_BATCHES = `
DELETE FROM call_batches WHERE last_time < ? AND position IN (
  SELECT position FROM call_batches
  WHERE position < (SELECT max(position) FROM call_batches) ORDER BY position LIMIT ?
)`;
