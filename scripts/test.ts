import { checkSteps } from "./check-steps.ts";
import { runSteps } from "./run-steps.ts";

/**
 * `npm test`: the services that tests need, the house rules, then every test. Ends with one line that sums it
 * up: each house rule counts as one.
 */
const services = Bun.spawnSync(["scripts/test-services", "check"], { stdout: "inherit", stderr: "inherit" });
const failedSteps = await runSteps(checkSteps);

const tests = Bun.spawn([process.execPath, "test", ...process.argv.slice(2)], {
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
const code = await tests.exited;

const count = (word: string): number =>
  Number(new RegExp(`^\\s*(\\d+) ${word}$`, "m").exec(report)?.[1] ?? 0);
const steps = checkSteps.length + 1;
const failed = failedSteps.length + (services.exitCode === 0 ? 0 : 1) + count("fail");
const passed = steps - failedSteps.length - (services.exitCode === 0 ? 0 : 1) + count("pass");
if (failedSteps.length > 0) console.log(`\nFailed house rules: ${failedSteps.join(", ")}`);
// A test run that dies before it reports is a failure, too.
const died = code !== 0 && count("fail") === 0;
console.log(`\n${passed} passed, ${failed + (died ? 1 : 0)} failed`);
process.exit(failed > 0 || died ? 1 : 0);
