import type { ArtifactPlan } from "../../artifact/artifact.ts";
import { formatMoney } from "../../kernel/money.ts";
import type { Statement } from "./finding.ts";
import { arrow, countText } from "./words.ts";

/** Parts of a plan and the words for them. */
const PRICES = {
  perCall: "price per call",
  perThousandCalls: "price per thousand calls",
  perMillionInputTokens: "price per million input tokens",
  perMillionOutputTokens: "price per million output tokens",
  perMonth: "price per month",
} as const satisfies Partial<Record<keyof ArtifactPlan, string>>;

const QUOTAS = {
  includedCalls: "calls included each month",
  includedTokens: "tokens included each month",
} as const satisfies Partial<Record<keyof ArtifactPlan, string>>;

/** How the price of a service changes: dearer breaks its callers' budgets, cheaper gives more away. */
export function diffPlan(before: ArtifactPlan | null, after: ArtifactPlan | null): readonly Statement[] {
  return [
    ...fieldsOf(PRICES).flatMap(([field, words]) => {
      const [old, current] = [before?.[field] ?? 0, after?.[field] ?? 0];
      const message = `${words} ${arrow(formatMoney(old), formatMoney(current))}`;
      return old === current ? [] : [statement(current > old, message)];
    }),
    ...fieldsOf(QUOTAS).flatMap(([field, words]) => {
      const [old, current] = [before?.[field] ?? 0, after?.[field] ?? 0];
      const message = `${words} ${arrow(countText(old), countText(current))}`;
      return old === current ? [] : [statement(current < old, message)];
    }),
  ];
}

function statement(isDearer: boolean, message: string): Statement {
  return {
    kind: isDearer ? "price-raised" : "price-lowered",
    effect: isDearer ? "breaking" : "widening",
    message,
  };
}

function fieldsOf<Field extends string>(
  words: Readonly<Record<Field, string>>,
): readonly (readonly [Field, string])[] {
  return Object.entries(words) as [Field, string][];
}
