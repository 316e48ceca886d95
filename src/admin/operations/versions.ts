import { type OwnVersionFilter, ownVersions, showOwnVersion } from "../catalogue/own-versions.ts";
import type { VersionKind } from "../catalogue/version-view.ts";
import type { PageQuery } from "../contract/page.ts";
import { listBackends, listEndpoints, type OwnVersion } from "../contract/versions.ts";
import { bind, type OperationContext } from "./bound-operation.ts";
import { offsetPage, type Page } from "./pages.ts";
import { requireTenant } from "./require-tenant.ts";

/** Operations on the lifecycle of what a tenant's services offer. */
export const versionOperations = [
  bind(listEndpoints, ({ parts }, { params, query }) => list(parts, "endpoints", params.tenant, query)),
  bind(listBackends, ({ parts }, { params, query }) => list(parts, "backends", params.tenant, query)),
];

async function list(
  parts: OperationContext["parts"],
  kind: VersionKind,
  tenant: string,
  query: PageQuery & OwnVersionFilter,
): Promise<Page<OwnVersion>> {
  const { artifact } = parts.artifact();
  const { tenantId } = requireTenant(artifact, tenant);
  const { items, next } = offsetPage(ownVersions(artifact, kind, tenantId, query), { ...query }, [
    kind,
    tenant,
  ]);
  return { items: await Promise.all(items.map((row) => showOwnVersion(parts, kind, tenantId, row))), next };
}
