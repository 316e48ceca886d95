import type { ArtifactPrice } from "../../artifact/artifact.ts";
import { formatDuration } from "../../kernel/duration.ts";
import { formatMoney } from "../../kernel/money.ts";
import { diffPolicy } from "./diff-policy.ts";
import { about, type Finding, type Statement } from "./finding.ts";
import { isSame, matchNames, matchRows } from "./match.ts";
import type { NamedArtifact, NamedModel } from "./named-artifact.ts";
import { arrow, plural } from "./words.ts";

/** What changes in models: their targets, in which order they are tried, and limits. */
export function diffModels(before: NamedArtifact, after: NamedArtifact): readonly Finding[] {
  const { added, removed, kept } = matchRows(before.models, after.models);
  return [
    ...added.flatMap(([name, model]) => about("model", [name], [addedModel(model)])),
    ...removed.flatMap(([name]) =>
      about("model", [name], [{ kind: "model-removed", effect: "breaking", message: "removed" }]),
    ),
    ...kept.flatMap(([name, old, model]) => [
      ...about("model", [name], diffModel(old, model)),
      ...diffPrices(old, model),
    ]),
  ];
}

/** Safe by itself: who may call it is told of applications and keys. */
function addedModel(model: NamedModel): Statement {
  return { kind: "model-added", effect: "safe", message: `added, with ${targetsText(model)}` };
}

function diffModel(before: NamedModel, after: NamedModel): readonly Statement[] {
  return [
    ...diffTargets(before, after),
    ...diffRouting(before, after),
    ...(before.row.summary === after.row.summary ? [] : [summaryChanged]),
    ...diffPolicy(before.row, after.row),
  ];
}

const summaryChanged: Statement = { kind: "model-described", effect: "safe", message: "summary changed" };

/** A provider that is new to a model gets to see what the model's callers send. */
function diffTargets(before: NamedModel, after: NamedModel): readonly Statement[] {
  const [old, current] = [before.targets, after.targets].map((targets) => targets.map(({ name }) => name));
  if (isSame(old, current)) return [];
  const message = arrow(targetsText(before), targetsText(after));
  const providers = matchNames(providersOf(before), providersOf(after));
  if (providers.added.length > 0) {
    const seen = `${message}: what callers send may now reach ${providers.added.join(" and ")}`;
    return [{ kind: "targets-widened", effect: "widening", message: seen }];
  }
  const isReordered = isSame(old?.toSorted(), current?.toSorted());
  return [{ kind: isReordered ? "targets-reordered" : "targets-changed", effect: "safe", message }];
}

function providersOf({ targets }: NamedModel): readonly string[] {
  return targets.map(({ provider }) => provider);
}

function targetsText({ targets }: NamedModel): string {
  return `${targets.length === 1 ? "target" : "targets"} ${targets.map(({ name }) => name).join(", ")}`;
}

function diffRouting(before: NamedModel, after: NamedModel): readonly Statement[] {
  const [old, current] = [routingText(before), routingText(after)];
  if (old === current) return [];
  return [{ kind: "routing-changed", effect: "safe", message: `routing ${arrow(old, current)}` }];
}

/** Attempts that only follow the number of targets say nothing of their own. */
function routingText({ row: { routing }, targets }: NamedModel): string {
  const { strategy, attempts, firstTokenMs } = routing;
  const terms = [
    attempts === targets.length ? "" : plural(attempts, "attempt"),
    firstTokenMs === null ? "" : `first token within ${formatDuration(firstTokenMs)}`,
  ];
  return [strategy, ...terms].filter((term) => term !== "").join(", ");
}

/** A target is priced once, however many models share it; that line is folded into one later. */
function diffPrices(before: NamedModel, after: NamedModel): readonly Finding[] {
  const [old, current] = [before, after].map(({ targets }) => Map.groupBy(targets, ({ name }) => name));
  return [...(current ?? [])].flatMap(([name, targets]) => {
    const was = old?.get(name);
    const [price, newPrice] = [was?.[0]?.row.price ?? null, targets[0]?.row.price ?? null];
    if (was === undefined || isSame(price, newPrice)) return [];
    const message = `price ${arrow(priceText(price), priceText(newPrice))}`;
    return about("target", [name], [{ kind: "target-price-changed", effect: "safe", message }]);
  });
}

function priceText(price: ArtifactPrice | null): string {
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
