import { Readable, Writable } from "node:stream";
import type { Io } from "../../../src/cli/io.ts";
import { main } from "../../../src/cli/main.ts";
import type { Signal } from "../../../src/cli/signal-filter.ts";

/** What a test says about the world of a command. */
export interface TestIoOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Whether stdout and stderr are terminals. */
  readonly terminal?: boolean;
  readonly nowMs?: number;
}

/** A world that keeps what is written to it. */
export interface TestIo extends Io {
  readonly out: () => string;
  readonly errors: () => string;
  readonly signal: (signal: Signal) => void;
  /** Resolves once a signal is listened to. */
  readonly listening: Promise<void>;
  /** Handlers that listen. */
  readonly listeners: () => number;
}

/** A stream that keeps its text. */
class Kept extends Writable {
  text = "";
  isTTY: boolean;
  columns = 100;
  constructor(terminal: boolean) {
    super({
      decodeStrings: false,
      write: (piece: string | Uint8Array, _encoding, done) => {
        this.text += typeof piece === "string" ? piece : new TextDecoder().decode(piece);
        done();
      },
    });
    this.isTTY = terminal;
  }
}

/** Makes such a world. */
export function testIo(options: TestIoOptions = {}): TestIo {
  const { cwd = "/nowhere", env = {}, stdin = "", terminal = false, nowMs } = options;
  const stdout = new Kept(terminal);
  const stderr = new Kept(terminal);
  const listening = Promise.withResolvers<void>();
  const handlers: (readonly [Signal, () => void])[] = [];
  return {
    stdin: Readable.from(stdin === "" ? [] : [stdin]),
    stdout,
    stderr,
    env,
    cwd,
    clock: { now: () => nowMs ?? Date.now(), monotonic: () => performance.now() },
    onSignal(signal, handler) {
      const entry = [signal, handler] as const;
      handlers.push(entry);
      listening.resolve();
      return () => handlers.splice(handlers.indexOf(entry), 1);
    },
    out: () => stdout.text,
    errors: () => stderr.text,
    signal(signal) {
      for (const [wanted, handler] of [...handlers]) if (wanted === signal) handler();
    },
    listening: listening.promise,
    listeners: () => handlers.length,
  };
}

/** What a command line did. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly errors: string;
}

/** Runs a command line in this process. */
export async function run(argv: readonly string[], options: TestIoOptions = {}): Promise<Ran> {
  const io = testIo(options);
  const code = await main(argv, io);
  return { code, out: io.out(), errors: io.errors() };
}
