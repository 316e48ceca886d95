/**
 * The encoder's time grows with the square of the length of a run that it cannot split (a word, spaces,
 * punctuation), so longer runs are cut. Their count may then differ by a token or two per cut.
 */
const MAX_RUN = 200;

const LONG_RUN = new RegExp(
  `[\\p{L}\\p{M}]{${MAX_RUN}}|\\s{${MAX_RUN}}|[^\\s\\p{L}\\p{N}]{${MAX_RUN}}`,
  "gu",
);

/** The text in segments that can be encoded in linear time. */
export function cutLongRuns(text: string): readonly string[] {
  const segments: string[] = [];
  let from = 0;
  for (const match of text.matchAll(LONG_RUN)) {
    const end = match.index + match[0].length;
    segments.push(text.slice(from, end));
    from = end;
  }
  segments.push(text.slice(from));
  return segments;
}

/** Sizes of the pieces of a text. */
export interface PieceSizes {
  /** UTF-16 code units. */
  readonly lengths: Uint32Array;
  readonly tokens: Uint32Array;
}

/**
 * Groups tokens into pieces that end between characters: a token of a byte-level encoding may end inside one.
 * @param utf8 The text's bytes, well-formed.
 * @param tokenBytes Length in bytes of each token id.
 */
export function splitPieces(utf8: Uint8Array, ids: readonly number[], tokenBytes: Uint8Array): PieceSizes {
  const lengths: number[] = [];
  const tokens: number[] = [];
  let at = 0;
  let units = 0;
  let count = 0;
  for (const id of ids) {
    const end = at + (tokenBytes[id] ?? 0);
    for (; at < end; at++) units += codeUnitsOfByte(utf8[at] ?? 0);
    count++;
    if (isContinuation(utf8[end] ?? 0)) continue;
    lengths.push(units);
    tokens.push(count);
    units = 0;
    count = 0;
  }
  return { lengths: Uint32Array.from(lengths), tokens: Uint32Array.from(tokens) };
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

/** UTF-16 code units of the character that a byte begins; 0 for the bytes that follow. */
function codeUnitsOfByte(byte: number): number {
  if (isContinuation(byte)) return 0;
  return byte >= 0xf0 ? 2 : 1;
}
