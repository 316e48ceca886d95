import type { Artifact } from "../../artifact/artifact.ts";
import { decodeIdSet, hasId } from "../../artifact/grant.ts";
import { isCountedOnly, namesText } from "./words.ts";

/** What the holder of a grant may call: names in their order, each once. */
export interface Reach {
  readonly models: readonly string[];
  readonly endpoints: readonly string[];
  readonly backends: readonly string[];
}

/** What grants reach, by id; each is decoded once. */
export type ReachReader = (grant: number) => Reach;

/** Reads the grants of an artifact, whose models, endpoints and backends have these names. */
export function createReachReader(
  { grants }: Artifact,
  modelNames: readonly string[],
  endpointNames: readonly string[],
  backendNames: readonly string[],
): ReachReader {
  const readModels = createSetReader(modelNames);
  const readEndpoints = createSetReader(endpointNames);
  const readBackends = createSetReader(backendNames);
  const known = new Map<number, Reach>();
  return (grant) => {
    const { models = "", endpoints = "", backends = "" } = grants[grant] ?? {};
    const reach = known.get(grant) ?? {
      models: readModels(models),
      endpoints: readEndpoints(endpoints),
      backends: readBackends(backends),
    };
    known.set(grant, reach);
    return reach;
  };
}

/** What one reach holds and another does not. */
export function withoutReach(a: Reach, b: Reach): Reach {
  return {
    models: without(a.models, b.models),
    endpoints: without(a.endpoints, b.endpoints),
    backends: without(a.backends, b.backends),
  };
}

/** `model fast and endpoint sentiment v1`, or `nothing`. */
export function reachText({ models, endpoints, backends }: Reach): string {
  const parts = [
    models.length === 0 ? "" : namesText("model", models),
    endpoints.length === 0 ? "" : namesText("endpoint", endpoints),
    backends.length === 0 ? "" : namesText("backend", backends),
  ];
  return parts.filter((part) => part !== "").join(" and ") || "nothing";
}

/** The names that `reachText` only counts. */
export function reachDetails({ models, endpoints, backends }: Reach): readonly string[] {
  return [
    ...(isCountedOnly(models) ? models.map((name) => `model ${name}`) : []),
    ...(isCountedOnly(endpoints) ? endpoints.map((name) => `endpoint ${name}`) : []),
    ...(isCountedOnly(backends) ? backends.map((name) => `backend ${name}`) : []),
  ];
}

/** Names of the ids in a set; sorted here, once for all sets. Several versions of an endpoint share a name. */
function createSetReader(names: readonly string[]): (hex: string) => readonly string[] {
  const rows = names.map((name, id) => ({ name, id })).sort((a, b) => (a.name < b.name ? -1 : 1));
  return (hex) => {
    const words = decodeIdSet(hex, names.length);
    const found: string[] = [];
    for (const { name, id } of rows) if (hasId(words, id) && found.at(-1) !== name) found.push(name);
    return found;
  };
}

/** Both lists are sorted, so that one walk along both will do. */
function without(a: readonly string[], b: readonly string[]): readonly string[] {
  let at = 0;
  return a.filter((name) => {
    while (at < b.length && (b[at] ?? "") < name) at++;
    return b[at] !== name;
  });
}
