import { describe, expect, setDefaultTimeout, test } from "bun:test";
import type { Artifact, ArtifactLimit } from "../../src/artifact/artifact.ts";
import { writeArtifact } from "../../src/artifact/write.ts";
import { type ServedGateway, serveGateway } from "../../src/cli/serve/serve-gateway.ts";
import { recordsOf, stateFiles } from "../../src/cli/wire.ts";
import { generateApiKey, parseApiKey } from "../../src/kernel/api-key.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { digestOf, sha256Hex } from "../../src/kernel/hash.ts";
import { canonicalJson } from "../../src/kernel/json.ts";
import type { KeyBody } from "../../src/stores/records/key-record.ts";
import { newKey } from "../stores/conformance/samples.ts";
import { afterTest } from "../support/after-test.ts";
import { artifactFixture } from "../support/artifact-fixture.ts";
import { tempFolder } from "../support/temp-folder.ts";

setDefaultTimeout(60_000);

const DAY_MS = 86_400_000;
const perDay = (limit: number): ArtifactLimit => ({ counts: "requests", limit, windowMs: DAY_MS });

/** A gateway of three threads whose tenant is under limits, and how to change them and to decide on keys. */
async function started(...limits: readonly ArtifactLimit[]) {
  const root = tempFolder();
  const key = generateApiKey("live");
  const fixed = artifactFixture({ baseUrls: ["http://127.0.0.1:9"], key });
  const build = (ofTenant: readonly ArtifactLimit[]): string => {
    const tenants = fixed.tenants.map((row) => ({ ...row, limits: [...ofTenant] }));
    const artifact: Artifact = { ...fixed, tenants };
    const hash = sha256Hex(canonicalJson(artifact));
    writeArtifact(stateFiles(root).directory, { artifact, hash, functions: null });
    return hash;
  };
  const gateway = await serveGateway({
    ...{ root, hash: build(limits), port: 0, hostname: "127.0.0.1", threads: 3 },
    ...{ logLevel: "silent", pretty: false, clock: systemClock },
  });
  const records = recordsOf(root);
  afterTest(async () => {
    await gateway.stop(1_000);
    await records.close();
  });
  const scope = {
    services: null,
    models: null,
    endpoints: null,
    backends: null,
    methods: null,
    readOnly: false,
  };
  return {
    ...{ gateway, key },
    reload: (...next: readonly ArtifactLimit[]) => gateway.serve(build(next)),
    async issue(requestsPerMinute: number): Promise<string> {
      const text = generateApiKey("live");
      const body = { digest: digestOf(text), scope, requestsPerMinute };
      await records.transact((transaction) => transaction.insert(newKey(idOf(text), "acme", body)));
      await gateway.applied();
      return text;
    },
    async become(text: string, state: KeyBody["state"]): Promise<void> {
      await records.transact(async (transaction) => {
        const record = await transaction.get("key", idOf(text));
        if (record === undefined) throw new Error("the key is not on record");
        await transaction.update("key", idOf(text), record.version, { ...record.body, state });
      });
      await gateway.applied();
    },
  };
}

const idOf = (text: string): string => parseApiKey(text)?.publicId ?? "";

/** Asks at once, on a connection each, so that every thread gets some. Answers how often there was which status. */
async function ask({ url }: ServedGateway, key: string, times: number): Promise<Record<number, number>> {
  const counts: Record<number, number> = {};
  await Promise.all(
    Array.from({ length: times }, async () => {
      const headers = { authorization: `Bearer ${key}`, connection: "close" };
      const answer = await fetch(`${url}/v1/models`, { headers });
      await answer.text();
      counts[answer.status] = (counts[answer.status] ?? 0) + 1;
    }),
  );
  return counts;
}

describe("limits on several threads", () => {
  test("let exactly as many requests through as they say, whichever threads they reach", async () => {
    const { gateway, key } = await started(perDay(40));
    expect(await ask(gateway, key, 120)).toEqual({ 200: 40, 429: 80 });
  });

  test("outlive a reload", async () => {
    const { gateway, key, reload } = await started(perDay(40));
    expect(await ask(gateway, key, 30)).toEqual({ 200: 30 });
    await reload(perDay(40), perDay(1_000));
    expect(await ask(gateway, key, 30)).toEqual({ 200: 10, 429: 20 });
    await reload();
    expect(await ask(gateway, key, 30)).toEqual({ 200: 30 });
    await reload(perDay(40));
    expect(await ask(gateway, key, 30)).toEqual({ 429: 30 });
  });

  test("are shared by all keys of a tenant", async () => {
    const { gateway, key, issue } = await started(perDay(20));
    const other = await issue(1_000);
    const [first, second] = await Promise.all([ask(gateway, key, 30), ask(gateway, other, 30)]);
    expect((first[200] ?? 0) + (second[200] ?? 0)).toBe(20);
  });
});

describe("the requests per minute of an issued key", () => {
  test("hold on all threads, for this key alone", async () => {
    const { gateway, key, issue } = await started();
    const issued = await issue(1);
    expect(await ask(gateway, issued, 20)).toEqual({ 200: 1, 429: 19 });
    expect(await ask(gateway, key, 20)).toEqual({ 200: 20 });
    expect(await ask(gateway, await issue(1), 5)).toEqual({ 200: 1, 429: 4 });
  });

  test("are not given twice to one that stops working and works again", async () => {
    const { gateway, issue, become } = await started();
    const issued = await issue(1);
    expect(await ask(gateway, issued, 5)).toEqual({ 200: 1, 429: 4 });
    await become(issued, "revoked");
    expect(await ask(gateway, issued, 5)).toEqual({ 401: 5 });
    await become(issued, "active");
    expect(await ask(gateway, issued, 5)).toEqual({ 429: 5 });
  });
});
