import type { EncodedRows } from "./encode-rows.ts";

/**
 * Rows on their way from a sink to the writer. They are texts, which are handed to another thread for a fraction
 * of what objects cost.
 */
export interface CallBatch extends Pick<EncodedRows, "kinds" | "calls" | "rows" | "firstTime" | "lastTime"> {
  /** Counts up from 1 in each sink. */
  readonly number: number;
  /** Rows that the sink lost before and has not told of yet. */
  readonly lost: number;
}

/** What the writer tells a sink; `batch` is the number of a batch. */
export type WriterAnswer =
  /** The first answer of each writer: the last batch that is stored, 0 for none. The sink goes on behind it. */
  | { readonly type: "ready"; readonly batch: number }
  /** Stored up to this batch. */
  | { readonly type: "stored"; readonly batch: number }
  /** A batch could not be stored: its rows are lost, and nobody has noted so. */
  | { readonly type: "failed"; readonly batch: number; readonly problem: string }
  /** Nothing is stored from now on. */
  | { readonly type: "closed" };

/** What the owner of the call log tells a sink, over the port that `connect` gave. */
export type OwnerNotice =
  /** A writer that stores from now on, in place of the one before. */
  { readonly type: "writer"; readonly port: MessagePort } | { readonly type: "closed" };

/** What the owner tells the writer. */
export type WriterCommand =
  | ({ readonly type: "open" } & WriterSettings)
  | { readonly type: "join"; readonly sink: string; readonly port: MessagePort }
  | { readonly type: "close" };

/** How the writer works. */
export interface WriterSettings {
  readonly file: string;
  /** Milliseconds that rows are kept. */
  readonly keepMs: number;
  /** Milliseconds that the writer waits for a lock on the file. */
  readonly busyTimeoutMs: number;
}

/** What the writer tells the owner. */
export type WriterReport =
  | { readonly type: "opened"; readonly problem: string | null }
  | { readonly type: "problem"; readonly problem: string }
  | { readonly type: "closed" };
