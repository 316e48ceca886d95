import * as language from "../../sdk/config/index.ts";
import { suggest } from "./suggest.ts";

/** What to write instead of a name that is not declared: one that is, or the import or declaration that is missing. */
export function suggestName(wrong: string, bound: readonly string[]): string {
  if (isWord(wrong)) return `write ${importOf(wrong)}`;
  if (wrong === "z") return 'write `import { z } from "zod"`';
  const meant = suggest(wrong, [...bound, ...Object.keys(language)]);
  if (meant === undefined) return `declare \`${wrong}\`, or import it`;
  const isBound = bound.includes(meant) || !isWord(meant);
  return isBound ? `did you mean \`${meant}\`?` : `did you mean \`${meant}\`? Then write ${importOf(meant)}`;
}

function isWord(name: string): boolean {
  return Object.hasOwn(language, name);
}

function importOf(word: string): string {
  return `\`import { ${word} } from "latchkey/config"\``;
}
