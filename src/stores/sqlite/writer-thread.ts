import type { WriterCommand, WriterReport, WriterSettings } from "./call-log-protocol.ts";

/** Who is told what happens to a writer. */
export interface WriterThreadEvents {
  /** The thread has ended; `reason` where it says why. */
  readonly onEnded: (reason: string | undefined) => void;
  readonly onProblem: (problem: string) => void;
}

/** The owner's side of the thread that writes. It does not keep the process alive. */
export class WriterThread {
  readonly #worker: Worker;
  #reason: string | undefined;
  #onReport: (report: WriterReport | undefined) => void = () => {};

  constructor(worker: Worker, events: WriterThreadEvents) {
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<WriterReport>) => {
      if (data.type === "problem") events.onProblem(data.problem);
      else this.#onReport(data);
    };
    // An uncaught error ends the thread; `close` follows.
    worker.onerror = (event) => {
      event.preventDefault();
      this.#reason = firstErrorLine(event.message);
    };
    worker.addEventListener("close", () => {
      this.#onReport(undefined);
      events.onEnded(this.#reason);
    });
  }

  /** Opens the file. Answers what is wrong, or `null`. */
  async open(settings: WriterSettings): Promise<string | null> {
    const report = await this.#ask({ type: "open", ...settings });
    if (report === undefined) return this.#reason ?? "its thread ended";
    return report.type === "opened" ? report.problem : null;
  }

  /** Makes the writer store what comes over a port. */
  join(sink: string, port: MessagePort): void {
    const command: WriterCommand = { type: "join", sink, port };
    this.#worker.postMessage(command, [port]);
  }

  /** Stores what has arrived, closes the file and ends the thread. */
  async close(): Promise<void> {
    await this.#ask({ type: "close" });
    this.#worker.terminate();
  }

  /** Ends the thread at once. */
  terminate(): void {
    this.#worker.terminate();
  }

  /** `undefined` when the thread ends instead of answering. */
  async #ask(command: WriterCommand): Promise<WriterReport | undefined> {
    const { promise, resolve } = Promise.withResolvers<WriterReport | undefined>();
    this.#onReport = resolve;
    this.#worker.ref();
    this.#worker.postMessage(command);
    const report = await promise;
    this.#worker.unref();
    return report;
  }
}

/** The message of an uncaught error comes with the source around it. */
function firstErrorLine(message: string): string {
  return /^\w*error: .*$/im.exec(message)?.[0] ?? message.slice(0, 200);
}
