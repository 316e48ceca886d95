/** What a run of all checks and tests came to. */
export interface TestRun {
  /** What `bun test` reported. */
  readonly report: string;
  readonly exitCode: number;
  /** Checks that are not tests, and those of them that failed. */
  readonly steps: number;
  readonly failedSteps: readonly string[];
  /** Whether the recorded provider responses were there. */
  readonly hasRecordings: boolean;
}

/** The last lines of `npm test`, and whether all is well. Each check counts as one test. */
export function summarize(run: TestRun): { readonly lines: readonly string[]; readonly ok: boolean } {
  const { report, exitCode, steps, failedSteps, hasRecordings } = run;
  const count = (word: string): number =>
    Number(new RegExp(`^\\s*(\\d+) ${word}$`, "m").exec(report)?.[1] ?? 0);
  // A run that dies before it reports is a failure, too.
  const died = exitCode !== 0 && count("fail") === 0 ? 1 : 0;
  const failed = failedSteps.length + count("fail") + died;
  const passed = steps - failedSteps.length + count("pass");
  return {
    lines: [
      ...(failedSteps.length === 0 ? [] : [`Failed checks: ${failedSteps.join(", ")}`]),
      ...(hasRecordings
        ? []
        : [
            "The recorded provider responses were not here: tests used the repository's own wire samples only.",
          ]),
      `${passed} passed, ${failed} failed`,
    ],
    ok: failed === 0,
  };
}
