import type { Readable, Writable } from "node:stream";
import { type Clock, systemClock } from "../kernel/clock.ts";
import type { ProcessSignals } from "./process-signals.ts";
import type { Signal } from "./signal-filter.ts";

/** A stream that text goes to. */
export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** A stream that text comes from. */
type Input = Readable & { readonly isTTY?: boolean };

/** The world of a command, handed to it so that tests can stand in for it. */
export interface Io {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder in which relative paths of the command line begin. */
  readonly cwd: string;
  readonly clock: Clock;
  /** Calls the handler on each such signal; answers how to stop that. */
  readonly onSignal: (signal: Signal, handler: () => void) => () => void;
}

/** The world of this process. */
export function processIo(signals: ProcessSignals): Io {
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    clock: systemClock,
    onSignal: signals.listen,
  };
}
