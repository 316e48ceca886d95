import { type BuildOptions, type BuildResult, build, stop } from "esbuild";
import type { Report } from "../report.ts";
import { isBuildFailure } from "./build-failure.ts";

/** Milliseconds that one run may take; the largest configs take about one second. */
const LIMIT_MS = 20_000;

/** Runs under way, told when the process that all of them share is given up. */
const underWay = new Set<(problem: string) => void>();

/**
 * Runs esbuild, which works in a process of its own that all runs share. Where that process has died, or does not answer
 * in time, it is started anew and asked once more; where that does not help either, the report says so and the answer is
 * null. It would otherwise be waited for without an end, and a process that has died would never be replaced.
 * @throws BuildFailure where the sources do not hold together
 */
export async function runBundler(
  options: BuildOptions & { readonly write: false },
  report: Report,
  limitMs = LIMIT_MS,
): Promise<BuildResult<{ write: false }> | null> {
  const first = await runOnce(options, limitMs);
  const outcome = typeof first === "string" ? await runOnce(options, limitMs) : first;
  if (typeof outcome !== "string") return outcome;
  report.add(
    "LK1016",
    `esbuild, which bundles the config, ${outcome}, and did so again after it was started anew`,
  );
  return null;
}

/** The result, or in words what the process did instead. */
async function runOnce(
  options: BuildOptions & { readonly write: false },
  limitMs: number,
): Promise<BuildResult<{ write: false }> | string> {
  const { promise: givenUp, resolve: giveUp } = Promise.withResolvers<string>();
  const timer = setTimeout(() => restart(`did not answer within ${limitMs / 1_000} s`), limitMs);
  underWay.add(giveUp);
  try {
    return await Promise.race([build(options), givenUp]);
  } catch (thrown) {
    if (isBuildFailure(thrown)) throw thrown;
    const problem = `cannot be used: ${thrown instanceof Error ? thrown.message : thrown}`;
    restart(problem);
    return problem;
  } finally {
    clearTimeout(timer);
    underWay.delete(giveUp);
  }
}

/** Gives the process up: the next run starts another one. Nobody would be told of what it was asked for. */
function restart(problem: string): void {
  void stop();
  for (const giveUp of underWay) giveUp(problem);
}
