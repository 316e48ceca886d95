import type { Artifact } from "../artifact/artifact.ts";
import { encodeIdSet } from "../artifact/grant.ts";
import type { ArtifactIndex, OfferKind } from "./artifact-index.ts";
import type { ScopeNarrowing } from "./narrowing.ts";
import type { UseRow } from "./rows.ts";
import type { Use } from "./uses.ts";

/** What of a key decides what it reaches. */
export interface KeyNarrowing {
  readonly scope: ScopeNarrowing;
  /** Null: none. */
  readonly environment: string | null;
}

/** A key of no environment that narrows nothing. */
export const anyKey: KeyNarrowing = {
  scope: { services: null, models: null, endpoints: null, backends: null },
  environment: null,
};

/** What a key reaches by the uses of its application, use by use; those that open nothing are left out. */
export function reachOf(
  index: ArtifactIndex,
  app: number,
  uses: readonly Use[],
  key: KeyNarrowing,
): readonly UseRow[] {
  return uses.flatMap((use) => {
    const row = useRow(index, app, use, key);
    return row.models === "" && row.endpoints === "" && row.backends === "" ? [] : [row];
  });
}

/** What one use opens to a key. */
export function useRow(index: ArtifactIndex, app: number, use: Use, key: KeyNarrowing): UseRow {
  const { service } = use;
  if (!appliesTo(use, key)) return { service, models: "", endpoints: "", backends: "" };
  const ids = (kind: OfferKind): string =>
    encodeIdSet(offered(index.artifact, app, service, kind).filter((id) => leaves(use, key, kind, id)));
  return { service, models: ids("models"), endpoints: ids("endpoints"), backends: ids("backends") };
}

/** Whether a use is one for keys like this at all. */
export function appliesTo({ service, environments }: Use, { scope, environment }: KeyNarrowing): boolean {
  if (scope.services?.has(service) === false) return false;
  return environments === null || (environment !== null && environments.has(environment));
}

/** Whether neither the use nor the key narrows something away. */
export function leaves(use: Use, { scope }: KeyNarrowing, kind: OfferKind, id: number): boolean {
  return use.narrowing[kind]?.has(id) !== false && scope[kind]?.has(id) !== false;
}

/** What a service offers to an application: drafts are for the applications of the service's owner alone. */
export function offered(
  artifact: Artifact,
  app: number,
  service: number,
  kind: OfferKind,
): readonly number[] {
  const row = artifact.services[service];
  if (row === undefined) return [];
  if (kind === "models" || row.owner === artifact.apps[app]?.tenant) return row[kind];
  return row[kind].filter((id) => artifact[kind][id]?.status !== "draft");
}
