import type { Tokenizer } from "../../../../src/providers/demo/tokenizer.ts";

/** A tokenizer whose tokens are words with the white space before them: quick, and easy to count by eye. */
export const wordTokenizer: Tokenizer = {
  encode: (text) => Promise.resolve(wordsOf(text).map((word) => ({ text: word, tokens: 1 }))),
  count: (texts) => Promise.resolve(texts.map((text) => wordsOf(text).length)),
  close: () => {},
};

function wordsOf(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}
