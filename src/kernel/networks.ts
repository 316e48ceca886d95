import { readAddress } from "./ip-address.ts";

/** Networks in a form that is quick to search. Made by `parseNetworks`. */
export interface Networks {
  /** First and last address of each IPv4 network, in order; none overlaps another. */
  readonly v4: Uint32Array;
  /** First and last address of each IPv6 network, four words each, in order; none overlaps another. */
  readonly v6: Uint32Array;
}

/** The address that is being looked for. One thread looks for one at a time. */
const sought = new Uint32Array(4);

interface Network {
  readonly family: 4 | 6;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

/** Whether a text is a network such as `10.0.0.0/8` or `2001:db8::/32`, or a single address. */
export function isNetwork(text: string): boolean {
  return readNetwork(text) !== undefined;
}

/**
 * Makes a list of networks ready for searching. An empty list holds no address. A text that is no network adds
 * nothing, so that a mistake never lets more in.
 */
export function parseNetworks(texts: readonly string[]): Networks {
  const all = texts.map(readNetwork).filter((network) => network !== undefined);
  return { v4: sorted(all, 4), v6: sorted(all, 6) };
}

/**
 * Whether an address may be used: null means from anywhere, an empty list from nowhere. Makes no object.
 * @param address as `clientAddress` gives it; what is no address is in no list
 */
export function allowsAddress(networks: Networks | null, address: string): boolean {
  return networks === null || holdsAddress(networks, address, 0, address.length);
}

/** Whether the address in a part of a text is in one of the networks. */
export function holdsAddress(networks: Networks, text: string, start: number, end: number): boolean {
  const family = readAddress(text, start, end, sought);
  if (family === 4) return holds(networks.v4, 1);
  return family === 6 && holds(networks.v6, 4);
}

/** Looks for the last network that begins at or before the sought address. */
function holds(list: Uint32Array, size: number): boolean {
  let low = 0;
  let high = list.length / (2 * size);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(list, middle * 2 * size, size) <= 0) low = middle + 1;
    else high = middle;
  }
  return low > 0 && compare(list, (low * 2 - 1) * size, size) >= 0;
}

/** Below, at or above 0: the address at an offset of the list is before, at or after the sought one. */
function compare(list: Uint32Array, at: number, size: number): number {
  for (let word = 0; word < size; word++) {
    const difference = (list[at + word] ?? 0) - (sought[word] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function readNetwork(text: string): Network | undefined {
  const slash = text.indexOf("/");
  const end = slash < 0 ? text.length : slash;
  const words = new Uint32Array(4);
  const family = readAddress(text, 0, end, words);
  if (family === 0) return undefined;
  const size = family === 4 ? 32 : 128;
  const bits = slash < 0 ? size : prefixLength(text.slice(slash + 1));
  // The prefix of an IPv4-mapped network counts from the front of the IPv6 address.
  const isMapped = family === 4 && slash >= 0 && text.includes(":");
  const length = isMapped ? bits - 96 : bits;
  if (!(length >= 0 && length <= size)) return undefined;
  const parts = [...words.subarray(0, size / 32)];
  const masks = parts.map((_, at) => maskOf(length - 32 * at));
  return {
    family,
    first: parts.map((part, at) => (part & (masks[at] ?? 0)) >>> 0),
    last: parts.map((part, at) => (part | ~(masks[at] ?? 0)) >>> 0),
  };
}

function prefixLength(text: string): number {
  return /^(?:0|[1-9][0-9]{0,2})$/.test(text) ? Number(text) : Number.NaN;
}

function maskOf(bits: number): number {
  if (bits <= 0) return 0;
  return bits >= 32 ? 0xffff_ffff : (0xffff_ffff << (32 - bits)) >>> 0;
}

/** Two networks lie apart or one in the other; those that lie in others are left out. */
function sorted(networks: readonly Network[], family: 4 | 6): Uint32Array {
  const own = networks
    .filter((network) => network.family === family)
    .sort((one, other) => order(one.first, other.first) || order(other.last, one.last));
  const kept: Network[] = [];
  for (const network of own) {
    const before = kept.at(-1);
    if (before === undefined || order(network.last, before.last) > 0) kept.push(network);
  }
  return Uint32Array.from(kept.flatMap(({ first, last }) => [...first, ...last]));
}

function order(one: readonly number[], other: readonly number[]): number {
  for (const [at, word] of one.entries()) {
    const difference = word - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
