/** Tests that failed in a run of `bun test`. */
export interface FailedFile {
  readonly file: string;
  readonly tests: readonly string[];
}

/** The failed tests of a report, by their files. */
export function failedTests(report: string): readonly FailedFile[] {
  const byFile = new Map<string, Set<string>>();
  let file = "";
  for (const line of report.split("\n")) {
    const heading = /^(\S+\.test\.ts):$/.exec(line)?.[1];
    if (heading !== undefined) file = heading;
    const test = /^\(fail\) (.*?)(?: \[[\d.]+ ?m?s\])?$/.exec(line)?.[1];
    // The summary at the end tells failures again, below the last file.
    if (test === undefined || [...byFile.values()].some((tests) => tests.has(test))) continue;
    byFile.set(file, (byFile.get(file) ?? new Set()).add(test));
  }
  return [...byFile].map(([name, tests]) => ({ file: name, tests: [...tests] }));
}

/** Lines that say how to see a run's failures again. A run that died without one is told as a whole. */
export function failureLines(
  seed: number,
  failed: readonly FailedFile[],
  files: readonly string[],
): readonly string[] {
  if (failed.length === 0) return [`The run died: FUZZ_SEED=${seed} npx bun test ${files.join(" ")}`];
  return failed.flatMap(({ file, tests }) => [
    `FUZZ_SEED=${seed} npx bun test ${file}`,
    ...tests.map((test) => `  ${test}`),
  ]);
}
