import type {
  ArtifactBackend,
  ArtifactEndpoint,
  ArtifactKeyPolicy,
  ArtifactProvider,
  ArtifactSettings,
} from "../../src/artifact/artifact.ts";

/** Settings of a gateway that says nothing of people, proxies and messages. */
export const quietSettings: Omit<
  ArtifactSettings,
  "maxRequestBytes" | "maxResponseBytes" | "requestTimeoutMs"
> = {
  publicUrl: null,
  trustedProxies: [],
  operators: [],
  signIn: { oidc: [], link: true, sessionMs: 43_200_000, idleMs: 7_200_000 },
  webhooks: [],
  smtp: null,
};

/** A tenant that leaves its keys alone. */
export const anyKeys: ArtifactKeyPolicy = {
  maxPerApp: null,
  maxLifetimeMs: null,
  environments: null,
  namePattern: null,
  allowUnscoped: true,
  warnBeforeMs: 1_209_600_000,
};

/** What a tenant has beside its name, members and policies. */
export const plainTenant: { groups: []; keys: ArtifactKeyPolicy } = { groups: [], keys: anyKeys };

/** What a service has beside what it offers to whom. */
export const plainService: { backends: []; trialMs: null; subscriptionMs: null; contact: null } = {
  backends: [],
  trialMs: null,
  subscriptionMs: null,
  contact: null,
};

/** A key of no environment that narrows nothing. */
export const plainKey: { environment: null; scope: null } = { environment: null, scope: null };

/** A version that nothing takes the place of. */
export const noSuccession: Pick<ArtifactEndpoint, "deprecatedAtMs" | "sunsetAtMs" | "successor"> = {
  deprecatedAtMs: null,
  sunsetAtMs: null,
  successor: null,
};

/** A provider of which nobody said where it is. */
export const nowhere: Pick<ArtifactProvider, "region" | "tags"> = { region: null, tags: [] };

/** A backend that hands everything below its path to one upstream. */
export function plainBackend(
  name: string,
  origin: string,
  settings: Partial<ArtifactBackend> = {},
): ArtifactBackend {
  return {
    name,
    version: "1.0.0",
    major: 1,
    status: "published",
    ...noSuccession,
    summary: null,
    basePath: `/${name}`,
    stripPrefix: true,
    upstreams: [{ origin, pathPrefix: "", host: null, weight: 1 }],
    routes: null,
    requestHeaders: { set: [], remove: [] },
    responseHeaders: { set: [], remove: [] },
    auth: { kind: "none" },
    timeouts: { connectMs: 2_000, firstTokenMs: 5_000, idleMs: 5_000, totalMs: 20_000 },
    health: null,
    webSocket: false,
    maxRequestBytes: null,
    maxResponseBytes: null,
    validate: "off",
    openapi: null,
    limits: [],
    budget: null,
    ...settings,
  };
}
