import { diffKeys } from "./diff-keys.ts";
import { diffPolicy } from "./diff-policy.ts";
import { about, type Finding, type Statement } from "./finding.ts";
import { matchNames, matchRows } from "./match.ts";
import type { NamedApp, NamedArtifact } from "./named-artifact.ts";
import { withReach } from "./reach-statement.ts";
import { namesText } from "./words.ts";

/** What changes in applications and their keys, besides what they may call. */
export function diffApps(before: NamedArtifact, after: NamedArtifact): readonly Finding[] {
  const { added, removed, kept } = matchRows(before.apps, after.apps);
  return [
    ...added.flatMap(([, app]) => [
      ...about("app", app.path, addedApp(app, after)),
      ...diffKeys(undefined, app, after),
    ]),
    ...removed.flatMap(([, app]) => [
      ...about("app", app.path, [{ kind: "app-removed", effect: "breaking", message: "removed" }]),
      ...diffKeys(app, undefined, after),
    ]),
    ...kept.flatMap(([, old, app]) => [
      ...about("app", app.path, diffApp(old, app)),
      ...diffKeys(old, app, after),
    ]),
  ];
}

function addedApp({ row, path }: NamedApp, { reach }: NamedArtifact): readonly Statement[] {
  const added = { kind: "app-added", effect: "widening", message: "added, may call" } as const;
  return [withReach(added, reach.app(...path)), ...(row.starterKey ? [starterKey(true)] : [])];
}

function diffApp(before: NamedApp, after: NamedApp): readonly Statement[] {
  const { added, removed } = matchNames(before.uses, after.uses);
  return [
    ...subscription("subscription-added", "now uses", added),
    ...subscription("subscription-removed", "no longer uses", removed),
    ...(before.row.starterKey === after.row.starterKey ? [] : [starterKey(after.row.starterKey)]),
    ...(before.row.summary === after.row.summary ? [] : [summaryChanged]),
    ...diffPolicy(before.row, after.row),
  ];
}

/** Safe by itself: what a subscription lets an application call is told of it and its keys. */
function subscription(kind: string, words: string, services: readonly string[]): readonly Statement[] {
  if (services.length === 0) return [];
  return [{ kind, effect: "safe", message: `${words} ${namesText("service", services)}` }];
}

const summaryChanged: Statement = { kind: "app-described", effect: "safe", message: "summary changed" };

/** Once made, a starter key goes on working. */
function starterKey(isMade: boolean): Statement {
  const message = isMade ? "gets a starter key" : "gets no starter key any more";
  return { kind: "starter-key-changed", effect: isMade ? "widening" : "safe", message };
}
