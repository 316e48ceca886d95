/** Rows on their way from a sink to the writer. */
export interface CallBatch {
  /** Counts up from 1 in each sink. */
  readonly number: number;
  /**
   * The values of all rows, one after the other in the order of `callColumns`, as one JSON list: a text is
   * handed to another thread for a fraction of what objects cost.
   */
  readonly values: string;
  /** Rows in `values`. */
  readonly rows: number;
  /** Rows that the sink lost before and has not told of yet. */
  readonly lost: number;
}

/** How far the batches of a sink are stored. */
export interface SinkProgress {
  /** Number of the last batch that is stored; 0 for none. */
  readonly batch: number;
  /** Rows of stored batches that the tables refused, from the first batch on. */
  readonly refused: number;
}

/** What the writer tells a sink. */
export type WriterAnswer =
  /** The first answer of each writer: where the sink has to go on. */
  | { readonly type: "ready"; readonly progress: SinkProgress }
  /** A batch is stored; `problem` where the tables refused some of its rows. */
  | { readonly type: "stored"; readonly progress: SinkProgress; readonly problem: string | null }
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
