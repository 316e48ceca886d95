import { sha256Hex } from "../../../kernel/hash.ts";

/** A stream of numbers that depends on its seed alone. */
export interface Random {
  /** A whole number from 0 to `bound - 1`; `bound` is at least 1. */
  readonly below: (bound: number) => number;
  /** One of the items of a list that is not empty. */
  readonly pick: <Item>(items: readonly Item[]) => Item;
}

/** A 32-bit seed from a text. */
export function seedOf(text: string): number {
  return Number.parseInt(sha256Hex(text).slice(0, 8), 16);
}

/** Makes a stream of numbers: a counter whose bits are mixed, enough to look varied. */
export function createRandom(seed: number): Random {
  let counter = seed >>> 0;
  const below = (bound: number): number => {
    counter = (counter + 0x9e3779b9) >>> 0;
    let bits = counter;
    bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
    bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
    bits = (bits ^ (bits >>> 15)) >>> 0;
    return Math.floor((bits / 2 ** 32) * bound);
  };
  return {
    below,
    pick<Item>(items: readonly Item[]): Item {
      if (items.length === 0) throw new RangeError("There is nothing to pick from.");
      return items[below(items.length)] as Item;
    },
  };
}
