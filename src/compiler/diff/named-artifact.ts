import type {
  Artifact,
  ArtifactApp,
  ArtifactEndpoint,
  ArtifactKey,
  ArtifactModel,
  ArtifactProvider,
  ArtifactService,
  ArtifactTarget,
  ArtifactTenant,
} from "../../artifact/artifact.ts";

/** An artifact by names: ids may differ between two artifacts that say the same, names may not. */
export interface NamedArtifact {
  readonly artifact: Artifact;
  readonly providers: ReadonlyMap<string, ArtifactProvider>;
  readonly models: ReadonlyMap<string, NamedModel>;
  /** By name and major version, `sentiment v1`: what callers address. */
  readonly endpoints: ReadonlyMap<string, readonly NamedEndpoint[]>;
  readonly services: ReadonlyMap<string, NamedService>;
  readonly tenants: ReadonlyMap<string, ArtifactTenant>;
  /** By `tenant/app`. */
  readonly apps: ReadonlyMap<string, NamedApp>;
  /** Names of the models and endpoints by id. */
  readonly modelNames: readonly string[];
  readonly endpointNames: readonly string[];
}

/** A model with its targets in their order. */
export interface NamedModel {
  readonly row: ArtifactModel;
  readonly targets: readonly NamedTarget[];
}

/** A target with its provider's name. */
export interface NamedTarget {
  /** Provider and upstream model: `oai gpt-4o-mini`. */
  readonly name: string;
  readonly provider: string;
  readonly row: ArtifactTarget;
}

/** One version of an endpoint. */
export interface NamedEndpoint {
  readonly row: ArtifactEndpoint;
  readonly model: string;
  readonly paths: readonly string[];
}

/** A service with the names of what it refers to. */
export interface NamedService {
  readonly row: ArtifactService;
  readonly owner: string;
  readonly models: readonly string[];
  readonly endpoints: readonly string[];
  readonly visibleTo: readonly string[] | null;
}

/** An application with its keys by name. */
export interface NamedApp {
  readonly row: ArtifactApp;
  /** Tenant and application. */
  readonly path: readonly [string, string];
  readonly uses: readonly string[];
  readonly keys: ReadonlyMap<string, ArtifactKey>;
}

/** Resolves the ids of an artifact to names. */
export function nameArtifact(artifact: Artifact): NamedArtifact {
  const providerNames = artifact.providers.map(({ name }) => name);
  const modelNames = artifact.models.map(({ name }) => name);
  const endpointNames = artifact.endpoints.map(({ name, major }) => `${name} v${major}`);
  const tenantNames = artifact.tenants.map(({ name }) => name);
  const targets = artifact.targets.map((row): NamedTarget => {
    const provider = nameAt(providerNames, row.provider);
    return { name: `${provider} ${row.upstreamModel}`, provider, row };
  });
  return {
    artifact,
    modelNames,
    endpointNames,
    providers: byName(artifact.providers),
    models: new Map(
      artifact.models.map((row) => [
        row.name,
        { row, targets: row.targets.flatMap((id) => targets[id] ?? []) },
      ]),
    ),
    endpoints: nameEndpoints(artifact, modelNames, endpointNames),
    services: new Map(
      artifact.services.map((row) => [
        row.name,
        {
          row,
          owner: nameAt(tenantNames, row.owner),
          models: row.models.map((id) => nameAt(modelNames, id)),
          endpoints: row.endpoints.map((id) => nameAt(endpointNames, id)),
          visibleTo: row.visibleTo?.map((id) => nameAt(tenantNames, id)) ?? null,
        },
      ]),
    ),
    tenants: byName(artifact.tenants),
    apps: nameApps(artifact, tenantNames),
  };
}

function nameEndpoints(
  artifact: Artifact,
  modelNames: readonly string[],
  endpointNames: readonly string[],
): ReadonlyMap<string, readonly NamedEndpoint[]> {
  const paths = Map.groupBy(artifact.routes, ({ endpoint }) => endpoint);
  const named = artifact.endpoints.map((row, id): NamedEndpoint => {
    return { row, model: nameAt(modelNames, row.model), paths: paths.get(id)?.map(({ path }) => path) ?? [] };
  });
  const rows = named.map((endpoint, id) => ({ endpoint, name: nameAt(endpointNames, id) }));
  const groups = Map.groupBy(rows, ({ name }) => name);
  return new Map([...groups].map(([name, group]) => [name, group.map(({ endpoint }) => endpoint)]));
}

function nameApps(artifact: Artifact, tenantNames: readonly string[]): ReadonlyMap<string, NamedApp> {
  const serviceNames = artifact.services.map(({ name }) => name);
  const keys = Map.groupBy(artifact.keys, ({ app }) => app);
  return new Map(
    artifact.apps.map((row, id) => {
      const path = [nameAt(tenantNames, row.tenant), row.name] as const;
      const uses = row.uses.map((service) => nameAt(serviceNames, service));
      return [path.join("/"), { row, path, uses, keys: byName(keys.get(id) ?? []) }];
    }),
  );
}

function byName<Row extends { readonly name: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [row.name, row]));
}

/** A validated artifact has no dangling ids; a number shows one that has. */
function nameAt(names: readonly string[], id: number): string {
  return names[id] ?? `#${id}`;
}
