import { expect, test } from "bun:test";
import type { StoredArtifact } from "../../src/artifact/artifact.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { sha256Hex } from "../../src/kernel/hash.ts";
import { canonicalJson } from "../../src/kernel/json.ts";
import { RateTable } from "../../src/limits/rate-table.ts";
import { createHttpDriver } from "../../src/providers/http-provider.ts";
import type { ProviderConnection, ProviderDriver } from "../../src/providers/provider.ts";
import { createGateway } from "../../src/runtime/gateway.ts";
import { artifactFixture, upstreamKey } from "../support/artifact-fixture.ts";

let closed = 0;
/** Like a provider that signs each call: nothing of the secret is in its heads. */
const signing: ProviderDriver = {
  open({ auth }, { resolveSecret }) {
    if (auth.kind === "bearer") resolveSecret(auth.token);
    const upstream = {
      send: () => ({ pause() {}, resume() {}, abort() {} }),
      close: () => {
        closed++;
      },
    };
    return { ok: true, connection: { upstream, head: () => "POST / HTTP/1.1\r\nhost: x\r\n" } };
  },
};

function stored(maxConnections: number): StoredArtifact {
  const artifact = artifactFixture({
    baseUrls: ["https://models.example/v1"],
    key: "lk_test",
    maxConnections,
  });
  return { artifact, hash: sha256Hex(canonicalJson(artifact)), functionsPath: null };
}

test("connections outlive a reload until the provider or one of its secrets changes", async () => {
  let secret = "first";
  const silent = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };
  const gateway = createGateway({
    rates: RateTable.create(systemClock, 1),
    clock: systemClock,
    sink: { record() {}, flush: async () => {}, lost: () => 0 },
    logger: silent,
    resolveSecret: () => secret,
    drivers: { "openai-compatible": signing },
    estimateTokens: () => Promise.reject(new Error("not asked for")),
    fetchMedia: () => Promise.reject(new Error("not asked for")),
  });
  const reload = async (maxConnections: number): Promise<ProviderConnection | undefined> => {
    gateway.commit(await gateway.prepare(stored(maxConnections)));
    return gateway.tables().models[0]?.targets[0]?.connection;
  };
  const first = await reload(1);
  expect(first).toBeDefined();
  expect(await reload(1)).toBe(first as ProviderConnection);
  expect(closed).toBe(1);
  const second = await reload(2);
  expect(second).not.toBe(first);
  secret = "second";
  const third = await reload(2);
  expect(third).not.toBe(second);
  expect(closed).toBe(3);
  gateway.close();
  expect(closed).toBe(4);
});

test("a provider whose credential is none is skipped with the reason, and the others are served", async () => {
  const silent = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };
  const http = createHttpDriver({ clock: systemClock });
  const gateway = createGateway({
    rates: RateTable.create(systemClock, 1),
    clock: systemClock,
    sink: { record() {}, flush: async () => {}, lost: () => 0 },
    logger: silent,
    resolveSecret: () => "{secret words}",
    drivers: { "openai-compatible": http },
    estimateTokens: () => Promise.reject(new Error("not asked for")),
    fetchMedia: () => Promise.reject(new Error("not asked for")),
  });
  const artifact = artifactFixture({
    baseUrls: ["https://models.example/v1", "https://others.example/v1"],
    key: "lk_test",
  });
  const [first, second] = artifact.providers;
  if (first === undefined || second === undefined) throw new Error("two providers are needed");
  const auth = { kind: "google-service-account" as const, credentials: upstreamKey };
  const changed = { ...artifact, providers: [{ ...first, auth }, second] };
  const hash = sha256Hex(canonicalJson(changed));
  const { tables, skipped } = await gateway.prepare({ artifact: changed, hash, functionsPath: null });
  expect(skipped).toEqual([
    "provider box0: its Google credentials are not the JSON key of a service account",
  ]);
  expect(tables.models[0]?.targets.map(({ name }) => name)).toEqual(["box1/upstream-1"]);
  tables.release();
  gateway.close();
});
