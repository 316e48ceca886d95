import { encodedHasId } from "../artifact/grant.ts";
import type { OfferKind } from "../artifact/offer-kind.ts";
import type { ArtifactIndex } from "./artifact-index.ts";
import type { NamedReach } from "./overlay-view.ts";
import type { UseRow } from "./rows.ts";

/** What uses open together, by names in the order of the artifact; versions as `name@version`. */
export function reachNames({ artifact }: ArtifactIndex, uses: readonly UseRow[]): NamedReach {
  const names = (kind: OfferKind): readonly string[] => {
    const rows: readonly { readonly name: string; readonly version?: string }[] = artifact[kind];
    return rows
      .filter((_, id) => uses.some((use) => encodedHasId(use[kind], id)))
      .map(({ name, version }) => (version === undefined ? name : `${name}@${version}`));
  };
  return { models: names("models"), endpoints: names("endpoints"), backends: names("backends") };
}

/** What the one opens that the other does not. */
export function reachBeyond(one: NamedReach, other: NamedReach): NamedReach {
  const beyond = (kind: OfferKind): readonly string[] => {
    const known = new Set(other[kind]);
    return one[kind].filter((name) => !known.has(name));
  };
  return { models: beyond("models"), endpoints: beyond("endpoints"), backends: beyond("backends") };
}
