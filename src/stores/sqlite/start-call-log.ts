import { type Clock, systemClock } from "../../kernel/clock.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { CallLogOwner } from "./call-log-owner.ts";

/** Settings of the call log. */
export interface CallLogOptions {
  readonly file: string;
  /** Milliseconds that rows are kept, default 30 days; once a day the older ones are removed. */
  readonly keepMs?: number;
  /** Milliseconds that the writer waits for a lock on the file, default 5,000; then the rows are lost. */
  readonly busyTimeoutMs?: number;
  /** Told when the writer ends unasked, cannot be started again or cannot remove old rows. */
  readonly onProblem?: (problem: string) => void;
  readonly clock?: Clock;
  /** Starts a thread of `call-log-writer.ts`. */
  readonly startWriter?: () => Worker;
}

/** The call log's own thread. */
export interface CallLog {
  /** A port for one more sink, in this thread or in another one; hand it to `createCallSink` there. */
  readonly connect: () => MessagePort;
  /**
   * Stores what has arrived and closes the file. What sinks have not flushed before is lost, and they count it.
   */
  readonly close: () => Promise<void>;
}

const DAY_MS = 86_400_000;

/**
 * Starts the thread that writes the call log, and starts it again whenever it ends.
 * @throws LatchkeyError LK-6105 when the file cannot be opened or is no call log.
 */
export async function startCallLog(options: CallLogOptions): Promise<CallLog> {
  const { file, keepMs = 30 * DAY_MS, busyTimeoutMs = 5_000 } = options;
  const owner = new CallLogOwner({
    settings: { file, keepMs, busyTimeoutMs },
    onProblem: options.onProblem ?? (() => {}),
    clock: options.clock ?? systemClock,
    startWriter: options.startWriter ?? (() => new Worker(new URL("./call-log-writer.ts", import.meta.url))),
  });
  const problem = await owner.open();
  if (problem !== null)
    throw new LatchkeyError("LK-6105", `The call log ${file} cannot be opened: ${problem}.`);
  return { connect: () => owner.connect(), close: () => owner.close() };
}
