import type { ArtifactPrice } from "../../artifact/artifact.ts";
import { about, type Finding, type Statement } from "./finding.ts";
import { isSame } from "./match.ts";
import type { NamedModel } from "./named-artifact.ts";
import { priceShares } from "./price-shares.ts";
import { priceText, rateKinds, unitKinds } from "./price-text.ts";
import { arrow } from "./words.ts";

type Price = ArtifactPrice | null;
type Rates = Pick<ArtifactPrice, (typeof rateKinds)[number]> &
  Partial<Pick<ArtifactPrice, (typeof unitKinds)[number][1]>>;

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
  const shares = priceShares(before, after);
  const byHowMuch = shares === "" ? "" : ` (${shares})`;
  const changes = changesOf(before, after);
  if (changes.some((change) => change > 0)) {
    const effect = before === null ? "so its calls now count against budgets" : "so its calls cost more";
    return { kind: "target-price-raised", effect: "breaking", message: `${message}, ${effect}${byHowMuch}` };
  }
  if (changes.some((change) => change < 0)) {
    const effect = after === null ? "so no budget sees its calls" : "so budgets let more of its calls pass";
    return { kind: "target-price-lowered", effect: "widening", message: `${message}, ${effect}${byHowMuch}` };
  }
  return { kind: "target-price-changed", effect: "safe", message };
}

/** By how much each rate rises: at first, for long prompts and after each change, as far as the other has the like. */
function changesOf(before: Price, after: Price): readonly number[] {
  const [old, current] = [ratesOf(before), ratesOf(after)];
  const length = Math.max(old.length, current.length);
  return Array.from({ length }, (_, index) => {
    const [was, is] = [old[index] ?? old[0], current[index] ?? current[0]];
    return [
      ...rateKinds.map((kind) => (is?.[kind] ?? 0) - (was?.[kind] ?? 0)),
      ...unitKinds.map(([, unit]) => (is?.[unit] ?? 0) - (was?.[unit] ?? 0)),
    ];
  }).flat();
}

function ratesOf(price: Price): readonly Rates[] {
  return price === null ? [] : [price, ...price.changes].flatMap((terms) => [terms, ...terms.longContext]);
}
