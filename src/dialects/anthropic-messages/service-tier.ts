/** Anthropic's tiers of requests by their canonical names. `priority` is used where there is some with `auto`. */
const REQUESTED: Readonly<Record<string, string>> = {
  auto: "auto",
  priority: "auto",
  default: "standard_only",
  standard_only: "standard_only",
};

/** The tier asked for, in Anthropic's words; `undefined` where it has none of that name. */
export function renderServiceTier(tier: string): string | undefined {
  return Object.hasOwn(REQUESTED, tier) ? REQUESTED[tier] : undefined;
}

/**
 * A tier of a request or an answer by its canonical name.
 * Source: https://docs.anthropic.com/en/api/service-tiers
 */
export function readServiceTier(tier: string): string {
  return tier === "standard" || tier === "standard_only" ? "default" : tier;
}

/** The tier of an answer in Anthropic's words; null where it has none of that name. */
export function renderAnswerTier(tier: string | undefined): string | null {
  if (tier === "default") return "standard";
  return tier === "priority" || tier === "batch" ? tier : null;
}
