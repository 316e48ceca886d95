import type { ArtifactProvider } from "../artifact/artifact.ts";
import type { SecretRef, SecretResolver } from "../kernel/secret.ts";
import type { Upstream } from "../upstream/upstream.ts";

/** What a provider type needs to open a connection. */
export interface ProviderDependencies {
  readonly resolveSecret: SecretResolver;
}

/** A provider that can be called. */
export interface ProviderConnection {
  readonly upstream: Upstream;
  /** Head of a Chat Completions call, see `UpstreamCall.head`. Holds the credentials: never shown or logged. */
  readonly chatHead: string;
}

/** A provider that can be called, or what is missing for it. */
export type ProviderOpening =
  | { readonly ok: true; readonly connection: ProviderConnection }
  | { readonly ok: false; readonly missing: readonly SecretRef[] };

/** One provider type. */
export interface ProviderDriver {
  readonly open: (provider: ArtifactProvider, dependencies: ProviderDependencies) => ProviderOpening;
}
