import type { Artifact, ArtifactAuth, ArtifactProvider } from "../../artifact/artifact.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { SecretRef } from "../../kernel/secret.ts";

/** One server of a backend. */
export interface UpstreamDeclaration {
  /** Scheme, host and port: `https://orders.example`. */
  readonly origin: string;
  /** Begins what is asked for there; empty, or `/` and more without a slash at its end. */
  readonly pathPrefix: string;
  /** `Host` of requests; null: that of the origin. */
  readonly host: string | null;
  /** Share of the requests, against those of the others. */
  readonly weight: number;
}

/** A value of a request beside its body. */
export interface ParameterDeclaration {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly list: "repeated" | "commas" | null;
  /** JSON Schema of the value, or of each item of a list, once it is read as the schema's type. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** What requests to one route have to look like. */
export interface OperationDeclaration {
  readonly operationId: string | null;
  readonly summary: string | null;
  readonly deprecated: boolean;
  readonly parameters: readonly ParameterDeclaration[];
  readonly body: {
    readonly required: boolean;
    /** Media types, such as `application/json` or `text/*`; a null schema takes anything. */
    readonly content: readonly {
      readonly mediaType: string;
      readonly schema: Readonly<Record<string, unknown>> | null;
    }[];
  } | null;
}

/** A way into a backend. */
export interface BackendRouteDeclaration {
  /** Upper-case names; null: every method. */
  readonly methods: readonly string[] | null;
  /** Below the base path: segments, `{param}` for any one, and `*` at the end for whatever follows. */
  readonly path: string;
  /** Path at the upstream, which may name the parameters and end in `*`; null: as it was asked for. */
  readonly rewritePath: string | null;
  /** Null: requests are not looked into. */
  readonly operation: OperationDeclaration | null;
}

/** How upstreams that are well are told from those that are not. */
export interface HealthDeclaration {
  readonly path: string;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly healthyAfter: number;
  readonly unhealthyAfter: number;
  /** First and last status of a good answer. */
  readonly status: readonly [from: number, to: number];
}

/** When a version is left behind, and what follows it. */
export interface LifecycleDeclaration {
  readonly status: "draft" | "published" | "deprecated" | "retired";
  /** Milliseconds since 1970; null: not said. */
  readonly deprecatedAtMs: number | null;
  readonly sunsetAtMs: number | null;
  /** Id in the same table. */
  readonly successor: number | null;
}

/** An HTTP service behind the gateway, one version of it, as an artifact declares it. */
export interface BackendDeclaration extends LifecycleDeclaration {
  readonly name: string;
  readonly version: string;
  readonly major: number;
  readonly summary: string | null;
  /** Where it begins at the gateway: `/` and more, without a slash at its end. */
  readonly basePath: string;
  /** Whether upstreams are asked without the base path. */
  readonly stripPrefix: boolean;
  readonly upstreams: readonly UpstreamDeclaration[];
  /** Null: everything below the base path. */
  readonly routes: readonly BackendRouteDeclaration[] | null;
  readonly requestHeaders: {
    readonly set: readonly (readonly [name: string, value: string | SecretRef])[];
    readonly remove: readonly string[];
  };
  readonly responseHeaders: {
    readonly set: readonly (readonly [name: string, value: string])[];
    readonly remove: readonly string[];
  };
  readonly auth: ArtifactAuth;
  readonly timeouts: ArtifactProvider["timeouts"];
  /** Null: nobody asks whether the upstreams are well. */
  readonly health: HealthDeclaration | null;
  readonly webSocket: boolean;
  readonly maxRequestBytes: number | null;
  readonly maxResponseBytes: number | null;
  /** What becomes of requests that an operation does not allow. */
  readonly validate: "off" | "report" | "refuse";
  readonly openapi: JsonObject | null;
}

/** What an artifact with backends has besides. */
interface WithBackends {
  readonly backends?: readonly BackendDeclaration[];
  readonly settings: { readonly maxRequestBytes: number; readonly trustedProxies?: readonly string[] };
  readonly endpoints: readonly ({ readonly name: string } & Partial<Omit<LifecycleDeclaration, "status">>)[];
  readonly services: readonly {
    readonly name: string;
    readonly models: readonly number[];
    readonly endpoints: readonly number[];
    readonly backends?: readonly number[];
  }[];
  readonly grants: readonly { readonly models: string; readonly backends?: string }[];
}

/** An artifact as far as backends go; those of earlier formats have none. */
export function backendsOf(artifact: Artifact): WithBackends {
  return artifact;
}
