import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { keyUseId } from "../../src/admin/keys/key-use.ts";
import { writeArtifact } from "../../src/artifact/write.ts";
import { type ServedGateway, serveGateway } from "../../src/cli/serve/serve-gateway.ts";
import { recordsOf, stateFiles } from "../../src/cli/wire.ts";
import { generateApiKey, parseApiKey } from "../../src/kernel/api-key.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { digestOf, sha256Hex } from "../../src/kernel/hash.ts";
import { canonicalJson } from "../../src/kernel/json.ts";
import type { RecordStore } from "../../src/stores/record-store.ts";
import { newKey, newSubscription } from "../stores/conformance/samples.ts";
import { artifactFixture } from "../support/artifact-fixture.ts";
import { tempFolder } from "../support/temp-folder.ts";

setDefaultTimeout(60_000);

const wide = {
  services: null,
  models: null,
  endpoints: null,
  backends: null,
  methods: null,
  readOnly: false,
};

/** A gateway of two threads, and its records as another process opens them. */
async function started(change: (artifact: ReturnType<typeof artifactFixture>) => object = () => ({})) {
  const root = tempFolder();
  const fixed = artifactFixture({ baseUrls: ["http://127.0.0.1:9"], key: generateApiKey("live") });
  const artifact = { ...fixed, ...change(fixed) };
  const hash = sha256Hex(canonicalJson(artifact));
  writeArtifact(stateFiles(root).directory, { artifact, hash, functions: null });
  const gateway = await serveGateway({
    ...{ root, hash, port: 0, hostname: "127.0.0.1", threads: 2 },
    ...{ logLevel: "silent", pretty: false, clock: systemClock },
  });
  return { root, gateway, records: recordsOf(root) };
}

/** Asks often enough that every thread is asked. */
async function statuses({ url }: ServedGateway, key: string): Promise<readonly number[]> {
  const asked = Array.from({ length: 12 }, () =>
    fetch(`${url}/v1/models/fast`, { headers: { authorization: `Bearer ${key}`, connection: "close" } }),
  );
  const answers = await Promise.all(asked);
  await Promise.all(answers.map((answer) => answer.text()));
  return [...new Set(answers.map(({ status }) => status))];
}

async function put(
  records: RecordStore,
  key: string,
  body: Parameters<typeof newKey>[2] = {},
): Promise<string> {
  const id = parseApiKey(key)?.publicId ?? "";
  await records.transact((transaction) =>
    transaction.insert(newKey(id, "acme", { digest: digestOf(key), scope: wide, ...body })),
  );
  return id;
}

describe("serving threads", () => {
  test("know a key as soon as its issue is applied, and refuse it as soon as its revocation is", async () => {
    const { gateway, records } = await started();
    try {
      const key = generateApiKey("live");
      expect(await statuses(gateway, key)).toEqual([401]);
      const id = await put(records, key);
      await gateway.applied();
      expect(await statuses(gateway, key)).toEqual([200]);
      await records.transact(async (transaction) => {
        const record = await transaction.get("key", id);
        if (record !== undefined)
          await transaction.update("key", id, record.version, { ...record.body, state: "revoked" });
      });
      await gateway.applied();
      expect(await statuses(gateway, key)).toEqual([401]);
    } finally {
      await gateway.stop(1_000);
      await records.close();
    }
  });

  test("hear of what another process decides without being asked", async () => {
    const { gateway, records } = await started();
    try {
      const key = generateApiKey("live");
      await put(records, key);
      while ((await statuses(gateway, key))[0] !== 200);
      expect(await statuses(gateway, key)).toEqual([200]);
    } finally {
      await gateway.stop(1_000);
      await records.close();
    }
  });

  test("open a service when its subscription is approved, and tell of it before", async () => {
    const { gateway, records } = await started(({ apps }) => ({
      apps: apps.map((app) => ({ ...app, uses: [] })),
    }));
    try {
      const key = generateApiKey("live");
      await put(records, key);
      const subscription = newSubscription("sub1", "acme", {
        ...{ app: "shop", appTenant: "acme", service: "texts", state: "requested", expiresAtMs: null },
      });
      await gateway.applied();
      expect(await statuses(gateway, key)).toEqual([404]);
      await records.transact((transaction) => transaction.insert(subscription));
      await gateway.applied();
      const told = await fetch(`${gateway.url}/v1/models/fast`, { headers: { "x-api-key": key } });
      expect(told.status).toBe(403);
      expect(told.headers.get("x-latchkey-error")).toBe("LK-2013");
      expect(told.headers.get("link")).toBe('</portal/subscriptions/sub1>; rel="subscription"');
      expect(await told.text()).toContain("waits for approval");
      await records.transact(async (transaction) => {
        const record = await transaction.get("subscription", "sub1");
        if (record === undefined) return;
        const { requested } = record.body;
        const body = { ...record.body, state: "approved" as const, granted: { ...requested, models: null } };
        await transaction.update("subscription", "sub1", record.version, body);
      });
      await gateway.applied();
      expect(await statuses(gateway, key)).toEqual([200]);
    } finally {
      await gateway.stop(1_000);
      await records.close();
    }
  });

  test("leave behind when a key was used last", async () => {
    const { gateway, records } = await started();
    const key = generateApiKey("live");
    const before = Date.now();
    const id = await put(records, key);
    try {
      await gateway.applied();
      await statuses(gateway, key);
    } finally {
      await gateway.stop(1_000);
    }
    const use = await records.get("key-use", keyUseId({ tenant: "acme", app: "shop", name: id }));
    expect(use?.body.lastUsedAtMs).toBeGreaterThanOrEqual(before);
    // It is nothing that anybody did.
    expect((await records.listAudit({ limit: 9 })).map(({ action }) => action)).toEqual(["artifact.serve"]);
    await records.close();
  });
});
