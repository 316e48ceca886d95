import { expect, test } from "bun:test";
import { join } from "node:path";
import { DecisionsInForce } from "../../src/cli/serve/decisions-in-force.ts";
import { generateApiKey } from "../../src/kernel/api-key.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { digestOf } from "../../src/kernel/hash.ts";
import { LimitSlots } from "../../src/limits/limit-slots.ts";
import { RateTable } from "../../src/limits/rate-table.ts";
import { KeyTable } from "../../src/runtime/key-table.ts";
import type { RecordStore } from "../../src/stores/record-store.ts";
import { openRecords } from "../../src/stores/sqlite/records/open-records.ts";
import { newKey, newSubscription } from "../stores/conformance/samples.ts";
import { artifactFixture } from "../support/artifact-fixture.ts";
import { tempFolder } from "../support/temp-folder.ts";

const SCRIPT = Bun.fileURLToPath(new URL("../stores/conformance/other-process.ts", import.meta.url));
const MODULE = new URL("../../src/stores/sqlite/records/open-records.ts", import.meta.url).href;

/** Records, and the table of a serving thread that goes by them when `applied` resolves. */
async function follower(records: RecordStore) {
  const artifact = artifactFixture({ baseUrls: ["http://127.0.0.1:9"], key: generateApiKey("live") });
  const decisions = await DecisionsInForce.load({
    ...{ records, clock: systemClock, artifact: () => artifact },
    slots: new LimitSlots(RateTable.create(systemClock), systemClock),
  });
  const table = new KeyTable(artifact);
  for (const rows of decisions.rowsFor("hash")) table.apply(rows);
  decisions.putInForce("hash");
  let largest = 0;
  const applied = (): Promise<void> =>
    decisions.applied(async (rows) => {
      const given = rows();
      largest = Math.max(largest, given.keys.length);
      // As a message to another thread does.
      await new Promise(setImmediate);
      table.apply(given);
    });
  const knows = (id: string): boolean => table.byDigest(digestOf(id).slice("sha256:".length)) !== undefined;
  return { applied, knows, table, largest: () => largest };
}

test("who comes too late for forgotten changes goes by all that is on record", async () => {
  const file = join(tempFolder(), "records.sqlite");
  const records = openRecords(file);
  await records.transact(async ({ insert }) => {
    for (const id of ["kept", "revoked", "removed"]) await insert(newKey(id));
  });
  const { applied, knows, table } = await follower(records);
  expect(["kept", "revoked", "removed"].map(knows)).toEqual([true, true, true]);
  await records.transact(async ({ get, update, remove, insert }) => {
    const key = await get("key", "revoked");
    if (key !== undefined) await update("key", "revoked", 1, { ...key.body, state: "revoked" });
    await remove("key", "removed");
    await insert(newSubscription("sub", "acme", { service: "texts", state: "rejected" }));
  });
  const made = Array.from({ length: 40 }, (_, at) => `made${at}`);
  const child = Bun.spawn([process.execPath, SCRIPT, MODULE, "openRecords", file, "make", made.join(",")]);
  expect(await child.exited).toBe(0);
  await records.forgetChanges(1);
  await applied();
  expect(["kept", "revoked", "removed", ...made].map(knows)).toEqual([
    true,
    false,
    false,
    ...made.map(() => true),
  ]);
  expect(table.byDigest(digestOf("kept").slice(7))?.app.pending).toMatchObject([{ subscription: "sub" }]);
  // From there on by changes again.
  await records.transact(({ remove }) => remove("key", "kept"));
  await applied();
  expect(knows("kept")).toBe(false);
  await records.close();
});

test("changes are passed on a few at a time, and all before it is said that they are", async () => {
  const records = openRecords(join(tempFolder(), "records.sqlite"));
  const { applied, knows, largest } = await follower(records);
  const ids = Array.from({ length: 2_500 }, (_, at) => `k${at}`);
  await records.transact(async ({ insert }) => {
    for (const id of ids) await insert(newKey(id));
  });
  await applied();
  expect(ids.every(knows)).toBe(true);
  expect(largest()).toBe(125);
  await records.close();
});

test("a key that another process revokes while much else happens is refused once that is applied", async () => {
  const file = join(tempFolder(), "records.sqlite");
  const [records, other] = [openRecords(file), openRecords(file)];
  const { applied, knows } = await follower(records);
  for (let round = 0; round < 20; round += 1) {
    await other.transact(async ({ insert }) => {
      for (let at = 0; at < 50; at += 1) await insert(newKey(`${round}-${at}`));
    });
    // One that is under way may have looked too early.
    const early = applied();
    const key = await other.get("key", `${round}-7`);
    if (key === undefined) throw new Error("it is gone");
    await other.transact(({ update }) => update("key", key.id, 1, { ...key.body, state: "revoked" }));
    await records.forgetChanges(10);
    await Promise.all([early, applied()]);
    expect([knows(`${round}-7`), knows(`${round}-8`)]).toEqual([false, true]);
  }
  await Promise.all([records.close(), other.close()]);
});
