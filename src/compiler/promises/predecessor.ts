import type { Artifact } from "../../artifact/artifact.ts";

/** A subscription that is on record for an application. */
export interface KnownSubscription {
  /** Id of its record. */
  readonly id: string;
  readonly tenant: string;
  readonly app: string;
  readonly service: string;
  /** `approved`: it holds; `requested`: nobody has decided yet. */
  readonly state: "approved" | "requested";
  readonly terms: KnownTerms;
}

/** What a subscription narrows, by names. A list that is null narrows nothing; an empty one leaves nothing. */
export interface KnownTerms {
  readonly models: readonly string[] | null;
  readonly endpoints: readonly string[] | null;
  readonly backends: readonly string[] | null;
  /** Of the keys that may call. */
  readonly environments: readonly string[] | null;
}

/** What callers hold to when a config is compiled: the artifact in force, and what was decided at run time. */
export interface Predecessor {
  readonly artifact: Artifact;
  readonly subscriptions: readonly KnownSubscription[];
  /** What is let pass: changes that break callers of a version, and the end of what others use. */
  readonly allow: Allowances;
  /** Whether what breaks is a warning, and no error. */
  readonly warnOnly: boolean;
}

/** Which broken promises are let pass. */
export interface Allowances {
  readonly breaking: boolean;
  readonly retire: boolean;
}
