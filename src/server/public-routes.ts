import { openPortalRoutes, openSignInRoutes } from "../admin/open-routes.ts";

/** Paths by which machines learn how the gateway is, with GET. */
export const probePaths = ["/healthz", "/readyz"] as const;

/** Path of one of them. */
export type ProbePath = (typeof probePaths)[number];

/**
 * Every route that answers without a credential: method and path, in which a segment that begins with a colon may be
 * anything. All others authenticate first, those that do not exist included; `test/server/public-routes.test.ts` holds
 * the server to it. Signing in and the portal are served by what they list here, and by nothing else.
 */
export const publicRoutes: readonly string[] = [
  ...probePaths.map((path) => `GET ${path}`),
  ...openSignInRoutes,
  ...openPortalRoutes,
];

const probes: ReadonlySet<string> = new Set(probePaths);

/** Whether a path is one of those for machines. */
export function isProbePath(path: string): path is ProbePath {
  return probes.has(path);
}
