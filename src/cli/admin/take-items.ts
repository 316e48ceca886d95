import { eachItem } from "../../admin/client/each-item.ts";
import { option, usageError } from "../args.ts";

/** Entries of one page at most. */
const PAGE = 200;

/** The flag that says how much of a list is shown. */
export const limitFlag = option("N", "entries at most; default: all");

/** How many entries are wanted; infinity: all. @throws LatchkeyError LK-6103 */
export function readLimit(text: string | undefined, otherwise = Number.POSITIVE_INFINITY): number {
  if (text === undefined) return otherwise;
  const limit = Number(text);
  if (/^\d{1,9}$/.test(text) && limit >= 1) return limit;
  throw usageError(`--limit takes a number from 1 on, not "${text}"`);
}

/** So many entries of a list, page by page. Rejects as the list does. */
export async function takeItems<Query extends object, Params extends object, Item>(
  list: (request: {
    readonly params: Params;
    readonly query: Query & { readonly limit: number };
  }) => Promise<{ readonly items: readonly Item[]; readonly next: string | null }>,
  request: { readonly params: Params; readonly query: Query },
  limit: number,
): Promise<readonly Item[]> {
  const taken: Item[] = [];
  const query = { ...request.query, limit: Math.min(limit, PAGE) };
  for await (const item of eachItem(list, { ...request, query })) {
    if (taken.length >= limit) break;
    taken.push(item);
  }
  return taken;
}

/** A list that each tenant has one of. */
type TenantList<Item, Query extends object> = (request: {
  readonly params: { readonly tenant: string };
  readonly query: Query & { readonly limit: number };
}) => Promise<{ readonly items: readonly Item[]; readonly next: string | null }>;

/** So many entries of the lists of some tenants, one list after the other. Rejects as the list does. */
export async function takeFromTenants<Item, Query extends object>(
  list: TenantList<Item, Query>,
  { tenants, query }: { readonly tenants: readonly string[]; readonly query: Query },
  limit: number,
): Promise<readonly Item[]> {
  const taken: Item[] = [];
  for (const tenant of tenants) {
    if (taken.length >= limit) break;
    taken.push(...(await takeItems(list, { params: { tenant }, query }, limit - taken.length)));
  }
  return taken;
}
