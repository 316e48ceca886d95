import { toLatchkeyError } from "../../kernel/error.ts";
import type { RecordStore } from "../../stores/record-store.ts";
import type { Logger } from "../../telemetry/logger.ts";
import { writeKeyUses } from "../key-uses.ts";
import type { Supervisor } from "./supervisor.ts";

/** Milliseconds between two looks at what other processes have decided. */
const LOOK_MS = 250;

/** Milliseconds between two times that the last use of keys is written down. */
const USES_MS = 15_000;

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

/** Starts both. What fails is logged and tried again. */
export function startRecordSync({ records, supervisor, applied, logger }: RecordSyncOptions): RecordSync {
  const uses = async (): Promise<void> => writeKeyUses(records, await supervisor.takeUses());
  const jobs = [repeat(applied, LOOK_MS, logger), repeat(uses, USES_MS, logger)];
  return {
    async stop() {
      await Promise.all(jobs.map((end) => end()));
      await uses().catch((thrown) => tell(logger, thrown));
    },
  };
}

/** Does a job again and again, each time some milliseconds after it was done. Answers how to end that. */
function repeat(job: () => Promise<void>, pauseMs: number, logger: Logger): () => Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> = Promise.resolve();
  let isStopped = false;
  let hasFailed = false;
  const run = async (): Promise<void> => {
    try {
      await job();
      hasFailed = false;
    } catch (thrown) {
      // What stays broken is told once.
      if (!hasFailed) tell(logger, thrown);
      hasFailed = true;
    }
    if (!isStopped) wait();
  };
  const wait = (): void => {
    timer = setTimeout(() => {
      running = run();
    }, pauseMs);
  };
  wait();
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await running;
  };
}

function tell(logger: Logger, thrown: unknown): void {
  logger.error("records-failed", { error: toLatchkeyError(thrown) });
}
