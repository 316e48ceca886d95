import type { Artifact } from "./artifact.ts";

/** Checks that every id points into its table. Answers the first fault, for people. */
export function checkIntegrity(artifact: Artifact): string | undefined {
  const sizes = {
    provider: artifact.providers.length,
    target: artifact.targets.length,
    model: artifact.models.length,
    endpoint: artifact.endpoints.length,
    service: artifact.services.length,
    tenant: artifact.tenants.length,
    app: artifact.apps.length,
    grant: artifact.grants.length,
  };
  let fault: string | undefined;
  const point = (where: string, kind: keyof typeof sizes, ids: readonly number[]): void => {
    for (const id of ids)
      if (id >= sizes[kind]) fault ??= `${where} points at ${kind} ${id}, and there are ${sizes[kind]}`;
  };
  for (const row of artifact.targets) point(`target ${row.upstreamModel}`, "provider", [row.provider]);
  for (const row of artifact.models) point(`model ${row.name}`, "target", row.targets);
  for (const row of artifact.endpoints) {
    point(`endpoint ${row.name}`, "model", [row.model]);
    if ((row.output === null) !== (row.checkOutput === null))
      fault ??= `endpoint ${row.name} has a schema without its check`;
  }
  if (artifact.endpoints.length > 0 && artifact.functions === null)
    fault ??= "there are endpoints and no functions";
  for (const row of artifact.routes) point(`route ${row.path}`, "endpoint", [row.endpoint]);
  for (const row of artifact.services) {
    point(`service ${row.name}`, "tenant", [row.owner, ...(row.visibleTo ?? [])]);
    point(`service ${row.name}`, "model", row.models);
    point(`service ${row.name}`, "endpoint", row.endpoints);
  }
  for (const row of artifact.apps) {
    point(`application ${row.name}`, "tenant", [row.tenant]);
    point(`application ${row.name}`, "service", row.uses);
    point(`application ${row.name}`, "grant", [row.grant]);
  }
  for (const row of artifact.keys) {
    point(`key ${row.name}`, "app", [row.app]);
    point(`key ${row.name}`, "grant", [row.grant]);
  }
  return fault;
}
