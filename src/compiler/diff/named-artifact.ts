import type {
  Artifact,
  ArtifactApp,
  ArtifactBackend,
  ArtifactEndpoint,
  ArtifactKey,
  ArtifactModel,
  ArtifactProvider,
  ArtifactService,
  ArtifactTarget,
  ArtifactTenant,
} from "../../artifact/artifact.ts";
import { type DecidedReach, declaredReach } from "./decided-reach.ts";
import { createReachReader } from "./reach.ts";

/** An artifact by names: ids may differ between two artifacts that say the same, names may not. */
export interface NamedArtifact {
  readonly artifact: Artifact;
  readonly providers: ReadonlyMap<string, ArtifactProvider>;
  readonly models: ReadonlyMap<string, NamedModel>;
  /** By name and major version, `sentiment v1`: what callers address. */
  readonly endpoints: ReadonlyMap<string, NamedEndpoint>;
  /** By name and major version, `orders v1`. */
  readonly backends: ReadonlyMap<string, NamedBackend>;
  readonly services: ReadonlyMap<string, NamedService>;
  readonly tenants: ReadonlyMap<string, ArtifactTenant>;
  /** By `tenant/app`. */
  readonly apps: ReadonlyMap<string, NamedApp>;
  readonly reach: DecidedReach;
}

/** A model with its targets in their order. */
export interface NamedModel {
  readonly row: ArtifactModel;
  readonly targets: readonly NamedTarget[];
}

/** A target with its provider's name. */
interface NamedTarget {
  /** Provider and upstream model: `oai gpt-4o-mini`. */
  readonly name: string;
  readonly provider: string;
  readonly row: ArtifactTarget;
}

/** One version of an endpoint. */
export interface NamedEndpoint {
  readonly row: ArtifactEndpoint;
  readonly model: string;
  readonly successor: string | null;
}

/** One version of a backend. */
export interface NamedBackend {
  readonly row: ArtifactBackend;
  readonly successor: string | null;
}

/** A service with the names of what it refers to. */
export interface NamedService {
  readonly row: ArtifactService;
  readonly owner: string;
  readonly models: readonly string[];
  readonly endpoints: readonly string[];
  readonly backends: readonly string[];
  readonly visibleTo: readonly string[] | null;
  /** Tenants for which an automatic approval is, sorted; null where it names none. */
  readonly approvalTenants: readonly string[] | null;
}

/** An application with its keys by name. */
export interface NamedApp {
  readonly row: ArtifactApp;
  /** Tenant and application. */
  readonly path: readonly [string, string];
  readonly uses: readonly string[];
  readonly keys: ReadonlyMap<string, ArtifactKey>;
}

/** Resolves the ids of an artifact to names. @param decided absent: nothing was decided at run time */
export function nameArtifact(artifact: Artifact, decided?: DecidedReach): NamedArtifact {
  const providerNames = artifact.providers.map(({ name }) => name);
  const modelNames = artifact.models.map(({ name }) => name);
  const endpointNames = artifact.endpoints.map(({ name, major }) => `${name} v${major}`);
  const backendNames = artifact.backends.map(({ name, major }) => `${name} v${major}`);
  const tenantNames = artifact.tenants.map(({ name }) => name);
  const targets = artifact.targets.map((row): NamedTarget => {
    const provider = nameAt(providerNames, row.provider);
    return { name: `${provider} ${row.upstreamModel}`, provider, row };
  });
  const apps = nameApps(artifact, tenantNames);
  const reachOf = createReachReader(artifact, modelNames, endpointNames, backendNames);
  return {
    artifact,
    reach: decided ?? declaredReach(apps, reachOf),
    providers: byName(artifact.providers),
    models: new Map(
      artifact.models.map((row) => [
        row.name,
        { row, targets: row.targets.flatMap((id) => targets[id] ?? []) },
      ]),
    ),
    endpoints: new Map(
      artifact.endpoints.map((row, id) => [
        nameAt(endpointNames, id),
        { row, model: nameAt(modelNames, row.model), successor: successorOf(row, endpointNames) },
      ]),
    ),
    backends: new Map(
      artifact.backends.map((row, id) => [
        nameAt(backendNames, id),
        { row, successor: successorOf(row, backendNames) },
      ]),
    ),
    services: nameServices(artifact, { modelNames, endpointNames, backendNames, tenantNames }),
    tenants: byName(artifact.tenants),
    apps,
  };
}

function successorOf(
  { successor }: ArtifactEndpoint | ArtifactBackend,
  names: readonly string[],
): string | null {
  return successor === null ? null : nameAt(names, successor);
}

type Names = Readonly<
  Record<"modelNames" | "endpointNames" | "backendNames" | "tenantNames", readonly string[]>
>;

function nameServices(
  { services }: Artifact,
  { modelNames, endpointNames, backendNames, tenantNames }: Names,
): ReadonlyMap<string, NamedService> {
  const tenant = (id: number): string => nameAt(tenantNames, id);
  return new Map(
    services.map((row) => {
      const service: NamedService = {
        row,
        owner: tenant(row.owner),
        models: row.models.map((id) => nameAt(modelNames, id)),
        endpoints: row.endpoints.map((id) => nameAt(endpointNames, id)),
        backends: row.backends.map((id) => nameAt(backendNames, id)),
        visibleTo: row.visibleTo?.map(tenant) ?? null,
        approvalTenants:
          row.approval.mode === "automatic" ? (row.approval.when.tenants?.map(tenant).sort() ?? null) : null,
      };
      return [row.name, service];
    }),
  );
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
