import type { Artifact } from "../artifact/artifact.ts";
import { decodeIdSet, hasId } from "../artifact/grant.ts";
import type { OfferKind } from "../artifact/offer-kind.ts";
import type { GrantRow, UseRow } from "../overlay/rows.ts";
import type { OpenUse } from "./open-uses.ts";

/** What a key may reach, decoded once for all keys that share it. */
export interface Grant {
  readonly id: number;
  readonly models: Uint32Array;
  readonly endpoints: Uint32Array;
  readonly backends: Uint32Array;
  /** Finds the service that a call counts for. */
  readonly services: GrantedServices;
  /** Body of `GET /v1/models`, made when first asked for. */
  modelList?: Uint8Array<ArrayBuffer>;
}

/** Services by what they open to the holders of a grant. */
export class GrantedServices {
  readonly #artifact: Artifact;
  readonly #uses: readonly OpenUse[];
  readonly #names: Partial<Record<OfferKind, Map<number, string | null>>> = {};

  constructor(artifact: Artifact, uses: readonly OpenUse[]) {
    this.#artifact = artifact;
    this.#uses = uses;
  }

  /** Name of the first service that opens something; null: none does. */
  nameOf(kind: OfferKind, id: number): string | null {
    this.#names[kind] ??= new Map();
    const names = this.#names[kind];
    const known = names.get(id);
    if (known !== undefined) return known;
    const use = this.#uses.find((one) => hasId(one[kind], id));
    const name = use === undefined ? null : (this.#artifact.services[use.service]?.name ?? null);
    names.set(id, name);
    return name;
  }
}

/** Makes a grant ready for requests. @param open opens one use, see `OpenUses` */
export function openGrant(
  artifact: Artifact,
  { id, uses: rows }: GrantRow,
  open: (row: UseRow) => OpenUse,
): Grant {
  const uses = rows.map(open);
  return {
    id,
    models: union(uses, "models", artifact.models.length),
    endpoints: union(uses, "endpoints", artifact.endpoints.length),
    backends: union(uses, "backends", artifact.backends.length),
    services: new GrantedServices(artifact, uses),
  };
}

function union(uses: readonly OpenUse[], kind: OfferKind, size: number): Uint32Array {
  const all = decodeIdSet("", size);
  for (const { [kind]: words } of uses) {
    for (let at = 0; at < words.length; at++) all[at] = (all[at] ?? 0) | (words[at] ?? 0);
  }
  return all;
}
