import { createPaint } from "../render/paint.ts";
import { safeText } from "../render/safe-text.ts";
import type { KeyEffect } from "./key-effects.ts";
import { groupKeys, type KeyGroup, someOf } from "./key-groups.ts";
import type { PlanRenderOptions } from "./render-plan.ts";
import { plural } from "./words.ts";

/** Shown at most unless everything is asked for. */
const MOST_GROUPS = 10;
const MOST_KEYS = 4;

/**
 * Which keys' calls a change concerns without their access being another: those whose limits change or whose calls may
 * break. What keys gain and lose is a change of its own. Empty where there are none.
 */
export function renderKeys(effects: readonly KeyEffect[], { colour, verbose }: PlanRenderOptions): string {
  const paint = createPaint(colour);
  const groups = groupKeys(effects.filter(({ limits, breaks }) => limits.length + breaks.length > 0));
  if (groups.length === 0) return "";
  const shown = verbose ? groups : groups.slice(0, MOST_GROUPS);
  const keys = groups.slice(shown.length).reduce((sum, group) => sum + group.keys.length, 0);
  const lines = shown.flatMap((group) =>
    renderGroup(group, verbose).map(([text, look]) => paint(text, look)),
  );
  const rest = keys === 0 ? [] : [`  ${paint(`… ${plural(keys, "more key")} (--verbose)`, "dim")}`];
  return `${[paint("Keys whose calls this concerns", "bold"), ...lines, ...rest].join("\n")}\n`;
}

function renderGroup(
  { keys, effect }: KeyGroup,
  verbose: boolean,
): readonly (readonly [string, "bold" | "dim"])[] {
  const names = someOf(keys, verbose ? keys.length : MOST_KEYS);
  return [
    [`  ${safeText(names)}`, "bold"],
    ...effect.limits.map((line) => [`      ${safeText(line)}`, "dim"] as const),
    ...effect.breaks.map((line) => [`      may break: ${safeText(line)}`, "dim"] as const),
  ];
}
