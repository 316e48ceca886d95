import { LatchkeyError } from "../../kernel/error.ts";
import type { Route } from "../../runtime/pipeline.ts";
import { publicRoutes } from "../public-routes.ts";
import { methodsOf } from "../route-table.ts";

/** What answers when no route does: a wrong method, a path that was not written plainly, or nothing at all. */
export const nowhere: Route = (call) => {
  const isPublic = publicRoutes.some((path) => path === call.path);
  const allowed = isPublic ? ["GET"] : methodsOf(call.path);
  if (allowed.length === 0) throw new LatchkeyError("LK-2006");
  // A path that exists, with its own method, and still no route: it was sent in another form, such as `/x/../v1`.
  if (allowed.includes(call.method)) throw new LatchkeyError("LK-2107");
  const allow = [...new Set(allowed)].join(", ");
  throw new LatchkeyError("LK-2007", `This path takes ${allow} requests.`, { param: "method", allow });
};
