import { toLatchkeyError } from "../../kernel/error.ts";
import type { Logger } from "../../telemetry/logger.ts";

/** A job that is done again and again. */
export interface RepeatedJob {
  /** For the log: what is done. */
  readonly name: string;
  readonly run: () => Promise<unknown>;
  /** Milliseconds from the end of one time to the beginning of the next. */
  readonly pauseMs: number;
  /** Milliseconds to the first time; default: as long as a pause. */
  readonly firstMs?: number;
}

/**
 * Does a job again and again. What fails is logged and tried again; what stays broken is told once.
 * @returns how to end that; resolves when the job is not under way any more
 */
export function repeat(
  { name, run, pauseMs, firstMs = pauseMs }: RepeatedJob,
  logger: Logger,
): () => Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> = Promise.resolve();
  let isStopped = false;
  let hasFailed = false;
  const once = async (): Promise<void> => {
    try {
      await run();
      hasFailed = false;
    } catch (thrown) {
      if (!hasFailed) logger.error("job-failed", { job: name, error: toLatchkeyError(thrown) });
      hasFailed = true;
    }
    if (!isStopped) wait(pauseMs);
  };
  const wait = (forMs: number): void => {
    timer = setTimeout(() => {
      running = once();
    }, forMs);
  };
  wait(firstMs);
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await running;
  };
}
