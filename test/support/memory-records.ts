import { sha256Hex } from "../../src/kernel/hash.ts";
import { canonicalJson, type JsonObject } from "../../src/kernel/json.ts";
import type {
  AuditEntry,
  AuditQuery,
  RecordChange,
  RecordPage,
  RecordQuery,
  RecordStore,
  RecordTransaction,
  StoredAudit,
  StoredRecord,
} from "../../src/stores/record-store.ts";
import { followedKinds, type RecordKind, recordIndexes } from "../../src/stores/records/kinds.ts";

/** A record store in memory for tests, with the time as an argument. Transactions are made one after the other. */
export function memoryRecords(now: () => number = Date.now): RecordStore {
  let rows: readonly StoredRecord[] = [];
  let audits: readonly StoredAudit[] = [];
  let changes: readonly RecordChange[] = [];
  let last: Promise<unknown> = Promise.resolve();

  const get = async (kind: RecordKind, id: string): Promise<StoredRecord | undefined> =>
    rows.find((row) => row.kind === kind && row.id === id);
  const matching = (query: Omit<RecordQuery, "limit">): readonly StoredRecord[] => {
    const indexes: readonly string[] = recordIndexes[query.kind];
    const other = Object.keys(query.where ?? {}).find((name) => !indexes.includes(name));
    if (other !== undefined) throw new Error(`${query.kind} has no index of ${other}`);
    const found = rows.filter(
      (row) =>
        row.kind === query.kind &&
        (query.tenant === undefined || row.tenant === query.tenant) &&
        Object.entries(query.where ?? {}).every(
          ([name, value]) => (({ ...row.body }) as Record<string, unknown>)[name] === value,
        ),
    );
    return query.order === "oldest" ? found : found.toReversed();
  };
  const list = async (query: RecordQuery): Promise<RecordPage> => {
    const all = matching(query);
    const start = query.after === undefined ? 0 : all.findIndex(({ id }) => id === query.after) + 1;
    const records = all.slice(start, start + query.limit);
    const next = start + query.limit < all.length ? (records.at(-1)?.id ?? null) : null;
    return { records, next };
  };
  const count = async (query: Omit<RecordQuery, "limit" | "after" | "order">): Promise<number> =>
    matching(query).length;
  const note = (kind: RecordKind, id: string): void => {
    const followed = followedKinds.find((name) => name === kind);
    if (followed === undefined) return;
    changes = [...changes, { sequence: (changes.at(-1)?.sequence ?? 0) + 1, kind: followed, id }];
  };
  const transaction = {
    get,
    list,
    count,
    insert: async (record: StoredRecord) => {
      if ((await get(record.kind, record.id)) !== undefined) throw new Error("the id is taken");
      const row = { ...structuredClone(record), version: 1, createdAtMs: now(), updatedAtMs: now() };
      rows = [...rows, row];
      note(row.kind, row.id);
      return row;
    },
    update: async (kind: RecordKind, id: string, version: number, body: StoredRecord["body"]) => {
      const before = await get(kind, id);
      if (before?.version !== version) throw new Error("the record has another version");
      const row = { ...before, body: structuredClone(body), version: version + 1, updatedAtMs: now() };
      rows = rows.map((one) => (one === before ? row : one));
      note(kind, id);
      return row;
    },
    remove: async (kind: RecordKind, id: string) => {
      const before = await get(kind, id);
      if (before === undefined) return;
      rows = rows.filter((one) => one !== before);
      note(kind, id);
    },
    audit: async (entry: AuditEntry) => {
      const previousHash = audits.at(-1)?.hash ?? "0".repeat(64);
      const content = { ...entry, sequence: audits.length + 1, timeMs: now(), previousHash };
      const stored = { ...content, hash: sha256Hex(canonicalJson(content)) };
      audits = [...audits, stored];
      return stored;
    },
  } as unknown as RecordTransaction;

  const listAudit = async (query: AuditQuery): Promise<readonly StoredAudit[]> =>
    audits
      .filter(
        (entry) =>
          (query.tenant === undefined || entry.tenant === query.tenant) &&
          (query.actor === undefined || entry.actor.id === query.actor) &&
          (query.action === undefined || entry.action === query.action) &&
          (query.subject === undefined || entry.subject === query.subject) &&
          entry.timeMs >= (query.sinceMs ?? 0) &&
          entry.timeMs < (query.untilMs ?? Number.POSITIVE_INFINITY) &&
          entry.sequence < (query.before ?? Number.POSITIVE_INFINITY),
      )
      .toReversed()
      .slice(0, query.limit);

  return {
    get: transaction.get,
    getAll: async <K extends RecordKind>(kind: K, ids: readonly string[]) => {
      const found = await Promise.all(ids.map((id) => transaction.get(kind, id)));
      return found.filter((record) => record !== undefined);
    },
    list: transaction.list,
    count: transaction.count,
    transact: (work) => {
      const done = last.then(async () => {
        const before = { rows, audits, changes };
        try {
          return await work(transaction);
        } catch (thrown) {
          ({ rows, audits, changes } = before);
          throw thrown;
        }
      });
      last = done.catch(() => {});
      return done;
    },
    position: async () => changes.at(-1)?.sequence ?? 0,
    changesAfter: async (position, limit) => {
      const newest = changes.filter(
        (change, at) =>
          change.sequence > position &&
          !changes.slice(at + 1).some(({ kind, id }) => kind === change.kind && id === change.id),
      );
      return newest.slice(0, limit);
    },
    forgetChanges: async () => {},
    listAudit,
    pageAudit: async ({ after, limit, ...query }) => {
      const before = after === undefined ? {} : { before: Number(after.slice("audit-".length)) };
      const found = await listAudit({ ...query, ...before, limit: limit + 1 });
      const entries = found.slice(0, limit);
      return { entries, next: found.length > limit ? `audit-${entries.at(-1)?.sequence}` : null };
    },
    verifyAudit: async () => {
      let previous = "0".repeat(64);
      for (const { hash, ...content } of audits) {
        if (
          content.previousHash !== previous ||
          sha256Hex(canonicalJson(content as unknown as JsonObject)) !== hash
        )
          return {
            entries: audits.length,
            broken: { sequence: content.sequence, problem: "the hash is wrong" },
          };
        previous = hash;
      }
      return { entries: audits.length, broken: null };
    },
    close: async () => {},
  };
}
