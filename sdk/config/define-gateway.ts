import type { Duration } from "../../src/kernel/duration.ts";
import type { Backend } from "./backend.ts";
import { type Declaration, declare } from "./declaration.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Invariant } from "./invariant.ts";
import type { Model } from "./model.ts";
import type { Provider } from "./provider.ts";
import type { Service } from "./service.ts";
import type { SignInOptions } from "./sign-in.ts";
import type { Smtp } from "./smtp.ts";
import type { Tenant } from "./tenant.ts";
import type { UpstreamTimeoutOptions } from "./timeouts.ts";
import type { Webhook } from "./webhook.ts";

/** One endpoint, or several versions of it side by side, the first being the one that clients call by default. */
export type EndpointEntry = Endpoint | readonly [Endpoint, ...Endpoint[]];

/** One backend, or several versions of it side by side. */
export type BackendEntry = Backend | readonly [Backend, ...Backend[]];

/** Sizes that the gateway's HTTP side accepts, in bytes. */
export interface HttpOptions {
  /** Largest request body, default 10 MiB. */
  readonly maxRequestBytes?: number;
  /** Largest answer of a provider, default 100 MiB. */
  readonly maxResponseBytes?: number;
  /**
   * Whether callers of the Responses API may name what a vendor keeps (answers, items, files, containers) that their key
   * was not told of by this gateway, default false. Keys share the vendor's account: whoever knows an id can then go on
   * from another key's conversation.
   */
  readonly passVendorIds?: boolean;
}

/** Time limits of a call. */
export interface GatewayTimeoutOptions extends UpstreamTimeoutOptions {
  /** Until a request's body has arrived, default `"30s"`. */
  readonly request?: Duration;
}

/** Everything a gateway is made of. Names are the keys of the records. */
export interface GatewayOptions {
  readonly providers: Readonly<Record<string, Provider>>;
  readonly models?: Readonly<Record<string, Model>>;
  readonly endpoints?: Readonly<Record<string, EndpointEntry>>;
  readonly backends?: Readonly<Record<string, BackendEntry>>;
  readonly services?: Readonly<Record<string, Service>>;
  readonly tenants?: Readonly<Record<string, Tenant>>;
  readonly http?: HttpOptions;
  readonly timeouts?: GatewayTimeoutOptions;
  /** Where people and callers reach the gateway: `https://ai.example.com`. Links that it sends begin there. */
  readonly publicUrl?: string;
  /** Networks, in CIDR form, of the proxies whose word on a caller's address is believed. Default: none. */
  readonly trustedProxies?: readonly string[];
  /** Addresses of the people who run the gateway: they may do all that an owner may, in every tenant. */
  readonly operators?: readonly string[];
  readonly signIn?: SignInOptions;
  readonly webhooks?: Readonly<Record<string, Webhook>>;
  /** The server through which e-mail is sent; without it none is. */
  readonly email?: Smtp;
  /** What has to hold of what the config comes to. */
  readonly invariants?: readonly Invariant[];
}

/** A whole gateway; the type parameter carries names, inputs and outputs to the client. */
export type Gateway<Options extends GatewayOptions = GatewayOptions> = Declaration<"gateway"> & Options;

/**
 * The config's default export.
 * @example export default defineGateway({ providers: { oai }, models: { fast }, tenants: { platform } });
 */
export function defineGateway<const Options extends GatewayOptions>(options: Options): Gateway<Options> {
  return declare("gateway", options) as Gateway<Options>;
}
