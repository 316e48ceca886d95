import { describe, expect, test } from "bun:test";
import { idsOf } from "./records.ts";
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
      const changes = (await other.changesAfter(0, 9)) ?? [];
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

    test("says nothing of kinds that nobody follows", async () => {
      const store = await (await make()).open();
      await store.transact(({ insert }) =>
        insert({ kind: "key-use", id: "acme/shop/k", tenant: "acme", body: { lastUsedAtMs: 1 } }),
      );
      expect([await store.position(), await store.changesAfter(0, 9)]).toEqual([0, []]);
      await store.close();
    });

    test("forgets the older ones when it is told to, and says so to whoever has not read them", async () => {
      const { open } = await make();
      const [store, other] = [await open(), await open()];
      const positions = [0];
      for (const id of ["a", "b", "c", "d", "e"]) {
        await store.transact(({ insert }) => insert(newKey(id)));
        positions.push(await store.position());
      }
      await other.forgetChanges(5);
      expect(await store.changesAfter(0, 9)).toHaveLength(5);
      await other.forgetChanges(2);
      for (const each of [store, other]) {
        for (const position of positions.slice(0, 3)) expect(await each.changesAfter(position, 9)).toBeNull();
        expect(await each.changesAfter(positions[3] ?? 0, 9)).toMatchObject([{ id: "d" }, { id: "e" }]);
        expect(await each.changesAfter(positions[5] ?? 0, 9)).toEqual([]);
        expect(await each.position()).toBe(positions[5] ?? 0);
      }
      await store.transact(({ remove }) => remove("key", "a"));
      expect(await other.changesAfter(positions[5] ?? 0, 9)).toMatchObject([{ kind: "key", id: "a" }]);
      await expect(store.forgetChanges(0)).rejects.toMatchObject({ code: "LK-2102" });
      await Promise.all([store.close(), other.close()]);
    });

    test("forgets very many, while others write", async () => {
      const { open } = await make();
      const [store, other] = [await open(), await open()];
      await store.transact(async ({ insert }) => {
        for (let index = 0; index < 12_000; index += 1) await insert(newKey(`k${index}`));
      });
      const position = await store.position();
      const made = other.transact(({ insert }) => insert(newKey("meanwhile")));
      await store.forgetChanges(10);
      await made;
      expect(await store.changesAfter(0, 9)).toBeNull();
      const [last] = (await other.changesAfter(position, 9)) ?? [];
      expect(last?.id).toBe("meanwhile");
      expect(await store.count({ kind: "key" })).toBe(12_001);
      await Promise.all([store.close(), other.close()]);
    });

    test("leaves nothing out for who reads all anew when it has forgotten what another process did", async () => {
      const subject = await make();
      const store = await subject.open();
      const wanted = Array.from({ length: 150 }, (_, index) => `k${index}`);
      const script = Bun.fileURLToPath(new URL("./other-process.ts", import.meta.url));
      const child = Bun.spawn([process.execPath, script, ...subject.elsewhere, "make", wanted.join(",")]);
      let ended = false;
      void child.exited.then(() => {
        ended = true;
      });
      const seen = new Set<string>();
      let position = 0;
      for (let more = true; more; ) {
        // Nothing comes after the end of the process, so one look after it is enough.
        more = !ended;
        await store.forgetChanges(1);
        const changes = await store.changesAfter(position, 5);
        if (changes === null) {
          position = await store.position();
          for (const id of await idsOf(store, { kind: "key", limit: 1_000 })) seen.add(id);
        } else {
          for (const { id } of changes) seen.add(id);
          position = changes.at(-1)?.sequence ?? position;
        }
        await new Promise(setImmediate);
      }
      await store.forgetChanges(1);
      expect(await child.exited).toBe(0);
      expect([...seen].toSorted()).toEqual(wanted.toSorted());
      expect(await store.changesAfter(0, 9)).toBeNull();
      await store.close();
    }, 60_000);

    test("is read part by part", async () => {
      const store = await (await make()).open();
      for (const id of ["a", "b", "c", "d", "e"]) await store.transact(({ insert }) => insert(newKey(id)));
      const seen: string[] = [];
      let position = 0;
      for (;;) {
        const changes = (await store.changesAfter(position, 2)) ?? [];
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
