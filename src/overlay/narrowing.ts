import type { ArtifactKeyScope } from "../artifact/artifact.ts";
import { coversVersion } from "../artifact/named-version.ts";
import type { OfferKind } from "../artifact/offer-kind.ts";
import type { KeyScopeBody } from "../stores/records/key-record.ts";
import type { SubscriptionTerms } from "../stores/records/subscription-record.ts";
import type { ArtifactIndex } from "./artifact-index.ts";

/** What is left of an offer, as ids by kind. A set that is null narrows nothing; an empty one leaves nothing. */
export type Narrowing = Readonly<Record<OfferKind, ReadonlySet<number> | null>>;

/** What a key narrows of what its application reaches. */
export interface ScopeNarrowing extends Narrowing {
  readonly services: ReadonlySet<number> | null;
}

/** What most uses narrow. */
export const narrowsNothing: Narrowing = { models: null, endpoints: null, backends: null };

/** Reads what a declared key narrows. */
export function narrowingOfDeclared(scope: ArtifactKeyScope | null): ScopeNarrowing {
  const setOf = (ids: readonly number[] | null | undefined): ReadonlySet<number> | null =>
    ids === null || ids === undefined ? null : new Set(ids);
  return {
    services: setOf(scope?.services),
    models: setOf(scope?.models),
    endpoints: setOf(scope?.endpoints),
    backends: setOf(scope?.backends),
  };
}

/** Reads what a key on record narrows. A name that the artifact does not have opens nothing. */
export function narrowingOfScope(index: ArtifactIndex, scope: KeyScopeBody): ScopeNarrowing {
  const services = scope.services?.flatMap((name) => index.services.get(name) ?? []);
  return { ...narrowingOfTerms(index, scope), services: services === undefined ? null : new Set(services) };
}

/** Reads what the terms of a subscription narrow of its service. */
export function narrowingOfTerms(index: ArtifactIndex, terms: Pick<SubscriptionTerms, OfferKind>): Narrowing {
  if (terms.models === null && terms.endpoints === null && terms.backends === null) return narrowsNothing;
  const setOf = (kind: OfferKind): ReadonlySet<number> | null => {
    const names = terms[kind];
    return names === null ? null : new Set(names.flatMap((name) => coveredIds(index, kind, name)));
  };
  return { models: setOf("models"), endpoints: setOf("endpoints"), backends: setOf("backends") };
}

/** Ids of what a name covers, see `coversVersion`. */
function coveredIds(
  { artifact, offers }: ArtifactIndex,
  kind: OfferKind,
  written: string,
): readonly number[] {
  const at = written.indexOf("@");
  if (kind === "models" || at === -1) return offers[kind].get(written) ?? [];
  const versions = offers[kind].get(written.slice(0, at)) ?? [];
  return versions.filter((id) => {
    const row = artifact[kind][id];
    return row !== undefined && coversVersion(written, row);
  });
}
