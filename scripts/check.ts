import { checkSteps } from "./check-steps.ts";
import { runSteps } from "./run-steps.ts";

const failed = await runSteps(checkSteps);
if (failed.length > 0) {
  console.error(`\nFailed: ${failed.join(", ")}`);
  process.exit(1);
}
