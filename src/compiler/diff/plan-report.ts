/** What a change means to those who call the gateway or answer for it. */
export type Effect =
  /** Nobody may do more than before, and what worked still works. */
  | "safe"
  /** Someone may reach, use or spend more, or what callers send may reach someone new. */
  | "widening"
  /** Something that worked may stop working, or cost its callers more. */
  | "breaking";

/** One difference in effect between two artifacts. */
export interface Change {
  /** Stable id of the sort of change, in kebab case, such as `access-gained`. */
  readonly kind: string;
  /** Who or what changes, such as `key shop/checkout/production` or `10,000 keys of shop/checkout`. */
  readonly subject: string;
  readonly effect: Effect;
  /** What changes, to be read after the subject: `may now call model fast`. */
  readonly message: string;
  /** Lines that say it at length: names, broken fields, a prompt's old and new lines. */
  readonly details?: readonly string[];
  /** How many subjects share the change, where they share one line. */
  readonly count?: number;
}

/** What `plan` says. It is also the JSON form. */
export interface PlanReport {
  /** Breaking ones first, then widening ones, then safe ones. */
  readonly changes: readonly Change[];
  /** The worst effect of all changes; `none` where there are none. */
  readonly verdict: "none" | Effect;
}

/** Effects from the worst to the most harmless. */
export const effects = ["breaking", "widening", "safe"] as const satisfies readonly Effect[];

/** A report on changes, in an order that depends on the changes alone. */
export function createReport(changes: readonly Change[]): PlanReport {
  const sorted = changes.toSorted(
    (a, b) =>
      effects.indexOf(a.effect) - effects.indexOf(b.effect) ||
      compareText(a.subject, b.subject) ||
      compareText(a.kind, b.kind) ||
      compareText(a.message, b.message),
  );
  return { changes: sorted, verdict: sorted[0]?.effect ?? "none" };
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
