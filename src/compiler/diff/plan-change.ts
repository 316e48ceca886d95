import type { Artifact } from "../../artifact/artifact.ts";
import type { DecidedReach } from "./decided-reach.ts";
import { diffArtifacts, findingsBetween } from "./diff-artifacts.ts";
import { foldFindings } from "./finding.ts";
import { type KeyEffect, keyEffects } from "./key-effects.ts";
import { nameArtifact } from "./named-artifact.ts";
import { createReport, type PlanReport } from "./plan-report.ts";

/** A change with what it means to each key. */
export interface ChangePlan extends PlanReport {
  /** Every key that is concerned, declared ones and issued ones. */
  readonly keys: readonly KeyEffect[];
}

/** An artifact, and who reaches what by it. */
export interface DecidedArtifact {
  readonly artifact: Artifact;
  readonly reach: DecidedReach;
}

/**
 * Compares two artifacts in effect, with what was decided at run time laid over both. A first artifact has nobody to
 * concern.
 */
export function planChange(before: DecidedArtifact | null, after: DecidedArtifact): ChangePlan {
  if (before === null) return { ...diffArtifacts(null, after.artifact), keys: [] };
  const old = nameArtifact(before.artifact, before.reach);
  const current = nameArtifact(after.artifact, after.reach);
  const findings = findingsBetween(old, current);
  return { ...createReport(foldFindings(findings)), keys: keyEffects(old, current, findings) };
}
