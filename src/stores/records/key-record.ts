/** A key that was issued at run time. Its plain text is nowhere. The record's id is the key's public id. */
export interface KeyBody {
  readonly app: string;
  /** What people call it. */
  readonly name: string;
  readonly environment: string;
  /** `sha256:` and 64 hex digits. */
  readonly digest: string;
  readonly state: "active" | "revoked";
  /** First millisecond at which it no longer works; null: never. */
  readonly expiresAtMs: number | null;
  /** Day of `expiresAtMs`, UTC, `YYYY-MM-DD`: keys that end soon are found by it. */
  readonly expiresOn?: string | null;
  /** When its holder was told that it ends soon; null: not yet. */
  readonly warnedAtMs?: number | null;
  /** What it narrows. A list that is null narrows nothing; an empty one allows nothing. */
  readonly scope: KeyScopeBody;
  /** CIDR networks; null: from anywhere, empty: from nowhere. */
  readonly networks: readonly string[] | null;
  /** Requests per minute; null: the app's own. */
  readonly requestsPerMinute: number | null;
  readonly createdBy: string;
  /** The key that it takes the place of. */
  readonly replaces: string | null;
  /** The key that takes its place; it does not count among its application's keys any more. */
  readonly replacedBy?: string | null;
  readonly revokedAtMs: number | null;
  readonly revokedBy: string | null;
  readonly revokedFor: string | null;
  /** Why it exists where nobody asked for it, such as `starter`. */
  readonly label: string | null;
}

/** When a key was used last. The record's id is tenant, application and name of the key, each percent-encoded, with `/` between. */
export interface KeyUseBody {
  /** Within a quarter of a minute; some minutes where tens of thousands of keys are in use. */
  readonly lastUsedAtMs: number;
}

/** What a key narrows, by names. */
export interface KeyScopeBody {
  readonly services: readonly string[] | null;
  readonly models: readonly string[] | null;
  readonly endpoints: readonly string[] | null;
  readonly backends: readonly string[] | null;
  /** HTTP methods; null: any. */
  readonly methods: readonly string[] | null;
  /** Whether it may only read: GET, HEAD and OPTIONS. */
  readonly readOnly: boolean;
}
