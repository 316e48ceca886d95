import type { Duration } from "../../src/kernel/duration.ts";
import { type Declaration, declare } from "./declaration.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Model } from "./model.ts";
import type { Provider } from "./provider.ts";
import type { Service } from "./service.ts";
import type { Tenant } from "./tenant.ts";
import type { UpstreamTimeoutOptions } from "./timeouts.ts";

/** One endpoint, or several versions of it side by side, the first being the one that clients call by default. */
export type EndpointEntry = Endpoint | readonly [Endpoint, ...Endpoint[]];

/** Sizes that the gateway's HTTP side accepts, in bytes. */
export interface HttpOptions {
  /** Largest request body, default 10 MiB. */
  readonly maxRequestBytes?: number;
  /** Largest answer of a provider, default 100 MiB. */
  readonly maxResponseBytes?: number;
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
  readonly services?: Readonly<Record<string, Service>>;
  readonly tenants?: Readonly<Record<string, Tenant>>;
  readonly http?: HttpOptions;
  readonly timeouts?: GatewayTimeoutOptions;
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
