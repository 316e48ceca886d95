import type { Routed } from "../runtime/pipeline.ts";
import { errorResponder } from "./error-response.ts";
import type { RouteRow } from "./route-table.ts";

/** Finds the route of a request. */
export type Router = (method: string, path: string) => Routed | undefined;

interface Pattern extends Routed {
  readonly method: string;
  readonly pattern: RegExp;
}

/**
 * What no plain path has: dot segments, written or encoded, empty segments, back-slashes, and whatever is no visible
 * ASCII. Another reader of the path could take it for another one.
 */
const ODD = /\/\/|\\|%5c|\/(?:\.|%2e){1,2}(?=\/|$)|[^\x21-\x7e]|#/i;

/** Whether there is only one way to read a path. */
export function isPlainPath(path: string): boolean {
  return !ODD.test(path);
}

/** Tables out of the rows: literal paths are found by themselves, the others by what stands before their first parameter. */
export function createRouter(rows: readonly RouteRow[]): Router {
  const literals = new Map<string, Map<string, Routed>>();
  const groups = new Map<string, Pattern[]>();
  for (const { method, path, pattern, route, teller } of rows) {
    const routed = { route, respond: errorResponder(teller), tellRate: teller.tellRate };
    const parameter = path.indexOf(":");
    if (parameter < 0) {
      const methods = literals.get(path) ?? new Map<string, Routed>();
      literals.set(path, methods.set(method, routed));
    } else {
      const prefix = path.slice(0, parameter);
      const group = groups.get(prefix) ?? [];
      groups.set(prefix, group);
      group.push({ ...routed, method, pattern });
    }
  }
  const patterns = [...groups];
  return (asked, path) => {
    // What can be read can be asked for its head alone (RFC 9110, 9.3.2); the front leaves the body out.
    const method = asked === "HEAD" ? "GET" : asked;
    const literal = literals.get(path)?.get(method);
    if (literal !== undefined) return literal;
    for (const [prefix, group] of patterns) {
      if (!path.startsWith(prefix)) continue;
      const found = group.find((row) => row.method === method && row.pattern.test(path));
      if (found !== undefined && isPlainPath(path)) return found;
    }
    return undefined;
  };
}
