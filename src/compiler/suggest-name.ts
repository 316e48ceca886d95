import * as language from "../../sdk/config/index.ts";
import { suggest } from "./suggest.ts";

/** What to write instead of a name that is not declared: one that is, or the import that is missing. */
export function suggestName(wrong: string, bound: readonly string[]): string | undefined {
  if (Object.hasOwn(language, wrong)) return `write \`import { ${wrong} } from "latchkey/config"\``;
  if (wrong === "z") return 'write `import { z } from "zod"`';
  const meant = suggest(wrong, bound);
  return meant === undefined ? undefined : `did you mean \`${meant}\`?`;
}
