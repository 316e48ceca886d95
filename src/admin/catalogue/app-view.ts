import type { Artifact } from "../../artifact/artifact.ts";
import type { AdminParts } from "../admin-parts.ts";
import { type FoundApp, findService, isVisibleTo, ownerOf } from "../artifact-names.ts";
import type { AppView } from "../contract/apps.ts";
import { subscriptionsOf } from "../subscriptions/subscriptions-of.ts";

/** What a list says of an application. */
export type ListedApp = Omit<AppView, "limits" | "budget" | "reach">;

/** An application with what it uses: declared services, then those that it is subscribed to and that are still offered. */
export async function showApp(parts: AdminParts, found: FoundApp): Promise<ListedApp> {
  const { artifact } = parts.artifact();
  const { tenant, app, appId } = found;
  const keys = { kind: "key", tenant: tenant.name, where: { app: app.name, state: "active" } } as const;
  return {
    name: app.name,
    summary: app.summary,
    uses: [...declaredUses(artifact, found), ...(await subscribedUses(parts, artifact, found))],
    keys: {
      declared: artifact.keys.filter((key) => key.app === appId).length,
      issued: await parts.records.count(keys),
    },
  };
}

function declaredUses(artifact: Artifact, { app }: FoundApp): AppView["uses"] {
  return app.uses.flatMap((id) => {
    const service = artifact.services[id];
    if (service === undefined) return [];
    const use = { subscription: null, isTrial: false, expiresAtMs: null };
    return [{ service: service.name, owner: ownerOf(artifact, service), ...use }];
  });
}

async function subscribedUses(
  { records, clock }: AdminParts,
  artifact: Artifact,
  { tenant, tenantId, app }: FoundApp,
): Promise<AppView["uses"]> {
  const where = { app: app.name, state: "approved" } as const;
  const approved = await subscriptionsOf(records, tenant.name, where, clock.now());
  return approved.flatMap(({ service: name, owner, id, isTrial, expiresAtMs }) => {
    const service = findService(artifact, name);
    if (service === undefined || !isVisibleTo(service, tenantId)) return [];
    if (ownerOf(artifact, service) !== owner || app.uses.includes(artifact.services.indexOf(service)))
      return [];
    return [{ service: name, owner, subscription: id, isTrial, expiresAtMs }];
  });
}
