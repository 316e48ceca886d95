import type { Artifact } from "../artifact/artifact.ts";
import { createReport, type PlanReport } from "../compiler/diff/plan-report.ts";

export function diffArtifacts(_before: Artifact | null, _after: Artifact): PlanReport {
  return createReport([]);
}

export function renderPlan(report: PlanReport, _options: { colour: boolean; verbose: boolean }): string {
  return report.verdict;
}
