import { describe, expect, test } from "bun:test";
import { LimitSlots } from "../../src/limits/limit-slots.ts";
import { openRateLimit } from "../../src/limits/rate-limit.ts";
import { FULL_SLOT, RateTable } from "../../src/limits/rate-table.ts";
import { movedClock } from "./support/moved-clock.ts";

const MINUTE_MS = 60_000;

/** Slots of a table with room for two limits. */
function twoSlots() {
  const clock = movedClock();
  const table = RateTable.create(clock, 3);
  const remaining = (slot: number): number =>
    table.take([openRateLimit({ slot, subject: "key", limit: 10, windowMs: 86_400_000 })], clock.ms)
      .remaining;
  return { clock, slots: new LimitSlots(table, clock), remaining };
}

describe("slots of limits", () => {
  test("are one for each name, and the same one whenever it is asked for", () => {
    const { slots } = twoSlots();
    const [a, b] = [slots.slotOf("a", MINUTE_MS), slots.slotOf("b", MINUTE_MS)];
    expect(new Set([a, b, FULL_SLOT]).size).toBe(3);
    expect([slots.slotOf("b", MINUTE_MS), slots.slotOf("a", MINUTE_MS)]).toEqual([b, a]);
  });

  test("come to an end, and whoever comes then gets the one that lets nothing through", () => {
    const { slots } = twoSlots();
    slots.slotOf("a", MINUTE_MS);
    slots.slotOf("b", MINUTE_MS);
    expect(slots.slotOf("c", MINUTE_MS)).toBe(FULL_SLOT);
    expect(slots.slotOf("a", MINUTE_MS)).not.toBe(FULL_SLOT);
  });

  test("are another's once their window and a minute have passed, with nothing counted in them", () => {
    const { clock, slots, remaining } = twoSlots();
    const [a, b] = [slots.slotOf("a", MINUTE_MS), slots.slotOf("b", MINUTE_MS)];
    expect(remaining(a)).toBe(9);
    slots.giveBack(a);
    clock.ms = 2 * MINUTE_MS - 1;
    expect(slots.slotOf("c", MINUTE_MS)).toBe(FULL_SLOT);
    clock.ms = 2 * MINUTE_MS;
    expect(slots.slotOf("c", MINUTE_MS)).toBe(a);
    expect(remaining(a)).toBe(9);
    expect(slots.slotOf("b", MINUTE_MS)).toBe(b);
  });

  test("that were given back are their name's again, with what was counted, before another has them", () => {
    const { clock, slots, remaining } = twoSlots();
    const a = slots.slotOf("a", MINUTE_MS);
    slots.slotOf("b", MINUTE_MS);
    remaining(a);
    slots.giveBack(a);
    clock.ms = MINUTE_MS;
    expect(slots.slotOf("a", MINUTE_MS)).toBe(a);
    clock.ms = 10 * MINUTE_MS;
    expect(slots.slotOf("c", MINUTE_MS)).toBe(FULL_SLOT);
    expect(remaining(a)).toBe(8);
  });

  test("are given back twice to no effect, and all but some at once", () => {
    const { clock, slots } = twoSlots();
    const [a, b] = [slots.slotOf("a", MINUTE_MS), slots.slotOf("b", MINUTE_MS)];
    slots.keepOnly(new Set([b]));
    clock.ms = MINUTE_MS;
    slots.keepOnly(new Set([b]));
    slots.giveBack(a);
    clock.ms = 2 * MINUTE_MS;
    expect(slots.slotOf("c", MINUTE_MS)).toBe(a);
    expect(slots.slotOf("d", MINUTE_MS)).toBe(FULL_SLOT);
  });
});
