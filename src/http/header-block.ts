import type { RequestHeaders } from "./exchange.ts";

/** Fields of one header in the list of places. */
const FIELDS = 4;

/**
 * The headers of a message as places in its head: their texts are cut out when they are asked for. Most headers of a
 * message are never looked at, and each text is an object that has to be made and collected again.
 */
export class HeaderBlock implements RequestHeaders {
  readonly #text: string;
  /** Start and end of each name, start and end of its value. */
  readonly #places: number[];
  /** Value of `content-length` in the place of what the head says. */
  #length: string | undefined;

  /** @param text the whole head, one character a byte */
  constructor(text: string, places: number[] = []) {
    this.#text = text;
    this.#places = places;
  }

  /** The same headers with another `content-length`. */
  withLength(length: string): HeaderBlock {
    const block = new HeaderBlock(this.#text, this.#places);
    block.#length = length;
    return block;
  }

  /** Headers so far. */
  get count(): number {
    return this.#places.length / FIELDS;
  }

  /** Adds the header at the end. */
  add(nameStart: number, nameEnd: number, valueStart: number, valueEnd: number): void {
    this.#places.push(nameStart, nameEnd, valueStart, valueEnd);
  }

  get(name: string): string | null {
    const places = this.#places;
    let found: string | null = null;
    for (let at = 0; at < places.length; at += FIELDS) {
      if (!this.#isNamed(at, name)) continue;
      const value = this.#valueAt(at, name);
      found = found === null ? value : `${found}, ${value}`;
    }
    return found;
  }

  /** The value of the first header of that name. */
  first(name: string): string | undefined {
    const places = this.#places;
    for (let at = 0; at < places.length; at += FIELDS) {
      if (this.#isNamed(at, name)) return this.#valueAt(at, name);
    }
    return undefined;
  }

  has(name: string): boolean {
    for (let at = 0; at < this.#places.length; at += FIELDS) if (this.#isNamed(at, name)) return true;
    return false;
  }

  *entries(): Iterable<readonly [name: string, value: string]> {
    const places = this.#places;
    for (let at = 0; at < places.length; at += FIELDS) {
      const name = this.#text.slice(places[at], places[at + 1]).toLowerCase();
      yield [name, this.#valueAt(at, name)];
    }
  }

  #valueAt(at: number, name: string): string {
    if (this.#length !== undefined && name === "content-length") return this.#length;
    return this.#text.slice(this.#places[at + 2], this.#places[at + 3]);
  }

  #isNamed(at: number, name: string): boolean {
    const start = this.#places[at] as number;
    if ((this.#places[at + 1] as number) - start !== name.length) return false;
    return hasName(this.#text, start, name);
  }
}

/**
 * Whether a name stands at an offset, in capitals or not.
 * @param name lower-case
 */
export function hasName(text: string, start: number, name: string): boolean {
  for (let place = 0; place < name.length; place++) {
    const code = text.charCodeAt(start + place);
    const lower = code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
    if (lower !== name.charCodeAt(place)) return false;
  }
  return true;
}
