import type { ArtifactBackend, ArtifactBackendRoute } from "../../artifact/artifact.ts";
import { operationBreaks } from "./operation-breaks.ts";
import { coversMethod, coversPath } from "./path-cover.ts";

/** Something that callers of a version can no longer do. */
export interface PromiseBreak {
  /** Option of the declaration that is at fault. */
  readonly option: "input" | "output" | "basePath" | "routes" | "openapi" | "webSocket";
  /** What is broken, as a phrase that names it: `input.text is required now`. */
  readonly says: string;
}

/** Requests that a backend version took and takes no longer. */
export function backendBreaks(before: ArtifactBackend, after: ArtifactBackend): readonly PromiseBreak[] {
  const breaks: PromiseBreak[] = [];
  if (before.basePath !== after.basePath)
    breaks.push({ option: "basePath", says: `it moves from ${before.basePath} to ${after.basePath}` });
  if (before.webSocket && !after.webSocket)
    breaks.push({ option: "webSocket", says: "it takes no WebSocket any more" });
  return [...breaks, ...routeBreaks(before, after)];
}

function routeBreaks(before: ArtifactBackend, after: ArtifactBackend): readonly PromiseBreak[] {
  const option = after.openapi === null ? "routes" : "openapi";
  if (after.routes === null) return [];
  const routes = after.routes;
  if (before.routes === null) return [{ option, says: "it took every path, and takes only some now" }];
  const isChecked = after.validate !== "off";
  return before.routes.flatMap((route) =>
    (route.methods ?? [null]).flatMap((method) => {
      const name = `${method ?? "any method"} ${route.path}`;
      const taker = takerOf(routes, method, route.path);
      if (taker === undefined) return [{ option, says: `it no longer takes ${name}` }];
      if (!isChecked) return [];
      const found = operationBreaks(route.operation, taker.operation);
      return found.map((says) => ({ option, says: `${name}: ${says}` }) as const);
    }),
  );
}

/** The route that takes over: the same path, or one that has it within. */
function takerOf(
  routes: readonly ArtifactBackendRoute[],
  method: string | null,
  path: string,
): ArtifactBackendRoute | undefined {
  const takers = routes.filter(
    (route) => coversMethod(route.methods, method) && coversPath(route.path, path),
  );
  return takers.find((route) => coversPath(path, route.path)) ?? takers[0];
}
