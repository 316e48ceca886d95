import type { Artifact } from "../artifact/artifact.ts";
import { diffAccess } from "../compiler/diff/diff-access.ts";
import { foldFindings } from "../compiler/diff/finding.ts";
import { nameArtifact } from "../compiler/diff/named-artifact.ts";
import { type Change, createReport, type PlanReport } from "../compiler/diff/plan-report.ts";
import { createPaint } from "../compiler/render/paint.ts";
import { canonicalJson } from "../kernel/json.ts";
import { changeLines } from "./serve/change-lines.ts";

/**
 * What changes in effect between two artifacts: who may call what. Everything else that differs is one change
 * that has to be looked at, so that nothing passes unseen.
 */
export function diffArtifacts(before: Artifact | null, after: Artifact): PlanReport {
  if (before === null) return createReport([unexamined("is new as a whole")]);
  if (canonicalJson(before) === canonicalJson(after)) return createReport([]);
  const access = foldFindings(diffAccess(nameArtifact(before), nameArtifact(after)));
  return createReport([...access, unexamined("differs in ways that are not compared one by one")]);
}

/** A report as text. */
export function renderPlan(
  report: PlanReport,
  options: { readonly colour: boolean; readonly verbose: boolean },
): string {
  const lines = report.changes.flatMap((change) => [
    ...changeLines({ ...report, changes: [change] }, createPaint(options.colour)),
    ...(options.verbose ? (change.details ?? []).map((detail) => `            ${detail}`) : []),
  ]);
  return lines.length === 0 ? "No change in effect." : lines.join("\n");
}

function unexamined(message: string): Change {
  return { kind: "unexamined", subject: "gateway", effect: "widening", message };
}
