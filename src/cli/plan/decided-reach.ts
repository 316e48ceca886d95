import type { Artifact } from "../../artifact/artifact.ts";
import type { DecidedReach, HeldSubscription } from "../../compiler/diff/decided-reach.ts";
import type { DecidedArtifact } from "../../compiler/diff/plan-change.ts";
import type { Reach } from "../../compiler/diff/reach.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Decisions } from "../../overlay/decisions.ts";
import { Overlay, type OverlayKey } from "../../overlay/overlay.ts";
import type { NamedReach } from "../../overlay/overlay-view.ts";
import { reachNames } from "../../overlay/reach-names.ts";
import { usesOf } from "../../overlay/uses.ts";

const nothing: Reach = { models: [], endpoints: [], backends: [] };

/**
 * An artifact with the decisions laid over it, in the words of a plan: the same that serving threads go by. Keys that have
 * expired reach nothing any more and are left out.
 */
export function decideArtifact(artifact: Artifact, decisions: Decisions, clock: Clock): DecidedArtifact {
  const overlay = new Overlay(artifact, decisions, clock);
  const reachOf = createKeyReader(overlay);
  const nowMs = clock.now();
  const keys = [...overlay.keys()].filter(({ row }) => row.expiresAtMs === null || nowMs < row.expiresAtMs);
  const declared = new Map(
    keys.filter(({ known }) => known === "declared").map((key) => [key.reference, reachOf(key)]),
  );
  const reach: DecidedReach = {
    app: (tenant, app) => majorsOf(overlay.reach({ tenant, app })),
    key: (tenant, app, key) => declared.get(`${tenant}/${app}/${key}`) ?? nothing,
    issued: keys
      .filter(({ known }) => known === "issued")
      .map((key) => ({ id: key.reference, tenant: key.tenant, app: key.app, reach: reachOf(key) })),
    subscriptions: [...heldSubscriptions(overlay, decisions, nowMs)],
  };
  return { artifact, reach };
}

/** Keys of one grant have the same answer, as one object. */
function createKeyReader(overlay: Overlay): (key: OverlayKey) => Reach {
  const byGrant = new Map<number, Reach>();
  return (key) => {
    const known = byGrant.get(key.row.grant) ?? majorsOf(reachNames(overlay.index, overlay.usesOf(key)));
    byGrant.set(key.row.grant, known);
    return known;
  };
}

/** Callers address major versions: a new minor one takes nothing away. */
function majorsOf({ models, endpoints, backends }: NamedReach): Reach {
  return { models: models.toSorted(), endpoints: byMajor(endpoints), backends: byMajor(backends) };
}

function byMajor(names: readonly string[]): readonly string[] {
  return [...new Set(names.map((name) => name.replace(/@(\d+).*$/, " v$1")))].sort();
}

function* heldSubscriptions(
  { index }: Overlay,
  decisions: Decisions,
  nowMs: number,
): Generator<HeldSubscription> {
  for (const [name, app] of index.apps) {
    const [tenant = "", appName = ""] = name.split("\0");
    for (const { service, subscription } of usesOf(index, app, decisions.subscriptionsOf(name), nowMs)) {
      if (subscription === null) continue;
      const named = { tenant, app: appName, service: index.artifact.services[service]?.name ?? "" };
      yield { id: subscription, ...named };
    }
  }
}
