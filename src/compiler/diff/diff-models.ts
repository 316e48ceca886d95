import { formatDuration } from "../../kernel/duration.ts";
import { diffDialects } from "./diff-dialects.ts";
import { diffLimits } from "./diff-limits.ts";
import { diffPolicy } from "./diff-policy.ts";
import { diffPrices } from "./diff-prices.ts";
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
      ...diffDialects(old, model),
      ...diffLimits(old, model),
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

/** Fewer attempts and less patience let calls fail that used to find another target, or an answer. */
function diffRouting(before: NamedModel, after: NamedModel): readonly Statement[] {
  const [old, current] = [routingText(before), routingText(after)];
  if (old === current) return [];
  const message = `routing ${arrow(old, current)}`;
  return [{ kind: "routing-changed", effect: isTighter(before, after) ? "breaking" : "safe", message }];
}

/** Where the targets themselves are fewer, that is a change of its own. */
function isTighter(before: NamedModel, after: NamedModel): boolean {
  const [old, current] = [before.row.routing, after.row.routing];
  const tries = Math.min(old.attempts, after.targets.length);
  const patience = Number.POSITIVE_INFINITY;
  return current.attempts < tries || (current.firstTokenMs ?? patience) < (old.firstTokenMs ?? patience);
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
