import type { ArtifactProvider } from "../artifact/artifact.ts";
import type { SecretRef, SecretResolver } from "../kernel/secret.ts";
import type { Upstream } from "../upstream/upstream.ts";

/** What a provider type needs to open a connection. */
export interface ProviderDependencies {
  readonly resolveSecret: SecretResolver;
}

/** A header as name and value. */
export type HeaderPair = readonly [name: string, value: string];

/** A request to a provider, without what is the same for all of them. */
export interface ProviderRequest {
  /** Default: POST. */
  readonly method?: "POST" | "GET";
  /** Below the provider's base URL, percent-encoded; may have a query. */
  readonly path: string;
  /** Of the body; default: JSON. */
  readonly contentType?: string;
  /** Take the place of the provider's own headers of the same name, but never of the credential. */
  readonly headers?: readonly HeaderPair[];
}

/** A provider that can be called. */
export interface ProviderConnection {
  readonly upstream: Upstream;
  /**
   * Head of a request, see `UpstreamCall.head`, with everything that is the same for every call. Made once for each
   * target and API when the tables are built. Holds credentials: never shown or logged.
   * @throws LatchkeyError LK-6001 for a path or a header that cannot be sent.
   */
  readonly head: (request: ProviderRequest) => string;
  /**
   * Completes a head with what only the call knows: a signature over the body, a token that changes. Absent where heads
   * are complete as they are. Rejects with LatchkeyError LK-3002 or LK-3010 where no token can be had.
   */
  readonly authorize?: (head: string, body: Uint8Array) => string | Promise<string>;
}

/** A provider that can be called, or what is missing for it. */
export type ProviderOpening =
  | { readonly ok: true; readonly connection: ProviderConnection }
  | {
      readonly ok: false;
      /** Secrets that are not there. */
      readonly missing: readonly SecretRef[];
      /** What else is wrong, as a half sentence after the provider's name; never a part of a secret. */
      readonly reason?: string;
    };

/** One provider type. */
export interface ProviderDriver {
  readonly open: (provider: ArtifactProvider, dependencies: ProviderDependencies) => ProviderOpening;
}
