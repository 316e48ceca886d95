import { LatchkeyError } from "../../kernel/error.ts";
import type { SharedRates } from "../../limits/rate-table.ts";
import type { OverlayRows } from "../../overlay/rows.ts";
import { splitRows } from "../../overlay/split-rows.ts";
import type { KeyUse } from "../../runtime/key-table.ts";
import type { LogFields, Logger, LogLevel } from "../../telemetry/logger.ts";
import type { FromThread, ThreadStart } from "./protocol.ts";
import { Thread, type ThreadEnd } from "./thread.ts";

/** What the supervisor is given. */
export interface SupervisorOptions {
  readonly hostname: string;
  readonly port: number;
  readonly threads: number;
  /** Folder that holds the artifacts. */
  readonly directory: string;
  readonly root: string;
  readonly logLevel: LogLevel;
  readonly pretty: boolean;
  readonly logger: Logger;
  /** A port to the call log's writer, one for each thread. */
  readonly connectCallLog: () => MessagePort;
  /** A port to the admin API in this thread, one for each thread. */
  readonly connectAdmin: () => MessagePort;
  /** Where requests are counted, as of now. */
  readonly shareRates: () => SharedRates;
  /** What was decided at run time, laid over the artifact, in parts. */
  readonly rows: (hash: string) => readonly OverlayRows[];
  /** Told when every thread serves an artifact. */
  readonly onServed: (hash: string) => void;
}

/** Several threads that serve the same artifact on one port. */
export interface Supervisor {
  /**
   * Puts an artifact in force on every thread, or on none. Requests under way keep the one they began with.
   * @throws LatchkeyError LK-6001 and following when a thread cannot use it; the running one stays.
   */
  readonly serve: (hash: string) => Promise<ServeReport>;
  /**
   * Has every thread go by a change of what was decided at run time. Worked out in turn with artifacts that are put in
   * force, so that a change is one of what the threads have. Resolves when requests that begin meet it on every thread.
   */
  readonly change: (rows: () => OverlayRows) => Promise<void>;
  /** Keys that were used since they were last told; those that wait longest first. @param most of each thread */
  readonly takeUses: (most: number) => Promise<readonly KeyUse[]>;
  /** Hash of the artifact in force. */
  readonly serving: () => string | undefined;
  /** Lets calls end, then ends the threads. */
  readonly stop: (withinMs: number) => Promise<StopReport>;
}

/** What a gateway that has stopped leaves behind. */
export interface StopReport {
  /** Calls that were cut off. */
  readonly abandoned: number;
  /** Rows that the call log has lost since the start. */
  readonly lostRows: number;
  /** Threads that did not answer and were ended: how many calls of theirs were cut off is not known. */
  readonly silentThreads: number;
}

/** What an artifact in force lacks. */
export interface ServeReport {
  /** Providers that are skipped, with the reason. */
  readonly skipped: readonly string[];
}

/** Milliseconds that a thread has, beside the time for its calls, to show that it can answer. */
const STOP_MS = 1_000;

/** Milliseconds before a thread that ended by itself is started again. */
const RESTART_MS = 500;

/** Starts the threads; they listen from the first `serve` on. */
export async function startSupervisor(options: SupervisorOptions): Promise<Supervisor> {
  const { logger } = options;
  const threads: Thread[] = [];
  /** Also those that have crashed and let their calls end. */
  const running = new Set<Thread>();
  let current: string | undefined;
  let stopping = false;
  let lostRows = 0;
  // Artifacts are put in force one after the other.
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(job: () => Promise<T>): Promise<T> => {
    const result = queue.then(job);
    queue = result.catch(() => undefined);
    return result;
  };

  const startThread = async (index: number): Promise<void> => {
    const thread = new Thread();
    threads[index] = thread;
    running.add(thread);
    void thread.gone.then(() => {
      running.delete(thread);
      lostRows += thread.lostRows;
    });
    void thread.ended.then((end) => {
      if (stopping && !end.stuck) return;
      const restart = stopping ? {} : { restartInMs: RESTART_MS };
      logger.error("thread-ended", { thread: index, ...describeEnd(end), ...restart });
      if (stopping) return;
      setTimeout(() => {
        inTurn(() => replaceThread(index, thread)).catch((error) => {
          logger.error("thread-not-restarted", { thread: index, error });
        });
      }, RESTART_MS);
    });
    const ports = { callLog: options.connectCallLog(), admin: options.connectAdmin() };
    await thread.ask(startMessage(options, ports), ["started"], Object.values(ports));
  };

  const replaceThread = async (index: number, ended: Thread): Promise<void> => {
    if (stopping || threads[index] !== ended) return;
    await startThread(index);
    const thread = threads[index];
    if (current !== undefined && thread !== undefined) await putInForce([thread], current, options);
    logger.info("thread-restarted", { thread: index });
  };

  /** So that one thread that does not come back holds up nothing that is put in force on all. */
  const replaceStuck = async (): Promise<void> => {
    await Promise.all(threads.map((thread) => thread.showsLife()));
    const ended = threads.flatMap((thread, index) => (thread.hasEnded ? [{ thread, index }] : []));
    await Promise.all(ended.map(({ thread, index }) => replaceThread(index, thread)));
  };

  await Promise.all(Array.from({ length: options.threads }, (_, index) => startThread(index)));
  return {
    serve: (hash) =>
      inTurn(async () => {
        if (current !== undefined) await replaceStuck();
        const report = await putInForce(threads, hash, options);
        current = hash;
        options.onServed(hash);
        return report;
      }),
    change: (rows) =>
      inTurn(async () => {
        if (current === undefined) return;
        // One part after the other, so that calls are served between them.
        for (const part of splitRows(rows())) {
          const message = { type: "change", rows: part } as const;
          await Promise.all(living(threads).map((thread) => thread.ask(message, ["changed"])));
        }
      }),
    takeUses: (most) =>
      inTurn(async () => {
        if (current === undefined) return [];
        const asked = living(threads).map((thread) => thread.ask({ type: "report-uses", most }, ["uses"]));
        return (await Promise.all(asked)).flatMap((answer) => answer?.uses ?? []);
      }),
    serving: () => current,
    async stop(withinMs) {
      stopping = true;
      const answers = await Promise.all(threads.map((thread) => drainThread(thread, withinMs)));
      for (const thread of threads) if (!thread.hasEnded) thread.terminate();
      // Those that have crashed still hand over their rows.
      await Promise.all([...running].map(({ gone }) => gone));
      const abandoned = answers.reduce((sum, answer) => sum + (answer?.abandoned ?? 0), 0);
      const silentThreads = (await Promise.all(threads.map(wasStuck))).filter(Boolean).length;
      return { abandoned, lostRows, silentThreads };
    },
  };
}

/** Lets a thread's calls end. One that shows no life when their time is over is given up. */
async function drainThread(
  thread: Thread,
  withinMs: number,
): Promise<Extract<FromThread, { type: "drained" }> | undefined> {
  let timer = setTimeout(() => {
    timer = setTimeout(() => thread.giveUp("it does not answer, and the gateway stops"), STOP_MS);
    void thread.showsLife().then(() => clearTimeout(timer));
  }, withinMs);
  const answer = await thread.ask({ type: "drain", withinMs }, ["drained"]);
  clearTimeout(timer);
  return answer;
}

async function wasStuck(thread: Thread): Promise<boolean> {
  return thread.hasEnded && (await thread.ended).stuck;
}

function living(threads: readonly Thread[]): readonly Thread[] {
  return threads.filter((thread) => !thread.hasEnded);
}

function describeEnd({ reason, stack, sudden, stuck }: ThreadEnd): LogFields {
  if (!sudden) return { reason, stack };
  const rows = "the last rows of its calls, of a tenth of a second, may be missing from the call log";
  return { reason, note: stuck ? `the calls that were on it are lost, and ${rows}` : rows };
}

function startMessage(
  options: SupervisorOptions,
  ports: Pick<ThreadStart, "callLog" | "admin">,
): ThreadStart {
  const { hostname, port, logLevel, pretty, root } = options;
  const rates = options.shareRates();
  return { type: "start", hostname, port, logLevel, pretty, root, rates, ...ports };
}

/** Two phases: every thread builds its tables; only when all could, all put them in force. */
async function putInForce(
  threads: readonly Thread[],
  hash: string,
  options: SupervisorOptions,
): Promise<ServeReport> {
  const asked = living(threads);
  const parts = options.rows(hash);
  const message = { type: "prepare", directory: options.directory, hash, parts: parts.length } as const;
  const answers = await Promise.all(
    asked.map((thread) => {
      const answer = thread.ask(message, ["prepared", "failed"]);
      for (const rows of parts) thread.send({ type: "rows", rows });
      return answer;
    }),
  );
  const failed = answers.find((answer) => answer?.type === "failed");
  const ends = await Promise.all(
    asked.map(async (thread) => (thread.hasEnded ? await thread.ended : undefined)),
  );
  // One that got stuck in a call is replaced by one that has the artifact; where all did, it may be the artifact.
  const hasAny = answers.some((answer) => answer?.type === "prepared");
  if (failed !== undefined || !hasAny || ends.some((end) => end?.stuck === false)) {
    for (const thread of asked) thread.send({ type: "discard", hash });
    const [end] = ends.filter((candidate) => candidate !== undefined);
    const reason =
      failed?.type === "failed"
        ? `${failed.code} ${failed.message}`
        : `a serving thread ended${end === undefined ? "" : `: ${end.reason}`}`;
    throw new LatchkeyError("LK-6001", `The artifact ${hash.slice(0, 12)} cannot be served: ${reason}`);
  }
  const commits = await Promise.all(
    living(asked).map((thread) => thread.ask({ type: "commit", hash }, ["committed", "not-listening"])),
  );
  for (const answer of commits) {
    if (answer?.type === "not-listening")
      throw new LatchkeyError("LK-6102", `Cannot listen: ${answer.message}`);
  }
  const first = answers.find((answer) => answer !== undefined);
  return { skipped: first?.type === "prepared" ? first.skipped : [] };
}
