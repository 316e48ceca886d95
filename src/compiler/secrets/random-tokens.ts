import type { TextRange } from "./credential-shapes.ts";

/** What a token is made of: letters and digits, and what Base64 and those who join tokens put between them. */
const TOKEN = /[A-Za-z0-9_+/.~-]{32,}={0,2}/g;
const LEAST_LENGTH = 32;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Letters in a row that no word has. */
const LONG_RUN = /[a-z]{32,}|[A-Z]{32,}/;
/** Different letters in such a row; with fewer it is a pattern such as `xxxx…`. */
const LEAST_LETTERS = 10;
/** Share of places where one sort of character follows another. Words have one in ten, random text has four. */
const LEAST_CHANGES = 0.2;

/**
 * Where a text holds tokens of at least 32 characters that look drawn at random, as keys without a known form do.
 * Words that are joined, dates, versions, paths and UUIDs are none.
 */
export function findRandomTokens(text: string): readonly TextRange[] {
  return [...text.matchAll(TOKEN)].flatMap(({ index, 0: token }) =>
    piecesOf(token)
      .filter((piece) => isRandom(piece.text))
      .map(({ offset, text: piece }) => ({ start: index + offset, end: index + offset + piece.length })),
  );
}

/** A slash is part of Base64 and also divides paths: where a part of one is long enough, the parts are looked at. */
function piecesOf(token: string): readonly { readonly text: string; readonly offset: number }[] {
  const parts = [...token.matchAll(/[^/]+/g)].map(({ index, 0: text }) => ({ text, offset: index }));
  const long = parts.filter(({ text }) => text.length >= LEAST_LENGTH);
  return long.length > 0 ? long : [{ text: token, offset: 0 }];
}

function isRandom(token: string): boolean {
  if (UUID.test(token)) return false;
  const run = LONG_RUN.exec(token)?.[0];
  if (run !== undefined && new Set(run).size >= LEAST_LETTERS) return true;
  const characters = token.replace(/[^A-Za-z0-9]/g, "");
  return characters.length > 0 && changesIn(token) / characters.length >= LEAST_CHANGES;
}

/** Changes between digits, small and capital letters, but for the capital at the beginning of a word. */
function changesIn(token: string): number {
  let changes = 0;
  for (let index = 1; index < token.length; index++) {
    const [before, here] = [sortOf(token.charAt(index - 1)), sortOf(token.charAt(index))];
    const isWordStart = before === "capital" && here === "small";
    if (before !== "other" && here !== "other" && before !== here && !isWordStart) changes++;
  }
  return changes;
}

function sortOf(character: string): "digit" | "small" | "capital" | "other" {
  if (character >= "0" && character <= "9") return "digit";
  if (character >= "a" && character <= "z") return "small";
  return character >= "A" && character <= "Z" ? "capital" : "other";
}
