import type { DeclarationKind } from "../evaluate/graph.ts";
import type { ReadApp, ReadKey, ReadService, ReadTenant } from "../read/shapes/access.ts";
import type { ReadBackend } from "../read/shapes/backend.ts";
import type { ReadWebhook } from "../read/shapes/identity.ts";
import type { DeclaredProvider } from "../read/shapes/provider.ts";
import type { ReadEndpoint, ReadModel } from "../read/shapes/supply.ts";
import type { Report, Spot } from "../report.ts";
import { checkUse } from "./check-use.ts";
import type { Declared, ReadConfig } from "./read-config.ts";

/** A named declaration. Its place in the table is its id in the artifact. */
interface Row<T> {
  /** Id of the declaration. */
  readonly id: number;
  readonly name: string;
  readonly options: T;
}

/** A config with tables of all that has a name, in the order of their declaration. */
export interface ResolvedConfig extends ReadConfig {
  readonly tables: {
    readonly providers: readonly Row<DeclaredProvider>[];
    readonly models: readonly Row<ReadModel>[];
    /** `position`: which of the versions that were declared under its name; the first is the current one. */
    readonly endpoints: readonly (Row<ReadEndpoint> & { readonly position: number })[];
    readonly backends: readonly (Row<ReadBackend> & { readonly position: number })[];
    readonly webhooks: readonly Row<ReadWebhook>[];
    readonly services: readonly Row<ReadService>[];
    readonly tenants: readonly Row<ReadTenant>[];
    readonly apps: readonly (Row<ReadApp> & { readonly tenant: number })[];
    readonly keys: readonly (Row<ReadKey> & { readonly app: number })[];
  };
  /** Place in its table by declaration id. */
  readonly tableIds: ReadonlyMap<number, number>;
}

const MISSING = {
  model: "LK1201",
  provider: "LK1202",
  service: "LK1203",
  endpoint: "LK1204",
  tenant: "LK1205",
  backend: "LK1212",
} as const satisfies Partial<Record<DeclarationKind, string>>;

/** Lays out the tables and reports references to declarations that have no name, and names without references. */
export function resolveReferences(config: ReadConfig, report: Report): ResolvedConfig {
  const tables = layTables(config);
  const tableIds = new Map(
    Object.values(tables).flatMap((rows) => rows.map(({ id }, index) => [id, index] as const)),
  );
  const resolved: ResolvedConfig = { ...config, tables, tableIds };
  reportMissing(resolved, report);
  reportVersions(resolved, report);
  checkUse(resolved, report);
  return resolved;
}

function layTables(config: ReadConfig): ResolvedConfig["tables"] {
  const { gateway } = config;
  const tenants = rows(gateway.tenants, config.tenants);
  const apps = tenants.flatMap(({ options }, tenant) =>
    rows(options.apps, config.apps).map((row) => ({ ...row, tenant })),
  );
  return {
    providers: rows(gateway.providers, config.providers),
    models: rows(gateway.models, config.models),
    endpoints: versionRows(gateway.endpoints, config.endpoints),
    backends: versionRows(gateway.backends, config.backends),
    webhooks: rows(gateway.webhooks, config.webhooks),
    services: rows(gateway.services, config.services),
    tenants,
    apps,
    keys: apps.flatMap(({ options }, app) => rows(options.keys, config.keys).map((row) => ({ ...row, app }))),
  };
}

function versionRows<T>(
  entries: readonly (readonly [string, readonly number[]])[] | undefined,
  declared: Declared<T>,
): readonly (Row<T> & { readonly position: number })[] {
  return (entries ?? []).flatMap(([name, ids]) =>
    rows(
      ids.map((id) => [name, id] as const),
      declared,
    ).map((row, position) => ({ ...row, position })),
  );
}

function rows<T>(
  members: readonly (readonly [string, number])[] | undefined,
  declared: Declared<T>,
): readonly Row<T>[] {
  return (members ?? []).flatMap(([name, id]) => {
    const options = declared.get(id);
    return options === undefined ? [] : [{ id, name, options }];
  });
}

/** One report for each nameless declaration, at the first place that uses it. */
function reportMissing(config: ResolvedConfig, report: Report): void {
  const reported = new Set<number>();
  const use = (kind: keyof typeof MISSING, id: number | undefined, at: Spot): void => {
    if (id === undefined || config.names.has(id) || reported.has(id)) return;
    reported.add(id);
    const user = config.paths[at.declaration] || "the gateway";
    const declaredHere = { message: "declared here", at: { declaration: id, path: [] } };
    report.add(
      MISSING[kind],
      `${user} uses a ${kind} that was not handed to defineGateway`.replace(" a e", " an e"),
      {
        at,
        notes: [declaredHere],
        suggestion: `add it to \`defineGateway({ ${kind}s: { … } })\``,
      },
    );
  };
  const useAll = (
    kind: keyof typeof MISSING,
    ids: readonly number[] | undefined,
    owner: number,
    name: string,
  ): void => {
    ids?.forEach((id, index) => {
      use(kind, id, { declaration: owner, path: [name, index] });
    });
  };
  for (const [id, { provider }] of config.targets) use("provider", provider, { declaration: id, path: [] });
  for (const [id, { model }] of config.endpoints) use("model", model, { declaration: id, path: ["model"] });
  for (const [id, { owner, offers, visibility }] of config.services) {
    use("tenant", owner, { declaration: id, path: ["owner"] });
    offers?.forEach((offer, index) => {
      use(kindOfOffer(config, offer), offer, {
        declaration: id,
        path: ["offers", index],
      });
    });
    if (typeof visibility === "object") useAll("tenant", visibility, id, "visibility");
  }
  for (const kind of ["endpoint", "backend"] as const) {
    for (const [id, { deprecation }] of config[`${kind}s`]) {
      use(kind, deprecation?.successor, { declaration: id, path: ["deprecation", "successor"] });
    }
  }
  for (const [id, { tenant }] of config.webhooks)
    use("tenant", tenant, { declaration: id, path: ["tenant"] });
  for (const [id, { uses }] of config.apps) useAll("service", uses, id, "uses");
  for (const [id, { scope }] of config.keys) {
    for (const kind of ["service", "model", "endpoint", "backend"] as const) {
      scope?.[`${kind}s`]?.forEach((used, index) => {
        use(kind, used, { declaration: id, path: ["scope", `${kind}s`, index] });
      });
    }
  }
}

function kindOfOffer(config: ResolvedConfig, offer: number): "model" | "backend" | "endpoint" {
  if (config.models.has(offer)) return "model";
  return config.backends.has(offer) ? "backend" : "endpoint";
}

/** Both versions would have the same path. */
function reportVersions({ tables, paths }: ResolvedConfig, report: Report): void {
  const first = new Map<string, number>();
  const all = [...tables.endpoints, ...tables.backends.map((row) => ({ ...row, isBackend: true }))];
  for (const { id, name, options, ...row } of all) {
    if (options.version === undefined) continue;
    const key = `${"isBackend" in row ? "/" : ""}${name}/v${options.version.major}`;
    const known = first.get(key);
    if (known === undefined) {
      first.set(key, id);
      continue;
    }
    report.add(
      "LK1208",
      `${paths[id]} is another version ${options.version.major} of ${JSON.stringify(name)}`,
      {
        at: { declaration: id, path: ["version"] },
        notes: [{ message: "first here", at: { declaration: known, path: ["version"] } }],
      },
    );
  }
}
