import { join, resolve } from "node:path";
import { Glob } from "bun";
import { failedTests, failureLines } from "./fuzz-report.ts";

/**
 * `npm run fuzz -- [minutes]`: every file with property tests, again and again with new seeds, for 5 minutes unless
 * told otherwise. Says how to see each failure again, and fails where there was one.
 */
const minutes = Number(process.argv[2] ?? 5);
if (!(minutes > 0)) {
  console.error("Usage: npm run fuzz -- [minutes]");
  process.exit(2);
}

const root = resolve(import.meta.dir, "..");
const files: string[] = [];
for await (const file of new Glob("test/**/*.test.ts").scan(root))
  if ((await Bun.file(join(root, file)).text()).includes('from "fast-check"')) files.push(file);
files.sort();

const end = performance.now() + minutes * 60_000;
const failures: string[] = [];
let runs = 0;
do {
  const seed = crypto.getRandomValues(new Int32Array(1))[0] ?? 0;
  const run = Bun.spawn([process.execPath, "test", "--timeout", "60000", ...files], {
    cwd: root,
    env: { ...process.env, FUZZ_SEED: String(seed) },
    stdout: "ignore",
    stderr: "pipe",
    stdin: "ignore",
  });
  const report = await new Response(run.stderr).text();
  runs++;
  if ((await run.exited) === 0) continue;
  const lines = failureLines(seed, failedTests(report), files);
  failures.push(...lines);
  console.log(lines.join("\n"));
} while (performance.now() < end);

console.log(
  `${files.length} files, ${runs} seeds, ${failures.length === 0 ? "no failure" : "failures, see above"}`,
);
process.exit(failures.length === 0 ? 0 : 1);
