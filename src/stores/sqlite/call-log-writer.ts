import { systemClock } from "../../kernel/clock.ts";
import type {
  CallBatch,
  WriterAnswer,
  WriterCommand,
  WriterReport,
  WriterSettings,
} from "./call-log-protocol.ts";
import { callLogKind } from "./call-log-schema.ts";
import { CallLogStore, type SinkBatch } from "./call-log-store.ts";
import { migrate } from "./database-kind.ts";
import { reasonOf } from "./guard-state-file.ts";
import { openDatabase } from "./open-database.ts";

declare const self: Worker;

/** Batches that are stored in one transaction at most. */
const GROUP_BATCHES = 16;
/** Pages of the write-ahead log before they are moved into the file, and of the cache: 32 MB each. */
const WAL_PAGES = 8_000;
const CACHE_KIB = 32_768;
/** Milliseconds between two sweeps of old rows, batches that one step of a sweep removes, and the pause after it. */
const SWEEP_INTERVAL_MS = 86_400_000;
const SWEEP_BATCHES = 100;
const SWEEP_PAUSE_MS = 20;

/** A batch that waits to be stored, and where it came from. */
interface WaitingBatch extends SinkBatch {
  readonly port: MessagePort;
}

/** The thread that owns the file of the call log. What goes wrong while storing is answered, never thrown. */
class CallLogWriter {
  readonly #store: CallLogStore;
  readonly #keepMs: number;
  readonly #ports = new Set<MessagePort>();
  readonly #waiting: WaitingBatch[] = [];
  #isScheduled = false;

  /** @throws Error when the file cannot be opened or is no call log. */
  constructor({ file, busyTimeoutMs, keepMs }: WriterSettings) {
    const database = openDatabase({ file, busyTimeoutMs });
    try {
      database.run(`PRAGMA wal_autocheckpoint = ${WAL_PAGES}`);
      database.run(`PRAGMA cache_size = -${CACHE_KIB}`);
      migrate(database, callLogKind);
      this.#store = new CallLogStore(database, systemClock);
    } catch (thrown) {
      database.close();
      throw thrown;
    }
    this.#keepMs = keepMs;
    this.#sweep();
    setInterval(() => this.#sweep(), SWEEP_INTERVAL_MS).unref();
  }

  join(sink: string, port: MessagePort): void {
    this.#ports.add(port);
    port.addEventListener("close", () => this.#ports.delete(port));
    port.onmessage = ({ data: batch }: { readonly data: CallBatch }) => {
      this.#waiting.push({ sink, batch, port });
      this.#schedule();
    };
    answer(port, { type: "ready", batch: this.#store.lastBatch(sink) });
  }

  /** Stores what has arrived, says goodbye to the sinks and closes the file. */
  close(): void {
    while (this.#waiting.length > 0) this.#storeGroup();
    for (const port of this.#ports) answer(port, { type: "closed" });
    this.#store.close();
  }

  /** After the messages that are here already, so that what many sinks sent at once is one transaction. */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#storeGroup();
      if (this.#waiting.length > 0) this.#schedule();
    });
  }

  #storeGroup(): void {
    const group = this.#waiting.splice(0, GROUP_BATCHES);
    try {
      this.#store.store(group);
      for (const { port, batch } of group) answer(port, { type: "stored", batch: batch.number });
    } catch (thrown) {
      const problem = `the file cannot be written: ${reasonOf(thrown)}`;
      for (const { port, batch } of group) answer(port, { type: "failed", batch: batch.number, problem });
    }
  }

  /** In small steps, so that no batch waits long behind it. */
  #sweep(): void {
    try {
      const beforeMs = systemClock.now() - this.#keepMs;
      const more = this.#store.prune(beforeMs, SWEEP_BATCHES);
      if (more) setTimeout(() => this.#sweep(), SWEEP_PAUSE_MS).unref();
    } catch (thrown) {
      // The next sweep tries again.
      report({ type: "problem", problem: `old rows cannot be removed: ${reasonOf(thrown)}` });
    }
  }
}

function answer(port: MessagePort, message: WriterAnswer): void {
  port.postMessage(message);
}

function report(message: WriterReport): void {
  self.postMessage(message);
}

let writer: CallLogWriter | undefined;

self.onmessage = ({ data: command }: MessageEvent<WriterCommand>) => {
  switch (command.type) {
    case "open":
      try {
        writer = new CallLogWriter(command);
        return report({ type: "opened", problem: null });
      } catch (thrown) {
        return report({ type: "opened", problem: reasonOf(thrown) });
      }
    case "join":
      return writer?.join(command.sink, command.port);
    case "close":
      // What the sinks sent before is taken first.
      setImmediate(() => {
        writer?.close();
        report({ type: "closed" });
      });
  }
};
