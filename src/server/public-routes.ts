/**
 * Every path that answers without a credential. All others authenticate first, those that do not exist
 * included; `test/server/public-routes.test.ts` holds the server to it.
 */
export const publicRoutes = ["/healthz", "/readyz"] as const;

/** Path of a public route. */
export type PublicRoute = (typeof publicRoutes)[number];

const known: ReadonlySet<string> = new Set(publicRoutes);

/** Whether a path answers without a credential. */
export function isPublicRoute(path: string): path is PublicRoute {
  return known.has(path);
}
