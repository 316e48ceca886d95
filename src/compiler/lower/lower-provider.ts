import type { ArtifactAuth, ArtifactProvider, ArtifactUpstreamTimeouts } from "../../artifact/artifact.ts";
import { baseUrlOf, queryOf } from "../../catalog/provider-address.ts";
import type { ProviderAuth, ProviderProfile } from "../../catalog/provider-profile.ts";
import { assert } from "../../kernel/assert.ts";
import type { SecretRef } from "../../kernel/secret.ts";
import type { PromptedConfig } from "../passes/check-endpoints.ts";
import { defaultMaxConnections, defaultTimeouts } from "../passes/defaults.ts";
import { profileOfProvider, type ReadProvider } from "../read/shapes/provider.ts";

/** Providers with the defaults of their types. */
export function lowerProviders({ tables, gateway }: PromptedConfig): ArtifactProvider[] {
  return tables.providers.map(({ name, options }) => {
    const profile = profileOfProvider(options);
    return {
      name,
      type: options.type,
      ...(profile === undefined ? builtIn : lowerAccess(profile, options)),
      maxConnections: options.maxConnections ?? defaultMaxConnections,
      streamUsage: options.streamUsage ?? profile?.chat?.quirks?.["streamOptions"] !== false,
      timeouts: lowerTimeouts({ ...gateway.timeouts, ...definedTimeouts(options.timeouts) }),
      region: options.region ?? options.location ?? null,
      tags: [...new Set(options.tags ?? [])],
    };
  });
}

type Access = Pick<ArtifactProvider, "baseUrl" | "query" | "apis" | "auth" | "headers">;

/** What is built in needs no way to it. */
const builtIn: Access = {
  baseUrl: null,
  query: null,
  apis: { embeddings: { path: "/embeddings", shape: "openai", quirks: {} } },
  auth: { kind: "none" },
  headers: [],
};

/** Where a provider is and what every call to it carries. */
function lowerAccess(profile: ProviderProfile, options: ReadProvider): Access {
  const values = addressValues(profile, options);
  const baseUrl = options.baseUrl ?? baseUrlOf(profile, values);
  assert(baseUrl !== undefined, "a provider has no base URL");
  return {
    baseUrl,
    query: queryOf(profile, values) ?? null,
    apis: Object.fromEntries(
      Object.entries(profile.apis ?? {}).map(([name, { path, shape, quirks = {} }]) => [
        name,
        { path, shape, quirks: { ...quirks } },
      ]),
    ),
    auth: lowerAuth(profile.auth, options),
    headers: lowerHeaders(profile, options),
  };
}

function addressValues({ options = [] }: ProviderProfile, read: ReadProvider): Record<string, string> {
  return Object.fromEntries(
    options.flatMap(({ name }) => {
      const value = read[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function lowerAuth(auth: ProviderAuth, options: ReadProvider): ArtifactAuth {
  const { apiKey, accessKeyId, secretAccessKey, sessionToken = null, credentials, accessToken } = options;
  const token = apiKey ?? accessToken;
  if ((auth.kind === "header" || auth.kind === "header-or-entra") && apiKey !== undefined)
    return { kind: "header", name: auth.name, value: apiKey };
  if (auth.kind === "header-or-entra") return lowerEntra(auth, options);
  if (token !== undefined) return { kind: "bearer", token };
  if (credentials !== undefined) return { kind: "google-service-account", credentials };
  if (auth.kind !== "aws-sigv4") return { kind: "none" };
  const { region } = options;
  assert(accessKeyId && secretAccessKey && region, "a provider has no credential");
  return { kind: auth.kind, service: auth.service, region, accessKeyId, secretAccessKey, sessionToken };
}

function lowerEntra(
  { authority, scope }: Extract<ProviderAuth, { kind: "header-or-entra" }>,
  { tenantId, clientId, clientSecret }: ReadProvider,
): ArtifactAuth {
  assert(tenantId && clientId && clientSecret, "a provider has no credential");
  return { kind: "azure-entra", authority, scope, tenantId, clientId, clientSecret };
}

/** A header of the config's own takes the place of the type's. */
function lowerHeaders(profile: ProviderProfile, options: ReadProvider): ArtifactProvider["headers"] {
  const own = options.headers ?? [];
  const taken = new Set(own.map(([name]) => name.toLowerCase()));
  const usual = (profile.headers ?? []).filter(([name]) => !taken.has(name.toLowerCase()));
  const fromOptions = (profile.headerOptions ?? []).flatMap(({ name, header }): [string, string][] => {
    const value = options[name];
    return value === undefined ? [] : [[header, value]];
  });
  return [...usual, ...fromOptions, ...own].map(([name, value]): [string, string | SecretRef] => [
    name,
    value,
  ]);
}

type Timeouts = NonNullable<ReadProvider["timeouts"]>;

/** Time limits; what is left open gets the default. */
export function lowerTimeouts(own: Partial<Timeouts>): ArtifactUpstreamTimeouts {
  return {
    connectMs: own.connect ?? defaultTimeouts.connect,
    firstTokenMs: own.firstToken ?? defaultTimeouts.firstToken,
    idleMs: own.idle ?? defaultTimeouts.idle,
    totalMs: own.total ?? defaultTimeouts.total,
  };
}

/** So that what a provider leaves open does not hide what the gateway says. */
export function definedTimeouts(timeouts: Timeouts | undefined): Partial<Timeouts> {
  return Object.fromEntries(Object.entries(timeouts ?? {}).filter(([, value]) => value !== undefined));
}
