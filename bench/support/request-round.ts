import { LOAD_CORE } from "../contestants/contestant.ts";
import type { Entry } from "./arena.ts";
import type { ProcessGroup } from "./process-group.ts";
import { readProcessUsage } from "./process-usage.ts";
import { runWrk, type WrkResult } from "./wrk.ts";

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
  const { many, cpuMicrosecondsPerRequest, busy, residentBytes } = await measureCost(
    { entry, scriptFile },
    processes,
    seconds,
  );
  const load = { url: entry.origin + entry.api.path, scriptFile, core: LOAD_CORE, processes };
  const single = await runWrk({ ...load, connections: 1, seconds: Math.max(1, Math.ceil(seconds / 2)) });
  return {
    contestant: entry.name,
    round,
    requestsPerSecond: many.requestsPerSecond,
    cpuMicrosecondsPerRequest,
    busy,
    p50Microseconds: many.p50Microseconds,
    p99Microseconds: many.p99Microseconds,
    singleP50Microseconds: single.p50Microseconds,
    singleP99Microseconds: single.p99Microseconds,
    residentBytes,
    requests: many.requests + single.requests,
    bytesPerRequest: (many.bytes + single.bytes) / (many.requests + single.requests),
    failures: many.failedAnswers + many.socketErrors + single.failedAnswers + single.socketErrors,
  };
}

/** What one contestant used while it was loaded over many connections. */
export interface RequestCost {
  readonly many: WrkResult;
  readonly cpuMicrosecondsPerRequest: number;
  readonly busy: number;
  readonly residentBytes: number;
}

/** Loads one contestant over many connections. */
export async function measureCost(
  { entry, scriptFile }: ScriptedEntry,
  processes: ProcessGroup,
  seconds: number,
): Promise<RequestCost> {
  const url = entry.origin + entry.api.path;
  const before = await readProcessUsage(entry.pid);
  const startedAt = performance.now();
  const connections = MANY_CONNECTIONS;
  const many = await runWrk({ url, scriptFile, core: LOAD_CORE, processes, connections, seconds });
  const wallMicroseconds = (performance.now() - startedAt) * 1_000;
  const after = await readProcessUsage(entry.pid);
  const cpuMicroseconds = after.cpuMicroseconds - before.cpuMicroseconds;
  return {
    many,
    cpuMicrosecondsPerRequest: cpuMicroseconds / many.requests,
    busy: cpuMicroseconds / wallMicroseconds,
    residentBytes: after.residentBytes,
  };
}
