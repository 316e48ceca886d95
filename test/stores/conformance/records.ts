import { describe, expect, test } from "bun:test";
import type { RecordQuery, RecordStore } from "../../../src/stores/record-store.ts";
import { auditEntry, newKey, newSubscription } from "./samples.ts";
import type { MakeStore } from "./store-under-test.ts";

/** Ids of all pages of a list. */
export async function idsOf(
  store: Pick<RecordStore, "list">,
  query: RecordQuery,
): Promise<readonly string[]> {
  const ids: string[] = [];
  let after: string | null | undefined;
  while (after !== null) {
    const page = await store.list(after === undefined ? query : { ...query, after });
    ids.push(...page.records.map(({ id }) => id));
    after = page.next;
  }
  return ids;
}

/** Records one by one and in lists. */
export function recordsConformance(make: MakeStore): void {
  describe("records", () => {
    test("are read as they were made, by every connection", async () => {
      const { open } = await make();
      const [one, two] = [await open(), await open()];
      const made = await one.transact((transaction) => transaction.insert(newKey("k")));
      expect(made).toMatchObject({ ...newKey("k"), version: 1 });
      expect(made.updatedAtMs).toBe(made.createdAtMs);
      expect(await two.get("key", "k")).toEqual(made);
      expect(await two.get("subscription", "k")).toBeUndefined();
      await Promise.all([one.close(), two.close()]);
    });

    test("are read together by their ids, those that are there", async () => {
      const store = await (await make()).open();
      await store.transact(async ({ insert }) => {
        for (const id of ["a", "b", "'; --"]) await insert(newKey(id));
        await insert(newSubscription("s", "acme"));
      });
      const found = await store.getAll("key", ["b", "gone", "'; --", "b", "s"]);
      expect(found.toSorted((one, other) => (one.id < other.id ? -1 : 1))).toMatchObject([
        { ...newKey("'; --"), version: 1 },
        { ...newKey("b"), version: 1 },
      ]);
      expect(await store.getAll("key", [])).toEqual([]);
      const many = Array.from({ length: 1_001 }, (_, index) => `k${index}`);
      expect(await store.getAll("key", many.slice(1))).toEqual([]);
      await expect(store.getAll("key", many)).rejects.toMatchObject({ code: "LK-2102", param: "ids" });
      await store.close();
    });

    test("change from version to version", async () => {
      const store = await (await make()).open();
      const { body } = await store.transact((transaction) => transaction.insert(newKey("k")));
      const revoked = await store.transact((transaction) =>
        transaction.update("key", "k", 1, { ...body, state: "revoked" }),
      );
      expect(revoked).toMatchObject({ version: 2, body: { state: "revoked", app: "shop" } });
      expect(await store.get("key", "k")).toEqual(revoked);
      expect(await store.count({ kind: "key", where: { state: "active" } })).toBe(0);
      expect(await store.count({ kind: "key", where: { state: "revoked" } })).toBe(1);
      await store.close();
    });

    test("of a taken id, of another version and that are gone are conflicts", async () => {
      const store = await (await make()).open();
      const { body } = await store.transact((transaction) => transaction.insert(newKey("k")));
      const insert = store.transact((transaction) => transaction.insert(newKey("k", "other")));
      await expect(insert).rejects.toMatchObject({ code: "LK-6109" });
      for (const [id, version] of [
        ["k", 2],
        ["k", 0],
        ["gone", 1],
      ] as const) {
        const update = store.transact((transaction) => transaction.update("key", id, version, body));
        await expect(update).rejects.toMatchObject({ code: "LK-6110" });
      }
      expect(await store.get("key", "k")).toMatchObject({ tenant: "acme", version: 1 });
      await store.close();
    });

    test("are gone when removed, and removing them again is nothing", async () => {
      const store = await (await make()).open();
      await store.transact((transaction) => transaction.insert(newKey("k")));
      for (const _ of [1, 2]) await store.transact((transaction) => transaction.remove("key", "k"));
      expect(await store.get("key", "k")).toBeUndefined();
      expect(await idsOf(store, { kind: "key", where: { app: "shop" }, limit: 9 })).toEqual([]);
      const again = await store.transact((transaction) => transaction.insert(newKey("k", "other")));
      expect(again).toMatchObject({ version: 1, tenant: "other" });
      await store.close();
    });

    test("are listed by tenant and members, in both orders, page by page", async () => {
      const store = await (await make()).open();
      await store.transact(async ({ insert }) => {
        for (let index = 0; index < 25; index += 1) {
          const tenant = index % 5 === 0 ? null : index % 2 === 0 ? "acme" : "globex";
          await insert(newKey(`k${index}`, tenant, { app: index < 12 ? "shop" : "desk" }));
        }
        await insert(newSubscription("s", "acme"));
      });
      const even = [2, 4, 6, 8, 12, 14, 16, 18, 22, 24].map((index) => `k${index}`);
      for (const limit of [1, 3, 5, 10, 1_000]) {
        const query = { kind: "key", tenant: "acme", limit } as const;
        expect(await idsOf(store, { ...query, order: "oldest" })).toEqual(even);
        expect(await idsOf(store, query)).toEqual(even.toReversed());
        expect(await idsOf(store, { ...query, where: { app: "desk", state: "active" } })).toEqual(
          even.slice(4).toReversed(),
        );
      }
      expect(await idsOf(store, { kind: "key", tenant: null, limit: 2 })).toEqual([
        "k20",
        "k15",
        "k10",
        "k5",
        "k0",
      ]);
      expect(await idsOf(store, { kind: "key", where: { app: "shop" }, limit: 5 })).toHaveLength(12);
      expect(await store.count({ kind: "key" })).toBe(25);
      expect(await store.count({ kind: "key", tenant: "globex", where: { app: "desk" } })).toBe(5);
      expect(await store.count({ kind: "key", where: { app: null } })).toBe(0);
      await store.close();
    });

    test("that are made between two pages do not move the others", async () => {
      const store = await (await make()).open();
      for (const id of ["a", "b", "c"]) await store.transact(({ insert }) => insert(newKey(id)));
      const first = await store.list({ kind: "key", limit: 2 });
      await store.transact(async ({ insert, remove }) => {
        await insert(newKey("d"));
        await remove("key", "b");
      });
      const second = await store.list({ kind: "key", limit: 2, after: first.next ?? "" });
      expect(first.records.map(({ id }) => id)).toEqual(["c", "b"]);
      expect(second).toMatchObject({ records: [{ id: "a" }], next: null });
      await store.close();
    });

    test("are not listed by a cursor that is forged, cut or of another list", async () => {
      const store = await (await make()).open();
      for (const id of ["a", "b", "c"]) await store.transact(({ insert }) => insert(newKey(id)));
      const next = (await store.list({ kind: "key", tenant: "acme", limit: 1 })).next ?? "";
      const wrong = ["", "1", "2", "'", `${next}A`, next.slice(1), `${next.slice(0, -2)}__`, "A".repeat(22)];
      for (const after of [...wrong, "x".repeat(100_000)])
        await expect(store.list({ kind: "key", tenant: "acme", limit: 1, after })).rejects.toMatchObject({
          code: "LK-2102",
          param: "after",
        });
      for (const other of [
        { tenant: "globex" },
        {},
        { tenant: null },
        { tenant: "acme", order: "oldest" },
        { tenant: "acme", where: { app: "shop" } },
      ] as const)
        await expect(store.list({ kind: "key", limit: 1, after: next, ...other })).rejects.toMatchObject({
          param: "after",
        });
      expect((await store.list({ kind: "key", tenant: "acme", limit: 9, after: next })).records).toHaveLength(
        2,
      );
      await store.close();
    });

    test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
      "are not listed by the limit %p",
      async (limit) => {
        const store = await (await make()).open();
        await expect(store.list({ kind: "key", limit })).rejects.toMatchObject({
          code: "LK-2102",
          param: "limit",
        });
        await store.close();
      },
    );

    test.each(["environment", "body", "__proto__", "constructor", "app' OR 1=1 --"])(
      "cannot be found by %p",
      async (member) => {
        const store = await (await make()).open();
        const where = Object.fromEntries([[member, "x"]]);
        await expect(store.list({ kind: "key", where, limit: 1 })).rejects.toMatchObject({
          code: "LK-2102",
          param: `where.${member}`,
        });
        await store.close();
      },
    );

    const sql = [
      "'; DROP TABLE records; --",
      "' OR '1'='1",
      '" OR ""="',
      "%",
      "_",
      "\\",
      "\0",
      "=",
      "🗝",
      "$1",
      "?",
    ];

    test.each(sql)("take %j as text, in ids, tenants, members and filters", async (text) => {
      const store = await (await make()).open();
      await store.transact(async ({ insert, audit }) => {
        await insert(newKey("other", "acme"));
        await insert(newKey(text, text, { app: text, name: text }));
        await audit(auditEntry("other"));
        await audit(auditEntry("mine", { after: { text } }));
      });
      expect(await store.get("key", text)).toMatchObject({ id: text, tenant: text, body: { app: text } });
      expect(await idsOf(store, { kind: "key", tenant: text, limit: 9 })).toEqual([text]);
      expect(await idsOf(store, { kind: "key", where: { app: text }, limit: 9 })).toEqual([text]);
      expect(await store.count({ kind: "key", tenant: text, where: { app: text, state: text } })).toBe(0);
      expect(
        await store.listAudit({ tenant: text, actor: text, action: text, subject: text, limit: 9 }),
      ).toEqual([]);
      expect(await store.listAudit({ subject: "mine", limit: 9 })).toMatchObject([{ after: { text } }]);
      await store.transact(({ remove }) => remove("key", text));
      expect(await idsOf(store, { kind: "key", limit: 9 })).toEqual(["other"]);
      await store.close();
    });

    test("of a closed store cannot be used", async () => {
      const store = await (await make()).open();
      await store.close();
      await store.close();
      await expect(store.get("key", "k")).rejects.toMatchObject({ code: "LK-6105" });
      await expect(store.verifyAudit()).rejects.toMatchObject({ code: "LK-6105" });
      await expect(store.transact(({ insert }) => insert(newKey("k")))).rejects.toMatchObject({
        code: "LK-6105",
      });
    });
  });
}
