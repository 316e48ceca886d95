import type { IssuedKey } from "../../stores/ports.ts";
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
}

/** Build tables for an artifact beside the ones in force. */
export interface PrepareArtifact {
  readonly type: "prepare";
  /** Folder that holds the artifacts. */
  readonly directory: string;
  readonly hash: string;
  readonly issuedKeys: readonly IssuedKey[];
}

/** Messages from the supervisor to a thread. */
export type ToThread =
  | ThreadStart
  | PrepareArtifact
  | { readonly type: "commit"; readonly hash: string }
  | { readonly type: "discard"; readonly hash: string }
  | { readonly type: "drain"; readonly withinMs: number };

/** Messages from a thread to the supervisor. */
export type FromThread =
  | { readonly type: "started" }
  | { readonly type: "prepared"; readonly hash: string; readonly skipped: readonly string[] }
  | { readonly type: "failed"; readonly hash: string; readonly code: string; readonly message: string }
  | { readonly type: "committed"; readonly hash: string }
  | { readonly type: "not-listening"; readonly message: string }
  | { readonly type: "drained"; readonly abandoned: number }
  /** An error that nobody caught: it takes no more calls, and says `drained` when those under way have ended. */
  | { readonly type: "crashed"; readonly reason: string; readonly stack: string | null };
