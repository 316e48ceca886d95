/** Family of an IP address. */
export type AddressFamily = 4 | 6;

const COLON = 0x3a;
const DOT = 0x2e;

/** Groups of the IPv6 address that is being read. One thread reads one address at a time. */
const groups = new Uint16Array(8);

/**
 * Reads an IP address from a part of a text, without making anything: IPv4 with four plain decimal numbers, IPv6 as
 * RFC 4291 writes it. IPv4-mapped IPv6 (`::ffff:192.0.2.1`) is the IPv4 address that it stands for.
 * @param words takes the address: the first word for IPv4, all four for IPv6, the highest first
 * @returns its family, or 0 where the text is no address; zones (`%eth0`) and ports belong to none
 */
export function readAddress(text: string, start: number, end: number, words: Uint32Array): AddressFamily | 0 {
  for (let at = start; at < end && at < start + 5; at++) {
    if (text.charCodeAt(at) === COLON) return readV6(text, start, end, words);
  }
  const value = readV4(text, start, end);
  if (value < 0) return 0;
  words[0] = value;
  return 4;
}

/** The address as a number, or -1. */
function readV4(text: string, start: number, end: number): number {
  let value = 0;
  let parts = 0;
  let at = start;
  while (at < end) {
    const from = at;
    let part = 0;
    for (; at < end && at < from + 3; at++) {
      const digit = text.charCodeAt(at) - 0x30;
      if (digit < 0 || digit > 9) break;
      part = part * 10 + digit;
    }
    // A leading zero means octal to some readers, and so another address.
    if (at === from || part > 255 || (at > from + 1 && text.charCodeAt(from) === 0x30)) return -1;
    value = value * 256 + part;
    if (++parts === 4) return at === end ? value : -1;
    if (at >= end || text.charCodeAt(at) !== DOT) return -1;
    at++;
  }
  return -1;
}

function readV6(text: string, start: number, end: number, words: Uint32Array): AddressFamily | 0 {
  let count = 0;
  let gap = -1;
  let at = start;
  if (text.charCodeAt(at) === COLON) {
    if (at + 1 >= end || text.charCodeAt(at + 1) !== COLON) return 0;
    gap = 0;
    at += 2;
  }
  while (at < end) {
    if (count === 8) return 0;
    const from = at;
    let group = 0;
    for (; at < end && at < from + 4; at++) {
      const digit = hexDigit(text.charCodeAt(at));
      if (digit < 0) break;
      group = group * 16 + digit;
    }
    if (at === from) return 0;
    if (at < end && text.charCodeAt(at) === DOT) {
      const tail = count > 6 ? -1 : readV4(text, from, end);
      if (tail < 0) return 0;
      groups[count++] = tail >>> 16;
      groups[count++] = tail & 0xffff;
      at = end;
      break;
    }
    groups[count++] = group;
    if (at === end) break;
    if (text.charCodeAt(at) !== COLON) return 0;
    at++;
    if (at === end) return 0;
    if (text.charCodeAt(at) !== COLON) continue;
    if (gap >= 0) return 0;
    gap = count;
    at++;
  }
  if (gap < 0 ? count !== 8 : count > 7) return 0;
  return keepV6(count, gap, words);
}

/** Puts zeros where the gap is, and the address into words. */
function keepV6(count: number, gap: number, words: Uint32Array): AddressFamily {
  if (gap >= 0) {
    groups.copyWithin(8 - (count - gap), gap, count);
    groups.fill(0, gap, 8 - (count - gap));
  }
  for (let word = 0; word < 4; word++) {
    words[word] = ((groups[word * 2] ?? 0) << 16) | (groups[word * 2 + 1] ?? 0);
  }
  if (words[0] !== 0 || words[1] !== 0 || words[2] !== 0xffff) return 6;
  words[0] = words[3] ?? 0;
  return 4;
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** An address that was read, as RFC 5952 writes it, so that each has one text. */
export function renderAddress(family: AddressFamily, words: Uint32Array): string {
  const [first = 0] = words;
  if (family === 4) return [first >>> 24, (first >>> 16) & 255, (first >>> 8) & 255, first & 255].join(".");
  const all = [...words].flatMap((word) => [word >>> 16, word & 0xffff]);
  let [gap, length] = [-1, 1];
  for (let at = 0; at < 8; at++) {
    let zeros = 0;
    while (all[at + zeros] === 0) zeros++;
    if (zeros > length) [gap, length] = [at, zeros];
  }
  const hex = (from: number, to?: number): string =>
    all
      .slice(from, to)
      .map((group) => group.toString(16))
      .join(":");
  return gap < 0 ? hex(0) : `${hex(0, gap)}::${hex(gap + length)}`;
}
