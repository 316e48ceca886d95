import type { NamedApp } from "./named-artifact.ts";
import type { Reach, ReachReader } from "./reach.ts";

/** A key that was issued at run time. */
export interface IssuedKey {
  /** Its public id. */
  readonly id: string;
  readonly tenant: string;
  readonly app: string;
  readonly reach: Reach;
}

/** A subscription on record that opens its service to an application. */
export interface HeldSubscription {
  readonly id: string;
  readonly tenant: string;
  readonly app: string;
  readonly service: string;
}

/**
 * Who reaches what by an artifact, with what was decided at run time laid over it. Answers that are the same should be the
 * same object: many keys reach the same, and each pair is compared once.
 */
export interface DecidedReach {
  /** What the keys of an application that narrow nothing reach. */
  readonly app: (tenant: string, app: string) => Reach;
  /** What a declared key reaches. */
  readonly key: (tenant: string, app: string, key: string) => Reach;
  readonly issued: readonly IssuedKey[];
  readonly subscriptions: readonly HeldSubscription[];
}

const nothing: Reach = { models: [], endpoints: [], backends: [] };

/** Who reaches what where nothing was decided at run time. */
export function declaredReach(apps: ReadonlyMap<string, NamedApp>, reachOf: ReachReader): DecidedReach {
  const at = (grant: number | undefined): Reach => (grant === undefined ? nothing : reachOf(grant));
  return {
    app: (tenant, app) => at(apps.get(`${tenant}/${app}`)?.row.grant),
    key: (tenant, app, key) => at(apps.get(`${tenant}/${app}`)?.keys.get(key)?.grant),
    issued: [],
    subscriptions: [],
  };
}
