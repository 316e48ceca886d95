import type { Clock } from "../../kernel/clock.ts";
import type { OwnerNotice, WriterSettings } from "./call-log-protocol.ts";
import { WriterThread } from "./writer-thread.ts";

/** What the owner of a call log is given. */
export interface CallLogOwnerOptions {
  readonly settings: WriterSettings;
  readonly onProblem: (problem: string) => void;
  readonly clock: Clock;
  readonly startWriter: () => Worker;
}

/** Milliseconds before a writer that ended is started again: doubled each time, up to the second figure. */
const RESTART_MS = 100;
const MAX_RESTART_MS = 30_000;
/** A writer that lived this long was well. */
const WELL_AFTER_MS = 60_000;

/** Keeps one writer running and every sink connected to it. */
export class CallLogOwner {
  readonly #options: CallLogOwnerOptions;
  readonly #run = Bun.randomUUIDv7();
  /** The sinks by their names, each with the port on which it is told of writers. */
  readonly #sinks = new Map<string, MessagePort>();
  #sinkCount = 0;
  #writer: WriterThread | undefined;
  #isOpen = false;
  #isClosing = false;
  #startedMs = 0;
  #restarts = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: CallLogOwnerOptions) {
    this.#options = options;
  }

  /** Starts the first writer. Answers what is wrong, or `null`; after a problem nothing runs. */
  async open(): Promise<string | null> {
    const problem = await this.#start();
    if (problem !== null) this.#isClosing = true;
    return problem;
  }

  /** A port for one more sink. */
  connect(): MessagePort {
    const { port1, port2 } = new MessageChannel();
    const sink = `${this.#run}/${++this.#sinkCount}`;
    this.#sinks.set(sink, port1);
    // The thread of the sink has ended, or the sink was closed.
    port1.addEventListener("close", () => this.#sinks.delete(sink));
    if (this.#isOpen) this.#link(sink, port1);
    if (this.#isClosing) notify(port1, { type: "closed" });
    return port2;
  }

  /** Ends the writer, when what has arrived is stored, and tells the sinks. */
  async close(): Promise<void> {
    if (this.#isClosing) return;
    this.#isClosing = true;
    clearTimeout(this.#timer);
    await this.#writer?.close();
    // Those that a living writer has told already take no notice.
    for (const port of this.#sinks.values()) notify(port, { type: "closed" });
  }

  async #start(): Promise<string | null> {
    const { settings, onProblem, startWriter, clock } = this.#options;
    const writer = new WriterThread(startWriter(), {
      onProblem: (problem) => onProblem(`the call log: ${problem}`),
      onEnded: (reason) => {
        if (this.#writer === writer && !this.#isClosing) this.#restart(reason ?? "no reason given");
      },
    });
    this.#startedMs = clock.monotonic();
    const problem = await writer.open(settings);
    if (problem !== null) {
      writer.terminate();
      return problem;
    }
    if (this.#isClosing) {
      await writer.close();
      return null;
    }
    this.#writer = writer;
    this.#isOpen = true;
    for (const [sink, port] of this.#sinks) this.#link(sink, port);
    return null;
  }

  #restart(reason: string): void {
    const { onProblem, clock } = this.#options;
    this.#writer = undefined;
    this.#isOpen = false;
    if (clock.monotonic() - this.#startedMs > WELL_AFTER_MS) this.#restarts = 0;
    const delayMs = Math.min(RESTART_MS * 2 ** this.#restarts++, MAX_RESTART_MS);
    onProblem(`the call log's writer ended (${reason}); it is started again in ${delayMs} ms`);
    this.#timer = setTimeout(async () => {
      const problem = await this.#start();
      if (problem !== null && !this.#isClosing) this.#restart(problem);
    }, delayMs);
    this.#timer.unref();
  }

  #link(sink: string, port: MessagePort): void {
    const { port1, port2 } = new MessageChannel();
    this.#writer?.join(sink, port1);
    notify(port, { type: "writer", port: port2 }, [port2]);
  }
}

function notify(port: MessagePort, notice: OwnerNotice, transfer: MessagePort[] = []): void {
  port.postMessage(notice, transfer);
}
