import type { Artifact, ArtifactKey } from "../../artifact/artifact.ts";
import type { StoredRecord } from "../../stores/record-store.ts";
import type { KeyBody, KeyScopeBody } from "../../stores/records/key-record.ts";

/** How a key stands. */
export type KeyState = "active" | "expired" | "revoked";

/** A key as members see it: neither its text nor its digest. */
export interface KeyDetails
  extends Omit<KeyBody, "digest" | "state" | "environment" | "createdBy" | "expiresOn" | "warnedAtMs"> {
  /** Its public id; `<tenant>/<app>/<name>` for a declared one. */
  readonly id: string;
  readonly tenant: string;
  readonly state: KeyState;
  /** Null: a declared key that names none. */
  readonly environment: string | null;
  /** Whether the config declares it: then it can be read here and nothing else. */
  readonly declared: boolean;
  /** Null for declared ones, as are the times and its maker. */
  readonly version: number | null;
  readonly createdAtMs: number | null;
  readonly createdBy: string | null;
  readonly replacedBy: string | null;
  /** Null: not yet, as far as it was written down. */
  readonly lastUsedAtMs: number | null;
}

/** Shows a key that was issued. */
export function showKey(record: StoredRecord<"key">, nowMs: number): KeyDetails {
  const { id, tenant, version, createdAtMs, body } = record;
  const { digest: _digest, expiresOn: _expiresOn, warnedAtMs: _warnedAtMs, ...shown } = body;
  const replacedBy = body.replacedBy ?? null;
  const own = {
    id,
    tenant: tenant ?? "",
    declared: false,
    version,
    createdAtMs,
    replacedBy,
    lastUsedAtMs: null,
  };
  return { ...shown, ...own, state: stateOf(body, nowMs) };
}

/** How an issued key stands at a moment. */
export function stateOf({ state, expiresAtMs }: KeyBody, nowMs: number): KeyState {
  return state === "active" && expiresAtMs !== null && nowMs >= expiresAtMs ? "expired" : state;
}

/** Declared keys of a tenant, in the config's order. */
export function declaredKeys(artifact: Artifact, tenantName: string, nowMs: number): readonly KeyDetails[] {
  const tenantId = artifact.tenants.findIndex(({ name }) => name === tenantName);
  return artifact.keys.flatMap((key) => {
    const app = artifact.apps[key.app];
    if (app === undefined || app.tenant !== tenantId) return [];
    return [showDeclared(artifact, key, { tenant: tenantName, app: app.name, nowMs })];
  });
}

function showDeclared(
  artifact: Artifact,
  key: ArtifactKey,
  { tenant, app, nowMs }: { readonly tenant: string; readonly app: string; readonly nowMs: number },
): KeyDetails {
  const { name, environment, expiresAtMs, networks } = key;
  return {
    ...{ id: `${tenant}/${app}/${name}`, tenant, app, name, environment, expiresAtMs, networks },
    declared: true,
    state: expiresAtMs !== null && nowMs >= expiresAtMs ? "expired" : "active",
    scope: namedScope(artifact, key),
    requestsPerMinute: null,
    ...{ version: null, createdAtMs: null, createdBy: null, replaces: null, replacedBy: null },
    ...{ revokedAtMs: null, revokedBy: null, revokedFor: null, label: null, lastUsedAtMs: null },
  };
}

/** A declared key's scope in the names that records have. */
function namedScope(artifact: Artifact, { scope }: ArtifactKey): KeyScopeBody {
  const names = (ids: readonly number[] | null | undefined, nameOf: (id: number) => string | undefined) =>
    ids === null || ids === undefined ? null : ids.flatMap((id) => nameOf(id) ?? []);
  const version = (kind: "endpoints" | "backends") => (id: number) => {
    const row = artifact[kind][id];
    return row === undefined ? undefined : `${row.name}@${row.version}`;
  };
  return {
    services: names(scope?.services, (id) => artifact.services[id]?.name),
    models: names(scope?.models, (id) => artifact.models[id]?.name),
    endpoints: names(scope?.endpoints, version("endpoints")),
    backends: names(scope?.backends, version("backends")),
    methods: scope?.methods ?? null,
    readOnly: scope?.readOnly ?? false,
  };
}
