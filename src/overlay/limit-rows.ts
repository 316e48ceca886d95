import type { Artifact, ArtifactKey, ArtifactLimit } from "../artifact/artifact.ts";
import type { SlotSource } from "../limits/limit-slots.ts";
import type { LimitSubject, RateLimit } from "../limits/rate-limit.ts";
import type { KeyView } from "./decisions.ts";
import type { AppLimitsRow } from "./rows.ts";

const MINUTE_MS = 60_000;

/** One list for all that have no limits, since there may be a million. */
const none: readonly RateLimit[] = [];

/** The limits of requests that hold for applications and keys, with the slots in which they are counted. */
export class LimitRows {
  /** Applications under any. */
  readonly ofApps: readonly AppLimitsRow[];
  readonly #artifact: Artifact;
  readonly #slots: SlotSource;

  constructor(artifact: Artifact, slots: SlotSource) {
    this.#artifact = artifact;
    this.#slots = slots;
    const ofTenants = artifact.tenants.map(({ name, limits }) => this.#rows("tenant", name, limits));
    this.ofApps = artifact.apps
      .map(({ name, tenant, limits }, app) => {
        const own = this.#rows("application", this.#nameOf(tenant, name), limits);
        return { app, limits: [...own, ...(ofTenants[tenant] ?? none)] };
      })
      .filter(({ limits }) => limits.length > 0);
  }

  /** The own limits of a declared key. */
  ofDeclared({ app, name, limits }: ArtifactKey): readonly RateLimit[] {
    if (limits.length === 0) return none;
    const { tenant = -1, name: appName = "" } = this.#artifact.apps[app] ?? {};
    return this.#rows("key", `${this.#nameOf(tenant, appName)}\0${name}`, limits);
  }

  /** The own limit of a key that was issued at run time. */
  ofIssued({ id, requestsPerMinute }: KeyView): readonly RateLimit[] {
    if (requestsPerMinute === null) return none;
    return this.#rows("key", id, [{ counts: "requests", limit: requestsPerMinute, windowMs: MINUTE_MS }]);
  }

  /** Takes note that a key is gone. */
  giveBack(limits: readonly RateLimit[]): void {
    for (const { slot } of limits) this.#slots.giveBack(slot);
  }

  #nameOf(tenant: number, app: string): string {
    return `${this.#artifact.tenants[tenant]?.name ?? ""}\0${app}`;
  }

  /** Each limit once, however often it is declared: it is counted once. */
  #rows(subject: LimitSubject, name: string, limits: readonly ArtifactLimit[]): readonly RateLimit[] {
    const rows = new Map<number | string, RateLimit>();
    for (const { counts, limit, windowMs } of limits) {
      if (counts !== "requests" || windowMs === null) continue;
      const sense = `${subject}\0${name}\0${limit}/${windowMs}`;
      rows.set(sense, { slot: this.#slots.slotOf(sense, windowMs), subject, limit, windowMs });
    }
    return rows.size === 0 ? none : [...rows.values()];
  }
}
