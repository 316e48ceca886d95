import type { Artifact } from "../artifact/artifact.ts";
import { encodedHasId } from "../artifact/grant.ts";
import type { PendingRow } from "../overlay/rows.ts";
import type { GrantedKind } from "./grants.ts";

/** The application behind a key. */
export interface AppEntry {
  readonly id: number;
  readonly name: string;
  readonly tenant: string;
  /** Subscriptions that do not hold. */
  readonly pending: readonly PendingRow[];
}

/** An application whose subscriptions may become others. */
export interface ChangeableApp extends AppEntry {
  pending: readonly PendingRow[];
}

/** The applications of an artifact, by id. */
export function openApps({ apps, tenants }: Artifact): readonly ChangeableApp[] {
  return apps.map(({ name, tenant }, id) => ({
    ...{ id, name, tenant: tenants[tenant]?.name ?? "" },
    pending: [],
  }));
}

/** The subscription that would open a thing to an application if it held. */
export function pendingFor(app: AppEntry, kind: GrantedKind, id: number): PendingRow | undefined {
  return app.pending.find(({ use }) => encodedHasId(use[kind], id));
}
