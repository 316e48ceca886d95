/** Characters of a piece of a word. */
const PIECE = 3;

/** Source: http://www.isthe.com/chongo/tech/comp/fnv/ (FNV-1a, 32 bits) */
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

function hashOf(text: string): number {
  let hash = FNV_OFFSET;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
  // Mixes the high bits down, since a remainder looks at the low ones.
  return (hash ^ (hash >>> 15)) >>> 0;
}

/**
 * A vector of length 1 that depends on the input alone. Each word, and each three letters in a row of one, adds 1 to or
 * takes 1 from a place that its hash names, so that texts which share words point the same way; token ids count as
 * words.
 */
export function vectorOf(input: string | readonly number[], dimensions: number): readonly number[] {
  const sums = new Array<number>(dimensions).fill(0);
  for (const feature of featuresOf(input)) {
    const hash = hashOf(feature);
    const place = (hash >>> 1) % dimensions;
    sums[place] = (sums[place] ?? 0) + ((hash & 1) === 0 ? 1 : -1);
  }
  const length = Math.sqrt(sums.reduce((sum, value) => sum + value * value, 0));
  // What cancels out, or has no letters, still has a direction.
  if (length === 0) return sums.map((_, place) => (place === 0 ? 1 : 0));
  return sums.map((value) => Math.fround(value / length));
}

function* featuresOf(input: string | readonly number[]): Generator<string> {
  const words =
    typeof input === "string" ? (input.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) : input.map(String);
  for (const word of words) {
    yield ` ${word} `;
    const bounded = `<${word}>`;
    for (let at = 0; at + PIECE <= bounded.length; at++) yield bounded.slice(at, at + PIECE);
  }
}
