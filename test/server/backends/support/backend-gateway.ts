import type { Artifact, ArtifactBackend, ArtifactUpstream } from "../../../../src/artifact/artifact.ts";
import { plainBackend } from "../../../support/artifact-defaults.ts";
import {
  type GatewayFixture,
  type GatewayFixtureOptions,
  startGateway,
} from "../../../support/gateway-fixture.ts";

/** A server of a backend that a test asks. */
export function upstreamAt(origin: string, weight = 1): ArtifactUpstream {
  return { origin, pathPrefix: "", host: null, weight };
}

/** A backend at `/shop` that passes everything on; a test says what is different. */
export function backend(options: Partial<ArtifactBackend>): ArtifactBackend {
  return plainBackend("shop", "http://127.0.0.1:9", options);
}

const anyScope = {
  ...{ services: null, models: null, endpoints: null, backends: null },
  ...{ methods: null, readOnly: false },
};

/** What a test says besides its backends. */
export interface BackendOptions {
  /** Ids that the key may reach; default: all. */
  readonly granted?: readonly number[];
  readonly trustedProxies?: readonly string[];
  readonly tunnelDrainMs?: number;
}

/** What a gateway with backends is started with. */
export function withBackends(
  backends: readonly ArtifactBackend[],
  { granted, trustedProxies = [] }: BackendOptions = {},
): GatewayFixtureOptions {
  const extend = (artifact: Artifact): Artifact => ({
    ...artifact,
    ...(granted !== undefined && {
      keys: artifact.keys.map((key) => ({ ...key, scope: { ...anyScope, backends: [...granted] } })),
    }),
  });
  return {
    baseUrls: ["http://127.0.0.1:9"],
    settings: { trustedProxies: [...trustedProxies] },
    backends: [...backends],
    extend,
  };
}

/** Starts a gateway with backends; its key may use them. */
export function startBackendGateway(
  backends: readonly ArtifactBackend[],
  options: BackendOptions = {},
): Promise<GatewayFixture> {
  const { tunnelDrainMs } = options;
  return startGateway({
    ...withBackends(backends, options),
    ...(tunnelDrainMs !== undefined && { tunnelDrainMs }),
  });
}
