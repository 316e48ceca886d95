import type { JsonObject } from "../kernel/json.ts";
import type { FollowedKind, RecordBodies, RecordKind } from "./records/kinds.ts";

/** A record as it is stored. */
export interface StoredRecord<K extends RecordKind = RecordKind> {
  readonly kind: K;
  /** Chosen by whoever makes it; unique within its kind. */
  readonly id: string;
  /** Whose data it is; null: the platform's own. Nothing of one tenant is ever listed for another. */
  readonly tenant: string | null;
  /** 1 when it is made, and one more with each change. */
  readonly version: number;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly body: RecordBodies[K];
}

/** A record to be made. */
export interface NewRecord<K extends RecordKind = RecordKind> {
  readonly kind: K;
  readonly id: string;
  readonly tenant: string | null;
  readonly body: RecordBodies[K];
}

/** Which records to list. All conditions that are given must hold. */
export interface RecordQuery<K extends RecordKind = RecordKind> {
  readonly kind: K;
  /** Absent: every tenant's, which only the platform's operators and the gateway itself may ask for. */
  readonly tenant?: string | null;
  /** Values of indexed members of the body; see `recordIndexes`. */
  readonly where?: Readonly<Record<string, string | null>>;
  /** `next` of the page before. */
  readonly after?: string;
  /** Default: the newest first. */
  readonly order?: "newest" | "oldest";
  /** Records at most, up to 1,000. */
  readonly limit: number;
}

/** A part of a list. */
export interface RecordPage<K extends RecordKind = RecordKind> {
  readonly records: readonly StoredRecord<K>[];
  /** Where the next page begins; null: there is none. */
  readonly next: string | null;
}

/** Who did something. */
export interface Actor {
  /** `person`: a member, by address; `token`: a member's access token; `key`: an application's key; `deploy`: a new artifact; `system`: the gateway itself. */
  readonly kind: "person" | "token" | "key" | "deploy" | "system";
  readonly id: string;
  /** Where it came from, as an address; null: from this machine. */
  readonly address: string | null;
}

/** What is to be written to the audit log. */
export interface AuditEntry {
  readonly actor: Actor;
  /** Tenant it concerns; null: the platform. */
  readonly tenant: string | null;
  /** `<subject>.<verb>`, such as `key.revoke`. */
  readonly action: string;
  /** What was changed, such as `key:4f2a…`. */
  readonly subject: string;
  /** What it was before and is now, without secrets; null: it was not there, or is not there any more. */
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  /** Artifact in force. */
  readonly artifact: string | null;
}

/** An entry of the audit log. */
export interface StoredAudit extends AuditEntry {
  /** 1 for the first one; there are no gaps. */
  readonly sequence: number;
  readonly timeMs: number;
  /** SHA-256 of the entry before; 64 zeros for the first one. */
  readonly previousHash: string;
  /** SHA-256 of the canonical JSON of everything else in the entry, `previousHash` included. */
  readonly hash: string;
}

/** Which entries of the audit log to list, the newest first. */
export interface AuditQuery {
  /** Absent: every tenant's. */
  readonly tenant?: string | null;
  readonly actor?: string;
  readonly action?: string;
  readonly subject?: string;
  readonly sinceMs?: number;
  readonly untilMs?: number;
  /** Entries before this sequence. */
  readonly before?: number;
  readonly limit: number;
}

/** A part of the audit log, the newest first. */
export interface AuditPage {
  readonly entries: readonly StoredAudit[];
  /** Where the next page begins; null: there is none. It does not tell how many entries others have. */
  readonly next: string | null;
}

/** Which part of the audit log to give. */
export interface AuditPageQuery extends Omit<AuditQuery, "before"> {
  /** `next` of the page before, for the same conditions. */
  readonly after?: string;
}

/** Where the chain of the audit log breaks. */
export interface AuditBreak {
  readonly sequence: number;
  readonly problem: string;
}

/** A change of a record of a kind in `followedKinds`, for those who keep a view of them in memory. */
export interface RecordChange {
  /** Grows with each change; there may be gaps. */
  readonly sequence: number;
  readonly kind: FollowedKind;
  readonly id: string;
}

/** Reads and writes that happen together or not at all, as if nobody else wrote meanwhile. */
export interface RecordTransaction {
  readonly get: <K extends RecordKind>(kind: K, id: string) => Promise<StoredRecord<K> | undefined>;
  readonly list: <K extends RecordKind>(query: RecordQuery<K>) => Promise<RecordPage<K>>;
  /** How many there are. */
  readonly count: <K extends RecordKind>(
    query: Omit<RecordQuery<K>, "limit" | "after" | "order">,
  ) => Promise<number>;
  /** @throws LatchkeyError LK-6109 where the id is taken */
  readonly insert: <K extends RecordKind>(record: NewRecord<K>) => Promise<StoredRecord<K>>;
  /**
   * Puts a new body in place of the one that has this version.
   * @throws LatchkeyError LK-6110 where the record is not there or has another version by now
   */
  readonly update: <K extends RecordKind>(
    kind: K,
    id: string,
    version: number,
    body: RecordBodies[K],
  ) => Promise<StoredRecord<K>>;
  /** Leaves alone what is not there. */
  readonly remove: (kind: RecordKind, id: string) => Promise<void>;
  readonly audit: (entry: AuditEntry) => Promise<StoredAudit>;
}

/**
 * Records: what people and the gateway decide without a deploy. Every implementation passes the same suite,
 * `test/stores/conformance`. All calls may reject with LatchkeyError LK-6105 (the store cannot be used).
 */
export interface RecordStore {
  readonly get: RecordTransaction["get"];
  /** Those of up to 1,000 records that are there, in any order. */
  readonly getAll: <K extends RecordKind>(
    kind: K,
    ids: readonly string[],
  ) => Promise<readonly StoredRecord<K>[]>;
  readonly list: RecordTransaction["list"];
  readonly count: RecordTransaction["count"];
  /** Serialisable: work that meets other work is done again, up to some times; it may not have effects of its own. */
  readonly transact: <T>(work: (transaction: RecordTransaction) => Promise<T>) => Promise<T>;
  /** Sequence of the newest change; 0: there is none. */
  readonly position: () => Promise<number>;
  /**
   * Changes after a position, oldest first, each record once with its newest change. Null where some of them are forgotten:
   * whoever follows has to take a new position, and to read all records after that.
   */
  readonly changesAfter: (position: number, limit: number) => Promise<readonly RecordChange[] | null>;
  /** Forgets changes but the newest ones, so that there are not ever more of them. @param keep how many stay at least */
  readonly forgetChanges: (keep: number) => Promise<void>;
  readonly listAudit: (query: AuditQuery) => Promise<readonly StoredAudit[]>;
  readonly pageAudit: (query: AuditPageQuery) => Promise<AuditPage>;
  /** Follows the chain from its beginning; the first break, if there is one. */
  readonly verifyAudit: () => Promise<{ readonly entries: number; readonly broken: AuditBreak | null }>;
  readonly close: () => Promise<void>;
}
