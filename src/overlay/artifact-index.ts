import type { Artifact } from "../artifact/artifact.ts";
import type { OfferKind } from "../artifact/offer-kind.ts";
import type { AppName } from "./overlay-view.ts";
import { type WholeService, wholeServices } from "./whole-service.ts";

/** An artifact whose rows are found by their names, as records name them. */
export interface ArtifactIndex {
  readonly artifact: Artifact;
  /** Ids of applications by `appKey`. */
  readonly apps: ReadonlyMap<string, number>;
  readonly services: ReadonlyMap<string, number>;
  /**
   * Ids by name. Endpoints and backends are found as `name`, which is all versions, and as `name@version`.
   */
  readonly offers: Readonly<Record<OfferKind, ReadonlyMap<string, readonly number[]>>>;
  /** By the id of the service. */
  readonly whole: readonly WholeService[];
}

/** One text for the two names of an application; names hold no NUL. */
export function appKey({ tenant, app }: AppName): string {
  return `${tenant}\0${app}`;
}

/** Indexes an artifact. */
export function indexArtifact(artifact: Artifact): ArtifactIndex {
  const { apps, tenants, services, models, endpoints, backends } = artifact;
  return {
    artifact,
    apps: new Map(
      apps.map(({ name, tenant }, id) => [appKey({ tenant: tenants[tenant]?.name ?? "", app: name }), id]),
    ),
    services: new Map(services.map(({ name }, id) => [name, id])),
    offers: {
      models: new Map(models.map(({ name }, id) => [name, [id]])),
      endpoints: versionsByName(endpoints),
      backends: versionsByName(backends),
    },
    whole: wholeServices(artifact),
  };
}

function versionsByName(
  rows: readonly { readonly name: string; readonly version: string }[],
): ReadonlyMap<string, readonly number[]> {
  const byName = new Map<string, number[]>();
  for (const [id, { name, version }] of rows.entries()) {
    const versions = byName.get(name);
    if (versions === undefined) byName.set(name, [id]);
    else versions.push(id);
    byName.set(`${name}@${version}`, [id]);
  }
  return byName;
}
