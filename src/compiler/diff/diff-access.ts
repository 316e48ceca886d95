import type { IssuedKey } from "./decided-reach.ts";
import { about, type Finding, type Statement } from "./finding.ts";
import { matchRows } from "./match.ts";
import type { NamedApp, NamedArtifact } from "./named-artifact.ts";
import { type Reach, withoutReach } from "./reach.ts";
import { withAnyReach, withReach } from "./reach-statement.ts";

/** Which applications and keys gain or lose what they may call; declared ones in both artifacts only. */
export function diffAccess(before: NamedArtifact, after: NamedArtifact): readonly Finding[] {
  const compare = createReachComparer();
  const issued = [before, after].map(({ reach }) => Map.groupBy(reach.issued, appName));
  const names = new Set([...after.apps.keys(), ...issued.flatMap((byApp) => [...byApp.keys()])]);
  return [...names].flatMap((name) => {
    const [old, app] = [before.apps.get(name), after.apps.get(name)];
    const ofIssued = issuedAccess(issued[0]?.get(name) ?? [], issued[1]?.get(name) ?? [], compare);
    if (old === undefined || app === undefined) return ofIssued.findings;
    return [...ofIssued.findings, ...appAccess({ before, after, old, app }, compare, ofIssued.said)];
  });
}

type ReachComparer = (before: Reach, after: Reach) => readonly Statement[];

function appName({ tenant, app }: IssuedKey): string {
  return `${tenant}/${app}`;
}

interface AppPair {
  readonly before: NamedArtifact;
  readonly after: NamedArtifact;
  readonly old: NamedApp;
  readonly app: NamedApp;
}

/** An application speaks for itself where none of its keys says the same: keys yet to be issued get its reach. */
function appAccess(
  { before, after, old, app }: AppPair,
  compare: ReachComparer,
  saidAlready: ReadonlySet<readonly Statement[]>,
): readonly Finding[] {
  const said = new Set(saidAlready);
  const ofKeys = [...app.keys.keys()].flatMap((name) => {
    if (!old.keys.has(name)) return [];
    const statements = compare(before.reach.key(...app.path, name), after.reach.key(...app.path, name));
    said.add(statements);
    return about("key", [...app.path, name], statements);
  });
  const own = compare(before.reach.app(...app.path), after.reach.app(...app.path));
  return said.has(own) ? ofKeys : [...ofKeys, ...about("app", app.path, own)];
}

interface Issued {
  readonly findings: readonly Finding[];
  readonly said: ReadonlySet<readonly Statement[]>;
}

/** Keys on record stay there when their application goes, and work again when it comes back. */
function issuedAccess(
  before: readonly IssuedKey[],
  after: readonly IssuedKey[],
  compare: ReachComparer,
): Issued {
  const byId = (keys: readonly IssuedKey[]) => new Map(keys.map((key) => [key.id, key]));
  const { added, removed, kept } = matchRows(byId(before), byId(after));
  const said = new Set<readonly Statement[]>();
  const told = ({ tenant, app, id }: IssuedKey, statements: readonly Statement[]): readonly Finding[] => {
    said.add(statements);
    return about("issued key", [tenant, app, id], statements);
  };
  return {
    said,
    findings: [
      ...added.flatMap(([, key]) => told(key, [withReach(works, key.reach)])),
      ...removed.flatMap(([, key]) => told(key, [stops])),
      ...kept.flatMap(([, old, key]) => told(key, compare(old.reach, key.reach))),
    ],
  };
}

const works: Statement = { kind: "key-added", effect: "widening", message: "works again, may call" };
const stops: Statement = { kind: "key-removed", effect: "breaking", message: "stops working" };

/** Compares each pair of answers once, since many keys share few. Answers that say the same are the same object. */
function createReachComparer(): ReachComparer {
  const byPair = new Map<Reach, Map<Reach, readonly Statement[]>>();
  const bySense = new Map<string, readonly Statement[]>();
  const answer = (old: Reach, current: Reach): readonly Statement[] => {
    const [gained, lost] = [withoutReach(current, old), withoutReach(old, current)];
    const sense = JSON.stringify([gained, lost]);
    const known = bySense.get(sense) ?? reachStatements(gained, lost);
    bySense.set(sense, known);
    return known;
  };
  return (old, current) => {
    const ofOld = byPair.get(old) ?? new Map<Reach, readonly Statement[]>();
    byPair.set(old, ofOld);
    const known = ofOld.get(current) ?? answer(old, current);
    ofOld.set(current, known);
    return known;
  };
}

function reachStatements(gained: Reach, lost: Reach): readonly Statement[] {
  return [
    ...withAnyReach({ kind: "access-gained", effect: "widening", message: "may now call" }, gained),
    ...withAnyReach({ kind: "access-lost", effect: "breaking", message: "may no longer call" }, lost),
  ];
}
