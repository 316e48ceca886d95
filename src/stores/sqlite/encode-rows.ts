import type { CallRecord } from "../../canonical/call-record.ts";
import { type CallValues, callValues, isSameKind, type KindValues, kindValues } from "./call-values.ts";
import { reasonOf } from "./guard-state-file.ts";

/** Calls as a batch carries and keeps them. */
export interface EncodedRows {
  /** JSON list of `KindValues`. */
  readonly kinds: string;
  /** JSON list of `CallValues`. */
  readonly calls: string;
  readonly rows: number;
  /** Earliest and latest start of a call, milliseconds since the epoch; 0 without calls. */
  readonly firstTime: number;
  readonly lastTime: number;
  /** Rows with values that cannot be stored, which were left out, and what is wrong with the first of them. */
  readonly refused: number;
  readonly problem: string;
}

/** Kinds of a batch that a call is compared with, from the newest on; another one of the same kind is no harm. */
const COMPARED_KINDS = 16;

/**
 * Encodes rows for a batch; never throws. A row costs a fraction of what it would as a row of a table, because
 * neither its common values nor an index are written for it.
 */
export function encodeRows(rows: readonly CallRecord[]): EncodedRows {
  const kinds = new Kinds();
  const calls: CallValues[] = [];
  let firstTime = Number.POSITIVE_INFINITY;
  let lastTime = Number.NEGATIVE_INFINITY;
  let problem = "";
  for (const row of rows) {
    try {
      calls.push(callValues(row, kinds.placeOf(row)));
      firstTime = Math.min(firstTime, row.time);
      lastTime = Math.max(lastTime, row.time);
    } catch (thrown) {
      if (problem === "") problem = `a row was refused: ${reasonOf(thrown)}`;
    }
  }
  return {
    kinds: JSON.stringify(kinds.values),
    calls: JSON.stringify(calls),
    rows: calls.length,
    firstTime: calls.length === 0 ? 0 : firstTime,
    lastTime: calls.length === 0 ? 0 : lastTime,
    refused: rows.length - calls.length,
    problem,
  };
}

class Kinds {
  readonly values: KindValues[] = [];
  readonly #examples: CallRecord[] = [];

  placeOf(row: CallRecord): number {
    const examples = this.#examples;
    const last = examples.length - 1;
    for (let place = last; place >= 0 && place > last - COMPARED_KINDS; place--) {
      const example = examples[place];
      if (example !== undefined && isSameKind(example, row)) return place;
    }
    this.values.push(kindValues(row));
    return examples.push(row) - 1;
  }
}
