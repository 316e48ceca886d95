/** Hex text of a set of ids, as stored in an artifact: see `schema/access.ts`. */
export function encodeIdSet(ids: Iterable<number>): string {
  const digits: number[] = [];
  for (const id of ids) {
    const index = id >> 2;
    while (digits.length <= index) digits.push(0);
    digits[index] = (digits[index] ?? 0) | (1 << (id & 3));
  }
  while (digits.at(-1) === 0) digits.pop();
  return digits.map((digit) => digit.toString(16)).join("");
}

/** Words of 32 bits for the request path: id `n` is bit `n & 31` of word `n >> 5`. */
export function decodeIdSet(hex: string, size: number): Uint32Array {
  const words = new Uint32Array(Math.max(1, (size + 31) >> 5));
  for (let index = 0; index < hex.length; index++) {
    const digit = Number.parseInt(hex.charAt(index), 16);
    const word = index >> 3;
    if (word < words.length) words[word] = ((words[word] ?? 0) | (digit << ((index & 7) * 4))) >>> 0;
  }
  return words;
}

/** Whether the text of a set holds an id, without reading all of it. */
export function encodedHasId(hex: string, id: number): boolean {
  const index = id >> 2;
  return index < hex.length && ((Number.parseInt(hex.charAt(index), 16) >> (id & 3)) & 1) === 1;
}

/** Whether a set holds an id. */
export function hasId(words: Uint32Array, id: number): boolean {
  return (((words[id >> 5] ?? 0) >>> (id & 31)) & 1) === 1;
}
