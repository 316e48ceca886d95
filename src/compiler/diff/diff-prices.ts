import type { ArtifactPrice } from "../../artifact/artifact.ts";
import { formatMoney } from "../../kernel/money.ts";
import { about, type Finding, type Statement } from "./finding.ts";
import { isSame } from "./match.ts";
import type { NamedModel } from "./named-artifact.ts";
import { arrow } from "./words.ts";

type Price = ArtifactPrice | null;

/** A target is priced once, however many models share it; that line is folded into one later. */
export function diffPrices(before: NamedModel, after: NamedModel): readonly Finding[] {
  const [old, current] = [before, after].map(({ targets }) => Map.groupBy(targets, ({ name }) => name));
  return [...(current ?? [])].flatMap(([name, targets]) => {
    const was = old?.get(name);
    const [price, newPrice] = [was?.[0]?.row.price ?? null, targets[0]?.row.price ?? null];
    if (was === undefined || isSame(price, newPrice)) return [];
    return about("target", [name], [diffPrice(price, newPrice)]);
  });
}

/**
 * What a call costs its caller follows from the price, and so does how soon a budget is used up. An unknown price
 * counts for nothing there.
 */
function diffPrice(before: Price, after: Price): Statement {
  const message = `price ${arrow(priceText(before), priceText(after))}`;
  const kinds = ["input", "output", "cacheRead", "cacheWrite", "reasoning"] as const;
  const changes = kinds.map((kind) => (after?.[kind] ?? 0) - (before?.[kind] ?? 0));
  if (changes.some((change) => change > 0)) {
    const effect = before === null ? "so its calls now count against budgets" : "so its calls cost more";
    return { kind: "target-price-raised", effect: "breaking", message: `${message}, ${effect}` };
  }
  if (changes.some((change) => change < 0)) {
    const effect = after === null ? "so no budget sees its calls" : "so budgets let more of its calls pass";
    return { kind: "target-price-lowered", effect: "widening", message: `${message}, ${effect}` };
  }
  return { kind: "target-price-changed", effect: "safe", message };
}

function priceText(price: Price): string {
  if (price === null) return "unknown";
  const kinds = [
    ["cache read", price.cacheRead, price.input],
    ["cache write", price.cacheWrite, price.input],
    ["reasoning", price.reasoning, price.output],
  ] as const;
  const others = kinds.filter(([, amount, usual]) => amount !== usual);
  const parts = [["input", price.input] as const, ["output", price.output] as const, ...others];
  return `${parts.map(([kind, amount]) => `${kind} ${formatMoney(amount)}`).join(", ")} per million tokens`;
}
