import type { Clock } from "../../../kernel/clock.ts";

/** How many ids are remembered, and for how long. */
export interface HandedIdsLimits {
  /** Ids of all keys together. */
  readonly maxIds: number;
  /** Ids of one key, so that none drives out those of others. */
  readonly maxIdsPerKey: number;
  /** Milliseconds after which an id is forgotten. */
  readonly ttlMs: number;
}

interface Handed {
  readonly keeper: string;
  /** Clock reading. */
  readonly untilMs: number;
}

/**
 * Ids of what vendors keep, by the key that has got them: whoever has a vendor's account can ask for everything in it,
 * so the gateway lets a key name only what it was told itself. The oldest go first.
 */
export class HandedIds {
  readonly #limits: HandedIdsLimits;
  readonly #clock: Clock;
  /** By owner, the longest without a new id first. */
  readonly #owners = new Map<string, Map<string, Handed>>();
  #count = 0;

  constructor(limits: HandedIdsLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Notes ids that a key has got. @param keeper the provider whose account keeps what they name */
  note(owner: string, ids: Iterable<string>, keeper: string): void {
    const untilMs = this.#clock.monotonic() + this.#limits.ttlMs;
    const known = this.#owners.get(owner) ?? new Map<string, Handed>();
    this.#owners.delete(owner);
    this.#owners.set(owner, known);
    for (const id of ids) {
      if (!known.delete(id)) this.#count++;
      known.set(id, { keeper, untilMs });
    }
    while (known.size > this.#limits.maxIdsPerKey) this.#forgetFirst(owner, known);
    while (this.#count > this.#limits.maxIds) {
      const first = this.#owners.entries().next().value;
      if (first === undefined) return;
      this.#forgetFirst(...first);
    }
  }

  /** Who keeps what an id names; `undefined` where the key has not got the id, or too long ago. */
  keeperOf(owner: string, id: string): string | undefined {
    const handed = this.#owners.get(owner)?.get(id);
    if (handed === undefined) return undefined;
    if (handed.untilMs > this.#clock.monotonic()) return handed.keeper;
    this.forget(owner, id);
    return undefined;
  }

  forget(owner: string, id: string): void {
    const known = this.#owners.get(owner);
    if (known?.delete(id) !== true) return;
    this.#count--;
    if (known.size === 0) this.#owners.delete(owner);
  }

  #forgetFirst(owner: string, known: ReadonlyMap<string, Handed>): void {
    const { value } = known.keys().next();
    if (value !== undefined) this.forget(owner, value);
  }
}
