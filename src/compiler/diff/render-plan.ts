import { createPaint, type Look, type Paint } from "../render/paint.ts";
import { safeText } from "../render/safe-text.ts";
import { type Change, type Effect, effects, type PlanReport } from "./plan-report.ts";
import { countText, plural } from "./words.ts";

/** How a plan becomes text. */
export interface PlanRenderOptions {
  /** Whether to use terminal colours. */
  readonly colour: boolean;
  /** Whether to show every change and every line of its details. */
  readonly verbose: boolean;
}

interface Style {
  readonly sign: string;
  readonly look: Look;
  readonly heading: string;
}

const STYLES: Readonly<Record<Effect, Style>> = {
  breaking: { sign: "-", look: "red", heading: "Breaking: what worked may stop working" },
  widening: { sign: "+", look: "yellow", heading: "Widening: someone may reach, use or spend more" },
  safe: { sign: "~", look: "green", heading: "Safe" },
};

/** What the effects are, for people. */
export const effectHeadings: Readonly<Record<Effect, string>> = {
  breaking: STYLES.breaking.heading,
  widening: STYLES.widening.heading,
  safe: STYLES.safe.heading,
};

/** Shown at most unless everything is asked for. */
const MOST_CHANGES = 25;
const MOST_DETAILS = 6;
const MOST_COLUMNS = 160;

/** A plan as text for people, the worst first, ending in a line that counts. */
export function renderPlan(report: PlanReport, options: PlanRenderOptions): string {
  const paint = createPaint(options.colour);
  if (report.changes.length === 0) return `${paint("No change in effect", "bold")}\n`;
  const groups = effects.flatMap((effect) => {
    const changes = report.changes.filter((change) => change.effect === effect);
    return changes.length === 0 ? [] : [renderGroup(effect, changes, paint, options.verbose)];
  });
  return `${groups.join("\n\n")}\n\n${summary(report, paint)}\n`;
}

function renderGroup(effect: Effect, changes: readonly Change[], paint: Paint, verbose: boolean): string {
  const { heading, look } = STYLES[effect];
  const shown = verbose ? changes : changes.slice(0, MOST_CHANGES);
  const lines = shown.flatMap((change) => renderChange(change, paint, verbose));
  const rest = more(changes.length - shown.length, "change");
  return [paint(heading, "bold", look), ...lines, ...rest.map((line) => `  ${paint(line, "dim")}`)].join(
    "\n",
  );
}

function renderChange(change: Change, paint: Paint, verbose: boolean): readonly string[] {
  const { sign, look } = STYLES[change.effect];
  const { subject, message, details = [] } = change;
  const shown = verbose ? details : details.slice(0, MOST_DETAILS);
  return [
    `  ${paint(sign, "bold", look)} ${paint(safeText(subject), "bold")}: ${safeText(message)}`,
    ...shown.map((line) => `      ${paint(shorten(safeText(line), verbose), "dim")}`),
    ...more(details.length - shown.length, "line").map((line) => `      ${paint(line, "dim")}`),
  ];
}

function shorten(line: string, verbose: boolean): string {
  return verbose || line.length <= MOST_COLUMNS ? line : `${line.slice(0, MOST_COLUMNS - 1)}…`;
}

function more(count: number, noun: string): readonly string[] {
  return count > 0 ? [`… ${countText(count)} more ${count === 1 ? noun : `${noun}s`} (--verbose)`] : [];
}

/** `3 changes: 1 breaking, 2 safe`. */
export function summaryOf(report: PlanReport): string {
  return summary(report, (text) => text);
}

function summary({ changes }: PlanReport, paint: Paint): string {
  const counts = effects.flatMap((effect) => {
    const count = changes.filter((change) => change.effect === effect).length;
    return count === 0 ? [] : [paint(`${countText(count)} ${effect}`, "bold", STYLES[effect].look)];
  });
  return `${plural(changes.length, "change")}: ${counts.join(", ")}`;
}
