import { createCallSink } from "../../../../src/stores/sqlite/call-sink.ts";
import { callRow } from "../../../support/call-row.ts";

/** What a played serving thread is told. */
export interface ServeCalls {
  readonly port: MessagePort;
  readonly name: string;
  readonly calls: number;
  /** Whether it ends the thread without a flush, as a crash would. */
  readonly crash: boolean;
}

declare const self: Worker;

self.onmessage = async ({ data }: MessageEvent<ServeCalls>) => {
  const sink = createCallSink({ port: data.port, maxBatchRows: 50, flushIntervalMs: 1 });
  for (let index = 0; index < data.calls; index++) {
    sink.record(callRow({ time: Date.now(), requestId: `${data.name}-${index}`, app: data.name }));
    if (index % 100 === 0) await new Promise(setImmediate);
  }
  if (data.crash) process.exit(1);
  await sink.flush();
  self.postMessage(sink.lost());
};
