import { lookForRecordings, recordingsFolder } from "../test/support/recordings-folder.ts";
import { checkSteps } from "./check-steps.ts";
import { runSteps } from "./run-steps.ts";
import { summarize } from "./test-summary.ts";

/**
 * `npm test`: the services that tests need, the house rules, then every test. Ends with a line that sums it up:
 * each house rule counts as one.
 */
const services = Bun.spawnSync(["scripts/test-services", "check"], { stdout: "inherit", stderr: "inherit" });
const failedSteps = await runSteps(checkSteps);
if (services.exitCode !== 0) failedSteps.unshift("services");

// Bun's five seconds would judge how busy the machine is: each `.rejects` may wait for the next timer of the process.
const tests = Bun.spawn([process.execPath, "test", "--timeout", "60000", ...process.argv.slice(2)], {
  stdout: "inherit",
  stderr: "pipe",
  stdin: "ignore",
});
let report = "";
const decoder = new TextDecoder();
for await (const piece of tests.stderr) {
  process.stderr.write(piece);
  report += decoder.decode(piece, { stream: true });
}
const { lines, ok } = summarize({
  report,
  exitCode: await tests.exited,
  steps: checkSteps.length + 1,
  failedSteps,
  hasRecordings: lookForRecordings(recordingsFolder, process.env) === "here",
});
console.log(`\n${lines.join("\n")}`);
process.exit(ok ? 0 : 1);
