import type { ArtifactBackend } from "../../artifact/artifact.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Networks } from "../../kernel/networks.ts";
import { describeSecret, type SecretRef, type SecretResolver } from "../../kernel/secret.ts";
import { type OpenAuth, openAuth } from "../../providers/auth/open-auth.ts";
import { UnusableCredential } from "../../providers/auth/unusable-credential.ts";
import type { BackendServer, BackendServers } from "./backend-servers.ts";
import { type HeadMaker, headMaker } from "./request-head.ts";
import { WeightedTurns } from "./weighted-turns.ts";

/** A server with its share of the requests. */
export interface WeightedServer {
  readonly weight: number;
  readonly server: BackendServer;
}

/** A backend that can be asked: its servers, and heads with its secrets in them. */
export interface OpenBackend extends Pick<OpenAuth, "authorize"> {
  readonly turns: WeightedTurns<WeightedServer>;
  readonly head: HeadMaker;
  /** Begins to ask the servers whether they are well. */
  readonly start: () => void;
  readonly release: () => void;
}

/** What a backend is opened with. */
export interface BackendDependencies {
  readonly servers: BackendServers;
  readonly resolveSecret: SecretResolver;
  readonly clock: Clock;
  readonly trustedProxies: Networks;
}

/**
 * Opens a backend, or answers why it cannot be used, as a half sentence after its name.
 * @throws LatchkeyError LK-6001 for what no request can carry.
 */
export function openBackend(
  declaration: ArtifactBackend,
  { servers, resolveSecret, clock, trustedProxies }: BackendDependencies,
): OpenBackend | string {
  const missing: SecretRef[] = [];
  const resolve = (ref: SecretRef): string => {
    const value = resolveSecret(ref);
    if (value === undefined) missing.push(ref);
    return value ?? "";
  };
  const { set, remove } = declaration.requestHeaders;
  const headers = set.map(
    ([name, value]) => [name, typeof value === "string" ? value : resolve(value)] as const,
  );
  const auth = tryOpenAuth(declaration.auth, { resolve, clock, isComplete: () => missing.length === 0 });
  if (typeof auth === "string") return auth;
  if (auth === undefined || missing.length > 0) {
    return `${missing.map(describeSecret).join(", ")} is missing`;
  }
  const { headers: credential, reserved, authorize } = auth;
  const head = headMaker({ set: headers, remove, credential, reserved, trustedProxies });
  const taken = declaration.upstreams.map((upstream) => servers.take(upstream, declaration.health));
  const weighted = taken.map(([, server], index) => ({
    server,
    weight: declaration.upstreams[index]?.weight ?? 1,
  }));
  return {
    turns: new WeightedTurns(weighted),
    head,
    ...(authorize !== undefined && { authorize }),
    start() {
      for (const { server } of weighted) server.health?.start();
    },
    release() {
      for (const [key] of taken.splice(0)) servers.release(key);
    },
  };
}

/** A credential that is none makes its backend alone useless. */
function tryOpenAuth(...given: Parameters<typeof openAuth>): OpenAuth | string | undefined {
  try {
    return openAuth(...given);
  } catch (thrown) {
    if (thrown instanceof UnusableCredential) return thrown.reason;
    throw thrown;
  }
}
