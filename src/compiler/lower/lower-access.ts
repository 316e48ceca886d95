import type {
  ArtifactApp,
  ArtifactGrant,
  ArtifactKey,
  ArtifactKeyPolicy,
  ArtifactKeyScope,
  ArtifactService,
  ArtifactTenant,
} from "../../artifact/artifact.ts";
import { encodeIdSet } from "../../artifact/grant.ts";
import { assert } from "../../kernel/assert.ts";
import type { PromptedConfig } from "../passes/check-endpoints.ts";
import { defaultKeyWarningMs } from "../passes/defaults.ts";
import { type Reach, reachOf } from "../passes/reach.ts";
import type { ReadKey, ReadService, ReadTenant } from "../read/shapes/access.ts";
import { lowerApproval, lowerPlan, lowerPolicy } from "./lower-policy.ts";

/** Tenants as the artifact holds them. */
export function lowerTenants(config: PromptedConfig): ArtifactTenant[] {
  return config.tables.tenants.map(({ name, options }) => ({
    name,
    displayName: options.displayName ?? null,
    members: (options.members ?? []).map(([address, role]) => [address, role]),
    groups: (options.groups ?? []).map(([group, role]) => [group, role]),
    keys: lowerKeyPolicy(options.keyPolicy),
    ...lowerPolicy(config, options),
  }));
}

function lowerKeyPolicy(policy: ReadTenant["keyPolicy"]): ArtifactKeyPolicy {
  const { environments } = policy ?? {};
  return {
    maxPerApp: policy?.maxPerApp ?? null,
    maxLifetimeMs: policy?.maxLifetime ?? null,
    environments: environments === undefined ? null : [...new Set(environments)],
    namePattern: policy?.namePattern ?? null,
    allowUnscoped: policy?.allowUnscoped ?? true,
    warnBeforeMs: policy?.warnBefore ?? defaultKeyWarningMs,
  };
}

/** Services as the artifact holds them. */
export function lowerServices(config: PromptedConfig): ArtifactService[] {
  return config.tables.services.map(({ name, options }) => {
    const owner = config.tableIds.get(options.owner ?? -1);
    assert(owner !== undefined, "a service has no owner");
    const plan = config.plans.get(options.plan ?? -1);
    const offers = options.offers ?? [];
    return {
      name,
      owner,
      summary: options.summary ?? null,
      docs: options.docs ?? null,
      models: tableIds(
        config,
        offers.filter((id) => config.models.has(id)),
      ),
      endpoints: tableIds(
        config,
        offers.filter((id) => config.endpoints.has(id)),
      ),
      backends: tableIds(
        config,
        offers.filter((id) => config.backends.has(id)),
      ),
      trialMs: options.trial ?? null,
      subscriptionMs: options.subscriptionFor ?? null,
      contact: options.contact ?? null,
      visibleTo: visibleTo(config, options, owner),
      approval: lowerApproval(config, options.approval),
      plan: plan === undefined ? null : lowerPlan(plan),
      ...lowerPolicy(config, options),
    };
  });
}

function visibleTo(
  config: PromptedConfig,
  { visibility = "owner" }: ReadService,
  owner: number,
): number[] | null {
  if (visibility === "everyone") return null;
  const named = visibility === "owner" ? [] : tableIds(config, visibility);
  return [...new Set([owner, ...named])].sort((a, b) => a - b);
}

/** Applications, keys and what they reach. Grants that are the same are there once. */
export function lowerApps(config: PromptedConfig): {
  apps: ArtifactApp[];
  keys: ArtifactKey[];
  grants: ArtifactGrant[];
} {
  const grants = new GrantTable(config);
  const apps = config.tables.apps.map((app): ArtifactApp => {
    const { options, tenant, name } = app;
    return {
      tenant,
      name,
      summary: options.summary ?? null,
      uses: tableIds(config, options.uses ?? []),
      grant: grants.idOf(reachOf(config, app)),
      starterKey: options.starterKey ?? false,
      ...lowerPolicy(config, options),
    };
  });
  const keys = config.tables.keys.map(({ app, name, options }): ArtifactKey => {
    const owner = config.tables.apps[app];
    const whole = apps[app];
    assert(owner !== undefined && whole !== undefined && options.digest !== undefined, "a key was not read");
    const { scope, expires, networks } = options;
    return {
      app,
      name,
      digest: options.digest,
      expiresAtMs: expires ?? null,
      grant: scope === undefined ? whole.grant : grants.idOf(reachOf(config, owner, scope)),
      environment: options.environment ?? null,
      scope: scope === undefined ? null : lowerScope(config, scope),
      networks: networks === undefined ? null : [...networks],
      ...lowerPolicy(config, options),
    };
  });
  return { apps, keys, grants: grants.rows };
}

function lowerScope(config: PromptedConfig, scope: NonNullable<ReadKey["scope"]>): ArtifactKeyScope {
  const ids = (narrowed: readonly number[] | undefined): number[] | null =>
    narrowed === undefined ? null : tableIds(config, narrowed);
  return {
    services: ids(scope.services),
    models: ids(scope.models),
    endpoints: ids(scope.endpoints),
    backends: ids(scope.backends),
    methods: scope.methods === undefined ? null : [...new Set(scope.methods)],
    readOnly: scope.readOnly ?? false,
  };
}

class GrantTable {
  readonly rows: ArtifactGrant[] = [];
  readonly #ids = new Map<string, number>();
  readonly #config: PromptedConfig;

  constructor(config: PromptedConfig) {
    this.#config = config;
  }

  idOf({ models, endpoints, backends }: Reach): number {
    const grant = {
      models: encodeIdSet(tableIds(this.#config, models)),
      endpoints: encodeIdSet(tableIds(this.#config, endpoints)),
      backends: encodeIdSet(tableIds(this.#config, backends)),
    };
    const key = `${grant.models}/${grant.endpoints}/${grant.backends}`;
    const id = this.#ids.get(key) ?? this.rows.push(grant) - 1;
    this.#ids.set(key, id);
    return id;
  }
}

/** Places in their tables, ascending and each once. */
function tableIds(config: PromptedConfig, declarations: readonly number[]): number[] {
  const ids = declarations.flatMap((id) => config.tableIds.get(id) ?? []);
  return [...new Set(ids)].sort((a, b) => a - b);
}
