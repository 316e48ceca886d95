import { join } from "node:path";

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
  /** Ends it: asked first, forced after five seconds. */
  readonly stop: () => Promise<void>;
}

const PATIENCE_MS = 5_000;

/** Command line that runs a command pinned to one core. */
export function pinned(core: number, command: readonly string[]): string[] {
  return ["taskset", "--cpu-list", String(core), ...command];
}

/** The processes of one bench run, so that none outlives it. */
export class ProcessGroup {
  readonly #processes: StartedProcess[] = [];

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
    const started: StartedProcess = {
      name: options.name,
      pid: child.pid,
      logFile,
      hasEnded: () => child.exitCode !== null || child.signalCode !== null,
      stop: async () => {
        child.kill("SIGTERM");
        const force = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
        await child.exited;
        clearTimeout(force);
      },
    };
    this.#processes.push(started);
    return started;
  }

  /** Ends every process that still runs, the last started first. */
  async stopAll(): Promise<void> {
    for (const started of this.#processes.splice(0).toReversed()) await started.stop();
  }
}
