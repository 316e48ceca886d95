import { afterAll } from "bun:test";
import { join } from "node:path";
import type { CallQuery, CallSink, StoredCall } from "../../../../src/stores/ports.ts";
import { openCallLog } from "../../../../src/stores/sqlite/call-log-reader.ts";
import { type CallSinkOptions, createCallSink } from "../../../../src/stores/sqlite/call-sink.ts";
import {
  type CallLog,
  type CallLogOptions,
  startCallLog,
} from "../../../../src/stores/sqlite/start-call-log.ts";
import { tempFolder } from "../../../support/temp-folder.ts";

/** A call log in a file of its own, with what a test wants to do to it. */
export interface CallLogFixture {
  readonly file: string;
  readonly log: CallLog;
  /** What the owner and the sinks complained about. */
  readonly problems: string[];
  readonly connectSink: (options?: Partial<CallSinkOptions>) => CallSink;
  readonly read: (query?: Partial<CallQuery>) => readonly StoredCall[];
  /** Rows that the file says were lost. */
  readonly noted: () => number;
  /** Ends the writer's thread, as a crash would. */
  readonly killWriter: () => void;
  /** Writers that were started. */
  readonly writers: () => number;
}

/** Prepares a folder for call logs; they are closed when the file's tests have ended. */
export function callLogs() {
  const folder = tempFolder();
  const open: CallLog[] = [];
  let files = 0;
  afterAll(() => Promise.all(open.map((log) => log.close())));
  const newFile = (): string => join(folder, `calls-${++files}.sqlite`);
  return {
    folder,
    newFile,
    async start(options: Partial<CallLogOptions> = {}): Promise<CallLogFixture> {
      const file = options.file ?? newFile();
      const problems: string[] = [];
      const onProblem = (problem: string): void => void problems.push(problem);
      const workers: Worker[] = [];
      const log = await startCallLog({
        ...options,
        file,
        onProblem,
        startWriter: () => startWriter(workers),
      });
      open.push(log);
      return {
        file,
        log,
        problems,
        connectSink: (sink) => createCallSink({ port: log.connect(), onProblem, ...sink }),
        read: (query) => readCalls(file, { limit: 1_000_000, ...query }),
        noted: () => notedLoss(file),
        killWriter: () => workers.at(-1)?.terminate(),
        writers: () => workers.length,
      };
    },
  };
}

function startWriter(workers: Worker[]): Worker {
  const entry = new URL("../../../../src/stores/sqlite/call-log-writer.ts", import.meta.url);
  const worker = new Worker(entry);
  workers.push(worker);
  return worker;
}

function readCalls(file: string, query: CallQuery): readonly StoredCall[] {
  const reader = openCallLog(file);
  try {
    return reader.read(query);
  } finally {
    reader.close();
  }
}

function notedLoss(file: string): number {
  const reader = openCallLog(file);
  try {
    return reader.losses(0).reduce((sum, { rows }) => sum + rows, 0);
  } finally {
    reader.close();
  }
}
