import type { Database } from "bun:sqlite";
import { type Clock, systemClock } from "../../../kernel/clock.ts";
import { LatchkeyError } from "../../../kernel/error.ts";
import type { RecordStore, RecordTransaction } from "../../record-store.ts";
import { migrate } from "../database-kind.ts";
import { guardStateFile, reasonOf } from "../guard-state-file.ts";
import { openDatabase } from "../open-database.ts";
import { listAudit, pageAudit } from "./audit-log.ts";
import { changesAfter, forgetChanges, newestChange } from "./changes.ts";
import { countRecords, getRecord, getRecords, listRecords } from "./read-records.ts";
import { recordsKind } from "./schema.ts";
import { openTransaction, type RecordFile } from "./transaction.ts";
import { TransactionLine } from "./transaction-line.ts";
import { verifyAudit } from "./verify-audit.ts";

/** Milliseconds to wait for another process. */
const BUSY_TIMEOUT_MS = 5_000;

/** Two connections: reads beside a transaction must not see what it has not committed. */
interface Connections {
  readonly reader: Database;
  readonly writer: Database;
  readonly secret: Uint8Array;
}

/**
 * Opens the records, making the file where it is missing. Several processes may have it open.
 * @throws LatchkeyError LK-6105 when it cannot be opened or is something else.
 */
export function openRecords(file: string, clock: Clock = systemClock): RecordStore {
  const subject = `The record store ${file}`;
  const { reader, writer, secret } = guardStateFile(subject, () => connect(file));
  const line = new TransactionLine(writer);
  const opened: RecordFile = { subject, secret, clock };
  const read = async <T>(work: () => T): Promise<T> => guardStateFile(subject, work);
  let closed = false;
  return {
    get: (kind, id) => read(() => getRecord(reader, kind, id)),
    getAll: (kind, ids) => read(() => getRecords(reader, kind, ids)),
    list: (query) => read(() => listRecords(reader, secret, query)),
    count: (query) => read(() => countRecords(reader, query)),
    transact: (work) => transact(line, writer, opened, work),
    position: () => read(() => newestChange(reader)),
    changesAfter: (position, limit) => read(() => changesAfter(reader, position, limit)),
    async forgetChanges(keep) {
      const some = async (): Promise<boolean> => guardStateFile(subject, () => forgetChanges(writer, keep));
      while (await transact(line, writer, opened, some)) await new Promise(setImmediate);
    },
    listAudit: (query) => read(() => listAudit(reader, query)),
    pageAudit: (query) => read(() => pageAudit(reader, secret, query)),
    verifyAudit: () => verifyAudit(reader).catch((thrown) => read(() => rethrow(thrown))),
    async close() {
      if (closed) return;
      closed = true;
      await line.settled();
      reader.close();
      writer.close();
    },
  };
}

function connect(file: string): Connections {
  const opened: Database[] = [];
  try {
    const writer = openDatabase({ file, busyTimeoutMs: BUSY_TIMEOUT_MS });
    opened.push(writer);
    migrate(writer, recordsKind);
    // A decision that was acknowledged, such as a revoked key, outlives a loss of power.
    writer.run("PRAGMA synchronous = FULL");
    const secret = writer
      .query<{ secret: Uint8Array }, []>("SELECT secret FROM secrets WHERE name = 'cursor'")
      .get()?.secret;
    if (secret === undefined) throw new Error("its secret is gone");
    // From here on the line of transactions waits, without stopping the thread.
    writer.run("PRAGMA busy_timeout = 0");
    const reader = openDatabase({ file, busyTimeoutMs: BUSY_TIMEOUT_MS });
    opened.push(reader);
    reader.run("PRAGMA query_only = 1");
    return { reader, writer, secret };
  } catch (thrown) {
    for (const database of opened) database.close();
    throw thrown;
  }
}

async function transact<T>(
  line: TransactionLine,
  writer: Database,
  file: RecordFile,
  work: (transaction: RecordTransaction) => Promise<T>,
): Promise<T> {
  // What the work throws is the caller's own and goes through as it is.
  const thrownByWork = new Set<unknown>();
  try {
    return await line.run(async () => {
      const transaction = openTransaction(writer, file);
      try {
        const result = await work(transaction);
        transaction.check();
        return result;
      } catch (thrown) {
        thrownByWork.add(thrown);
        throw thrown;
      } finally {
        transaction.end();
      }
    });
  } catch (cause) {
    if (cause instanceof LatchkeyError || thrownByWork.has(cause)) throw cause;
    throw new LatchkeyError("LK-6105", `${file.subject} cannot be used: ${reasonOf(cause)}.`, { cause });
  }
}

function rethrow(thrown: unknown): never {
  throw thrown;
}
