import type { Clock } from "../kernel/clock.ts";
import { FULL_SLOT, type RateTable } from "./rate-table.ts";

/** Who gives slots to limits. */
export interface SlotSource {
  /**
   * The slot of a limit; the same name always has the same one, so that nothing counted is forgotten.
   * `FULL_SLOT` where none is left.
   */
  readonly slotOf: (name: string, windowMs: number) => number;
  /** Takes a slot back that no limit uses any more. */
  readonly giveBack: (slot: number) => void;
}

/** For those who only look: nothing is counted by what they make. */
export const noSlots: SlotSource = { slotOf: () => FULL_SLOT, giveBack: () => undefined };

/** Milliseconds after which no thread goes by rows any more that it was told to forget. */
const SETTLE_MS = 60_000;

interface GivenSlot {
  readonly name: string;
  readonly windowMs: number;
  /** From when on it may be another's; undefined: it is in use. */
  freeFromMs: number | undefined;
}

/**
 * Which limit is counted in which slot. Lives in the main thread and outlives artifacts. A slot that was given back
 * keeps its name until its window has passed: who comes back before that finds what was counted.
 */
export class LimitSlots implements SlotSource {
  readonly #table: RateTable;
  readonly #clock: Clock;
  readonly #byName = new Map<string, number>();
  readonly #given = new Map<number, GivenSlot>();
  /** Slots that were given back, in that order; some are in use again. */
  readonly #back = new Set<number>();
  readonly #free: number[] = [];
  #next = FULL_SLOT + 1;

  constructor(table: RateTable, clock: Clock) {
    this.#table = table;
    this.#clock = clock;
  }

  slotOf(name: string, windowMs: number): number {
    const known = this.#byName.get(name);
    if (known !== undefined) {
      this.#back.delete(known);
      const given = this.#given.get(known);
      if (given !== undefined) given.freeFromMs = undefined;
      return known;
    }
    const slot = this.#take();
    if (slot === FULL_SLOT) return slot;
    this.#byName.set(name, slot);
    this.#given.set(slot, { name, windowMs, freeFromMs: undefined });
    return slot;
  }

  giveBack(slot: number): void {
    const given = this.#given.get(slot);
    if (given === undefined || given.freeFromMs !== undefined) return;
    given.freeFromMs = this.#clock.monotonic() + given.windowMs + SETTLE_MS;
    this.#back.add(slot);
  }

  /** Takes back all slots but these. */
  keepOnly(slots: ReadonlySet<number>): void {
    for (const slot of this.#given.keys()) if (!slots.has(slot)) this.giveBack(slot);
  }

  #take(): number {
    if (this.#next < this.#table.size) return this.#next++;
    if (this.#free.length === 0) this.#collect();
    return this.#free.pop() ?? FULL_SLOT;
  }

  #collect(): void {
    const now = this.#clock.monotonic();
    for (const slot of this.#back) {
      const given = this.#given.get(slot);
      if (given?.freeFromMs === undefined || now < given.freeFromMs) continue;
      this.#table.clear(slot);
      this.#given.delete(slot);
      this.#byName.delete(given.name);
      this.#back.delete(slot);
      this.#free.push(slot);
    }
  }
}
