import { BenchError } from "./bench-error.ts";
import type { StartedProcess } from "./process-group.ts";

const LIMIT_MS = 30_000;
const PAUSE_MS = 25;

/**
 * Polls `/healthz` of a started process until it answers 200.
 * @throws BenchError with the end of the process's log when it ends before or does not answer in 30 s
 */
export async function waitUntilHealthy(origin: string, started: StartedProcess): Promise<void> {
  const giveUpAt = performance.now() + LIMIT_MS;
  while (performance.now() < giveUpAt) {
    if (started.hasEnded()) throw await failure(started, "ended before it was ready");
    if (await answersHealthy(origin)) return;
    await Bun.sleep(PAUSE_MS);
  }
  throw await failure(started, `did not answer ${origin}/healthz within ${LIMIT_MS / 1_000} s`);
}

async function answersHealthy(origin: string): Promise<boolean> {
  try {
    const response = await fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(1_000) });
    await response.body?.cancel();
    return response.status === 200;
  } catch {
    return false;
  }
}

async function failure(started: StartedProcess, what: string): Promise<BenchError> {
  const log = await Bun.file(started.logFile).text();
  return new BenchError(`${started.name} ${what}. Its output:\n${log.slice(-2_000)}`);
}
