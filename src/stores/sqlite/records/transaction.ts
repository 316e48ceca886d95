import type { Database } from "bun:sqlite";
import type { Clock } from "../../../kernel/clock.ts";
import { LatchkeyError } from "../../../kernel/error.ts";
import type { RecordTransaction } from "../../record-store.ts";
import { guardStateFile } from "../guard-state-file.ts";
import { appendAudit } from "./audit-log.ts";
import { countRecords, getRecord, listRecords } from "./read-records.ts";
import { insertRecord, removeRecord, updateRecord } from "./write-records.ts";

/** What reads and writes are done with. */
export interface RecordFile {
  /** For messages: what the file is and where. */
  readonly subject: string;
  /** Of the cursors. */
  readonly secret: Uint8Array;
  readonly clock: Clock;
}

/** A transaction, which can be used until it is ended. */
export interface OpenTransaction extends RecordTransaction {
  readonly end: () => void;
  /** @throws what went wrong in the file, even if the work went on: half a record must not be kept. */
  readonly check: () => void;
}

/** Reads and writes on a connection that has begun a transaction. */
export function openTransaction(database: Database, { subject, secret, clock }: RecordFile): OpenTransaction {
  let ended = false;
  let failure: LatchkeyError | undefined;
  const run = async <T>(work: () => T): Promise<T> => {
    try {
      return guardStateFile(subject, () => {
        if (ended) throw new Error("its transaction has ended");
        return work();
      });
    } catch (thrown) {
      if (thrown instanceof LatchkeyError && thrown.code === "LK-6105") failure = thrown;
      throw thrown;
    }
  };
  return {
    get: (kind, id) => run(() => getRecord(database, kind, id)),
    list: (query) => run(() => listRecords(database, secret, query)),
    count: (query) => run(() => countRecords(database, query)),
    insert: (record) => run(() => insertRecord(database, record, clock.now())),
    update: (kind, id, version, body) =>
      run(() => updateRecord(database, { kind, id, version, body }, clock.now())),
    remove: (kind, id) => run(() => removeRecord(database, kind, id)),
    audit: (entry) => run(() => appendAudit(database, entry, clock.now())),
    end() {
      ended = true;
    },
    check() {
      if (failure !== undefined) throw failure;
    },
  };
}
