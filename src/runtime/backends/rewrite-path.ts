import type { Found } from "../../kernel/segment-trie.ts";

/** Makes the path at an upstream out of what the caller's path has led to. */
export type PathRewriter = (found: Pick<Found<unknown>, "parameters" | "rest">) => string;

/**
 * Prepares a rewriting. What stands for parameters is put in as it was sent: it holds no slash, written or encoded.
 * @param pattern the route's path, which names the parameters
 * @param rewrite with `{parameter}` anywhere, and a `*` as its last segment for the rest
 */
export function pathRewriter(pattern: string, rewrite: string): PathRewriter {
  const names = [...pattern.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
  const hasRest = rewrite.endsWith("/*");
  const pieces = (hasRest ? rewrite.slice(0, -2) : rewrite)
    .split(/\{([^}]*)\}/)
    .map((piece, index) => (index % 2 === 0 ? piece : names.indexOf(piece)));
  return ({ parameters, rest }) => {
    let path = "";
    for (const piece of pieces) path += typeof piece === "string" ? piece : (parameters[piece] ?? "");
    if (hasRest && rest !== "") path += `/${rest}`;
    return path === "" ? "/" : path;
  };
}
