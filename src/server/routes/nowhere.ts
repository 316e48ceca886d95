import { LatchkeyError } from "../../kernel/error.ts";
import type { Route } from "../../runtime/pipeline.ts";

/** Methods of the paths that exist, for `Allow`. */
const METHODS: readonly (readonly [RegExp, string])[] = [
  [/^\/v1\/chat\/completions$/, "POST"],
  [/^\/v1\/models(\/[^/]+)?$/, "GET"],
  [/^\/api\/[^/]+\/[^/]+$/, "POST"],
  [/^\/(healthz|readyz)$/, "GET"],
];

/** What answers when no route does: a wrong method, a path that was not written plainly, or nothing at all. */
export const nowhere: Route = (call) => {
  const allowed = METHODS.find(([pattern]) => pattern.test(call.path))?.[1];
  if (allowed === undefined) throw new LatchkeyError("LK-2006");
  // A path that exists, with its own method, and still no route: it was sent in another form, such as `/x/../v1`.
  if (call.method === allowed) throw new LatchkeyError("LK-2107");
  throw new LatchkeyError("LK-2007", `This path takes ${allowed} requests.`, {
    param: "method",
    allow: allowed,
  });
};
