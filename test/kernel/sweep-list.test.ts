import { expect, test } from "bun:test";
import fc from "fast-check";
import { SweepList } from "../../src/kernel/sweep-list.ts";

class Item {
  place = -1;
  looks = 0;
  constructor(readonly name: number) {}
}

/** A list that tells when each sweep has looked at everything in it. */
function watched(onLook: (item: Item) => void = () => {}) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const list = new SweepList<Item>(1, (item) => {
    item.looks++;
    onLook(item);
    if (item.name === 0) resolve();
  });
  return { list, swept: promise };
}

test("a sweep looks once at what is in the list, whatever was taken out in whatever order", async () => {
  const property = fc.asyncProperty(fc.array(fc.nat(30), { maxLength: 40 }), async (removals) => {
    const { list, swept } = watched();
    const items = Array.from({ length: 20 }, (_, index) => new Item(index));
    for (const item of items) list.add(item);
    const removed = new Set<Item>();
    for (const name of removals) {
      const item = items[name];
      if (item === undefined || name === 0) continue;
      list.remove(item);
      removed.add(item);
    }
    await swept;
    for (const item of items) expect(item.looks).toBe(removed.has(item) ? 0 : 1);
    for (const item of items) list.remove(item);
  });
  await fc.assert(property, { numRuns: 20 });
});

test("an item may take itself out while it is looked at, and the others are still looked at", async () => {
  const { list, swept } = watched((item) => list.remove(item));
  const items = Array.from({ length: 10 }, (_, index) => new Item(index));
  for (const item of items) list.add(item);
  await swept;
  expect(items.map(({ looks }) => looks)).toEqual(items.map(() => 1));
});
