import type { ArtifactHealth, ArtifactUpstream } from "../../artifact/artifact.ts";
import { canonicalJson } from "../../kernel/json.ts";
import { createHttpUpstream } from "../../upstream/http-upstream.ts";
import { parseOrigin } from "../../upstream/parse-origin.ts";
import { renderRequestHead } from "../../upstream/request-head.ts";
import { TunnelDialer } from "../../upstream/tunnel-dialer.ts";
import type { Upstream } from "../../upstream/upstream.ts";
import { HealthCheck } from "./health-check.ts";

/** One server of a backend, with its connections and its health. */
export interface BackendServer {
  /** Host and port, for the log. */
  readonly name: string;
  readonly upstream: Upstream;
  /** Where WebSocket connections are opened. */
  readonly tunnels: TunnelDialer;
  /** Null: nobody asks. */
  readonly health: HealthCheck | null;
  readonly host: string;
  readonly pathPrefix: string;
}

interface OpenServer {
  readonly server: BackendServer;
  users: number;
}

/**
 * Milliseconds after which an unused connection is closed: less than the five seconds of many servers, because a request
 * that must not be sent twice is lost on a connection that closes just then.
 */
const IDLE_MS = 4_000;

/** The servers that any tables use: what stays the same across tables keeps its connections and its health. */
export class BackendServers {
  readonly #open = new Map<string, OpenServer>();

  /**
   * A server, to be given back by `release` under the key that comes with it.
   * @throws LatchkeyError LK-6001 for an address or a path that is none.
   */
  take(upstream: ArtifactUpstream, health: ArtifactHealth | null): readonly [string, BackendServer] {
    const key = canonicalJson({ upstream: { ...upstream, weight: 0 }, health });
    const open = this.#open.get(key) ?? { server: openServer(upstream, health), users: 0 };
    open.users++;
    this.#open.set(key, open);
    return [key, open.server];
  }

  release(key: string): void {
    const open = this.#open.get(key);
    if (open === undefined || --open.users > 0) return;
    this.#open.delete(key);
    close(open.server);
  }

  /** Ends all of them. */
  close(): void {
    for (const { server } of this.#open.values()) close(server);
    this.#open.clear();
  }
}

function openServer(upstream: ArtifactUpstream, health: ArtifactHealth | null): BackendServer {
  const { origin, host: ownHost } = parseOrigin(upstream.origin);
  const { pathPrefix } = upstream;
  const host = upstream.host ?? ownHost;
  // Made before anything is opened: it checks what stands in every head.
  const path = `${pathPrefix}${health?.path ?? "/"}`;
  const headers = [["user-agent", "latchkey"] as const];
  const head = renderRequestHead({ method: "GET", path, host, headers });
  const pool = createHttpUpstream({ origin, idleTimeoutMs: IDLE_MS });
  return {
    name: `${origin.hostname}:${origin.port}`,
    upstream: pool,
    tunnels: new TunnelDialer({ origin }),
    health: health === null ? null : new HealthCheck(health, { upstream: pool, head }),
    host,
    pathPrefix,
  };
}

function close({ health, upstream, tunnels }: BackendServer): void {
  health?.stop();
  upstream.close();
  tunnels.close();
}
