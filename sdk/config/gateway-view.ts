/** A provider as invariants see it. */
export interface ProviderView {
  readonly name: string;
  readonly type: string;
  readonly region: string | null;
  readonly tags: readonly string[];
}

/** A target as invariants see it. */
export interface TargetView {
  readonly provider: ProviderView;
  readonly upstreamModel: string;
  /** Those of its provider. */
  readonly region: string | null;
  readonly tags: readonly string[];
}

/** A model as invariants see it. */
export interface ModelView {
  readonly name: string;
  readonly targets: readonly TargetView[];
}

/** A version of an endpoint as invariants see it. */
export interface EndpointView {
  readonly name: string;
  readonly version: string;
  readonly status: "draft" | "published" | "deprecated" | "retired";
  readonly model: ModelView;
}

/** A version of a backend as invariants see it. */
export interface BackendView {
  readonly name: string;
  readonly version: string;
  readonly status: "draft" | "published" | "deprecated" | "retired";
  readonly basePath: string;
  /** Such as `https://orders.internal`. */
  readonly origins: readonly string[];
}

/** A service as invariants see it. */
export interface ServiceView {
  readonly name: string;
  /** Name of the tenant that owns it. */
  readonly owner: string;
  /** Names of the tenants that may subscribe; null: every one. */
  readonly visibleTo: readonly string[] | null;
  readonly models: readonly ModelView[];
  readonly endpoints: readonly EndpointView[];
  readonly backends: readonly BackendView[];
}

/** What may be called. */
export interface ReachView {
  readonly services: readonly ServiceView[];
  /** Those that may be called by name, and those behind the endpoints. */
  readonly models: readonly ModelView[];
  readonly endpoints: readonly EndpointView[];
  readonly backends: readonly BackendView[];
}

/** An application as invariants see it; keys that are issued for it reach no more than this. */
export interface AppView {
  readonly name: string;
  /** Name of its tenant. */
  readonly tenant: string;
  readonly reach: ReachView;
}

/** A declared key as invariants see it. */
export interface KeyView {
  readonly name: string;
  /** Names of its tenant and application. */
  readonly tenant: string;
  readonly app: string;
  readonly environment: string | null;
  /** Milliseconds since the epoch; null: it does not expire. */
  readonly expiresAtMs: number | null;
  /** CIDR networks; null: from anywhere, empty: from nowhere. */
  readonly networks: readonly string[] | null;
  readonly methods: readonly string[] | null;
  readonly readOnly: boolean;
  readonly reach: ReachView;
}

/** A tenant as invariants see it. */
export interface TenantView {
  readonly name: string;
  readonly members: readonly { readonly address: string; readonly role: string }[];
  readonly apps: readonly AppView[];
}

/** A whole gateway, read-only, by names: what the compiled config allows. */
export interface GatewayView {
  readonly providers: readonly ProviderView[];
  readonly models: readonly ModelView[];
  readonly endpoints: readonly EndpointView[];
  readonly backends: readonly BackendView[];
  readonly services: readonly ServiceView[];
  readonly tenants: readonly TenantView[];
  readonly apps: readonly AppView[];
  readonly keys: readonly KeyView[];
}
