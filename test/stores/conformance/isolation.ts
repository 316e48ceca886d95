import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { RecordStore } from "../../../src/stores/record-store.ts";
import { KeyModel } from "./model.ts";
import { idsOf } from "./records.ts";
import { auditEntry, newKey } from "./samples.ts";
import type { MakeStore } from "./store-under-test.ts";

// Names that are easily taken for each other, and for parts of how they are stored.
const tenant = fc.constantFrom("a", "A", "a=", "=a");
const app = fc.constantFrom("shop", "a", "=a");
const state = fc.constantFrom("active" as const, "revoked" as const);
const id = fc.nat(12).map(String);
const operation = fc.oneof(
  fc.record({ name: fc.constant("insert" as const), tenant, id, app, state }),
  fc.record({
    name: fc.constant("update" as const),
    id,
    version: fc.integer({ min: 1, max: 3 }),
    app,
    state,
  }),
  fc.record({ name: fc.constant("remove" as const), id }),
  fc.record({
    name: fc.constant("list" as const),
    tenant,
    where: fc.record({ app, state }, { requiredKeys: [] }),
    limit: fc.integer({ min: 1, max: 4 }),
  }),
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/** What one tenant does is never seen by another. */
export function isolationConformance(make: MakeStore): void {
  describe("tenants", () => {
    test("never see each other's records, whatever happens in whatever order", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(operation, { minLength: 10, maxLength: 60 }), async (operations) => {
          const store = await (await make()).open();
          const model = new KeyModel();
          for (const each of operations) await apply(each, store, model);
          await store.close();
        }),
        { numRuns: 25 },
      );
    }, 60_000);

    test("never see each other's entries of the audit log", async () => {
      const store = await (await make()).open();
      await store.transact(async ({ audit }) => {
        for (const each of ["a", "A", "a=", "=a", null]) await audit(auditEntry("s", { tenant: each }));
      });
      for (const each of ["a", "A", "a=", "=a", null])
        expect((await store.listAudit({ tenant: each, limit: 9 })).map((entry) => entry.tenant)).toEqual([
          each,
        ]);
      await store.close();
    });
  });
}

/** Does the same to the store and to the model, and compares. */
async function apply(operation: Operation, store: RecordStore, model: KeyModel): Promise<void> {
  switch (operation.name) {
    case "insert": {
      const record = newKey(operation.id, operation.tenant, { app: operation.app, state: operation.state });
      const done = model.insert(record.id, operation.tenant, record.body);
      return expectConflict(
        store.transact(({ insert }) => insert(record)),
        done ? undefined : "LK-6109",
      );
    }
    case "update": {
      const { body } = newKey(operation.id, null, { app: operation.app, state: operation.state });
      const done = model.update(operation.id, operation.version, body);
      const update = store.transact((each) => each.update("key", operation.id, operation.version, body));
      return expectConflict(update, done ? undefined : "LK-6110");
    }
    case "remove":
      model.remove(operation.id);
      return store.transact(({ remove }) => remove("key", operation.id));
    case "list": {
      const { tenant, where, limit } = operation;
      const expected = model.list(tenant, where);
      expect(await idsOf(store, { kind: "key", tenant, where, limit })).toEqual(expected);
      expect(await store.count({ kind: "key", tenant, where })).toBe(expected.length);
      for (const each of expected) expect(await store.get("key", each)).toMatchObject(model.find(each) ?? {});
    }
  }
}

async function expectConflict(work: Promise<unknown>, code: string | undefined): Promise<void> {
  const thrown = await work.then(
    () => undefined,
    (error) => error.code,
  );
  expect(thrown).toBe(code);
}
