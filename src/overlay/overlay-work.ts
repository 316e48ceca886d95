import type { KeyNarrowing } from "./reach.ts";
import type { KeyRow } from "./rows.ts";
import type { Use } from "./uses.ts";

/** What has become another by a change. */
export interface Changes {
  readonly grants: Set<number>;
  readonly keys: Map<string, KeyRow>;
  readonly goneKeys: Set<string>;
  readonly goneGrants: Set<number>;
}

/** What is done to one application. */
export interface AppWork {
  readonly app: number;
  /** Worked out where a grant is not given yet. */
  readonly uses: () => readonly Use[];
  readonly given: Map<string, number>;
}

/** A key as it is to be, but for its grant. */
export interface WantedKey {
  readonly row: Omit<KeyRow, "app" | "grant" | "warnFromMs">;
  readonly narrowing: KeyNarrowing;
  /** The same for keys that narrow the same. */
  readonly sense: string;
}

/** Nothing yet. */
export function noChanges(): Changes {
  return { grants: new Set(), keys: new Map(), goneKeys: new Set(), goneGrants: new Set() };
}
