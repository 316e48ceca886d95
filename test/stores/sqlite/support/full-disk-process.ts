import { createCallSink } from "../../../../src/stores/sqlite/call-sink.ts";
import { startCallLog } from "../../../../src/stores/sqlite/start-call-log.ts";
import { callRow } from "../../../support/call-row.ts";

/**
 * Writes calls until the file cannot grow, prints so, waits for a line, and writes one more. Prints JSON: what
 * was recorded and lost, and what was complained about.
 */
const [file = ""] = process.argv.slice(2);
const problems: string[] = [];
const log = await startCallLog({ file });
const sink = createCallSink({ port: log.connect(), onProblem: (problem) => void problems.push(problem) });
let recorded = 0;
const record = async (): Promise<void> => {
  recorded++;
  sink.record(callRow({ time: Date.now(), path: "x".repeat(2_000) }));
  await sink.flush();
};
while (sink.lost() < 3) await record();
console.log("full");
for await (const _ of console) break;
await record();
console.log(JSON.stringify({ recorded, lost: sink.lost(), problems }));
await log.close();
