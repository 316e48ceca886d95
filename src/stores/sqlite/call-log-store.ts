import type { Database } from "bun:sqlite";
import { SQLiteError } from "bun:sqlite";
import type { Clock } from "../../kernel/clock.ts";
import type { CallBatch, SinkProgress } from "./call-log-protocol.ts";
import { callColumns } from "./call-log-schema.ts";
import type { CallValue } from "./call-values.ts";
import { reasonOf } from "./guard-state-file.ts";

/** A batch and whose it is. */
export interface SinkBatch {
  readonly sink: string;
  readonly batch: CallBatch;
}

/** What became of a batch. */
export interface StoredBatch {
  readonly progress: SinkProgress;
  /** Why some of its rows were refused. */
  readonly problem: string | null;
}

const COLUMNS = callColumns.length;

/** Milliseconds between two rows of `call_times`. */
const TIME_INTERVAL_MS = 1_000;

/** The tables of the call log, as its writer uses them. */
export class CallLogStore {
  readonly #clock: Clock;
  readonly #storeAll: (batches: readonly SinkBatch[]) => readonly StoredBatch[];
  readonly #insertCall;
  readonly #insertLoss;
  readonly #insertTime;
  readonly #advanceSink;
  readonly #readSink;
  readonly #deleteCalls;
  readonly #database: Database;
  #notedAtMs = 0;

  /** Takes a database that is migrated. */
  constructor(database: Database, clock: Clock) {
    this.#clock = clock;
    this.#database = database;
    const places = callColumns.map(() => "?").join(", ");
    this.#insertCall = database.prepare<void, CallValue[]>(
      `INSERT INTO calls (${callColumns.join(", ")}) VALUES (${places})`,
    );
    this.#insertLoss = database.prepare<void, number[]>("INSERT INTO call_loss (time, rows) VALUES (?, ?)");
    this.#insertTime = database.prepare<void, number[]>(INSERT_TIME);
    this.#advanceSink = database.prepare<SinkProgress, (string | number)[]>(ADVANCE_SINK);
    this.#readSink = database.prepare<SinkProgress, [string]>(
      "SELECT batch, refused FROM call_sinks WHERE sink = ?",
    );
    this.#deleteCalls = database.prepare<void, number[]>(DELETE_CALLS);
    const storeAll = database.transaction((batches: readonly SinkBatch[]) => this.#storeInTurn(batches));
    this.#storeAll = (batches) => storeAll.immediate(batches);
  }

  /** How far the batches of a sink are stored. */
  progress(sink: string): SinkProgress {
    return this.#readSink.get(sink) ?? { batch: 0, refused: 0 };
  }

  /**
   * Stores batches in one transaction, all or none. A row that the tables refuse is left out and noted as lost.
   * @throws Error when nothing was stored: the disk is full, the file is locked.
   */
  store(batches: readonly SinkBatch[]): readonly StoredBatch[] {
    return this.#storeAll(batches);
  }

  /**
   * Removes calls that began before a time, `limit` at most, and what else is as old. The newest row stays.
   * Answers whether there may be more.
   */
  prune(beforeMs: number, limit: number): boolean {
    const { changes } = this.#deleteCalls.run(beforeMs, limit);
    this.#database.run("DELETE FROM call_times WHERE time < ?", [beforeMs]);
    this.#database.run("DELETE FROM call_loss WHERE time < ?", [beforeMs]);
    this.#database.run("DELETE FROM call_sinks WHERE time < ?", [beforeMs]);
    return changes === limit;
  }

  /** Closes the file at once; without `true` it stays open until the statements are collected. */
  close(): void {
    this.#database.close(true);
  }

  #storeInTurn(batches: readonly SinkBatch[]): readonly StoredBatch[] {
    const now = this.#clock.now();
    this.#noteTime(now);
    let lost = 0;
    const stored = batches.map(({ sink, batch }) => {
      const { refused, problem } = this.#insertRows(batch);
      lost += batch.lost + refused;
      const progress = this.#advanceSink.get(sink, batch.number, refused, now);
      return { progress: progress ?? { batch: batch.number, refused }, problem };
    });
    if (lost > 0) this.#insertLoss.run(now, lost);
    return stored;
  }

  #noteTime(now: number): void {
    if (Math.abs(now - this.#notedAtMs) < TIME_INTERVAL_MS) return;
    this.#insertTime.run(now);
    this.#notedAtMs = now;
  }

  #insertRows({ values: text }: CallBatch): { readonly refused: number; readonly problem: string | null } {
    const values = JSON.parse(text) as CallValue[];
    let refused = 0;
    let problem: string | null = null;
    for (let at = 0; at < values.length; at += COLUMNS) {
      try {
        this.#insertCall.run(...values.slice(at, at + COLUMNS));
      } catch (thrown) {
        if (!isOfRow(thrown)) throw thrown;
        refused++;
        problem ??= `a row was refused: ${reasonOf(thrown)}`;
      }
    }
    return { refused, problem };
  }
}

const ADVANCE_SINK = `
INSERT INTO call_sinks (sink, batch, refused, time) VALUES (?, ?, ?, ?)
ON CONFLICT (sink) DO UPDATE SET batch = excluded.batch, refused = refused + excluded.refused, time = excluded.time
RETURNING batch, refused`;

const INSERT_TIME = `
INSERT OR REPLACE INTO call_times (time, position) SELECT ?, coalesce(max(position), 0) + 1 FROM calls`;

/** Calls stand nearly in the order of their times, so the old ones are found at the front. */
const DELETE_CALLS = `
DELETE FROM calls WHERE time < ? AND position IN (
  SELECT position FROM calls WHERE position < (SELECT max(position) FROM calls) ORDER BY position LIMIT ?
)`;

/** Whether the row is at fault and not the file: only this row is lost then. */
function isOfRow(thrown: unknown): boolean {
  if (!(thrown instanceof SQLiteError)) return true;
  return /^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG)/.test(thrown.code ?? "");
}
