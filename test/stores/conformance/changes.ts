import { describe, expect, test } from "bun:test";
import { newKey, newSubscription } from "./samples.ts";
import type { MakeStore } from "./store-under-test.ts";

/** The feed of changes. */
export function changesConformance(make: MakeStore): void {
  describe("the feed of changes", () => {
    test("begins at nothing", async () => {
      const store = await (await make()).open();
      expect([await store.position(), await store.changesAfter(0, 9)]).toEqual([0, []]);
      await store.close();
    });

    test("tells every connection of each record once, with its newest change", async () => {
      const { open } = await make();
      const [store, other] = [await open(), await open()];
      const { body } = await store.transact(({ insert }) => insert(newKey("k")));
      await store.transact(({ insert }) => insert(newSubscription("s", "acme")));
      await store.transact(({ update }) => update("key", "k", 1, body));
      const changes = await other.changesAfter(0, 9);
      expect(changes).toMatchObject([
        { kind: "subscription", id: "s" },
        { kind: "key", id: "k" },
      ]);
      expect(await other.position()).toBe(changes[1]?.sequence ?? 0);
      const position = await other.position();
      await store.transact(({ remove }) => remove("key", "k"));
      expect(await other.changesAfter(position, 9)).toMatchObject([{ kind: "key", id: "k" }]);
      await Promise.all([store.close(), other.close()]);
    });

    test("is read part by part", async () => {
      const store = await (await make()).open();
      for (const id of ["a", "b", "c", "d", "e"]) await store.transact(({ insert }) => insert(newKey(id)));
      const seen: string[] = [];
      let position = 0;
      for (;;) {
        const changes = await store.changesAfter(position, 2);
        if (changes.length === 0) break;
        seen.push(...changes.map(({ id }) => id));
        position = changes.at(-1)?.sequence ?? position;
      }
      expect(seen).toEqual(["a", "b", "c", "d", "e"]);
      expect(position).toBe(await store.position());
      await store.close();
    });
  });
}
