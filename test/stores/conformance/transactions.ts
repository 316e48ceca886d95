import { describe, expect, test } from "bun:test";
import type { RecordStore } from "../../../src/stores/record-store.ts";
import { idsOf } from "./records.ts";
import { auditEntry, newKey } from "./samples.ts";
import type { MakeStore, StoreUnderTest } from "./store-under-test.ts";

const SCRIPT = Bun.fileURLToPath(new URL("./other-process.ts", import.meta.url));

function startProcess(
  { elsewhere }: StoreUnderTest,
  job: string,
  given: string,
  stderr: "inherit" | "ignore" = "inherit",
) {
  return Bun.spawn([process.execPath, SCRIPT, ...elsewhere, job, given], {
    stdout: "pipe",
    stderr,
  });
}

/** Adds to the number in the name of the key `shared`, giving way in between. */
function countUp(store: RecordStore): Promise<unknown> {
  return store.transact(async ({ get, update }) => {
    const record = await get("key", "shared");
    await Bun.sleep(0);
    if (record !== undefined)
      await update("key", "shared", record.version, {
        ...record.body,
        name: String(Number(record.body.name) + 1),
      });
  });
}

/** Transactions that meet, fail and are cut off. */
export function transactionsConformance(make: MakeStore): void {
  describe("transactions", () => {
    test("of several connections happen one after the other", async () => {
      const { open } = await make();
      const stores = await Promise.all([open(), open(), open()]);
      await stores[0]?.transact(({ insert }) => insert(newKey("shared", "acme", { name: "0" })));
      await Promise.all(stores.flatMap((store) => Array.from({ length: 20 }, () => countUp(store))));
      expect(await stores[1]?.get("key", "shared")).toMatchObject({ version: 61, body: { name: "60" } });
      await Promise.all(stores.map((store) => store.close()));
    });

    test("of several processes happen one after the other", async () => {
      const subject = await make();
      const store = await subject.open();
      await store.transact(({ insert }) => insert(newKey("shared", "acme", { name: "0" })));
      const processes = [1, 2].map(() => startProcess(subject, "count", "40"));
      const here = Array.from({ length: 40 }, () => countUp(store));
      expect(await Promise.all(processes.map(({ exited }) => exited))).toEqual([0, 0]);
      await Promise.all(here);
      expect((await store.get("key", "shared"))?.body.name).toBe("120");
      expect(await store.verifyAudit()).toEqual({ entries: 80, broken: null });
      await store.close();
    });

    test("that change one version of a record: one of them wins, and the others are told", async () => {
      const { open } = await make();
      const stores = await Promise.all([open(), open(), open()]);
      const { body } =
        (await stores[0]?.transact(({ insert }) => insert(newKey("shared")))) ?? newKey("shared");
      const tries = await Promise.allSettled(
        stores.flatMap((store, at) =>
          [1, 2].map((again) =>
            store.transact(({ update }) => update("key", "shared", 1, { ...body, name: `${at}-${again}` })),
          ),
        ),
      );
      const won = tries.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
      const lost = tries.flatMap((each) => (each.status === "rejected" ? [each.reason.code] : []));
      expect([won.length, lost]).toEqual([1, Array(5).fill("LK-6110")]);
      for (const store of stores) expect(await store.get("key", "shared")).toEqual(won[0]);
      await Promise.all(stores.map((store) => store.close()));
    });

    test("of two processes that make the same record: one of them does", async () => {
      const subject = await make();
      for (const id of ["one", "two", "three"]) {
        const tries = [1, 2].map(() => startProcess(subject, "make", id, "ignore").exited);
        expect((await Promise.all(tries)).toSorted()).toEqual([0, 1]);
      }
      const store = await subject.open();
      expect((await idsOf(store, { kind: "key", limit: 9 })).toSorted()).toEqual(["one", "three", "two"]);
      await store.close();
    });

    test("hold up nobody who reads, and nobody who writes once their process is killed", async () => {
      const subject = await make();
      const store = await subject.open();
      await store.transact(({ insert }) => insert(newKey("old")));
      const position = await store.position();
      const child = startProcess(subject, "hold", "half");
      await readUntil(child.stdout, 1);
      expect(await idsOf(store, { kind: "key", limit: 9 })).toEqual(["old"]);
      expect(await store.getAll("key", ["old", "half"])).toHaveLength(1);
      const made = store.transact(({ insert }) => insert(newKey("new")));
      child.kill("SIGKILL");
      await child.exited;
      await made;
      expect(await idsOf(store, { kind: "key", order: "oldest", limit: 9 })).toEqual(["old", "new"]);
      expect(await store.changesAfter(position, 9)).toMatchObject([{ id: "new" }]);
      expect(await store.verifyAudit()).toEqual({ entries: 0, broken: null });
      await store.close();
    });

    test("leave nothing behind when their work throws, and throw the same", async () => {
      const store = await (await make()).open();
      await store.transact(({ insert }) => insert(newKey("old")));
      const position = await store.position();
      const thrown = new Error("changed my mind");
      const work = store.transact(async ({ insert, remove, audit }) => {
        await insert(newKey("new"));
        await remove("key", "old");
        await audit(auditEntry("new"));
        throw thrown;
      });
      await expect(work).rejects.toBe(thrown);
      expect(await idsOf(store, { kind: "key", limit: 9 })).toEqual(["old"]);
      expect(await store.position()).toBe(position);
      expect(await store.listAudit({ limit: 9 })).toEqual([]);
      await countUp(store);
      await store.close();
    });

    test("see their own writes, which nobody else sees before they end", async () => {
      const { open } = await make();
      const [store, other] = [await open(), await open()];
      await store.transact(async ({ insert, get, count, list }) => {
        await insert(newKey("k"));
        expect(await get("key", "k")).toMatchObject({ version: 1 });
        expect(await count({ kind: "key", tenant: "acme" })).toBe(1);
        expect((await list({ kind: "key", limit: 1 })).records).toHaveLength(1);
        for (const outside of [store, other]) {
          expect(await outside.get("key", "k")).toBeUndefined();
          expect(await outside.changesAfter(0, 9)).toEqual([]);
        }
      });
      expect(await other.get("key", "k")).toMatchObject({ version: 1 });
      await Promise.all([store.close(), other.close()]);
    });

    test("may go on after a conflict that they catch", async () => {
      const store = await (await make()).open();
      await store.transact(async ({ insert }) => {
        await insert(newKey("k"));
        await insert(newKey("k")).catch(() => undefined);
        await insert(newKey("l"));
      });
      expect(await idsOf(store, { kind: "key", order: "oldest", limit: 9 })).toEqual(["k", "l"]);
      await store.close();
    });

    test("cannot be used after their end, nor begin inside each other", async () => {
      const store = await (await make()).open();
      const kept = await store.transact(async (transaction) => transaction);
      await expect(kept.insert(newKey("late"))).rejects.toMatchObject({ code: "LK-6105" });
      const nested = store.transact(() => store.transact(({ insert }) => insert(newKey("inner"))));
      await expect(nested).rejects.toMatchObject({ code: "LK-6105" });
      expect(await store.count({ kind: "key" })).toBe(0);
      await store.close();
    });

    test("that began are waited for when the store is closed", async () => {
      const { open } = await make();
      const [store, other] = [await open(), await open()];
      const made = store.transact(async ({ insert }) => {
        await Bun.sleep(0);
        await insert(newKey("k"));
      });
      await store.close();
      await made;
      expect(await other.get("key", "k")).toBeDefined();
      await other.close();
    });

    test("are whole or not there after a kill in the middle of writing", async () => {
      const subject = await make();
      for (const round of ["a", "b", "c"]) {
        const child = startProcess(subject, "pairs", round);
        const told = await readUntil(child.stdout, 10);
        child.kill("SIGKILL");
        await child.exited;
        const store = await subject.open();
        const ids = (await idsOf(store, { kind: "key", limit: 1_000 })).filter((id) => id.startsWith(round));
        const halves = (end: string) => ids.filter((id) => id.endsWith(end)).length;
        expect(halves("-left")).toBe(halves("-right"));
        expect(halves("-left")).toBeGreaterThanOrEqual(told);
        const { entries, broken } = await store.verifyAudit();
        expect({ entries, broken }).toEqual({
          entries: (await store.count({ kind: "key" })) / 2,
          broken: null,
        });
        await store.close();
      }
    }, 60_000);
  });
}

/** Reads until so many lines have come; answers how many did. */
async function readUntil(stream: ReadableStream<Uint8Array>, lines: number): Promise<number> {
  let told = 0;
  for await (const chunk of stream) {
    told += chunk.filter((byte) => byte === 10).length;
    if (told >= lines) break;
  }
  return told;
}
