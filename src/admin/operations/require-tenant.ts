import type { Artifact, ArtifactTenant } from "../../artifact/artifact.ts";
import { noSuchThing } from "../refusals.ts";

/** A tenant with its id. */
export interface TenantInForce {
  readonly tenantId: number;
  readonly tenant: ArtifactTenant;
}

/** The tenant that a path names. @throws LatchkeyError LK-2020 where the artifact does not have it */
export function requireTenant(artifact: Artifact, name: string): TenantInForce {
  const tenantId = artifact.tenants.findIndex((tenant) => tenant.name === name);
  const tenant = artifact.tenants[tenantId];
  if (tenant === undefined) throw noSuchThing("tenant");
  return { tenantId, tenant };
}
