import { LatchkeyError } from "../../kernel/error.ts";
import type { Route } from "../../runtime/pipeline.ts";
import { isProbePath } from "../public-routes.ts";
import { methodsOf } from "../route-table.ts";
import { isPlainPath } from "../router.ts";

/** What answers when no route does: a path that was not written plainly, a wrong method, or nothing at all. */
export const nowhere: Route = (call) => {
  if (!isPlainPath(call.path)) throw new LatchkeyError("LK-2107");
  const allowed = isProbePath(call.path) ? ["GET"] : methodsOf(call.path);
  if (allowed.length === 0) throw new LatchkeyError("LK-2006");
  const allow = [...new Set(allowed)].join(", ");
  throw new LatchkeyError("LK-2007", `This path takes ${allow} requests.`, { allow });
};
