import { toLatchkeyError } from "../../kernel/error.ts";
import type { RecordStore } from "../../stores/record-store.ts";
import type { Logger } from "../../telemetry/logger.ts";
import { writeKeyUses } from "../key-uses.ts";
import { repeat } from "./repeat.ts";
import type { Supervisor } from "./supervisor.ts";

/** Milliseconds between two looks at what other processes have decided. */
const LOOK_MS = 100;

/** Milliseconds between two times that the last use of keys is written down. */
const USES_MS = 15_000;

/**
 * Keys of a thread whose last use is written down at a time. Where more are in use, each has its turn a little later: calls
 * would have to wait while a thread tells of a hundred thousand, and the store would hardly do anything else.
 */
const MOST_USES = 5_000;

/** Milliseconds between two times that old changes are forgotten. */
const FORGET_MS = 10 * 60_000;

/** Changes that are kept for those who look, which happens some times in a second. */
const KEPT_CHANGES = 100_000;

/** What runs beside the serving threads. */
export interface RecordSyncOptions {
  readonly records: RecordStore;
  readonly supervisor: Supervisor;
  /** Has serving threads go by what the records hold now. */
  readonly applied: () => Promise<void>;
  readonly logger: Logger;
}

/** Keeps the threads up with the records, and the records with the last use of keys. */
export interface RecordSync {
  /** Writes down what is left. */
  readonly stop: () => Promise<void>;
}

/** Starts both. */
export function startRecordSync({ records, supervisor, applied, logger }: RecordSyncOptions): RecordSync {
  const uses = async (most: number): Promise<void> => writeKeyUses(records, await supervisor.takeUses(most));
  const jobs = [
    repeat({ name: "look-at-records", run: applied, pauseMs: LOOK_MS }, logger),
    repeat(
      { name: "forget-changes", run: () => records.forgetChanges(KEPT_CHANGES), pauseMs: FORGET_MS },
      logger,
    ),
    repeat({ name: "write-key-uses", run: () => uses(MOST_USES), pauseMs: USES_MS }, logger),
  ];
  return {
    async stop() {
      await Promise.all(jobs.map((end) => end()));
      await uses(Number.MAX_SAFE_INTEGER).catch((thrown) => {
        logger.error("job-failed", { job: "write-key-uses", error: toLatchkeyError(thrown) });
      });
    },
  };
}
