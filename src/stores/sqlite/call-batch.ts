import type { CallRecord } from "../../canonical/call-record.ts";

/** A value of a column. */
export type CallValue = string | number | null;

/** Messages from a serving thread to the writer of the call log. */
export type ToWriter =
  | {
      readonly type: "batch";
      /** Rows as JSON: a list of lists in the order of `callColumns`. One string is cheaper to hand over than objects. */
      readonly rows: string;
      readonly count: number;
      /** Rows that were lost since the last batch. */
      readonly lost: number;
    }
  | { readonly type: "close" };

/** Messages from the writer to a serving thread. */
export interface FromWriter {
  readonly type: "stored";
  readonly count: number;
  /** Rows of the batch that could not be stored. */
  readonly lost: number;
  readonly problem: string | null;
}

/** Longest text of a column, UTF-16 code units; longer ones are cut. */
export const maxTextLength = 2_000;

/** A row as the batch carries it. */
export function rowValues(row: CallRecord): readonly CallValue[] {
  const { usage } = row;
  return [
    row.time,
    row.requestId,
    row.artifact,
    bounded(row.tenant),
    bounded(row.app),
    bounded(row.key),
    bounded(row.service),
    bounded(row.endpoint),
    bounded(row.model),
    bounded(row.target),
    bounded(row.method),
    bounded(row.path),
    row.status,
    row.errorCode,
    bounded(row.errorDetail),
    row.stream ? 1 : 0,
    row.attempts,
    usage?.input ?? null,
    usage?.output ?? null,
    usage?.cacheRead ?? null,
    usage?.cacheWrite ?? null,
    usage?.reasoning ?? null,
    row.costNanoUsd,
    row.latencyUs,
    row.firstByteUs,
    row.requestBytes,
    row.responseBytes,
  ];
}

function bounded(text: string | null): string | null {
  if (text === null || text.length <= maxTextLength) return text;
  return text.slice(0, maxTextLength);
}
