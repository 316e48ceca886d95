import { join } from "node:path";
import type { Subprocess } from "bun";

/** How to start one process of a bench run. */
export interface ProcessOptions {
  /** Names the process in messages and its log file. */
  readonly name: string;
  readonly command: readonly string[];
  /** CPU core the process and all its threads and children are pinned to. */
  readonly core: number;
  /** Folder to run in and to write `<name>.log` to. */
  readonly folder: string;
  /** Added to the environment of the bench. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A running process that the bench started. */
export interface StartedProcess {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** Whether it has ended. */
  readonly hasEnded: () => boolean;
}

const PATIENCE_MS = 5_000;

/** A running process whose outputs are read by the bench. */
export type PipedProcess = Subprocess<"ignore", "pipe", "pipe">;

/** Command line that runs a command pinned to one core. */
function pinned(core: number, command: readonly string[]): string[] {
  return ["taskset", "--cpu-list", String(core), ...command];
}

/** The processes of one bench run, so that none outlives it. */
export class ProcessGroup {
  readonly #stops: (() => Promise<void>)[] = [];

  /** Starts a process with its output going to a log file. */
  start(options: ProcessOptions): StartedProcess {
    const logFile = join(options.folder, `${options.name}.log`);
    const child = Bun.spawn(pinned(options.core, options.command), {
      cwd: options.folder,
      env: { ...process.env, ...options.environment },
      stdin: "ignore",
      stdout: Bun.file(logFile),
      stderr: Bun.file(logFile),
    });
    this.#stops.push(() => stop(child));
    return { name: options.name, pid: child.pid, logFile, hasEnded: () => hasEnded(child) };
  }

  /** Starts a process whose outputs the caller reads. */
  pipe(core: number, command: readonly string[]): PipedProcess {
    const child = Bun.spawn(pinned(core, command), { stdin: "ignore", stdout: "pipe", stderr: "pipe" });
    this.#stops.push(() => stop(child));
    return child;
  }

  /** Ends every process that still runs, the last started first: asked first, forced after five seconds. */
  async stopAll(): Promise<void> {
    for (const stopOne of this.#stops.splice(0).toReversed()) await stopOne();
  }
}

async function stop(child: Subprocess): Promise<void> {
  if (hasEnded(child)) return;
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
  await child.exited;
  clearTimeout(force);
}

function hasEnded(child: Subprocess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
