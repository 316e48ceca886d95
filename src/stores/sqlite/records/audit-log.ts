import type { Database } from "bun:sqlite";
import { sha256Hex } from "../../../kernel/hash.ts";
import { canonicalJson } from "../../../kernel/json.ts";
import { type CursorQuery, readCursor, writeCursor } from "../../cursor.ts";
import type { AuditEntry, AuditPage, AuditPageQuery, AuditQuery, StoredAudit } from "../../record-store.ts";
import { checkLimit } from "./read-records.ts";

/** A row of `audit` without what is read out of its entry. */
export interface AuditRow {
  readonly sequence: number;
  readonly hash: string;
  /** Canonical JSON of all but the hash. */
  readonly entry: string;
}

/** The last entry. */
export interface AuditHead {
  readonly sequence: number;
  readonly hash: string;
}

/** Entries of a list at most. */
const MAX_LIMIT = 1_000;

/** The last entry that was written; sequence 0 where there is none. */
export function auditHead(database: Database): AuditHead {
  const head = database.query<AuditHead, []>("SELECT sequence, hash FROM audit_head").get();
  if (head === null) throw new Error("the audit log has lost its head");
  return head;
}

/** Adds an entry to the end of the chain. */
export function appendAudit(database: Database, given: AuditEntry, timeMs: number): StoredAudit {
  const head = auditHead(database);
  const { actor, tenant, action, subject, before, after, artifact } = given;
  const sequence = head.sequence + 1;
  const entry = canonicalJson({
    ...{ sequence, timeMs, previousHash: head.hash, tenant, action, subject, before, after, artifact },
    actor: { kind: actor.kind, id: actor.id, address: actor.address },
  });
  const hash = sha256Hex(entry);
  database.query("INSERT INTO audit (sequence, hash, entry) VALUES (?, ?, ?)").run(sequence, hash, entry);
  database.query("UPDATE audit_head SET sequence = ?, hash = ?").run(sequence, hash);
  return auditOf({ sequence, hash, entry });
}

/** Entries that a query asks for, the newest first. */
export function listAudit(database: Database, query: AuditQuery): readonly StoredAudit[] {
  const { tenant, actor, action, subject, sinceMs, untilMs, before } = query;
  const conditions: readonly (readonly [sql: string, value: string | number | null | undefined])[] = [
    ["tenant IS ?", tenant],
    ["actor = ?", actor],
    ["action = ?", action],
    ["subject = ?", subject],
    ["time >= ?", sinceMs],
    ["time < ?", untilMs],
    ["sequence < ?", before],
  ];
  const given = conditions.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]));
  const where = given.map(({ sql }) => ` AND ${sql}`).join("");
  return database
    .query<AuditRow, (string | number | null)[]>(
      `SELECT sequence, hash, entry FROM audit WHERE 1${where} ORDER BY sequence DESC LIMIT ?`,
    )
    .all(...given.map(({ value }) => value), Math.min(checkLimit(query.limit), MAX_LIMIT))
    .map(auditOf);
}

/**
 * A page of what a query asks for.
 * @throws LatchkeyError LK-2102 where a part of the query is wrong, with its name
 */
export function pageAudit(
  database: Database,
  secret: Uint8Array,
  { after, limit, ...query }: AuditPageQuery,
): AuditPage {
  const size = Math.min(checkLimit(limit), MAX_LIMIT - 1);
  const cursor = cursorQuery(query);
  const before = after === undefined ? {} : { before: readCursor(secret, cursor, after) };
  const found = listAudit(database, { ...query, ...before, limit: size + 1 });
  const entries = found.slice(0, size);
  const last = entries.at(-1);
  const next = found.length > size && last !== undefined ? writeCursor(secret, cursor, last.sequence) : null;
  return { entries, next };
}

function cursorQuery({ tenant, ...filters }: Omit<AuditPageQuery, "after" | "limit">): CursorQuery {
  const given = Object.entries(filters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return { kind: "audit", ...(tenant !== undefined && { tenant }), where: Object.fromEntries(given) };
}

function auditOf({ entry, hash }: AuditRow): StoredAudit {
  return { ...JSON.parse(entry), hash };
}
