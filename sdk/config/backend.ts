import type { Duration } from "../../src/kernel/duration.ts";
import type { Budget } from "./budget.ts";
import { type Declaration, declare } from "./declaration.ts";
import type { Deprecation } from "./deprecation.ts";
import type { EndpointStatus, Version } from "./endpoint.ts";
import type { HttpMethod } from "./http-method.ts";
import type { Limit } from "./limit.ts";
import type { Secret } from "./secret.ts";
import type { UpstreamTimeoutOptions } from "./timeouts.ts";

/** One server of a backend. */
export interface BackendUpstream {
  /** Where it begins: `https://orders.internal/v2`. */
  readonly url: string;
  /** Share of the requests against those of the others, 1 to 1,000, default 1. */
  readonly weight?: number;
  /** `Host` of requests, where it is another one than in the URL. */
  readonly host?: string;
}

/** A way into a backend. */
export interface BackendRoute {
  /** Below the base path: `/orders/{id}`, or `/files/*` for everything below. */
  readonly path: string;
  /** Without it every method. */
  readonly methods?: readonly HttpMethod[];
  /** Path at the upstream: it may name the parameters of `path`, and end in its `*`. */
  readonly rewrite?: string;
}

/** Headers that are set and removed on the way. */
export interface HeaderChanges<Value> {
  readonly set?: Readonly<Record<string, Value>>;
  readonly remove?: readonly string[];
}

/** How upstreams get the gateway's own credential, in place of the caller's. */
export type BackendAuth =
  /** `Authorization: Bearer …`. */
  | { readonly bearer: Secret }
  /** A header with the credential as its whole value. */
  | { readonly header: string; readonly value: Secret };

/** How upstreams that are not well are found. */
export interface HealthCheck {
  /** What is asked for at each upstream, such as `/healthz`. */
  readonly path: string;
  /** Default `"10s"`. */
  readonly every?: Duration;
  /** Default `"2s"`. */
  readonly timeout?: Duration;
  /** Good answers in a row that make it well again, default 2. */
  readonly healthyAfter?: number;
  /** Failures in a row after which it gets no requests, default 3. */
  readonly unhealthyAfter?: number;
  /** First and last status of a good answer, default `[200, 399]`. */
  readonly status?: readonly [number, number];
}

/** What a backend is. */
export interface BackendOptions {
  /** Default `"1.0.0"`. */
  readonly version?: Version;
  /** Default `"published"`. */
  readonly status?: EndpointStatus;
  /** For the status `"deprecated"`, and `"retired"`. */
  readonly deprecation?: Deprecation<Backend>;
  readonly summary?: string;
  /** Where it begins at the gateway, default `/<name>/v<major>`. */
  readonly basePath?: string;
  /** Whether upstreams are asked without the base path, default true. */
  readonly stripPrefix?: boolean;
  /** Its servers; a text is a URL. */
  readonly upstreams: readonly (string | BackendUpstream)[];
  /** What of it may be called. Default: the operations of `openapi`, or without that everything. */
  readonly routes?: readonly BackendRoute[];
  readonly requestHeaders?: HeaderChanges<string | Secret>;
  readonly responseHeaders?: HeaderChanges<string>;
  readonly auth?: BackendAuth;
  readonly timeouts?: UpstreamTimeoutOptions;
  readonly health?: HealthCheck;
  /** Whether WebSocket connections are taken, default false. */
  readonly webSocket?: boolean;
  /** Bytes of a request's body and of an answer; default: those of the gateway. */
  readonly maxRequestBytes?: number;
  readonly maxResponseBytes?: number;
  /**
   * An OpenAPI document, JSON or YAML, read when the config is compiled; a relative path starts at the config's folder.
   * Its operations are the routes.
   */
  readonly openapi?: string;
  /** What becomes of requests that the document does not allow, default `"refuse"` where there is one. */
  readonly validate?: "off" | "report" | "refuse";
  readonly limits?: readonly Limit[];
  readonly budget?: Budget;
}

/** An ordinary HTTP service behind the gateway. */
export interface Backend extends Declaration<"backend">, BackendOptions {}

/**
 * Declares a backend. Its name is the key under which `defineGateway({ backends })` gets it.
 * @example backend({ upstreams: ["https://orders.internal"], openapi: "./orders.yaml", health: { path: "/healthz" } })
 */
export function backend(options: BackendOptions): Backend {
  return declare("backend", options);
}
