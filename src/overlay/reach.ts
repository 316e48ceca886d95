import { encodeIdSet } from "../artifact/grant.ts";
import { type OfferKind, offerKinds } from "../artifact/offer-kind.ts";
import type { ArtifactIndex } from "./artifact-index.ts";
import type { ScopeNarrowing } from "./narrowing.ts";
import type { UseRow } from "./rows.ts";
import type { Use } from "./uses.ts";
import { offered } from "./whole-service.ts";

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
  const all = index.whole[service];
  if (all === undefined || !appliesTo(use, key)) return { service, models: "", endpoints: "", backends: "" };
  const isOwner = index.artifact.services[service]?.owner === index.artifact.apps[app]?.tenant;
  const whole = isOwner ? all.toOwner : all.toOthers;
  if (offerKinds.every((kind) => isWhole(use, key, kind))) return whole;
  const ids = (kind: OfferKind): string =>
    isWhole(use, key, kind)
      ? whole[kind]
      : encodeIdSet(
          offered(index.artifact, service, kind, isOwner).filter((id) => leaves(use, key, kind, id)),
        );
  return { service, models: ids("models"), endpoints: ids("endpoints"), backends: ids("backends") };
}

/** Whether a use is one for keys like this at all. */
function appliesTo({ service, environments }: Use, { scope, environment }: KeyNarrowing): boolean {
  if (scope.services?.has(service) === false) return false;
  return environments === null || (environment !== null && environments.has(environment));
}

/** Whether neither the use nor the key narrows anything of a kind. */
function isWhole({ narrowing }: Use, { scope }: KeyNarrowing, kind: OfferKind): boolean {
  return narrowing[kind] === null && scope[kind] === null;
}

/** Whether neither the use nor the key narrows something away. */
function leaves(use: Use, { scope }: KeyNarrowing, kind: OfferKind, id: number): boolean {
  return use.narrowing[kind]?.has(id) !== false && scope[kind]?.has(id) !== false;
}
