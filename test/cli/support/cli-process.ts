import { resolve } from "node:path";
import { afterTest } from "../../support/after-test.ts";

const main = resolve(import.meta.dir, "../../../src/cli/main.ts");

/** A line of JSON that a serving command writes. */
export type CliEvent = Readonly<Record<string, unknown>> & { readonly event: string };

/** A command line that runs as a process of its own. */
export interface CliProcess {
  /** Waits for the next event of this name; events before it are passed over. */
  readonly event: (name: string) => Promise<CliEvent>;
  /** Names of the events that were passed over. */
  readonly passedOver: () => readonly string[];
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Signals the process and all that it has started, as a terminal does. */
  readonly signalGroup: (signal: NodeJS.Signals) => void;
  readonly exited: Promise<number>;
  /** Reads no more of what it writes, as a terminal that was closed. */
  readonly closeOutput: () => Promise<void>;
  /** What was written to stderr so far. */
  readonly errors: () => string;
}

/** Starts `latchkey … --json` on a free port of loopback; it is ended after the test. */
export function startCli(
  argv: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): CliProcess {
  return startProgram([process.execPath, main, ...argv, "--json"], cwd, env);
}

/**
 * Starts a program that writes such events, in a process group of its own and on a free port of loopback. The
 * group is ended after the test.
 */
export function startProgram(
  command: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): CliProcess {
  const child = Bun.spawn([...command], {
    cwd,
    env: { PATH: process.env["PATH"] ?? "", HOME: cwd, PORT: "0", ...env },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
    detached: true,
  });
  afterTest(async () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // All of it has ended.
    }
    await child.exited;
  });
  const lines = linesOf(child.stdout);
  const passedOver: string[] = [];
  let errors = "";
  void (async () => {
    for await (const line of linesOf(child.stderr)) errors += `${line}\n`;
  })();
  return {
    async event(name) {
      for (;;) {
        const { value, done } = await lines.next();
        if (done === true) throw new Error(`The process ended before the event ${name}.\n${errors}`);
        const event = JSON.parse(value) as CliEvent;
        if (event.event === name) return event;
        passedOver.push(event.event);
      }
    },
    passedOver: () => passedOver,
    signal: (signal) => child.kill(signal),
    signalGroup: (signal) => void process.kill(-child.pid, signal),
    exited: child.exited,
    async closeOutput() {
      await lines.return(undefined);
    },
    errors: () => errors,
  };
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const piece of stream) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
  return undefined;
}
