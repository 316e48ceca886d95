import type { Artifact, ArtifactApp } from "../artifact/artifact.ts";
import { decodeIdSet, hasId } from "../artifact/grant.ts";
import { parseApiKey } from "../kernel/api-key.ts";
import { digestOf } from "../kernel/hash.ts";
import type { IssuedKey } from "../stores/ports.ts";

/** What is known of a key that someone holds. */
export interface KeyFinding {
  /** Whether the gateway lets calls with it in. */
  readonly works: boolean;
  readonly wellFormed: boolean;
  readonly publicId: string | null;
  /** Where it is known from. */
  readonly known: "declared" | "issued" | null;
  readonly tenant: string | null;
  readonly app: string | null;
  /** Name of a declared key, label of an issued one. */
  readonly name: string | null;
  /** First moment at which it no longer works; null: never. */
  readonly expires: string | null;
  /** Declared networks in CIDR form, which are not enforced yet; null: from anywhere. */
  readonly networks: readonly string[] | null;
  readonly models: readonly string[];
  /** Endpoints with their versions. */
  readonly endpoints: readonly string[];
  /** The same for people. */
  readonly lines: readonly string[];
}

interface KnownKey {
  readonly known: "declared" | "issued";
  readonly app: ArtifactApp;
  readonly name: string;
  readonly expiresAtMs: number | null;
  readonly networks: readonly string[] | null;
  readonly grant: number;
}

const nothing = {
  works: false,
  publicId: null,
  known: null,
  tenant: null,
  app: null,
  name: null,
  expires: null,
  networks: null,
  models: [],
  endpoints: [],
} as const;

/** Looks a key up the way the gateway does. */
export function examineKey(
  text: string,
  artifact: Artifact,
  issued: readonly IssuedKey[],
  nowMs: number,
): KeyFinding {
  const parts = parseApiKey(text);
  if (parts === undefined) {
    const lines = [
      "It is not a Latchkey key, or a character is wrong or missing: its checksum does not hold.",
    ];
    return { ...nothing, wellFormed: false, lines };
  }
  const key = findKey(digestOf(text), artifact, issued);
  if (key === undefined) {
    const lines = [
      `Public id ${parts.publicId}; form and checksum are right.`,
      "No application has this key.",
    ];
    return { ...nothing, wellFormed: true, publicId: parts.publicId, lines };
  }
  return describe(key, parts.publicId, artifact, nowMs);
}

function findKey(digest: string, artifact: Artifact, issued: readonly IssuedKey[]): KnownKey | undefined {
  const declared = artifact.keys.find((key) => key.digest === digest);
  const declaredApp = declared && artifact.apps[declared.app];
  if (declared !== undefined && declaredApp !== undefined)
    return { ...declared, known: "declared", app: declaredApp };
  const record = issued.find((key) => key.digest === digest);
  const app = artifact.apps.find(
    ({ name, tenant }) => name === record?.app && artifact.tenants[tenant]?.name === record.tenant,
  );
  if (record === undefined || app === undefined) return undefined;
  return {
    known: "issued",
    app,
    name: record.label,
    expiresAtMs: record.expiresAtMs,
    networks: null,
    grant: app.grant,
  };
}

function describe(key: KnownKey, publicId: string, artifact: Artifact, nowMs: number): KeyFinding {
  const { known, app, name, expiresAtMs, networks } = key;
  const tenant = artifact.tenants[app.tenant]?.name ?? "";
  const expired = expiresAtMs !== null && expiresAtMs <= nowMs;
  const expires = expiresAtMs === null ? null : new Date(expiresAtMs).toISOString();
  const { models, endpoints } = reachOf(key.grant, artifact);
  return {
    works: !expired,
    wellFormed: true,
    publicId,
    known,
    tenant,
    app: app.name,
    name,
    expires,
    networks,
    models,
    endpoints,
    lines: [
      `Public id ${publicId}; form and checksum are right.`,
      `${known === "declared" ? "Declared in the config" : "Issued by the gateway"} as ${tenant}/${app.name}/${name}.`,
      expires === null ? "It does not expire." : `It ${expired ? "expired" : "expires"} at ${expires}.`,
      ...(networks === null ? [] : [`Networks (not enforced yet): ${networks.join(", ") || "none"}.`]),
      `Models: ${models.join(", ") || "none"}.`,
      `Endpoints: ${endpoints.join(", ") || "none"}.`,
    ],
  };
}

function reachOf(grant: number, artifact: Artifact): Pick<KeyFinding, "models" | "endpoints"> {
  const { models = "", endpoints = "" } = artifact.grants[grant] ?? {};
  const modelIds = decodeIdSet(models, artifact.models.length);
  const endpointIds = decodeIdSet(endpoints, artifact.endpoints.length);
  return {
    models: artifact.models.filter((_, id) => hasId(modelIds, id)).map(({ name }) => name),
    endpoints: artifact.endpoints
      .filter((_, id) => hasId(endpointIds, id))
      .map(({ name, version }) => `${name}@${version}`),
  };
}
