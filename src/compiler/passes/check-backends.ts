import {
  anonymousPath,
  basePathProblem,
  isReservedPath,
  rewriteProblem,
  routePathProblem,
} from "../read/route-path.ts";
import type { ReadRoute } from "../read/shapes/backend.ts";
import type { Report, Spot } from "../report.ts";
import { checkBackendHeaders } from "./check-backend-headers.ts";
import { defaultHealth } from "./defaults.ts";
import type { ResolvedConfig } from "./resolve-references.ts";
import { isWrittenEmpty } from "./written-empty.ts";

/** A version of a backend. */
export type BackendRow = ResolvedConfig["tables"]["backends"][number];

/** Where a version of a backend begins at the gateway. */
export function basePathOf({ name, options }: BackendRow): string {
  return options.basePath ?? `/${name}/v${options.version?.major ?? 1}`;
}

/** Checks backends: their paths, servers and headers. OpenAPI documents have a pass of their own. */
export function checkBackends(config: ResolvedConfig, report: Report): ResolvedConfig {
  const taken: BackendRow[] = [];
  for (const row of config.tables.backends) {
    checkBasePath(row, taken, report);
    taken.push(row);
    checkUpstreams(config, row, report);
    checkRoutes(row, report);
    checkBackendHeaders(row.id, row.options, report);
    checkHealth(row, report);
  }
  return config;
}

/** The second mention of a path, and paths that lie in each other: which one is meant would be a matter of order. */
function checkBasePath(row: BackendRow, taken: readonly BackendRow[], report: Report): void {
  const at: Spot = { declaration: row.id, path: ["basePath"] };
  const path = basePathOf(row);
  const problem = basePathProblem(path);
  if (problem !== undefined) {
    report.add("LK1701", `basePath ${problem}`, { at });
    return;
  }
  if (isReservedPath(path)) {
    report.add("LK1702", `${path} lies among the gateway's own paths`, { at });
    return;
  }
  const other = taken.find((known) => liesIn(path, basePathOf(known)) || liesIn(basePathOf(known), path));
  if (other === undefined) return;
  const place = { declaration: other.id, path: ["basePath"] };
  report.add(
    "LK1703",
    `${path} and ${basePathOf(other)} of ${JSON.stringify(other.name)} lie in each other`,
    {
      at,
      notes: [{ message: "first here", at: place }],
    },
  );
}

function liesIn(path: string, other: string): boolean {
  return path === other || path.startsWith(`${other}/`);
}

function checkUpstreams(config: ResolvedConfig, { id, name, options }: BackendRow, report: Report): void {
  if (isWrittenEmpty(config, id, "upstreams")) {
    report.add("LK1704", `the backend ${JSON.stringify(name)} has no upstreams`, {
      at: { declaration: id, path: ["upstreams"] },
    });
  }
  const urls = (options.upstreams ?? []).map(({ url }) => url);
  urls.forEach((url, index) => {
    if (url === undefined || urls.indexOf(url) === index) return;
    report.add("LK1211", "upstreams names the same thing twice", {
      at: { declaration: id, path: ["upstreams", index] },
      notes: [{ message: "first here", at: { declaration: id, path: ["upstreams", urls.indexOf(url)] } }],
    });
  });
}

function checkRoutes({ id, options }: BackendRow, report: Report): void {
  const { routes = [] } = options;
  routes.forEach(({ path, rewrite }, index) => {
    const at = (option: string): Spot => ({ declaration: id, path: ["routes", index, option] });
    if (path === undefined) return;
    const problem = routePathProblem(path);
    if (problem !== undefined) report.add("LK1701", `path ${problem}`, { at: at("path") });
    const wrong = rewrite === undefined ? undefined : rewriteProblem(path, rewrite);
    if (wrong !== undefined) report.add("LK1701", `rewrite ${wrong}`, { at: at("rewrite") });
    const first = routes.findIndex((other) => isSameRoute(other, routes[index] ?? other));
    if (first === index) return;
    report.add("LK1708", `the route ${path} is there twice`, {
      at: at("path"),
      notes: [{ message: "first here", at: { declaration: id, path: ["routes", first, "path"] } }],
    });
  });
}

/** Whether a request could take either, without either being the better one. */
function isSameRoute(a: ReadRoute, b: ReadRoute): boolean {
  if (a.path === undefined || b.path === undefined || anonymousPath(a.path) !== anonymousPath(b.path))
    return false;
  if (a.methods === undefined || b.methods === undefined) return a.methods === b.methods;
  return a.methods.some((method) => b.methods?.includes(method));
}

function checkHealth({ id, options }: BackendRow, report: Report): void {
  const { health } = options;
  if (health === undefined) return;
  const at = (name: string): Spot => ({ declaration: id, path: ["health", name] });
  const { path, status, every = defaultHealth.every, timeout = 0 } = health;
  const problem = path === undefined ? undefined : basePathProblem(path === "/" ? "/x" : path);
  if (problem !== undefined) report.add("LK1701", `path ${problem}`, { at: at("path") });
  if (timeout > every) report.add("LK1327", "timeout is longer than every", { at: at("timeout") });
  const [from, to] = status ?? defaultHealth.status;
  if (status !== undefined && (status.length !== 2 || from === undefined || to === undefined || from > to))
    report.add("LK1102", "status takes the first and the last status of a good answer", { at: at("status") });
}
