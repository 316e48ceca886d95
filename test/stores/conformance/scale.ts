import { describe, expect, test } from "bun:test";
import { idsOf } from "./records.ts";
import { newKey, newSubscription } from "./samples.ts";
import type { MakeStore } from "./store-under-test.ts";

const KEYS = 100_000;
const SUBSCRIPTIONS = 200_000;

/** Milliseconds within which all of it has to be done, on a slow machine too; a scan for every page takes hours. */
const WITHIN_MS = 180_000;

/** A store with much in it. */
export function scaleConformance(make: MakeStore): void {
  describe("a store with much in it", () => {
    const title = "takes 100,000 keys and 200,000 subscriptions and lists them";
    test(
      title,
      async () => {
        const store = await (await make()).open();
        await store.transact(async ({ insert }) => {
          for (let index = 0; index < KEYS; index += 1)
            await insert(newKey(`k${index}`, `tenant-${index % 1_000}`));
        });
        await store.transact(async ({ insert }) => {
          for (let index = 0; index < SUBSCRIPTIONS; index += 1) {
            const state = index % 2 === 0 ? "approved" : "requested";
            const more = { state, service: `service-${index % 100}` } as const;
            await insert(newSubscription(`s${index}`, `tenant-${index % 1_000}`, more));
          }
        });
        expect(await store.count({ kind: "subscription" })).toBe(SUBSCRIPTIONS);
        const keys = await idsOf(store, { kind: "key", where: { state: "active" }, limit: 1_000 });
        expect(new Set(keys).size).toBe(KEYS);
        // Many small pages: each has to be found without reading those before it or other tenants' records.
        for (let index = 0; index < 500; index += 1) {
          const tenant = `tenant-${index}`;
          const query = {
            kind: "subscription",
            tenant,
            where: { app: "shop", owner: "platform" },
            limit: 20,
          } as const;
          expect(await idsOf(store, query)).toHaveLength(SUBSCRIPTIONS / 1_000);
        }
        await store.close();
      },
      WITHIN_MS,
    );
  });
}
