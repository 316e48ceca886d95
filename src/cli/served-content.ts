import type { Artifact } from "../artifact/artifact.ts";
import { plural } from "./text.ts";

/** An application with its keys. */
interface AppContent {
  /** `tenant/app`. */
  readonly name: string;
  readonly services: readonly string[];
  readonly keys: readonly string[];
  readonly starterKey: boolean;
}

/** What an artifact holds, by name: for people and for `--json`. */
export interface Content {
  readonly providers: readonly string[];
  readonly models: readonly { readonly name: string; readonly targets: readonly string[] }[];
  readonly endpoints: readonly {
    readonly name: string;
    readonly version: string;
    readonly status: string;
    readonly paths: readonly string[];
  }[];
  readonly services: readonly string[];
  readonly tenants: readonly string[];
  readonly apps: readonly AppContent[];
}

/** The content of an artifact, ids replaced by names. */
export function contentOf(artifact: Artifact): Content {
  const { providers, targets, models, endpoints, routes, services, tenants, apps, keys } = artifact;
  return {
    providers: providers.map(({ name }) => name),
    models: models.map((model) => ({
      name: model.name,
      targets: model.targets.map((id) => {
        const target = targets[id];
        return `${providers[target?.provider ?? -1]?.name}/${target?.upstreamModel}`;
      }),
    })),
    endpoints: endpoints.map(({ name, version, status }, id) => ({
      name,
      version,
      status,
      paths: routes.filter((route) => route.endpoint === id).map(({ path }) => path),
    })),
    services: services.map(({ name }) => name),
    tenants: tenants.map(({ name }) => name),
    apps: apps.map((app, id) => ({
      name: `${tenants[app.tenant]?.name}/${app.name}`,
      services: app.uses.map((service) => services[service]?.name ?? ""),
      keys: keys.filter((key) => key.app === id).map(({ name }) => name),
      starterKey: app.starterKey,
    })),
  };
}

/** One line that counts what an artifact holds. */
export function contentLine({ models, endpoints, services, tenants, apps, keys }: Artifact): string {
  return [
    plural(models.length, "model"),
    plural(endpoints.length, "endpoint"),
    plural(services.length, "service"),
    plural(tenants.length, "tenant"),
    plural(apps.length, "app"),
    plural(keys.length, "key"),
  ].join(", ");
}
