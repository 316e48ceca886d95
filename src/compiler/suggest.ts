/** Candidates looked at: with more than this, a suggestion is luck and not worth the time. */
const MOST_CANDIDATES = 50_000;
/** Longest folded text compared; names are shorter, and the cost grows with the square. */
const LONGEST = 80;

/**
 * The candidate that was probably meant, or `undefined` when none is close. Case and separators count for
 * nothing at first (`firstTokenWithin` is as good as `first-token-within`) and only decide between equals; then
 * every third character may be wrong: missing, extra, changed or swapped with its neighbour.
 */
export function suggest(wrong: string, candidates: Iterable<string>): string | undefined {
  const folded = fold(wrong);
  if (folded === "" || folded.length > LONGEST) return undefined;
  let best: Match | undefined;
  let looked = 0;
  for (const candidate of candidates) {
    if (looked++ === MOST_CANDIDATES) break;
    if (candidate === wrong) continue;
    const match = matchOf(wrong, folded, candidate, best?.distance ?? LONGEST);
    if (match !== undefined && (best === undefined || isBetter(match, best))) best = match;
  }
  return best?.candidate;
}

interface Match {
  readonly candidate: string;
  /** Edits between the folded texts. */
  readonly distance: number;
  /** Edits between the texts as written. */
  readonly literal: number;
}

function matchOf(wrong: string, folded: string, candidate: string, most: number): Match | undefined {
  if (Math.abs(candidate.length - wrong.length) > LONGEST) return undefined;
  const other = fold(candidate);
  if (other === "" || other.length > LONGEST) return undefined;
  const allowed = Math.min(most, Math.floor(Math.max(folded.length, other.length) / 3));
  const distance = editDistance(folded, other, allowed);
  if (distance > allowed) return undefined;
  return { candidate, distance, literal: editDistance(wrong, candidate, LONGEST) };
}

/** Ends with the alphabet, so that the answer does not depend on the candidates' order. */
function isBetter(a: Match, b: Match): boolean {
  if (a.distance !== b.distance) return a.distance < b.distance;
  if (a.literal !== b.literal) return a.literal < b.literal;
  return a.candidate < b.candidate;
}

function fold(text: string): string {
  return text.toLowerCase().replace(/[\s_.-]+/g, "");
}

/**
 * Damerau–Levenshtein distance in its optimal string alignment form
 * (https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance), or something above `most` as soon as it is
 * known to exceed it.
 */
function editDistance(a: string, b: string, most: number): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, at(beforeLast, j - 2) + 1);
      }
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return most + 1;
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? 0;
}
