import type { Artifact } from "../artifact/artifact.ts";
import { encodedHasId } from "../artifact/grant.ts";
import type { OfferKind } from "../artifact/offer-kind.ts";
import type { OpenRateLimit } from "../limits/rate-limit.ts";
import type { PendingRow } from "../overlay/rows.ts";

/** The application behind a key. */
export interface AppEntry {
  readonly id: number;
  readonly name: string;
  readonly tenant: string;
  /** Subscriptions that do not hold. */
  readonly pending: readonly PendingRow[];
  /** What all of its keys are under; undefined: nothing. */
  readonly limits: readonly OpenRateLimit[] | undefined;
}

/** An application whose subscriptions may become others, and whose limits come with the rows. */
export interface ChangeableApp extends AppEntry {
  pending: readonly PendingRow[];
  limits: readonly OpenRateLimit[] | undefined;
}

/** The applications of an artifact, by id. */
export function openApps({ apps, tenants }: Artifact): readonly ChangeableApp[] {
  return apps.map(({ name, tenant }, id) => ({
    ...{ id, name, tenant: tenants[tenant]?.name ?? "" },
    pending: [],
    limits: undefined,
  }));
}

/** The subscription that would open a thing to an application if it held. */
export function pendingFor(app: AppEntry, kind: OfferKind, id: number): PendingRow | undefined {
  return app.pending.find(({ use }) => encodedHasId(use[kind], id));
}
