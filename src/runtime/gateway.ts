import type { Artifact, StoredArtifact } from "../artifact/artifact.ts";
import type { FunctionsModule } from "../artifact/function-ref.ts";
import { headerLine } from "../http/exchange.ts";
import type { Clock } from "../kernel/clock.ts";
import { LatchkeyError } from "../kernel/error.ts";
import { createRequestIds } from "../kernel/id.ts";
import { canonicalJson } from "../kernel/json.ts";
import { describeSecret, type SecretResolver } from "../kernel/secret.ts";
import type { RateTable } from "../limits/rate-table.ts";
import type { OverlayRows } from "../overlay/rows.ts";
import type { ProviderConnection, ProviderDriver } from "../providers/provider.ts";
import type { CallSink } from "../stores/ports.ts";
import type { Logger } from "../telemetry/logger.ts";
import type { TokenEstimator } from "./apis/estimate-tokens.ts";
import type { ResponsesMemory } from "./apis/responses/memory.ts";
import { type PeerChannel, ResponsesPeers } from "./apis/responses/peers.ts";
import { ResponsesState, type ResponsesStateLimits } from "./apis/responses/state.ts";
import { BackendServers } from "./backends/backend-servers.ts";
import { type BackendTable, buildBackends } from "./backends/backend-table.ts";
import type { Call, CallContext } from "./call.ts";
import { buildRoutes } from "./endpoint-table.ts";
import type { MediaFetcher } from "./exchange/inline-media.ts";
import { KeyTable } from "./key-table.ts";
import { OpenTunnels } from "./open-tunnels.ts";
import type { Tables } from "./tables.ts";
import { buildModels } from "./target-table.ts";

/** What a gateway is given. */
export interface GatewayOptions {
  readonly clock: Clock;
  readonly sink: CallSink;
  readonly logger: Logger;
  readonly resolveSecret: SecretResolver;
  /** Provider type → driver. */
  readonly drivers: Readonly<Record<string, ProviderDriver>>;
  /** Fetches what callers name by URLs, where a provider takes bytes only. */
  readonly fetchMedia: MediaFetcher;
  /** Estimates tokens where no vendor counts them. */
  readonly estimateTokens: TokenEstimator;
  /** Where requests are counted, for all threads of this process. */
  readonly rates: RateTable;
  /** Way to the other threads of this process; absent where there is one only. */
  readonly peers?: PeerChannel;
  /** Milliseconds that WebSocket connections may stand after a reload, default 30,000. */
  readonly tunnelDrainMs?: number;
}

/** What the stages use of the gateway. */
export interface GatewayServices {
  readonly logger: Logger;
  readonly context: CallContext;
  readonly fetchMedia: MediaFetcher;
  readonly estimateTokens: TokenEstimator;
  readonly rates: RateTable;
  readonly responses: ResponsesMemory;
  readonly tunnels: OpenTunnels;
}

/** Tables that are ready to take over, and what they lack. */
export interface PreparedTables {
  readonly tables: Tables;
  /** Targets that are skipped, with the reason, for people. */
  readonly skipped: readonly string[];
}

/** A gateway in one thread: the tables in force, and how to replace them. */
export interface Gateway {
  readonly services: GatewayServices;
  /** The tables in force. */
  readonly tables: () => Tables;
  /**
   * Builds tables beside the ones in force. Nobody has a key in them until their `keys` are told of some.
   * @throws LatchkeyError LK-6001 when the artifact's functions cannot be loaded.
   */
  readonly prepare: (stored: StoredArtifact) => Promise<PreparedTables>;
  /** Puts tables in force: requests that begin from now on use them, those under way keep theirs. */
  readonly commit: (prepared: PreparedTables) => void;
  /** Has the tables in force go by what was decided at run time. */
  readonly decide: (rows: OverlayRows) => void;
  /** Whether calls can be served: false before the first `commit` and from `drain` on. */
  readonly ready: () => boolean;
  /** Says that the gateway is about to stop; calls are still served. */
  readonly drain: () => void;
  /** Calls under way. */
  readonly active: () => number;
  /** Resolves when no call is under way. */
  readonly idle: () => Promise<void>;
  readonly close: () => void;
}

interface OpenProvider {
  readonly connection: ProviderConnection;
  users: number;
}

/** Makes a gateway without tables; nothing can be served before the first `commit`. */
export function createGateway(options: GatewayOptions): Gateway {
  const pool = new Map<string, OpenProvider>();
  const servers = new BackendServers();
  const inUse = new Set<Tables>();
  const idleWaiters = new Set<() => void>();
  let current: Tables | undefined;
  let draining = false;

  const onStart = ({ tables }: Call): void => {
    tables.calls.underWay++;
  };
  const onFinish = ({ tables }: Call): void => {
    if (--tables.calls.underWay > 0) return;
    if (tables !== current) {
      inUse.delete(tables);
      tables.release();
    }
    if (countUnderWay(inUse) > 0) return;
    for (const wake of idleWaiters) wake();
    idleWaiters.clear();
  };
  const context: CallContext = {
    clock: options.clock,
    requestIds: createRequestIds(),
    sink: options.sink,
    onStart,
    onFinish,
  };

  const services: GatewayServices = {
    logger: options.logger,
    context,
    fetchMedia: options.fetchMedia,
    estimateTokens: options.estimateTokens,
    rates: options.rates,
    responses: createResponsesMemory(options),
    tunnels: new OpenTunnels(options.tunnelDrainMs ?? TUNNEL_DRAIN_MS),
  };

  return {
    services,
    tables() {
      if (current === undefined) throw new LatchkeyError("LK-5002", "The gateway is still starting.");
      return current;
    },
    async prepare(stored) {
      const functions = await loadFunctions(stored);
      const opened = openProviders(stored.artifact, pool, options);
      const { artifact, hash } = stored;
      const backends = buildBackends(artifact, hash, { ...options, servers });
      const tables = buildTables(stored, functions, opened, backends);
      return { tables, skipped: [...opened.skipped, ...backends.skipped] };
    },
    commit(prepared) {
      const previous = current;
      current = prepared.tables;
      inUse.add(current);
      current.backends.start();
      services.tunnels.judge(current);
      if (previous === undefined || previous === current || previous.calls.underWay > 0) return;
      inUse.delete(previous);
      previous.release();
    },
    decide(rows) {
      if (current === undefined) return;
      current.keys.apply(rows);
      services.tunnels.judge(current);
    },
    ready: () => current !== undefined && !draining,
    drain() {
      draining = true;
    },
    active: () => countUnderWay(inUse),
    idle() {
      if (countUnderWay(inUse) === 0) return Promise.resolve();
      return new Promise((resolve) => idleWaiters.add(resolve));
    },
    close() {
      services.tunnels.close();
      for (const { connection } of pool.values()) connection.upstream.close();
      pool.clear();
      servers.close();
      services.responses.peers?.close();
    },
  };
}

const TUNNEL_DRAIN_MS = 30_000;

/** Bounds of the conversations that are kept for upstreams that keep none, in each thread. */
const KEPT: ResponsesStateLimits = {
  maxBytes: 64 * 1024 * 1024,
  maxBytesPerKey: 8 * 1024 * 1024,
  ttlMs: 24 * 60 * 60 * 1000,
};

function createResponsesMemory({ clock, peers }: GatewayOptions): ResponsesMemory {
  const state = new ResponsesState(KEPT, clock);
  return { state, ...(peers !== undefined && { peers: new ResponsesPeers(state, peers) }) };
}

function countUnderWay(inUse: ReadonlySet<Tables>): number {
  let sum = 0;
  for (const { calls } of inUse) sum += calls.underWay;
  return sum;
}

interface OpenedProviders {
  readonly connections: readonly (ProviderConnection | undefined)[];
  readonly skipped: readonly string[];
  readonly release: () => void;
}

/** Opens providers, sharing the connections of those that stay the same across artifacts. */
function openProviders(
  artifact: Artifact,
  pool: Map<string, OpenProvider>,
  options: GatewayOptions,
): OpenedProviders {
  const skipped: string[] = [];
  const used: string[] = [];
  const connections = artifact.providers.map((provider) => {
    const secrets: string[] = [];
    const resolveSecret: SecretResolver = (ref) => {
      const value = options.resolveSecret(ref);
      secrets.push(value ?? "");
      return value;
    };
    const opening = options.drivers[provider.type]?.open(provider, { resolveSecret });
    if (opening === undefined) {
      skipped.push(`provider ${provider.name}: this Latchkey does not know its type "${provider.type}"`);
      return undefined;
    }
    if (!opening.ok) {
      const missing = opening.missing.map(describeSecret).join(", ");
      skipped.push(`provider ${provider.name}: ${opening.reason ?? `${missing} is missing`}`);
      return undefined;
    }
    // A rotated secret makes another fingerprint.
    const fingerprint = canonicalJson({ provider: { ...provider, name: "" }, secrets });
    const open = pool.get(fingerprint) ?? { connection: opening.connection, users: 0 };
    if (open.connection !== opening.connection) opening.connection.upstream.close();
    open.users++;
    pool.set(fingerprint, open);
    used.push(fingerprint);
    return open.connection;
  });
  const release = (): void => {
    for (const fingerprint of used.splice(0)) {
      const open = pool.get(fingerprint);
      if (open === undefined || --open.users > 0) continue;
      pool.delete(fingerprint);
      open.connection.upstream.close();
    }
  };
  return { connections, skipped, release };
}

function buildTables(
  { artifact, hash }: StoredArtifact,
  functions: FunctionsModule | null,
  opened: OpenedProviders,
  backends: BackendTable,
): Tables {
  const models = buildModels(artifact, hash, opened.connections);
  return {
    artifact,
    hash,
    keys: new KeyTable(artifact),
    models,
    modelsByName: new Map(models.map((model) => [model.name, model])),
    routes: buildRoutes(artifact, models, functions),
    backends,
    trustedProxies: backends.trustedProxies,
    headers: headerLine("x-latchkey-artifact", hash),
    calls: { underWay: 0 },
    release() {
      opened.release();
      backends.release();
    },
  };
}

async function loadFunctions({ functionsPath }: StoredArtifact): Promise<FunctionsModule | null> {
  if (functionsPath === null) return null;
  try {
    return (await import(functionsPath)) as FunctionsModule;
  } catch (cause) {
    throw new LatchkeyError("LK-6001", "functions.js of the artifact cannot be loaded.", { cause });
  }
}
