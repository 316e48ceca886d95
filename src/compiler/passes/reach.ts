import type { ReadKey, ReadService } from "../read/shapes/access.ts";
import type { ReadEndpoint } from "../read/shapes/supply.ts";
import type { ResolvedConfig } from "./resolve-references.ts";

/** Whether a tenant may see a service; both by the id of the declaration. */
export function canSee({ owner, visibility = "owner" }: ReadService, tenant: number): boolean {
  if (visibility === "everyone" || owner === tenant) return true;
  return typeof visibility === "object" && visibility.includes(tenant);
}

/** What may be called, by the ids of the declarations. */
export interface Reach {
  readonly models: readonly number[];
  readonly endpoints: readonly number[];
  readonly backends: readonly number[];
}

/**
 * What an application's key reaches: what the services it uses offer, narrowed by the key's scope. Drafts are
 * for the applications of the service's owner alone.
 */
export function reachOf(
  config: ResolvedConfig,
  app: ResolvedConfig["tables"]["apps"][number],
  scope?: ReadKey["scope"],
): Reach {
  const tenant = config.tables.tenants[app.tenant]?.id;
  const used = (app.options.uses ?? []).filter((service) => scope?.services?.includes(service) ?? true);
  const offered = new Set<number>();
  for (const service of used.map((id) => config.services.get(id))) {
    for (const offer of service?.offers ?? []) {
      const isDraft = statusOf(config, offer) === "draft";
      if (!isDraft || service?.owner === tenant) offered.add(offer);
    }
  }
  const within = (kind: keyof Reach, narrowed: readonly number[] | undefined): readonly number[] =>
    [...offered].filter((id) => config[kind].has(id) && (narrowed?.includes(id) ?? true));
  return {
    models: within("models", scope?.models),
    endpoints: within("endpoints", scope?.endpoints),
    backends: within("backends", scope?.backends),
  };
}

/** How far a version of an endpoint or a backend has come; models have no status. */
export function statusOf(config: ResolvedConfig, offer: number): ReadEndpoint["status"] {
  return config.endpoints.get(offer)?.status ?? config.backends.get(offer)?.status;
}
