import type { Artifact } from "../artifact/artifact.ts";
import { decodeIdSet, hasId } from "../artifact/grant.ts";
import type { GrantRow, UseRow } from "../overlay/rows.ts";

/** Kinds of what a grant opens. */
export type GrantedKind = "models" | "endpoints" | "backends";

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
  readonly #uses: readonly UseRow[];
  readonly #names: Readonly<Record<GrantedKind, Map<number, string | null>>> = {
    models: new Map(),
    endpoints: new Map(),
    backends: new Map(),
  };

  constructor(artifact: Artifact, uses: readonly UseRow[]) {
    this.#artifact = artifact;
    this.#uses = uses;
  }

  /** Name of the first service that opens something; null: none does. */
  nameOf(kind: GrantedKind, id: number): string | null {
    const known = this.#names[kind].get(id);
    if (known !== undefined) return known;
    const size = this.#artifact[kind].length;
    const use = this.#uses.find((row) => hasId(decodeIdSet(row[kind], size), id));
    const name = use === undefined ? null : (this.#artifact.services[use.service]?.name ?? null);
    this.#names[kind].set(id, name);
    return name;
  }
}

/** Makes a grant ready for requests. */
export function openGrant(artifact: Artifact, { id, uses }: GrantRow): Grant {
  return {
    id,
    models: union(uses, "models", artifact.models.length),
    endpoints: union(uses, "endpoints", artifact.endpoints.length),
    backends: union(uses, "backends", artifact.backends.length),
    services: new GrantedServices(artifact, uses),
  };
}

function union(uses: readonly UseRow[], kind: GrantedKind, size: number): Uint32Array {
  const all = decodeIdSet("", size);
  for (const row of uses) {
    if (row[kind] === "") continue;
    for (const [at, word] of decodeIdSet(row[kind], size).entries()) all[at] = ((all[at] ?? 0) | word) >>> 0;
  }
  return all;
}
