import type { HttpProviderType } from "../../src/catalog/providers/index.ts";
import { captureSite } from "./capture-site.ts";
import type { Declaration } from "./declaration.ts";
import type { Secret } from "./secret.ts";
import { type Target, type TargetOptions, target } from "./target.ts";
import type { UpstreamTimeoutOptions } from "./timeouts.ts";

/** Where a provider computes and what it is, in words of the config's own: for invariants and plans. */
export interface ProviderPlace {
  /** Such as `"eu"`. */
  readonly region?: string;
  readonly tags?: readonly string[];
}

/** Settings that every provider over HTTP takes. */
export interface HttpProviderOptions extends ProviderPlace {
  /** Where the provider's API begins, such as `https://api.example.com/v1`. */
  readonly baseUrl?: string;
  /** Headers sent with every call; secrets as references. */
  readonly headers?: Readonly<Record<string, string | Secret>>;
  /** Connections kept at most per worker thread, default 256. */
  readonly maxConnections?: number;
  readonly timeouts?: UpstreamTimeoutOptions;
}

/** Settings of a provider that is reached with an API key. */
export interface ApiKeyOptions extends HttpProviderOptions {
  readonly apiKey: Secret;
}

/** Settings of a server that may ask for no credential. */
export interface LocalServerOptions extends HttpProviderOptions {
  /** Sent as `Authorization: Bearer …`; leave it out for a server that asks for none. */
  readonly apiKey?: Secret;
}

/** Names of the provider types that Latchkey can reach. */
export type ProviderType = HttpProviderType | "demo";

/** An account at a model vendor or a self-hosted server. */
export interface Provider extends Declaration<"provider"> {
  readonly type: ProviderType;
  readonly settings: HttpProviderOptions;
}

/**
 * A provider as configs hold it: calling it with a model id makes a target. Known ids are suggested, any other
 * text is allowed.
 */
export interface TargetFactory<Id extends string = string> extends Provider {
  (upstreamModel: Id | (string & {}), options?: TargetOptions): Target;
}

/** Makes a provider declaration of one type; used by the one-file-per-provider constructors. */
export function declareProvider<Id extends string = string>(
  type: ProviderType,
  settings: HttpProviderOptions,
): TargetFactory<Id> {
  const site = captureSite();
  const provider = ((upstreamModel: string, options?: TargetOptions): Target =>
    target(provider, upstreamModel, options)) as TargetFactory<Id>;
  Object.defineProperty(provider, "site", { value: site, enumerable: false });
  return Object.freeze(Object.assign(provider, { kind: "provider" as const, type, settings }));
}
