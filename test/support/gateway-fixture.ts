import type { Artifact } from "../../src/artifact/artifact.ts";
import type { CallRecord } from "../../src/canonical/call-record.ts";
import { generateApiKey } from "../../src/kernel/api-key.ts";
import { type Clock, systemClock } from "../../src/kernel/clock.ts";
import { sha256Hex } from "../../src/kernel/hash.ts";
import { canonicalJson } from "../../src/kernel/json.ts";
import { LimitSlots } from "../../src/limits/limit-slots.ts";
import { RateTable } from "../../src/limits/rate-table.ts";
import { Decisions } from "../../src/overlay/decisions.ts";
import { Overlay } from "../../src/overlay/overlay.ts";
import { createHttpDriver } from "../../src/providers/http-provider.ts";
import { estimateWith } from "../../src/runtime/apis/estimate-tokens.ts";
import type { MediaFetcher } from "../../src/runtime/exchange/inline-media.ts";
import { createGateway, type Gateway } from "../../src/runtime/gateway.ts";
import { type Listener, listen } from "../../src/server/listen.ts";
import { type ArtifactFixture, artifactFixture } from "./artifact-fixture.ts";

/** A gateway that listens on a free port of this machine. */
export interface GatewayFixture {
  readonly url: string;
  readonly key: string;
  readonly gateway: Gateway;
  readonly listener: Listener;
  /** Rows of the call log so far. */
  readonly rows: readonly CallRecord[];
  /** The next row that is written, or one that was already there. */
  readonly row: (matches?: (row: CallRecord) => boolean) => Promise<CallRecord>;
  /** Sends a request with the key. */
  readonly call: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Response>;
  readonly reload: (fixture: GatewayFixtureOptions) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** What a test says of its gateway. */
export interface GatewayFixtureOptions extends Omit<ArtifactFixture, "key"> {
  /** Adds what the fixture has no words for. */
  readonly extend?: (artifact: Artifact) => Artifact;
  /** What was decided at run time. */
  readonly decisions?: Decisions;
  /** Of calls and limits; absent: the machine's. */
  readonly clock?: Clock;
  /** Milliseconds that WebSocket connections may stand after a reload. */
  readonly tunnelDrainMs?: number;
}

/** Credential that upstreams have to see, and nobody else. */
export const upstreamSecret = "sk-upstream-secret";

/** Starts a gateway on an artifact made for the test; rows of the call log are kept in memory to be looked at. */
export async function startGateway(
  fixture: GatewayFixtureOptions,
  fetchMedia: MediaFetcher = async () => ({ mediaType: "image/png", bytes: new Uint8Array() }),
): Promise<GatewayFixture> {
  const key = generateApiKey("test");
  const rows: CallRecord[] = [];
  const waiting = new Set<() => void>();
  const record = (row: CallRecord): void => {
    rows.push(row);
    for (const wake of waiting) wake();
  };
  const silent = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };
  const clock = fixture.clock ?? systemClock;
  const rates = RateTable.create(clock, 1_000);
  const slots = new LimitSlots(rates, clock);
  const gateway = createGateway({
    ...{ clock, rates },
    sink: { record, flush: async () => {}, lost: () => 0 },
    logger: silent,
    resolveSecret: (ref) => (ref.name === "UPSTREAM_KEY" ? upstreamSecret : undefined),
    drivers: { "openai-compatible": createHttpDriver({ clock: systemClock }) },
    estimateTokens: estimateWith(async (texts) => texts.map((text) => text.split(/\s+/).length)),
    fetchMedia,
    ...(fixture.tunnelDrainMs !== undefined && { tunnelDrainMs: fixture.tunnelDrainMs }),
  });
  const reload = async ({ extend, ...next }: GatewayFixtureOptions): Promise<void> => {
    const fixed = artifactFixture({ ...next, key });
    const artifact = extend?.(fixed) ?? fixed;
    const prepared = await gateway.prepare(stored(artifact));
    prepared.tables.keys.apply(
      new Overlay(artifact, next.decisions ?? new Decisions(), systemClock, slots).rows(),
    );
    gateway.commit(prepared);
  };
  await reload(fixture);
  const listener = listen(gateway, { hostname: "127.0.0.1", port: 0 });
  const url = `http://127.0.0.1:${listener.port}`;
  return {
    url,
    key,
    gateway,
    listener,
    rows,
    reload,
    async row(matches = () => true) {
      for (;;) {
        const found = rows.find(matches);
        if (found !== undefined) return found;
        const { promise, resolve } = Promise.withResolvers<void>();
        waiting.add(resolve);
        await promise;
        waiting.delete(resolve);
      }
    },
    call: (path, body, headers = {}) =>
      fetch(url + path, {
        method: body === undefined ? "GET" : "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      }),
    async stop() {
      await listener.drain(1_000);
      gateway.close();
    },
  };
}

function stored(artifact: Artifact) {
  return { artifact, hash: sha256Hex(canonicalJson(artifact)), functionsPath: null };
}
