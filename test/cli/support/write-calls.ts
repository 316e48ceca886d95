import { mkdirSync } from "node:fs";
import type { CallRecord } from "../../../src/canonical/call-record.ts";
import { stateFiles } from "../../../src/cli/wire.ts";
import { createCallSink } from "../../../src/stores/sqlite/call-sink.ts";
import { startCallLog } from "../../../src/stores/sqlite/start-call-log.ts";

/** Writes rows into a project's call log the way a gateway does; rows beyond `most` at once are lost. */
export async function writeCalls(root: string, rows: readonly CallRecord[], most = 1_000): Promise<void> {
  const { directory, calls } = stateFiles(root);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const log = await startCallLog({ file: calls, keepMs: Number.MAX_SAFE_INTEGER });
  const sink = createCallSink({ port: log.connect(), maxQueuedRows: most });
  for (const row of rows) sink.record(row);
  await sink.flush();
  await log.close();
}
