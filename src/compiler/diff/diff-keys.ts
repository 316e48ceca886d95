import type { ArtifactKey } from "../../artifact/artifact.ts";

import { diffPolicy } from "./diff-policy.ts";
import { about, type Finding, type Statement } from "./finding.ts";
import { isSame, matchRows } from "./match.ts";
import type { NamedApp, NamedArtifact } from "./named-artifact.ts";
import { areCovered } from "./networks.ts";
import type { Effect } from "./plan-report.ts";
import { withReach } from "./reach-statement.ts";
import { arrow } from "./words.ts";

const MS_PER_DAY = 86_400_000;

/** What changes in one application's keys, besides what they may call. */
export function diffKeys(
  before: NamedApp | undefined,
  after: NamedApp | undefined,
  artifact: NamedArtifact,
): readonly Finding[] {
  const path = (after ?? before)?.path ?? [];
  const { added, removed, kept } = matchRows(before?.keys ?? new Map(), after?.keys ?? new Map());
  return [
    ...added.flatMap(([name]) => about("key", [...path, name], addedKey(path, name, artifact))),
    ...removed.flatMap(([name]) =>
      about("key", [...path, name], [{ kind: "key-removed", effect: "breaking", message: "removed" }]),
    ),
    ...kept.flatMap(([name, old, key]) => about("key", [...path, name], diffKey(old, key))),
  ];
}

function addedKey(
  [tenant = "", app = ""]: readonly string[],
  name: string,
  { reach }: NamedArtifact,
): readonly Statement[] {
  const added = { kind: "key-added", effect: "widening", message: "added, may call" } as const;
  return [withReach(added, reach.key(tenant, app, name))];
}

function diffKey(before: ArtifactKey, after: ArtifactKey): readonly Statement[] {
  return [
    ...diffDigest(before, after),
    ...diffExpiry(before, after),
    ...diffNetworks(before, after),
    ...diffMethods(before, after),
    ...diffEnvironment(before, after),
    ...diffPolicy(before, after),
  ];
}

function diffDigest(before: ArtifactKey, after: ArtifactKey): readonly Statement[] {
  if (before.digest === after.digest) return [];
  const message = "replaced: the old key stops working and a new one starts";
  return [{ kind: "key-replaced", effect: "breaking", message }];
}

function diffExpiry(before: ArtifactKey, after: ArtifactKey): readonly Statement[] {
  const [old, current] = [
    before.expiresAtMs ?? Number.POSITIVE_INFINITY,
    after.expiresAtMs ?? Number.POSITIVE_INFINITY,
  ];
  if (old === current) return [];
  const [kind, effect]: readonly [string, Effect] =
    current < old ? ["key-expiry-shortened", "breaking"] : ["key-expiry-extended", "widening"];
  return [{ kind, effect, message: `last day ${arrow(lastDay(before), lastDay(after))}` }];
}

/** A key that expires at midnight was last good on the day before. */
function lastDay({ expiresAtMs }: ArtifactKey): string {
  if (expiresAtMs === null) return "none";
  const isMidnight = expiresAtMs % MS_PER_DAY === 0;
  const moment = new Date(isMidnight ? expiresAtMs - 1 : expiresAtMs);
  if (Number.isNaN(moment.getTime())) return "beyond all dates";
  return isMidnight ? moment.toISOString().slice(0, 10) : moment.toISOString();
}

function diffNetworks(before: ArtifactKey, after: ArtifactKey): readonly Statement[] {
  const [old, current] = [before.networks, after.networks];
  if (isSame(old?.toSorted(), current?.toSorted())) return [];
  const [isNarrower, isWider] = [!areCovered(old, current), !areCovered(current, old)];
  const message = `networks ${arrow(networksText(old), networksText(current))}`;
  if (isNarrower)
    return [
      { kind: isWider ? "key-networks-changed" : "key-networks-narrowed", effect: "breaking", message },
    ];
  return isWider ? [{ kind: "key-networks-widened", effect: "widening", message }] : [];
}

/** Methods that a key may use; a key that may only read has three. */
function diffMethods(before: ArtifactKey, after: ArtifactKey): readonly Statement[] {
  const [old, current] = [methodsOf(before), methodsOf(after)];
  if (isSame(old, current)) return [];
  const isNarrower = current !== null && (old === null || old.some((method) => !current.includes(method)));
  const message = `methods ${arrow(old?.join(", ") ?? "any", current?.join(", ") ?? "any")}`;
  return [{ kind: "key-methods-changed", effect: isNarrower ? "breaking" : "widening", message }];
}

const READING: readonly string[] = ["GET", "HEAD", "OPTIONS"];

function methodsOf({ scope }: ArtifactKey): readonly string[] | null {
  const methods = scope?.methods?.toSorted() ?? null;
  if (scope?.readOnly !== true) return methods;
  return methods === null ? READING : methods.filter((method) => READING.includes(method));
}

function diffEnvironment(before: ArtifactKey, after: ArtifactKey): readonly Statement[] {
  if (before.environment === after.environment) return [];
  const message = `environment ${arrow(before.environment ?? "none", after.environment ?? "none")}`;
  return [{ kind: "key-environment-changed", effect: "widening", message }];
}

function networksText(networks: readonly string[] | null): string {
  if (networks === null) return "any";
  return networks.length === 0 ? "none" : networks.toSorted().join(", ");
}
