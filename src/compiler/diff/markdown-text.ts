import { safeText } from "../render/safe-text.ts";

/** Characters that mean something inside a line of GitHub's Markdown. */
const MARKS = /[\\`*_[\]<>|~&$!]/g;
/** Beginnings of what would become a mention, a reference or a link: a comment takes them apart. */
const LINKS = /@|#|:(?=\/\/)|www(?=\.)/gi;

/** Text of one line that Markdown shows as it is: nothing in it can be markup, mention anybody or become a link. */
export function markdownText(text: string): string {
  return safeText(text).replace(MARKS, "\\$&").replace(LINKS, "$&<!-- -->");
}

/** Lines as a block of code, whatever they hold. @param indent stands before each line */
export function markdownBlock(lines: readonly string[], indent: string): readonly string[] {
  const safe = lines.map(safeText);
  const longest = Math.max(
    2,
    ...safe.flatMap((line) => (line.match(/`+/g) ?? []).map(({ length }) => length)),
  );
  const fence = "`".repeat(longest + 1);
  return [`${fence}text`, ...safe, fence].map((line) => `${indent}${line}`);
}
