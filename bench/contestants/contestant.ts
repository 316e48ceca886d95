import type { AccessKeys } from "../support/access-keys.ts";
import type { ProcessGroup } from "../support/process-group.ts";

/** Core of whatever is measured; everything around it runs on `LOAD_CORE`. */
export const CONTESTANT_CORE = 0;
/** Core of the load, the upstream and the bench itself. */
export const LOAD_CORE = 1;

/** What a contestant is given to start. */
export interface ContestantSetting {
  readonly processes: ProcessGroup;
  /** Folder of its own. */
  readonly folder: string;
  readonly upstreamPort: number;
  readonly upstreamPid: number;
  /** Credential that the upstream wants. */
  readonly upstreamKey: string;
  readonly keys: AccessKeys;
  /** Whether answers will be streamed. */
  readonly streams: boolean;
}

/** A contestant that serves. */
export interface RunningContestant {
  /** Scheme, host and port. */
  readonly origin: string;
  /** Process whose CPU and memory count, with its descendants. */
  readonly pid: number;
  /** Headers that the load sends. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether a call without a key must be refused with 401. */
  readonly checksKeys: boolean;
}

/** Something that takes calls and sends them on, or the upstream itself. Its processes end with the group. */
export interface Contestant {
  readonly name: string;
  readonly start: (setting: ContestantSetting) => Promise<RunningContestant>;
}

/** Header by which a caller shows its key. */
export function bearer(key: string): Record<string, string> {
  return { authorization: `Bearer ${key}` };
}
