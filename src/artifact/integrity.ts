import type { Artifact } from "./artifact.ts";

/** Tables whose rows are referred to by their place. */
type Table =
  | "providers"
  | "targets"
  | "models"
  | "endpoints"
  | "backends"
  | "services"
  | "tenants"
  | "apps"
  | "grants";

/** Checks that every id points into its table. Answers the first fault, for people; undefined: there is none. */
export function checkIntegrity(artifact: Artifact): string | undefined {
  const references = new References(artifact);
  checkSupply(artifact, references);
  checkAccess(artifact, references);
  return references.fault;
}

class References {
  fault: string | undefined;
  readonly #artifact: Artifact;

  constructor(artifact: Artifact) {
    this.#artifact = artifact;
  }

  /** `where` is built only for a fault: there may be tens of thousands of references. */
  one(table: Table, id: number, where: () => string): void {
    const { length } = this.#artifact[table];
    if (id >= length) this.fault ??= `${where()} points at number ${id} of ${table}, and there are ${length}`;
  }

  all(table: Table, ids: readonly number[], where: () => string): void {
    for (const id of ids) this.one(table, id, where);
  }

  /** The highest id in a set is in its last digit. */
  set(table: Table, hex: string, where: () => string): void {
    const last = Number.parseInt(hex.at(-1) ?? "0", 16);
    if (last > 0) this.one(table, (hex.length - 1) * 4 + Math.floor(Math.log2(last)), where);
  }
}

function checkSupply(artifact: Artifact, references: References): void {
  for (const row of artifact.targets) {
    references.one("providers", row.provider, () => `the target ${row.upstreamModel}`);
  }
  for (const row of artifact.models) references.all("targets", row.targets, () => `the model ${row.name}`);
  for (const row of artifact.endpoints) {
    references.one("models", row.model, () => `the endpoint ${row.name}`);
    if (row.successor !== null) references.one("endpoints", row.successor, () => `the endpoint ${row.name}`);
    if ((row.output === null) !== (row.checkOutput === null)) {
      references.fault ??= `the endpoint ${row.name} has an output schema without its check, or a check without it`;
    }
  }
  if (artifact.endpoints.length > 0 && artifact.functions === null) {
    references.fault ??= "there are endpoints, and no functions to check their input";
  }
  for (const row of artifact.backends) {
    if (row.successor !== null) references.one("backends", row.successor, () => `the backend ${row.name}`);
  }
  for (const row of artifact.routes) references.one("endpoints", row.endpoint, () => `the route ${row.path}`);
}

function checkAccess(artifact: Artifact, references: References): void {
  for (const row of artifact.services) {
    const where = (): string => `the service ${row.name}`;
    references.one("tenants", row.owner, where);
    references.all("tenants", row.visibleTo ?? [], where);
    references.all("models", row.models, where);
    references.all("endpoints", row.endpoints, where);
    references.all("backends", row.backends, where);
    if (row.approval.mode === "automatic") references.all("tenants", row.approval.when.tenants ?? [], where);
  }
  for (const row of artifact.apps) {
    const where = (): string => `the application ${row.name}`;
    references.one("tenants", row.tenant, where);
    references.all("services", row.uses, where);
    references.one("grants", row.grant, where);
  }
  for (const row of artifact.keys) {
    const where = (): string => `the key ${row.name}`;
    references.one("apps", row.app, where);
    references.one("grants", row.grant, where);
    for (const table of ["services", "models", "endpoints", "backends"] as const) {
      references.all(table, row.scope?.[table] ?? [], where);
    }
  }
  for (const { name, tenant } of artifact.settings.webhooks) {
    if (tenant !== null) references.one("tenants", tenant, () => `the webhook ${name}`);
  }
  artifact.grants.forEach((grant, id) => {
    references.set("models", grant.models, () => `grant ${id}`);
    references.set("endpoints", grant.endpoints, () => `grant ${id}`);
    references.set("backends", grant.backends, () => `grant ${id}`);
  });
}
