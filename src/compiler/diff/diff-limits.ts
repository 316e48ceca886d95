import type { ArtifactTarget } from "../../artifact/artifact.ts";
import { about, type Finding, type Statement } from "./finding.ts";
import { isSame } from "./match.ts";
import type { NamedModel } from "./named-artifact.ts";
import { arrow } from "./words.ts";

/** What is known of a target's limits and abilities, once however many models share it, as for prices. */
export function diffLimits(before: NamedModel, after: NamedModel): readonly Finding[] {
  const [old, current] = [before, after].map(({ targets }) => Map.groupBy(targets, ({ name }) => name));
  return [...(current ?? [])].flatMap(([name, targets]) => {
    const [was, is] = [old?.get(name)?.[0]?.row, targets[0]?.row];
    if (was === undefined || is === undefined) return [];
    return about("target", [name], diffTarget(was, is));
  });
}

function diffTarget(before: ArtifactTarget, after: ArtifactTarget): readonly Statement[] {
  const changed = (what: string, was: string, is: string): Statement[] =>
    was === is
      ? []
      : [{ kind: "target-limits-changed", effect: "safe", message: `${what} ${arrow(was, is)}` }];
  return [
    ...changed("context window", tokens(before.contextWindow), tokens(after.contextWindow)),
    ...changed("most output", tokens(before.maxOutputTokens), tokens(after.maxOutputTokens)),
    ...(isSame(before.lacks, after.lacks) ? [] : changed("lacks", list(before.lacks), list(after.lacks))),
  ];
}

function tokens(count: number | null): string {
  return count === null ? "unknown" : `${count.toLocaleString("en-US")} tokens`;
}

function list(lacks: ArtifactTarget["lacks"]): string {
  return lacks.length === 0 ? "nothing known" : lacks.join(", ");
}
