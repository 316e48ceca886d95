import type { Artifact } from "../artifact/artifact.ts";
import { encodeIdSet } from "../artifact/grant.ts";
import type { OfferKind } from "../artifact/offer-kind.ts";
import type { UseRow } from "./rows.ts";

/**
 * All that a service opens. Nearly every use opens just that, so that applications and their keys share one row for it:
 * a million subscriptions to a thousand services take a thousand rows.
 */
export interface WholeService {
  /** To the applications of the service's owner, which may call drafts. */
  readonly toOwner: UseRow;
  /** To others; the same row where there are no drafts. */
  readonly toOthers: UseRow;
}

/** What the services of an artifact open, by their ids. */
export function wholeServices(artifact: Artifact): readonly WholeService[] {
  return artifact.services.map((_, service) => {
    const toOwner = wholeRow(artifact, service, true);
    const toOthers = wholeRow(artifact, service, false);
    const isSame = toOwner.endpoints === toOthers.endpoints && toOwner.backends === toOthers.backends;
    return { toOwner, toOthers: isSame ? toOwner : toOthers };
  });
}

/** What a service offers: drafts are for the applications of its owner alone. */
export function offered(
  artifact: Artifact,
  service: number,
  kind: OfferKind,
  isOwner: boolean,
): readonly number[] {
  const ids = artifact.services[service]?.[kind] ?? [];
  if (kind === "models" || isOwner) return ids;
  return ids.filter((id) => artifact[kind][id]?.status !== "draft");
}

function wholeRow(artifact: Artifact, service: number, isOwner: boolean): UseRow {
  const ids = (kind: OfferKind): string => encodeIdSet(offered(artifact, service, kind, isOwner));
  return { service, models: ids("models"), endpoints: ids("endpoints"), backends: ids("backends") };
}
