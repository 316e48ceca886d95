import type { Artifact, ArtifactApp, ArtifactService, ArtifactTenant } from "../artifact/artifact.ts";

/** An application with its tenant. */
export interface FoundApp {
  readonly tenantId: number;
  readonly tenant: ArtifactTenant;
  readonly appId: number;
  readonly app: ArtifactApp;
}

/** The application of a tenant, by their names. */
export function findApp(artifact: Artifact, tenantName: string, appName: string): FoundApp | undefined {
  const tenantId = artifact.tenants.findIndex(({ name }) => name === tenantName);
  const tenant = artifact.tenants[tenantId];
  const appId = artifact.apps.findIndex((app) => app.tenant === tenantId && app.name === appName);
  const app = artifact.apps[appId];
  return tenant === undefined || app === undefined ? undefined : { tenantId, tenant, appId, app };
}

/** A tenant by its name. */
export function findTenant(artifact: Artifact, name: string): ArtifactTenant | undefined {
  return artifact.tenants.find((tenant) => tenant.name === name);
}

/** A service by its name. */
export function findService(artifact: Artifact, name: string): ArtifactService | undefined {
  return artifact.services.find((service) => service.name === name);
}

/** Whether the applications of a tenant may subscribe to a service. */
export function isVisibleTo(service: ArtifactService, tenantId: number): boolean {
  return service.owner === tenantId || service.visibleTo === null || service.visibleTo.includes(tenantId);
}

/** Name of the tenant that owns a service. */
export function ownerOf(artifact: Artifact, service: Pick<ArtifactService, "owner">): string {
  return artifact.tenants[service.owner]?.name ?? "";
}
