import type { OverlayRows } from "./rows.ts";

/** Keys and applications in one part at most: what a thread takes in without calls having to wait for it. */
const PART = 2_000;

const none: OverlayRows = { grants: [], keys: [], apps: [], goneKeys: [], goneGrants: [] };

/** Splits rows into parts that mean the same one after the other. */
export function splitRows(rows: OverlayRows): readonly OverlayRows[] {
  const { grants, apps, keys, goneKeys, goneGrants } = rows;
  return [
    ...parts(grants).map((part) => ({ ...none, grants: part })),
    ...parts(apps).map((part) => ({ ...none, apps: part })),
    ...parts(keys).map((part) => ({ ...none, keys: part })),
    ...(goneKeys.length + goneGrants.length > 0 ? [{ ...none, goneKeys, goneGrants }] : []),
  ];
}

function parts<T>(rows: readonly T[]): readonly (readonly T[])[] {
  const count = Math.ceil(rows.length / PART);
  return Array.from({ length: count }, (_, at) => rows.slice(at * PART, (at + 1) * PART));
}
