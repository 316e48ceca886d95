import { readdir } from "node:fs/promises";

/** What a process and all its descendants have used. */
export interface ProcessUsage {
  /** User and system time of all threads since each process started, microseconds. */
  readonly cpuMicroseconds: number;
  /** Resident memory now, bytes; pages that processes share count in each. */
  readonly residentBytes: number;
}

/** The fields of `/proc/<pid>/stat` that matter here. */
export interface ProcessStat {
  readonly parentPid: number;
  readonly cpuTicks: number;
}

/** The kernel reports CPU time to user space in hundredths of a second (`USER_HZ`, proc(5)). */
const MICROSECONDS_PER_TICK = 10_000;

/**
 * Reads a line of `/proc/<pid>/stat` (fields as in proc(5): 4 is the parent, 14 and 15 are user and system time).
 * The name of the command, in parentheses, may hold spaces and parentheses itself.
 */
export function parseProcessStat(text: string): ProcessStat {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return { parentPid: Number(fields[1]), cpuTicks: Number(fields[11]) + Number(fields[12]) };
}

/** Resident memory in bytes out of the text of `/proc/<pid>/status`; 0 when it has none, as a zombie. */
export function parseResidentBytes(text: string): number {
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(text);
  return match === null ? 0 : Number(match[1]) * 1_024;
}

/** Usage of a process and its descendants, read from `/proc`. */
export async function readProcessUsage(rootPid: number): Promise<ProcessUsage> {
  const stats = await readAllStats();
  let cpuTicks = 0;
  let residentBytes = 0;
  for (const [pid, stat] of stats) {
    if (!descendsFrom(pid, rootPid, stats)) continue;
    cpuTicks += stat.cpuTicks;
    residentBytes += parseResidentBytes(await readOrEmpty(`/proc/${pid}/status`));
  }
  return { cpuMicroseconds: cpuTicks * MICROSECONDS_PER_TICK, residentBytes };
}

async function readAllStats(): Promise<Map<number, ProcessStat>> {
  const stats = new Map<number, ProcessStat>();
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const text = await readOrEmpty(`/proc/${name}/stat`);
    if (text !== "") stats.set(Number(name), parseProcessStat(text));
  }
  return stats;
}

function descendsFrom(pid: number, rootPid: number, stats: ReadonlyMap<number, ProcessStat>): boolean {
  for (let current: number | undefined = pid; current !== undefined && current > 0; ) {
    if (current === rootPid) return true;
    current = stats.get(current)?.parentPid;
  }
  return false;
}

/** A process may end between the listing and the reading. */
async function readOrEmpty(path: string): Promise<string> {
  try {
    return await Bun.file(path).text();
  } catch {
    return "";
  }
}
