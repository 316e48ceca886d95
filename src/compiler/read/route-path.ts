/** Paths of the gateway's own, as first segments. */
const RESERVED: ReadonlySet<string> = new Set([
  "v1",
  "v1beta",
  "api",
  "admin",
  "portal",
  "healthz",
  "readyz",
  "metrics",
  "openapi.json",
]);

const SEGMENT = /^(?:[A-Za-z0-9._~!$&'()+,=:@-]|%[0-9A-F]{2})+$/;
const PARAMETER = /^\{([A-Za-z_][A-Za-z0-9_.-]{0,63})\}$/;

/** What is wrong with a base path; undefined: nothing. */
export function basePathProblem(path: string): string | undefined {
  if (!path.startsWith("/")) return "does not begin with a slash";
  if (path === "/") return "is the root, which the gateway keeps for itself";
  if (path.endsWith("/")) return "ends with a slash";
  return segmentsProblem(path.slice(1).split("/"));
}

/** Whether a base path, whatever its capital letters, lies among the gateway's own paths. */
export function isReservedPath(path: string): boolean {
  return RESERVED.has((path.split("/")[1] ?? "").toLowerCase());
}

/** What is wrong with the path of a route, which may have parameters and end in `*`; undefined: nothing. */
export function routePathProblem(path: string): string | undefined {
  if (!path.startsWith("/")) return "does not begin with a slash";
  if (path === "/") return undefined;
  const segments = path.slice(1).split("/");
  if (segments.at(-1) === "") segments.pop();
  const fixed = segments.filter((segment, index) => {
    const isEnd = segment === "*" && index === segments.length - 1;
    return !isEnd && !PARAMETER.test(segment);
  });
  const names = parameterNames(path);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return `names the parameter ${twice} twice`;
  return segmentsProblem(fixed);
}

/** What is wrong with a path that a route is rewritten to; undefined: nothing. */
export function rewriteProblem(path: string, rewrite: string): string | undefined {
  const problem = routePathProblem(rewrite);
  if (problem !== undefined) return problem;
  const known = parameterNames(path);
  const unknown = parameterNames(rewrite).find((name) => !known.includes(name));
  if (unknown !== undefined) return `names the parameter ${unknown}, which its path does not have`;
  if (rewrite.endsWith("/*") && !path.endsWith("/*")) return "ends in *, and its path does not";
  return undefined;
}

/** Names of the parameters in a path. */
export function parameterNames(path: string): readonly string[] {
  return path.split("/").flatMap((segment) => PARAMETER.exec(segment)?.[1] ?? []);
}

/** A path whose parameters have no names: two routes with the same are the same. */
export function anonymousPath(path: string): string {
  return path
    .split("/")
    .map((segment) => (PARAMETER.test(segment) ? "{}" : segment))
    .join("/");
}

function segmentsProblem(segments: readonly string[]): string | undefined {
  for (const segment of segments) {
    if (segment === "") return "has two slashes in a row";
    if (segment === "." || segment === ".." || /%2e|%2f|%5c|%00/i.test(segment))
      return `has the segment ${segment}`;
    if (segment.includes("*")) return "has a * elsewhere than alone at its end";
    if (/[{}]/.test(segment)) return `has a brace in the segment ${segment}, which is no {name} alone`;
    if (!SEGMENT.test(segment)) return `has the segment ${segment}, with characters that paths do not have`;
  }
  return undefined;
}
