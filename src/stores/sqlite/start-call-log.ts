import { LatchkeyError } from "../../kernel/error.ts";
import type { WriterCommand, WriterReport } from "./call-log-writer.ts";

/** Settings of the call log. */
export interface CallLogOptions {
  readonly file: string;
  /** Milliseconds that rows are kept, default 30 days. */
  readonly keepMs?: number;
  /** Milliseconds that the writer waits for a lock on the file, default 5,000. */
  readonly busyTimeoutMs?: number;
}

/** The call log's own thread. */
export interface CallLog {
  /** A port for one more serving thread; hand it to `createCallSink` there. */
  readonly connect: () => MessagePort;
  /** Closes the file. Sinks have to be flushed before. */
  readonly close: () => Promise<void>;
}

const DAY_MS = 86_400_000;

/**
 * Starts the thread that writes the call log.
 * @throws LatchkeyError LK-6105 when the file cannot be opened.
 */
export async function startCallLog(options: CallLogOptions): Promise<CallLog> {
  const worker = new Worker(new URL("./call-log-writer.ts", import.meta.url));
  const ask = (command: WriterCommand): Promise<WriterReport> => {
    const { promise, resolve } = Promise.withResolvers<WriterReport>();
    worker.onmessage = (event: MessageEvent<WriterReport>) => resolve(event.data);
    worker.postMessage(command);
    return promise;
  };
  const { file, keepMs = 30 * DAY_MS, busyTimeoutMs = 5_000 } = options;
  const opened = await ask({ type: "open", file, keepMs, busyTimeoutMs });
  if (opened.type === "opened" && opened.problem !== null) {
    worker.terminate();
    throw new LatchkeyError("LK-6105", `The call log ${file} cannot be opened: ${opened.problem}.`);
  }
  return {
    connect() {
      const { port1, port2 } = new MessageChannel();
      const join: WriterCommand = { type: "join", port: port1 };
      worker.postMessage(join, [port1]);
      return port2;
    },
    async close() {
      await ask({ type: "close" });
      worker.terminate();
    },
  };
}
