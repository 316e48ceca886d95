import { LatchkeyError } from "../../kernel/error.ts";
import { sha256Hex } from "../../kernel/hash.ts";
import { canonicalJson } from "../../kernel/json.ts";
import type { PageRequest } from "../check-input.ts";
import type { PageQuery } from "../contract/page.ts";

/** A part of a list, as operations answer it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

const OFFSET = /^([0-9a-z]{1,9})\.([0-9a-f]{16})$/;

/**
 * Reads a part of a list of records.
 * @param read is given what the record store knows a page by, and the rest of the query
 * @throws LatchkeyError LK-2102 with the param `cursor` where it belongs to another list
 */
export async function recordPage<Q extends PageQuery, T>(
  { limit, cursor, ...filter }: Q,
  read: (request: PageRequest, filter: Omit<Q, "limit" | "cursor">) => Promise<T>,
): Promise<T> {
  try {
    return await read(cursor === undefined ? { limit } : { limit, after: cursor }, filter);
  } catch (thrown) {
    const isCursor = thrown instanceof LatchkeyError && thrown.param === "after";
    throw isCursor ? wrongCursor() : thrown;
  }
}

/**
 * A part of a list that is not on record, and that has the same order each time.
 * @param query the page and all filters: a cursor is good for the same ones only
 * @param list what makes it another list: the operation, and whose list it is
 * @throws LatchkeyError LK-2102 with the param `cursor`
 */
export function offsetPage<T>(
  entries: Iterable<T>,
  { limit, cursor, ...filters }: PageQuery & Readonly<Record<string, unknown>>,
  list: readonly string[],
): Page<T> {
  const tagOf = (offset: string): string => sha256Hex(canonicalJson([list, filters, offset])).slice(0, 16);
  const start = cursor === undefined ? 0 : readOffset(cursor, tagOf);
  const items: T[] = [];
  let at = 0;
  for (const entry of entries) {
    if (at >= start + limit) {
      const offset = at.toString(36);
      return { items, next: `${offset}.${tagOf(offset)}` };
    }
    if (at >= start) items.push(entry);
    at += 1;
  }
  return { items, next: null };
}

function readOffset(cursor: string, tagOf: (offset: string) => string): number {
  const [, offset, tag] = OFFSET.exec(cursor) ?? [];
  if (offset === undefined || tag !== tagOf(offset)) throw wrongCursor();
  return Number.parseInt(offset, 36);
}

/** What is said of a cursor that no page of the list has given. */
export function wrongCursor(): LatchkeyError {
  return new LatchkeyError("LK-2102", "`cursor` is not the `next` of a page of this list.", {
    param: "cursor",
  });
}
