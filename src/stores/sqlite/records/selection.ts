import { LatchkeyError } from "../../../kernel/error.ts";
import type { RecordQuery } from "../../record-store.ts";
import { type RecordKind, recordIndexes } from "../../records/kinds.ts";
import { encodeText } from "./record-row.ts";

/** The part of a statement after FROM, without order and limit, and what is bound to it. */
export interface Selection {
  /** `r` is the record, and `position` is the column to order by. */
  readonly sql: string;
  /** The same where the records themselves need not be looked at. */
  readonly countSql: string;
  readonly position: "r.position" | "v.position";
  readonly values: readonly (string | number)[];
}

/**
 * Members of a kind by which its records can be found.
 * @throws LatchkeyError LK-2102 where there is no such kind
 */
export function indexesOf(kind: RecordKind): readonly string[] {
  if (Object.hasOwn(recordIndexes, kind)) return recordIndexes[kind];
  throw new LatchkeyError("LK-2102", "There is no such kind of records.", { param: "kind" });
}

/**
 * Rows that a query asks for. The condition that is named first in `recordIndexes` leads, as those come with
 * the most telling one first.
 * @throws LatchkeyError LK-2102 where records cannot be found by a member
 */
export function selectionOf({ kind, tenant, where = {} }: Omit<RecordQuery, "limit">): Selection {
  const indexes = indexesOf(kind);
  for (const member of Object.keys(where))
    if (!indexes.includes(member))
      throw new LatchkeyError("LK-2102", `Records of the kind ${kind} cannot be found by this member.`, {
        param: `where.${member}`,
      });
  const conditions = indexes
    .filter((member) => Object.hasOwn(where, member))
    .map((member) => [`${kind}.${member}`, encodeText(where[member] ?? null)] as const);
  const scope = tenant === undefined ? [] : [encodeText(tenant)];
  const [lead, ...others] = conditions;
  if (lead === undefined) {
    const sql = `records r WHERE r.kind = ?${scope.length > 0 ? " AND r.scope = ?" : ""}`;
    return { sql, countSql: sql, position: "r.position", values: [kind, ...scope] };
  }
  const index = scope.length > 0 ? " INDEXED BY record_values_by_scope" : "";
  const conditionsSql = [
    "WHERE v.field = ? AND v.value = ?",
    ...scope.map(() => "v.scope = ?"),
    ...others.map(
      () =>
        "EXISTS (SELECT 1 FROM record_values o WHERE o.field = ? AND o.value = ? AND o.position = v.position)",
    ),
  ].join(" AND ");
  const countSql = `record_values v${index} ${conditionsSql}`;
  const sql = `record_values v${index} CROSS JOIN records r ON r.position = v.position ${conditionsSql}`;
  return { sql, countSql, position: "v.position", values: [...lead, ...scope, ...others.flat()] };
}
