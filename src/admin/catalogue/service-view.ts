import type { Artifact, ArtifactService } from "../../artifact/artifact.ts";
import type { AdminParts } from "../admin-parts.ts";
import { ownerOf } from "../artifact-names.ts";
import type { ListedService, ServiceAnswer } from "../contract/services.ts";
import { offersTo } from "../offers.ts";
import { subscriptionsOf } from "../subscriptions/subscriptions-of.ts";
import { approvalWords, showApproval } from "./approval-view.ts";
import { showVersion, type VersionKind, visibleVersions } from "./version-view.ts";

/** Who looks at the catalogue. */
export interface Viewer {
  readonly tenantId: number;
  readonly tenant: string;
}

/** A service as a list of the catalogue shows it. */
export async function listedService(
  parts: AdminParts,
  service: ArtifactService,
  viewer: Viewer,
): Promise<ListedService> {
  const { artifact } = parts.artifact();
  const offers = offersTo(artifact, viewer.tenantId, [service]);
  const versions = (kind: VersionKind) => offers[kind].map(({ name, version }) => `${name}@${version}`);
  return {
    ...headOf(artifact, service, viewer),
    apps: await appsOf(parts, service, viewer),
    models: offers.models.map(({ name }) => name),
    endpoints: versions("endpoints"),
    backends: versions("backends"),
  };
}

/** A service of the catalogue with all that a tenant may know of it. */
export async function showService(
  parts: AdminParts,
  service: ArtifactService,
  viewer: Viewer,
): Promise<ServiceAnswer> {
  const { artifact } = parts.artifact();
  const { plan, trialMs, subscriptionMs, limits } = service;
  const approval = showApproval(artifact, service, viewer.tenantId);
  return {
    ...headOf(artifact, service, viewer),
    apps: await appsOf(parts, service, viewer),
    approval,
    approvalWords: approvalWords(approval, ownerOf(artifact, service)),
    ...{ plan, trialMs, subscriptionMs, limits },
    models: service.models.flatMap((id) => modelOf(artifact, id)),
    endpoints: endpointsOf(artifact, service, viewer),
    backends: backendsOf(artifact, service, viewer),
  };
}

function headOf(
  artifact: Artifact,
  service: ArtifactService,
  { tenantId }: Viewer,
): Omit<ListedService, "apps" | "models" | "endpoints" | "backends"> {
  const { name, summary, docs, contact, owner } = service;
  return {
    ...{ name, summary, docs, contact, isOwn: owner === tenantId },
    owner: {
      name: ownerOf(artifact, service),
      displayName: artifact.tenants[owner]?.displayName ?? null,
    },
  };
}

/** The newest subscription of each application counts. */
async function appsOf(
  { artifact: inForce, records, clock }: AdminParts,
  service: ArtifactService,
  { tenant, tenantId }: Viewer,
): Promise<ListedService["apps"]> {
  const { artifact } = inForce();
  const serviceId = artifact.services.indexOf(service);
  const own = artifact.apps.filter((app) => app.tenant === tenantId);
  const all = await subscriptionsOf(records, tenant, { service: service.name }, clock.now());
  const held = all.filter(({ owner }) => owner === ownerOf(artifact, service));
  return own.flatMap(({ name: app, uses }): ListedService["apps"][number][] => {
    if (uses.includes(serviceId)) return [{ app, subscription: null, state: "approved", expiresAtMs: null }];
    const newest = held.find((subscription) => subscription.app === app);
    if (newest === undefined) return [];
    const { id, state, expiresAtMs } = newest;
    return [{ app, subscription: id, state, expiresAtMs }];
  });
}

function modelOf({ models }: Artifact, id: number): ServiceAnswer["models"] {
  const model = models[id];
  if (model === undefined) return [];
  return [{ name: model.name, summary: model.summary, releasedOn: model.releasedOn ?? null }];
}

function endpointsOf(
  artifact: Artifact,
  service: ArtifactService,
  { tenantId }: Viewer,
): ServiceAnswer["endpoints"] {
  const visible = visibleVersions(artifact, "endpoints", tenantId);
  return service.endpoints.flatMap((id) => {
    const row = artifact.endpoints[id];
    if (row === undefined || (row.status === "draft" && service.owner !== tenantId)) return [];
    const paths = artifact.routes.flatMap(({ endpoint, path }) => (endpoint === id ? [path] : []));
    const { input, output } = row;
    return [{ ...showVersion(artifact, "endpoints", row, visible), paths, input, output }];
  });
}

function backendsOf(
  artifact: Artifact,
  service: ArtifactService,
  { tenantId }: Viewer,
): ServiceAnswer["backends"] {
  const visible = visibleVersions(artifact, "backends", tenantId);
  return service.backends.flatMap((id) => {
    const row = artifact.backends[id];
    if (row === undefined || (row.status === "draft" && service.owner !== tenantId)) return [];
    const { basePath, webSocket, openapi } = row;
    return [
      {
        ...showVersion(artifact, "backends", row, visible),
        basePath,
        webSocket,
        hasOpenapi: openapi !== null,
      },
    ];
  });
}
