import type { CallRecord } from "../canonical/call-record.ts";

/** Where the request path hands over finished calls. Never waited for, never throws. */
export interface CallSink {
  /** Takes a row, or counts it as lost when the queue is full. */
  readonly record: (row: CallRecord) => void;
  /** Resolves when every row taken so far is stored or counted as lost. */
  readonly flush: () => Promise<void>;
  /** Rows lost so far by this sink. */
  readonly lost: () => number;
}

/** What to read from the call log. All conditions that are given must hold. */
export interface CallQuery {
  /** Rows that started at or after this time, milliseconds since the epoch. */
  readonly sinceMs?: number;
  /** Rows that started before this time. */
  readonly untilMs?: number;
  readonly requestId?: string;
  readonly tenant?: string;
  readonly app?: string;
  readonly key?: string;
  readonly service?: string;
  readonly endpoint?: string;
  readonly model?: string;
  readonly target?: string;
  /** A status, or a class such as `"5xx"`. */
  readonly status?: number | `${1 | 2 | 3 | 4 | 5}xx`;
  readonly errorCode?: string;
  /** Rows stored after this position; for following the log. */
  readonly afterPosition?: number;
  /** Rows at most, the newest ones. */
  readonly limit: number;
}

/** A stored row with its position, which grows with each row stored. */
export interface StoredCall extends CallRecord {
  readonly position: number;
}

/** Rows that were lost, and when it was noticed. */
export interface CallLoss {
  readonly time: number;
  readonly rows: number;
}

/** The call log for reading: `latchkey logs`, `doctor`. Rows come oldest first. */
export interface CallLogReader {
  readonly read: (query: CallQuery) => readonly StoredCall[];
  readonly losses: (sinceMs: number) => readonly CallLoss[];
  readonly close: () => void;
}
