import type { Artifact, ArtifactService } from "../artifact/artifact.ts";
import { coversVersion } from "../artifact/named-version.ts";
import type { OfferKind } from "../artifact/offer-kind.ts";
import { LatchkeyError } from "../kernel/error.ts";

/** Something that a service offers, one version of it. */
interface Offer {
  readonly name: string;
  /** Null: it has none. */
  readonly version: string | null;
  readonly isRetired: boolean;
}

/** What services offer, by kind. */
export type Offers = Readonly<Record<OfferKind, readonly Offer[]>>;

/** What services offer to the applications of a tenant: drafts to those of the owner alone. */
export function offersTo(artifact: Artifact, tenantId: number, services: readonly ArtifactService[]): Offers {
  const versions = (kind: "endpoints" | "backends"): readonly Offer[] =>
    services.flatMap((service) =>
      service[kind].flatMap((id) => {
        const row = artifact[kind][id];
        if (row === undefined || (row.status === "draft" && service.owner !== tenantId)) return [];
        return [{ name: row.name, version: row.version, isRetired: row.status === "retired" }];
      }),
    );
  const models = services.flatMap((service) =>
    service.models.map((id) => ({ name: artifact.models[id]?.name ?? "", version: null, isRetired: false })),
  );
  return { models, endpoints: versions("endpoints"), backends: versions("backends") };
}

/**
 * Checks names that somebody wrote against what is offered.
 * @param param path of the list that holds them
 * @param retired whether names of what is retired are taken
 * @throws LatchkeyError LK-2102 with the place of the first wrong one
 */
export function checkOffered(
  names: readonly string[] | null,
  offers: readonly Offer[],
  param: string,
  retired: "taken" | "refused",
): void {
  for (const [index, name] of (names ?? []).entries()) {
    const meant = offers.filter((offer) => coversVersion(name, offer));
    const at = { param: `${param}[${index}]` };
    if (meant.length === 0) throw new LatchkeyError("LK-2102", "Nothing of this name is offered here.", at);
    if (retired === "refused" && meant.every(({ isRetired }) => isRetired)) {
      throw new LatchkeyError("LK-2102", "This has been retired and cannot be asked for.", at);
    }
  }
}
