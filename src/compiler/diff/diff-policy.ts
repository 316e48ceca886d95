import type { ArtifactBudget, ArtifactLimit } from "../../artifact/artifact.ts";
import { formatDuration } from "../../kernel/duration.ts";
import { formatMoney } from "../../kernel/money.ts";
import type { Statement } from "./finding.ts";
import { isSame } from "./match.ts";
import type { Effect } from "./plan-report.ts";
import { arrow, plural } from "./words.ts";

/** Limits and budget of one subject. */
export interface Policy {
  readonly limits: readonly ArtifactLimit[];
  readonly budget: ArtifactBudget | null;
}

/** What changes in a subject's limits and budget: tighter ones may refuse calls, looser ones let more through. */
export function diffPolicy(before: Policy, after: Policy): readonly Statement[] {
  return [...diffLimits(before.limits, after.limits), ...diffBudget(before.budget, after.budget)];
}

function diffLimits(before: readonly ArtifactLimit[], after: readonly ArtifactLimit[]): readonly Statement[] {
  const [old, current] = [Map.groupBy(before, countsOf), Map.groupBy(after, countsOf)];
  const counted = [...new Set([...old.keys(), ...current.keys()])];
  return counted.flatMap((counts) => diffCounted(old.get(counts) ?? [], current.get(counts) ?? []));
}

/** Limits on the same thing. One for one they are compared even where the window differs; else by their window. */
function diffCounted(
  before: readonly ArtifactLimit[],
  after: readonly ArtifactLimit[],
): readonly Statement[] {
  const [old, current] = [before[0], after[0]];
  if (before.length === 1 && after.length === 1 && old && current) return diffLimit(old, current);
  const [tightest, newTightest] = [tightestByWindow(before), tightestByWindow(after)];
  const windows = [...new Set([...tightest.keys(), ...newTightest.keys()])];
  return windows.flatMap((window) => diffLimit(tightest.get(window), newTightest.get(window)));
}

function countsOf({ counts }: ArtifactLimit): string {
  return counts;
}

function tightestByWindow(limits: readonly ArtifactLimit[]): ReadonlyMap<number | null, ArtifactLimit> {
  const tightest = new Map<number | null, ArtifactLimit>();
  for (const limit of limits) {
    const known = tightest.get(limit.windowMs);
    if (known === undefined || limit.limit < known.limit) tightest.set(limit.windowMs, limit);
  }
  return tightest;
}

function diffLimit(
  before: ArtifactLimit | undefined,
  after: ArtifactLimit | undefined,
): readonly Statement[] {
  if (isSame(before, after)) return [];
  const burst = compare(before?.limit, after?.limit);
  const rate = compare(rateOf(before), rateOf(after));
  const [tightened, loosened] = [burst < 0 || rate < 0, burst > 0 || rate > 0];
  const message = `limit ${arrow(limitText(before), limitText(after))}`;
  return [statement("limit", message, tightened, loosened)];
}

/** How the second of two bounds is against the first; none is the loosest. */
function compare(before = Number.POSITIVE_INFINITY, after = Number.POSITIVE_INFINITY): number {
  if (before === after) return 0;
  return after < before ? -1 : 1;
}

function rateOf(limit: ArtifactLimit | undefined): number | undefined {
  return limit === undefined ? undefined : limit.limit / (limit.windowMs ?? 1);
}

const NOUNS: Readonly<Record<ArtifactLimit["counts"], string>> = {
  requests: "request",
  tokens: "token",
  "input-tokens": "input token",
  "output-tokens": "output token",
  concurrent: "call",
};

function limitText(limit: ArtifactLimit | undefined): string {
  if (limit === undefined) return "none";
  const { counts, limit: most, windowMs } = limit;
  if (windowMs === null) return `${plural(most, "call")} at once`;
  return `${plural(most, NOUNS[counts])} per ${formatDuration(windowMs)}`;
}

const HOURS: Readonly<Record<ArtifactBudget["per"], number>> = { hour: 1, day: 24, week: 168, month: 730 };

function diffBudget(before: ArtifactBudget | null, after: ArtifactBudget | null): readonly Statement[] {
  if (isSame(before, after)) return [];
  const [hard, newHard] = [hardBudget(before), hardBudget(after)];
  const amount = compare(hard?.limitNanoUsd, newHard?.limitNanoUsd);
  const rate = compare(spendingRate(hard), spendingRate(newHard));
  const message = `budget ${arrow(budgetText(before), budgetText(after))}`;
  return [statement("budget", message, amount < 0 || rate < 0, amount > 0 || rate > 0)];
}

/** A soft budget refuses nothing. */
function hardBudget(budget: ArtifactBudget | null): ArtifactBudget | undefined {
  return budget?.enforce === "hard" ? budget : undefined;
}

function spendingRate(budget: ArtifactBudget | undefined): number | undefined {
  return budget === undefined ? undefined : budget.limitNanoUsd / HOURS[budget.per];
}

function budgetText(budget: ArtifactBudget | null): string {
  if (budget === null) return "none";
  const { limitNanoUsd, per, timeZone, warnAtPpm, enforce } = budget;
  const zone = timeZone === "UTC" ? "" : ` in ${timeZone}`;
  const warnings = warnAtPpm.map((ppm) => `${ppm / 10_000} %`).join(", ");
  const terms = [enforce === "soft" ? "only warns" : "", warnings === "" ? "" : `warns at ${warnings}`];
  const said = terms.filter((term) => term !== "").join(", ");
  return `${formatMoney(limitNanoUsd)} per ${per}${zone}${said === "" ? "" : ` (${said})`}`;
}

/** Tighter in one way and looser in another counts as breaking: some call that passed may be refused. */
function statement(noun: string, message: string, tightened: boolean, loosened: boolean): Statement {
  const [kind, effect] = judge(tightened, loosened);
  return { kind: `${noun}-${kind}`, effect, message };
}

function judge(tightened: boolean, loosened: boolean): readonly [string, Effect] {
  if (tightened) return [loosened ? "changed" : "tightened", "breaking"];
  return loosened ? ["loosened", "widening"] : ["changed", "safe"];
}
