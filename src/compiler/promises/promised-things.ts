import type { Artifact } from "../../artifact/artifact.ts";
import { coversVersion } from "../../artifact/named-version.ts";
import { type OfferKind, offerKinds } from "../../artifact/offer-kind.ts";
import type { KnownTerms } from "./predecessor.ts";

/** What callers address: a model, or a major version of an endpoint or a backend. */
export interface Thing {
  readonly kind: OfferKind;
  readonly name: string;
  /** Null for a model. */
  readonly major: number | null;
}

/** An artifact as those see it who use services that are not their own. */
export interface PromiseIndex {
  readonly artifact: Artifact;
  /** Ids of services by name. */
  readonly services: ReadonlyMap<string, number>;
  /** Ids of things by `thingKey`. */
  readonly things: ReadonlyMap<string, number>;
  /** What services promise to those who narrow nothing, as far as somebody has asked. */
  readonly promised: Map<string, readonly Thing[]>;
}

/** Indexes an artifact. */
export function indexPromises(artifact: Artifact): PromiseIndex {
  const things = offerKinds.flatMap((kind) =>
    artifact[kind].map((_, id) => [thingKey(thingAt(artifact, kind, id)), id] as const),
  );
  return {
    artifact,
    services: new Map(artifact.services.map(({ name }, id) => [name, id])),
    things: new Map(things),
    promised: new Map(),
  };
}

/** One text for a thing; names hold no blanks. */
export function thingKey({ kind, name, major }: Thing): string {
  return `${kind} ${name} ${major ?? ""}`;
}

/** The thing of a row. */
export function thingAt(artifact: Artifact, kind: OfferKind, id: number): Thing {
  const row: { readonly name: string; readonly major?: number } | undefined = artifact[kind][id];
  return { kind, name: row?.name ?? "", major: row?.major ?? null };
}

/** Whether what stands in a row answers its callers. */
export function isServed(artifact: Artifact, kind: OfferKind, id: number): boolean {
  if (kind === "models") return artifact.models[id] !== undefined;
  const status = artifact[kind][id]?.status;
  return status === "published" || status === "deprecated";
}

/**
 * What a service opens to a tenant's applications; drafts to those of its owner only, which is no promise.
 * @param terms null: they narrow nothing
 */
export function openedTo(
  index: PromiseIndex,
  tenant: string,
  service: string,
  terms: KnownTerms | null,
): readonly Thing[] {
  const drafts = ownerOf(index, service) === tenant;
  const isNarrowed = terms !== null && offerKinds.some((kind) => terms[kind] !== null);
  if (isNarrowed || drafts) return offersOf(index, service, terms, drafts);
  const known = index.promised.get(service) ?? offersOf(index, service, null, false);
  index.promised.set(service, known);
  return known;
}

/** Name of the tenant that owns a service. */
export function ownerOf({ artifact, services }: PromiseIndex, service: string): string | undefined {
  const row = artifact.services[services.get(service) ?? -1];
  return row && artifact.tenants[row.owner]?.name;
}

function offersOf(
  { artifact, services }: PromiseIndex,
  service: string,
  terms: KnownTerms | null,
  drafts: boolean,
): readonly Thing[] {
  const row = artifact.services[services.get(service) ?? -1];
  if (row === undefined) return [];
  const isOpen = (kind: OfferKind, id: number): boolean =>
    isServed(artifact, kind, id) || (drafts && kind !== "models" && artifact[kind][id]?.status === "draft");
  return offerKinds.flatMap((kind) =>
    row[kind]
      .filter((id) => isOpen(kind, id) && isLeft(artifact, kind, id, terms))
      .map((id) => thingAt(artifact, kind, id)),
  );
}

/** Whether the terms of a subscription leave something; they name versions as `name` or `name@version`. */
function isLeft(artifact: Artifact, kind: OfferKind, id: number, terms: KnownTerms | null): boolean {
  const names = terms?.[kind] ?? null;
  if (names === null) return true;
  const row: { readonly name: string; readonly version?: string } | undefined = artifact[kind][id];
  if (row === undefined) return false;
  const versioned = { name: row.name, version: row.version ?? null };
  return names.some((name) => coversVersion(name, versioned));
}

/** Whether a tenant may subscribe to a service. */
export function sees({ artifact, services }: PromiseIndex, tenant: string, service: string): boolean {
  const row = artifact.services[services.get(service) ?? -1];
  if (row === undefined) return false;
  const nameOf = (id: number): string | undefined => artifact.tenants[id]?.name;
  return row.visibleTo === null || [row.owner, ...row.visibleTo].some((id) => nameOf(id) === tenant);
}
