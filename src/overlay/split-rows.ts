import { type AppRow, type GrantRow, noRows, type OverlayRows } from "./rows.ts";

/** Rows in one part at most: what a thread takes in without calls having to wait for it. */
const PART = 1_000;

/** Uses of the grants in one part, beyond which another begins. */
const USES = 20_000;

/** Splits rows into parts that mean the same one after the other. Few stay together, so that they come into force at once. */
export function splitRows(rows: OverlayRows): readonly OverlayRows[] {
  const { grants, limits, apps, keys, goneKeys, goneGrants } = rows;
  const isShort = keys.length + limits.length + goneKeys.length + goneGrants.length <= PART;
  if (isShort && parts(grants, usesOfGrant).length <= 1 && parts(apps, usesOfApp).length <= 1) return [rows];
  return [
    ...parts(grants, usesOfGrant).map((part) => ({ ...noRows, grants: part })),
    ...parts(limits).map((part) => ({ ...noRows, limits: part })),
    ...parts(apps, usesOfApp).map((part) => ({ ...noRows, apps: part })),
    ...parts(keys).map((part) => ({ ...noRows, keys: part })),
    ...parts(goneKeys).map((part) => ({ ...noRows, goneKeys: part })),
    ...parts(goneGrants).map((part) => ({ ...noRows, goneGrants: part })),
  ];
}

const usesOfGrant = ({ uses }: GrantRow): number => uses.length;
const usesOfApp = ({ pending }: AppRow): number => pending.length;

/** @param usesIn what of a row is counted beside itself */
function parts<T>(rows: readonly T[], usesIn: (row: T) => number = () => 0): readonly (readonly T[])[] {
  const all: T[][] = [];
  let part: T[] = [];
  let uses = 0;
  for (const row of rows) {
    if (part.length === 0) all.push(part);
    part.push(row);
    uses += usesIn(row);
    if (part.length < PART && uses < USES) continue;
    part = [];
    uses = 0;
  }
  return all;
}
