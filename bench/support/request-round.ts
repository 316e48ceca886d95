import { LOAD_CORE } from "../contestants/contestant.ts";
import { CHAT_PATH, type Entry } from "./arena.ts";
import type { ProcessGroup } from "./process-group.ts";
import { readProcessUsage } from "./process-usage.ts";
import { runWrk } from "./wrk.ts";

/** Connections of the load that looks for the highest rate. */
export const MANY_CONNECTIONS = 64;

/** One contestant's figures of one round. */
export interface RequestRound {
  readonly contestant: string;
  readonly round: number;
  readonly requestsPerSecond: number;
  /** Time of the contestant's processes per request, microseconds. */
  readonly cpuMicrosecondsPerRequest: number;
  /** Share of one core that the contestant used; well below 1, something else was the limit. */
  readonly busy: number;
  readonly p50Microseconds: number;
  readonly p99Microseconds: number;
  readonly singleP50Microseconds: number;
  readonly singleP99Microseconds: number;
  readonly residentBytes: number;
  readonly requests: number;
  readonly bytesPerRequest: number;
  readonly failures: number;
}

/** A contestant with the script that makes wrk call it. */
export interface ScriptedEntry {
  readonly entry: Entry;
  readonly scriptFile: string;
}

/** Loads one contestant over many connections and then, half as long, over one. */
export async function measureRequests(
  { entry, scriptFile }: ScriptedEntry,
  processes: ProcessGroup,
  round: number,
  seconds: number,
): Promise<RequestRound> {
  const load = { url: entry.origin + CHAT_PATH, scriptFile, core: LOAD_CORE, processes };
  const before = await readProcessUsage(entry.pid);
  const startedAt = performance.now();
  const many = await runWrk({ ...load, connections: MANY_CONNECTIONS, seconds });
  const wallMicroseconds = (performance.now() - startedAt) * 1_000;
  const after = await readProcessUsage(entry.pid);
  const single = await runWrk({ ...load, connections: 1, seconds: Math.max(1, Math.ceil(seconds / 2)) });
  const cpuMicroseconds = after.cpuMicroseconds - before.cpuMicroseconds;
  return {
    contestant: entry.name,
    round,
    requestsPerSecond: many.requestsPerSecond,
    cpuMicrosecondsPerRequest: cpuMicroseconds / many.requests,
    busy: cpuMicroseconds / wallMicroseconds,
    p50Microseconds: many.p50Microseconds,
    p99Microseconds: many.p99Microseconds,
    singleP50Microseconds: single.p50Microseconds,
    singleP99Microseconds: single.p99Microseconds,
    residentBytes: after.residentBytes,
    requests: many.requests + single.requests,
    bytesPerRequest: (many.bytes + single.bytes) / (many.requests + single.requests),
    failures: many.failedAnswers + many.socketErrors + single.failedAnswers + single.socketErrors,
  };
}
