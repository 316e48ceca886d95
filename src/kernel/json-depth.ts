/** Objects and lists inside each other at most, the outermost included; deeper input is refused as such. */
export const maxJsonDepth = 128;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Whether a text opens more objects and lists inside each other than are taken. It is asked before the text is parsed,
 * since parsing, and all that walks through what it makes, has no bound of its own: it would hold the thread for
 * seconds and run out of its stack. The text need not be JSON; one pass, strings are skipped.
 * @param most levels that are taken
 */
export function isNestedTooDeep(text: string, most: number = maxJsonDepth): boolean {
  // What opens too many brackets is longer than that.
  if (text.length <= most) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
      continue;
    }
    // In small letters' bit, brackets and braces are the same: [ 5b, { 7b, ] 5d, } 7d.
    const bracket = code | 0x20;
    if (bracket === 0x7b) {
      depth++;
      if (depth > most) return true;
    } else if (bracket === 0x7d) depth--;
  }
  return false;
}

/** Where the string that begins at `from` has its closing quote; the text's end where it has none. */
function endOfString(text: string, from: number): number {
  let at = text.indexOf('"', from + 1);
  while (at >= 0 && isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at < 0 ? text.length : at;
}

/** Whether an odd number of backslashes stands before a place. */
function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === BACKSLASH) before--;
  return (at - before) % 2 === 0;
}
