import type { Artifact } from "../../artifact/artifact.ts";
import type { AdminParts } from "../admin-parts.ts";
import type { OwnVersion } from "../contract/versions.ts";
import { showVersion, type VersionKind, visibleVersions } from "./version-view.ts";

/** Which versions; what is absent does not matter. */
export interface OwnVersionFilter {
  readonly name?: string;
  readonly service?: string;
  readonly status?: OwnVersion["status"];
}

/** A version that a tenant's services offer. */
export interface OwnRow {
  readonly row: Artifact[VersionKind][number];
  /** Ids of the tenant's services that offer it. */
  readonly services: readonly number[];
}

/** Versions that the services of a tenant offer, drafts too, in the artifact's order. */
export function ownVersions(
  artifact: Artifact,
  kind: VersionKind,
  tenantId: number,
  { name, service: wanted, status }: OwnVersionFilter,
): readonly OwnRow[] {
  return [...artifact[kind].entries()].flatMap(([id, row]) => {
    const services = [...artifact.services.entries()].flatMap(([serviceId, service]) =>
      service.owner === tenantId && service[kind].includes(id) ? [serviceId] : [],
    );
    const isWanted =
      services.length > 0 &&
      (name === undefined || row.name === name) &&
      (status === undefined || row.status === status) &&
      (wanted === undefined || services.some((serviceId) => artifact.services[serviceId]?.name === wanted));
    return isWanted ? [{ row, services }] : [];
  });
}

/** Shows such a version, with how many applications use the services that offer it. */
export async function showOwnVersion(
  parts: AdminParts,
  kind: VersionKind,
  tenantId: number,
  { row, services }: OwnRow,
): Promise<OwnVersion> {
  const { artifact } = parts.artifact();
  const owner = artifact.tenants[tenantId]?.name ?? "";
  const counts = services.map(async (id) => {
    const service = artifact.services[id]?.name ?? "";
    const declared = artifact.apps.filter(({ uses }) => uses.includes(id)).length;
    const where = { service, owner, state: "approved" };
    return declared + (await parts.records.count({ kind: "subscription", where }));
  });
  return {
    ...showVersion(artifact, kind, row, visibleVersions(artifact, kind, tenantId)),
    services: services.flatMap((id) => artifact.services[id]?.name ?? []),
    subscribers: (await Promise.all(counts)).reduce((sum, count) => sum + count, 0),
  };
}
