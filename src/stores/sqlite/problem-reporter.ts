import type { Clock } from "../../kernel/clock.ts";

/** Settings of a problem reporter. */
export interface ProblemReporterOptions {
  readonly onProblem: (problem: string) => void;
  /** Milliseconds between two reports at least. */
  readonly intervalMs: number;
  readonly clock: Clock;
}

/**
 * Passes the first problem on at once and then at most one in an interval, with the number of those that were
 * held back; a problem that comes with every row must not flood the log. What `onProblem` throws is dropped.
 */
export function createProblemReporter(options: ProblemReporterOptions): (problem: string) => void {
  const { onProblem, intervalMs, clock } = options;
  let lastMs = Number.NEGATIVE_INFINITY;
  let heldBack = 0;
  return (problem) => {
    const nowMs = clock.monotonic();
    if (nowMs - lastMs < intervalMs) {
      heldBack++;
      return;
    }
    const text = heldBack === 0 ? problem : `${problem} (${heldBack} more like this since the last report)`;
    lastMs = nowMs;
    heldBack = 0;
    try {
      onProblem(text);
    } catch {
      // Whoever is told must not be able to break the request path.
    }
  };
}
