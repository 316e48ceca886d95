import { withoutNeedlessEscapes } from "../runtime/backends/routable-path.ts";
import { publicRoutes } from "./public-routes.ts";
import { routeTable } from "./route-table.ts";

const firstOf = (path: string): string => path.split("/", 2)[1] ?? "";

/** How paths begin that belong to the gateway, whatever it has at them: no backend answers there. */
const own: ReadonlySet<string> = new Set([
  ...routeTable.map(({ path }) => firstOf(path)),
  ...publicRoutes.map((route) => firstOf(route.slice(route.indexOf("/")))),
]);

/** Whether a path is one of the admin API or the portal, which are for people and their programs rather than for callers. */
export function isAdminPath(path: string): boolean {
  return /^\/(?:admin|portal)(?:\/|$)/.test(path);
}

/** Whether a path belongs to the gateway itself. */
export function isOwnPath(path: string): boolean {
  return own.has(firstOf(withoutNeedlessEscapes(path)));
}
