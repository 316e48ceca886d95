import type { SharedRates } from "../../limits/rate-table.ts";
import type { OverlayRows } from "../../overlay/rows.ts";
import type { KeyUse } from "../../runtime/key-table.ts";
import type { LogLevel } from "../../telemetry/logger.ts";

/** What a serving thread is told when it starts. */
export interface ThreadStart {
  readonly type: "start";
  readonly hostname: string;
  readonly port: number;
  readonly logLevel: LogLevel;
  /** Whether logs are for a terminal. */
  readonly pretty: boolean;
  /** Folder of the config, where relative secret files begin. */
  readonly root: string;
  /** Where finished calls go. */
  readonly callLog: MessagePort;
  /** Where the admin API answers. */
  readonly admin: MessagePort;
  /** Where requests are counted, for all threads. */
  readonly rates: SharedRates;
}

/** Build tables for an artifact beside the ones in force. */
export interface PrepareArtifact {
  readonly type: "prepare";
  /** Folder that holds the artifacts. */
  readonly directory: string;
  readonly hash: string;
  /** How many `rows` messages follow before the tables are ready. */
  readonly parts: number;
}

/** Messages from the supervisor to a thread. */
export type ToThread =
  | ThreadStart
  | PrepareArtifact
  /** A part of what was decided at run time, for the tables that are prepared. */
  | { readonly type: "rows"; readonly rows: OverlayRows }
  /** A change of it, for the tables in force. */
  | { readonly type: "change"; readonly rows: OverlayRows }
  | { readonly type: "report-uses"; readonly most: number }
  | { readonly type: "commit"; readonly hash: string }
  | { readonly type: "discard"; readonly hash: string }
  | { readonly type: "drain"; readonly withinMs: number }
  /** Answered before everything that waits: the thread's event loop turns. */
  | { readonly type: "ping" };

/** Messages from a thread to the supervisor. */
export type FromThread =
  | { readonly type: "started" }
  | { readonly type: "pong" }
  | { readonly type: "prepared"; readonly hash: string; readonly skipped: readonly string[] }
  | { readonly type: "failed"; readonly hash: string; readonly code: string; readonly message: string }
  | { readonly type: "committed"; readonly hash: string }
  | { readonly type: "changed" }
  | { readonly type: "uses"; readonly uses: readonly KeyUse[] }
  | { readonly type: "not-listening"; readonly message: string }
  | { readonly type: "drained"; readonly abandoned: number; readonly lostRows: number }
  /** An error that nobody caught: it takes no more calls, and says `drained` when those under way have ended. */
  | { readonly type: "crashed"; readonly reason: string; readonly stack: string | null };
