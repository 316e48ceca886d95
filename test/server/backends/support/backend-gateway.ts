import type { Artifact } from "../../../../src/artifact/artifact.ts";
import { encodeIdSet } from "../../../../src/artifact/grant.ts";
import type { BackendDeclaration } from "../../../../src/runtime/backends/backend-declaration.ts";
import { type GatewayFixture, startGateway } from "../../../support/gateway-fixture.ts";

/** A server of a backend that a test asks. */
export function upstreamAt(origin: string, weight = 1): BackendDeclaration["upstreams"][number] {
  return { origin, pathPrefix: "", host: null, weight };
}

/** A backend at `/shop` that passes everything on; a test says what is different. */
export function backend(options: Partial<BackendDeclaration>): BackendDeclaration {
  return {
    name: "shop",
    version: "1.0.0",
    major: 1,
    status: "published",
    deprecatedAtMs: null,
    sunsetAtMs: null,
    successor: null,
    summary: null,
    basePath: "/shop",
    stripPrefix: true,
    upstreams: [],
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
    ...options,
  };
}

/** What a test says besides its backends. */
export interface BackendOptions {
  /** Ids that the key may reach; default: all. */
  readonly granted?: readonly number[];
  readonly trustedProxies?: readonly string[];
}

/** Lays backends over an artifact. */
export function withBackends(backends: readonly BackendDeclaration[], options: BackendOptions = {}) {
  const granted = options.granted ?? backends.map((_, id) => id);
  return (artifact: Artifact): Artifact => {
    const { settings, grants, services, ...rest } = artifact;
    const extended = {
      ...rest,
      settings: { ...settings, trustedProxies: options.trustedProxies ?? [] },
      grants: grants.map((grant) => ({ ...grant, backends: encodeIdSet(granted) })),
      services: services.map((service) => ({ ...service, backends: backends.map((_, id) => id) })),
      backends,
    };
    return extended;
  };
}

/** Starts a gateway with backends; its key may use them. */
export function startBackendGateway(
  backends: readonly BackendDeclaration[],
  options: BackendOptions = {},
): Promise<GatewayFixture> {
  return startGateway({ baseUrls: ["http://127.0.0.1:9"], extend: withBackends(backends, options) });
}
