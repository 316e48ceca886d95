import { holds, type SubscriptionView } from "./uses.ts";

/** Grants that are remembered of one application; beyond that the memory begins anew. */
const MOST = 32;

interface GivenToApp {
  /** By what narrows the keys that have them. */
  readonly grants: Map<string, number>;
  /** When one of the approvals that they come from ends. */
  readonly untilMs: number;
}

/**
 * Which grants the keys of applications have been given. One more key of an application with a thousand subscriptions
 * then takes a look-up; without it, all of them would have to be looked at.
 */
export class GivenGrants {
  readonly #byApp = new Map<number, GivenToApp>();

  /**
   * Grants of an application's keys, by what narrows them. Some may be gone by now.
   * @param app id of the application
   */
  of(app: number, subscriptions: Iterable<SubscriptionView>, nowMs: number): Map<string, number> {
    const known = this.#byApp.get(app);
    if (known !== undefined && nowMs < known.untilMs) return known.grants;
    let untilMs = Infinity;
    for (const subscription of subscriptions) {
      if (holds(subscription, nowMs)) untilMs = Math.min(untilMs, subscription.expiresAtMs ?? Infinity);
    }
    const grants = new Map<string, number>();
    this.#byApp.set(app, { grants, untilMs });
    return grants;
  }

  /** An application has other subscriptions now. */
  forget(app: number): void {
    this.#byApp.delete(app);
  }
}

/** Notes that keys that narrow the same have a grant. */
export function noteGiven(given: Map<string, number>, sense: string, grant: number): void {
  if (given.size >= MOST) given.clear();
  given.set(sense, grant);
}
