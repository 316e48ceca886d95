import { createCallSink } from "../../../../src/stores/sqlite/call-sink.ts";
import { startCallLog } from "../../../../src/stores/sqlite/start-call-log.ts";
import { callRow } from "../../../support/call-row.ts";

/** Writes one call and comes to its end without closing anything: nothing may keep the process. */
const [file = ""] = process.argv.slice(2);
const log = await startCallLog({ file });
const sink = createCallSink({ port: log.connect() });
sink.record(callRow({ time: Date.now() }));
await sink.flush();
sink.record(callRow({ time: Date.now() }));
console.log("flushed");
