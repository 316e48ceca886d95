import { describe, expect, test } from "bun:test";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { accessConfigText } from "../../bench/support/access-config.ts";
import { fillRecords, recordsFile } from "../../bench/support/access-records.ts";
import { reportAccess } from "../../bench/support/access-report.ts";
import type { AccessRound } from "../../bench/support/access-round.ts";
import { type AccessSize, worldApps } from "../../bench/support/access-world.ts";
import type { Entry } from "../../bench/support/arena.ts";
import { writeManyKeysScript } from "../../bench/support/wrk.ts";
import type { Gateway } from "../../sdk/config/index.ts";
import { digestOf } from "../../src/kernel/hash.ts";
import { openRecords } from "../../src/stores/sqlite/records/open-records.ts";
import { tempFolder } from "../support/temp-folder.ts";

const size: AccessSize = {
  services: 10,
  tenants: 2,
  appsPerTenant: 3,
  subscriptionsPerApp: 4,
  keysPerApp: 2,
};

describe("a world of many keys", () => {
  test("subscribes each application to as many services, none twice", () => {
    const large = {
      services: 1_000,
      tenants: 20,
      appsPerTenant: 100,
      subscriptionsPerApp: 100,
      keysPerApp: 1,
    };
    const apps = worldApps(large);
    expect(apps).toHaveLength(2_000);
    for (const { services } of apps) expect(new Set(services).size).toBe(100);
    // What two applications reach is hardly ever the same.
    expect(new Set(apps.map(({ services }) => services.toSorted().join())).size).toBe(2_000);
  });

  test("has the records that a gateway needs, and the texts of their keys", async () => {
    const root = tempFolder();
    const texts = await fillRecords(root, size);
    const store = openRecords(recordsFile(root));
    expect(await store.count({ kind: "subscription", where: { state: "approved" } })).toBe(24);
    const digests = (await store.list({ kind: "key", limit: 100 })).records.map(({ body }) => body.digest);
    expect(digests.toSorted()).toEqual(texts.map((text) => digestOf(text)).toSorted());
    await store.close();
  });

  test("has a config with its services and applications", async () => {
    const parent = join(import.meta.dir, "../../bench/.work");
    await mkdir(parent, { recursive: true });
    const folder = await mkdtemp(join(parent, "test-"));
    try {
      const file = join(folder, "gateway.config.ts");
      await Bun.write(file, accessConfigText(size, 4_711));
      const { default: gateway } = (await import(file)) as { default: Gateway };
      expect(Object.keys(gateway.services ?? {})).toHaveLength(10);
      expect(Object.keys(gateway.tenants?.["t1"]?.apps ?? {})).toEqual(["a0", "a1", "a2"]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("is called with a script that holds no key, but reads them from a file", async () => {
    const folder = tempFolder();
    const file = await writeManyKeysScript(folder, "many", {
      body: "{}",
      keys: ["key-a", "key-b"],
      restMs: 7,
    });
    const script = await Bun.file(file).text();
    expect(script).toContain("function delay()\n  return 7\nend");
    expect(script).not.toContain("key-a");
    expect(await Bun.file(join(folder, "many.keys.txt")).text()).toBe("key-a\nkey-b\n");
  });
});

describe("the report of many keys", () => {
  const round = (contestant: string, at: number, cpu: number, p99: number): AccessRound => ({
    ...{ contestant, round: at, requestsPerSecond: 1_000, cpuMicrosecondsPerRequest: cpu, busy: 0.9 },
    ...{ p50Microseconds: 1_000, p99Microseconds: p99, residentBytes: 2 ** 20, requests: 10, failures: 0 },
  });
  const gateway = (name: string) => ({
    entry: { name } as Entry,
    startMilliseconds: 500,
    residentBytes: 2 ** 21,
  });
  const churn = (contestant: string, at: number, p99: number) => ({
    ...round(contestant, at, 30, p99),
    issuedPerSecond: 1_000,
  });
  const measured = {
    gateways: [gateway("few"), gateway("many")],
    rounds: [
      round("few", 1, 30, 100),
      round("many", 1, 33, 100),
      round("few", 2, 40, 100),
      round("many", 2, 40, 100),
    ],
    churn: [churn("nothing changes", 1, 500), churn("keys of this gateway", 1, 700)],
    applied: [100, 200, 300],
    issuedAlone: 2_500,
  };

  test("compares within rounds, and tells what is beyond the quiet one", () => {
    const { tables, problems, notes } = reportAccess(measured);
    expect(tables[0]?.rows[1]?.slice(0, 5)).toEqual(["many", "1,000", "36.5 µs", "1.05", "1.00–1.10"]);
    expect(tables[0]?.rows[1]?.slice(-3)).toEqual(["2 MiB", "1 MiB", "500.00 ms"]);
    expect(tables[1]?.rows[1]?.slice(8, 11)).toEqual(["700 µs", "200 µs", "200 µs–200 µs"]);
    expect(notes.join()).toContain("in force after 200 ms (100–300)");
    expect(notes.join()).toContain("2,500 keys were issued in a second");
    expect(problems).toEqual([]);
  });

  test("is not valid where calls failed or none was answered", () => {
    const rounds = [
      { ...round("few", 1, 30, 100), failures: 2 },
      { ...round("many", 1, 30, 100), requests: 0 },
    ];
    expect(reportAccess({ ...measured, rounds }).problems).toEqual([
      "few, round 1: 2 failed calls",
      "many, round 1: no call was answered",
    ]);
  });
});
