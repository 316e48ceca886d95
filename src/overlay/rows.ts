import type { RateLimit } from "../limits/rate-limit.ts";

/** What one service opens to those who use it, as sets of ids that `encodeIdSet` writes. */
export interface UseRow {
  /** Id of the service. */
  readonly service: number;
  readonly models: string;
  readonly endpoints: string;
  readonly backends: string;
}

/** What a key reaches: the union of its uses. The first use that opens a thing is the one that calls count for. */
export interface GrantRow {
  /** Never used again for another grant, as long as the artifact is in force. */
  readonly id: number;
  readonly uses: readonly UseRow[];
}

/** A key that works, declared or issued. */
export interface KeyRow {
  /** 64 hex digits of the SHA-256 of its plain text. */
  readonly digest: string;
  /** Name in the config, or public id of an issued key. */
  readonly name: string;
  /** Id of the application. */
  readonly app: number;
  /** Id of a grant row. */
  readonly grant: number;
  /** First millisecond at which it no longer works; null: never. */
  readonly expiresAtMs: number | null;
  /** From when on its holder is warned of that; null: never. */
  readonly warnFromMs: number | null;
  /** HTTP methods, upper case; null: any, empty: none. */
  readonly methods: readonly string[] | null;
  /** CIDR networks; null: from anywhere, empty: from nowhere. */
  readonly networks: readonly string[] | null;
  /** Its own; those of its application and tenant hold besides. */
  readonly limits: readonly RateLimit[];
}

/** What an application would reach by a subscription that does not hold. */
export interface PendingRow {
  /** Id of the subscription's record. */
  readonly subscription: string;
  readonly state: "requested" | "rejected" | "revoked" | "expired";
  readonly use: UseRow;
}

/** An application of which somebody knows more than the artifact says. */
export interface AppRow {
  /** Id of the application. */
  readonly app: number;
  readonly pending: readonly PendingRow[];
}

/** The limits that every key of an application is under: its own, then those of its tenant. */
export interface AppLimitsRow {
  /** Id of the application. */
  readonly app: number;
  readonly limits: readonly RateLimit[];
}

/**
 * What serving threads put into their tables. Grants and limits come before the keys that have them; keys and applications take the
 * place of what was there before.
 */
export interface OverlayRows {
  readonly grants: readonly GrantRow[];
  /** None in a change: they are the artifact's. */
  readonly limits: readonly AppLimitsRow[];
  readonly keys: readonly KeyRow[];
  readonly apps: readonly AppRow[];
  /** Digests of keys that no longer work. */
  readonly goneKeys: readonly string[];
  /** Ids of grants that no key has any more. */
  readonly goneGrants: readonly number[];
}

/** Rows that say nothing. */
export const noRows: OverlayRows = {
  ...{ grants: [], limits: [], keys: [], apps: [], goneKeys: [], goneGrants: [] },
};
