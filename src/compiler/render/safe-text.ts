/** Control characters, and those that reorder or hide what stands around them on a screen. */
const UNSAFE = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** Text of one line in which nothing can move the cursor, change colours or pretend to be something else. */
export function safeText(text: string): string {
  return text.toWellFormed().replace(UNSAFE, picture);
}

/** Like `safeText`, but line breaks stay and each further line is indented, so it cannot pass as our own. */
export function safeLines(text: string, indent: string): string {
  return text
    .trim()
    .split(/\r\n?|\n/)
    .map(safeText)
    .join(`\n${indent}`);
}

/** U+2400 to U+2421 are pictures of the control characters; the others have their number shown. */
function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
}
