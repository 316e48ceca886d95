import { about, type Finding, type Statement } from "./finding.ts";
import type { NamedApp, NamedArtifact } from "./named-artifact.ts";
import { type Reach, withoutReach } from "./reach.ts";
import { withAnyReach } from "./reach-statement.ts";

/** Which applications and keys gain or lose which models and endpoints; those in both artifacts only. */
export function diffAccess(before: NamedArtifact, after: NamedArtifact): readonly Finding[] {
  const compare = createGrantComparer(before, after);
  return [...after.apps].flatMap(([name, app]) => {
    const old = before.apps.get(name);
    return old === undefined ? [] : appAccess(old, app, compare);
  });
}

type GrantComparer = (before: number, after: number) => readonly Statement[];

/** An application speaks for itself where none of its keys says the same: keys yet to be issued get its reach. */
function appAccess(before: NamedApp, after: NamedApp, compare: GrantComparer): readonly Finding[] {
  const said = new Set<readonly Statement[]>();
  const ofKeys = [...after.keys].flatMap(([name, key]) => {
    const old = before.keys.get(name);
    if (old === undefined) return [];
    const statements = compare(old.grant, key.grant);
    said.add(statements);
    return about("key", [...after.path, name], statements);
  });
  const own = compare(before.row.grant, after.row.grant);
  return said.has(own) ? ofKeys : [...ofKeys, ...about("app", after.path, own)];
}

/** Compares each pair of grants once, since many keys share few. Answers that say the same are the same object. */
function createGrantComparer(before: NamedArtifact, after: NamedArtifact): GrantComparer {
  const byPair = new Map<string, readonly Statement[]>();
  const bySense = new Map<string, readonly Statement[]>();
  const answer = (old: Reach, current: Reach): readonly Statement[] => {
    const [gained, lost] = [withoutReach(current, old), withoutReach(old, current)];
    const sense = JSON.stringify([gained, lost]);
    const known = bySense.get(sense) ?? reachStatements(gained, lost);
    bySense.set(sense, known);
    return known;
  };
  return (old, current) => {
    const pair = `${old} ${current}`;
    const known = byPair.get(pair) ?? answer(before.reachOf(old), after.reachOf(current));
    byPair.set(pair, known);
    return known;
  };
}

function reachStatements(gained: Reach, lost: Reach): readonly Statement[] {
  return [
    ...withAnyReach({ kind: "access-gained", effect: "widening", message: "may now call" }, gained),
    ...withAnyReach({ kind: "access-lost", effect: "breaking", message: "may no longer call" }, lost),
  ];
}
