import type { CallRecord } from "../../canonical/call-record.ts";
import { type CallValue, pushCallValues } from "./call-values.ts";

/** Rows as a batch carries them. */
export interface EncodedRows {
  readonly values: string;
  readonly rows: number;
  /** Rows that cannot be written as JSON and were left out. */
  readonly lost: number;
}

/** Encodes rows as one JSON list of values; never throws. */
export function encodeRows(rows: readonly CallRecord[]): EncodedRows {
  try {
    const values: CallValue[] = [];
    for (const row of rows) pushCallValues(values, row);
    return { values: JSON.stringify(values), rows: rows.length, lost: 0 };
  } catch {
    return encodeOneByOne(rows);
  }
}

function encodeOneByOne(rows: readonly CallRecord[]): EncodedRows {
  const texts = rows.flatMap((row) => {
    try {
      const values: CallValue[] = [];
      pushCallValues(values, row);
      return [JSON.stringify(values).slice(1, -1)];
    } catch {
      return [];
    }
  });
  return { values: `[${texts.join(",")}]`, rows: texts.length, lost: rows.length - texts.length };
}
