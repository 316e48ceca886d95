import type { ArtifactKeyPolicy } from "../../artifact/artifact.ts";
import { formatDuration } from "../../kernel/duration.ts";
import type { Statement } from "./finding.ts";
import { isSame } from "./match.ts";
import { arrow } from "./words.ts";

/** What changes in what a tenant's keys may be. Keys that work go on to work: it is asked of new ones. */
export function diffKeyPolicy(before: ArtifactKeyPolicy, after: ArtifactKeyPolicy): readonly Statement[] {
  const isWider =
    (after.maxPerApp ?? Number.POSITIVE_INFINITY) > (before.maxPerApp ?? Number.POSITIVE_INFINITY) ||
    (after.maxLifetimeMs ?? Number.POSITIVE_INFINITY) > (before.maxLifetimeMs ?? Number.POSITIVE_INFINITY) ||
    allowsMore(before.environments, after.environments) ||
    (before.namePattern !== null && before.namePattern !== after.namePattern) ||
    (after.allowUnscoped && !before.allowUnscoped);
  const fields = [
    ["keys per application", countText(before.maxPerApp), countText(after.maxPerApp)],
    ["longest life of keys", lifeText(before.maxLifetimeMs), lifeText(after.maxLifetimeMs)],
    ["environments of keys", listText(before.environments), listText(after.environments)],
    ["names of keys", before.namePattern ?? "any", after.namePattern ?? "any"],
    ["keys without a scope", scopeText(before), scopeText(after)],
    ["warning of keys", formatDuration(before.warnBeforeMs), formatDuration(after.warnBeforeMs)],
  ] as const;
  const changed = fields.filter(([, old, current]) => !isSame(old, current));
  return changed.map(([words, old, current]) => ({
    kind: "key-policy-changed",
    effect: isWider && words !== "warning of keys" ? "widening" : "safe",
    message: `${words} ${arrow(old, current)}`,
  }));
}

function allowsMore(before: readonly string[] | null, after: readonly string[] | null): boolean {
  if (before === null) return false;
  return after === null || after.some((name) => !before.includes(name));
}

function countText(count: number | null): string {
  return count === null ? "any number" : String(count);
}

function lifeText(ms: number | null): string {
  return ms === null ? "unbounded" : formatDuration(ms);
}

function listText(names: readonly string[] | null): string {
  if (names === null) return "any";
  return names.toSorted().join(", ") || "none";
}

function scopeText({ allowUnscoped }: ArtifactKeyPolicy): string {
  return allowUnscoped ? "allowed" : "refused";
}
