import { describe, expect, test } from "bun:test";
import { sha256Hex } from "../../../src/kernel/hash.ts";
import { canonicalJson } from "../../../src/kernel/json.ts";
import type { AuditPage, RecordStore } from "../../../src/stores/record-store.ts";
import { auditEntry } from "./samples.ts";
import type { MakeStore } from "./store-under-test.ts";

async function fill(store: RecordStore, entries: number): Promise<void> {
  await store.transact(async ({ audit }) => {
    for (let index = 1; index <= entries; index += 1)
      await audit(auditEntry(`key:${index}`, { tenant: index % 2 === 0 ? "globex" : "acme" }));
  });
}

/** The audit log: what it holds, and that changes of it show. */
export function auditConformance(make: MakeStore): void {
  describe("the audit log", () => {
    test("is a chain of hashes without gaps", async () => {
      const store = await (await make()).open();
      await fill(store, 3);
      await store.transact(({ audit }) =>
        audit(auditEntry("x", { tenant: null, after: { z: 1, a: "\ud800\0" } })),
      );
      const entries = (await store.listAudit({ limit: 9 })).toReversed();
      let previousHash = "0".repeat(64);
      for (const [index, { hash, ...rest }] of entries.entries()) {
        expect(rest).toMatchObject({ sequence: index + 1, previousHash });
        expect(hash).toBe(sha256Hex(canonicalJson(rest)));
        previousHash = hash;
      }
      expect(entries[3]).toMatchObject({ tenant: null, after: { z: 1, a: "\ud800\0" } });
      expect(await store.verifyAudit()).toEqual({ entries: 4, broken: null });
      await store.close();
    });

    test("is listed by what is asked for, the newest first", async () => {
      const store = await (await make()).open();
      await fill(store, 6);
      const subjects = async (query: Parameters<RecordStore["listAudit"]>[0]) =>
        (await store.listAudit(query)).map(({ subject }) => subject);
      expect(await subjects({ limit: 2 })).toEqual(["key:6", "key:5"]);
      expect(await subjects({ tenant: "globex", before: 6, limit: 9 })).toEqual(["key:4", "key:2"]);
      expect(await subjects({ tenant: null, limit: 9 })).toEqual([]);
      expect(await subjects({ tenant: "acme", subject: "key:2", limit: 9 })).toEqual([]);
      expect(await subjects({ subject: "key:2", actor: "ann@acme.example", limit: 9 })).toEqual(["key:2"]);
      expect(await subjects({ action: "key.revoke", limit: 9 })).toEqual([]);
      const time = (await store.listAudit({ limit: 1 }))[0]?.timeMs ?? 0;
      expect(await subjects({ sinceMs: time + 1, limit: 9 })).toEqual([]);
      expect(await subjects({ untilMs: time + 1, limit: 1 })).toEqual(["key:6"]);
      await expect(store.listAudit({ limit: 0 })).rejects.toMatchObject({ param: "limit" });
      await store.close();
    });

    test("gives pages of one tenant's entries, whose cursors are good for the same conditions only", async () => {
      const store = await (await make()).open();
      await store.transact(async (transaction) => {
        for (const subject of ["one", "two", "three"]) {
          await transaction.audit(auditEntry(subject, { tenant: "shop" }));
          await transaction.audit(auditEntry(`other ${subject}`, { tenant: "bank" }));
        }
      });
      const seen: string[] = [];
      let next: string | null | undefined;
      while (next !== null) {
        const after = next === undefined ? {} : { after: next };
        const page: AuditPage = await store.pageAudit({ tenant: "shop", limit: 2, ...after });
        seen.push(...page.entries.map(({ subject }) => subject));
        next = page.next;
      }
      expect(seen).toEqual(["three", "two", "one"]);
      const { next: after } = await store.pageAudit({ tenant: "shop", limit: 1 });
      if (after === null) throw new Error("there is no second page");
      const wrong = { code: "LK-2102", param: "after" };
      await expect(store.pageAudit({ tenant: "bank", limit: 1, after })).rejects.toMatchObject(wrong);
      await expect(store.pageAudit({ limit: 1, after })).rejects.toMatchObject(wrong);
      const filtered = { tenant: "shop", action: "key.create", limit: 1, after };
      await expect(store.pageAudit(filtered)).rejects.toMatchObject(wrong);
      await expect(store.pageAudit({ tenant: "shop", limit: 1, after: "4" })).rejects.toMatchObject(wrong);
      await expect(store.pageAudit({ limit: 0 })).rejects.toMatchObject({ param: "limit" });
      await store.close();
    });

    test.each([
      ["change", 2, 2],
      ["change", 5, 5],
      ["remove", 1, 1],
      ["remove", 3, 3],
      ["remove", 5, 5],
      ["insert", 2, 3],
      ["insert", 5, 6],
    ] as const)("shows where somebody did %s entry %p", async (kind, sequence, broken) => {
      const { open, tamper } = await make();
      const store = await open();
      await fill(store, 5);
      await tamper({ kind, sequence });
      expect((await store.verifyAudit()).broken?.sequence).toBe(broken);
      await store.close();
    });

    test.each(["change", "remove", "replace"] as const)("refuses to %s an entry", async (how) => {
      const { open, tryToChange } = await make();
      const store = await open();
      await fill(store, 2);
      await expect(tryToChange(how)).rejects.toThrow("append-only");
      expect(await store.verifyAudit()).toEqual({ entries: 2, broken: null });
      await store.close();
    });

    test("can be long", async () => {
      const store = await (await make()).open();
      await fill(store, 2_500);
      expect(await store.verifyAudit()).toEqual({ entries: 2_500, broken: null });
      await store.close();
    });
  });
}
