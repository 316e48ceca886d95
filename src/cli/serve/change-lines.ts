import type { Change, PlanReport } from "../../compiler/diff/plan-report.ts";
import type { Look, Paint } from "../../compiler/render/paint.ts";
import { plural } from "../text.ts";

/** Changes that are shown one by one; `plan` shows them all. */
const MOST_LINES = 12;

const LOOK: Readonly<Record<Change["effect"], Look>> = { breaking: "red", widening: "yellow", safe: "green" };

/** What changed, a line for each change, the worst ones first. */
export function changeLines({ changes }: PlanReport, paint: Paint): readonly string[] {
  const lines = changes
    .slice(0, MOST_LINES)
    .map(
      ({ effect, subject, message }) => `  ${paint(effect.padEnd(8), LOOK[effect])}  ${subject} ${message}`,
    );
  const rest = changes.length - lines.length;
  return rest > 0 ? [...lines, `  and ${plural(rest, "more change")}`] : lines;
}
