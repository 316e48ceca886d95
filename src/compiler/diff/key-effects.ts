import type { Finding, SubjectNoun } from "./finding.ts";
import type { NamedArtifact } from "./named-artifact.ts";
import { type Reach, withoutReach } from "./reach.ts";

/** What a change means to the holder of one key. */
export interface KeyEffect {
  /** `<tenant>/<app>/<name>` of a declared key, public id of an issued one. */
  readonly key: string;
  readonly tenant: string;
  readonly app: string;
  readonly issued: boolean;
  /** Whether it works only afterwards, or only before; null: both. */
  readonly change: "added" | "removed" | null;
  /** What it may call that it could not; versions as `name v1`. */
  readonly gains: Reach;
  readonly loses: Reach;
  /** Changes of limits and budgets that its calls count for, each with its subject. */
  readonly limits: readonly string[];
  /** What else may keep its calls from working, each with its subject. */
  readonly breaks: readonly string[];
}

interface Holder {
  readonly key: string;
  readonly tenant: string;
  readonly app: string;
  /** Null for an issued key. */
  readonly name: string | null;
  readonly reach: Reach;
}

/** What a change means to every key that it concerns, in the order of their names. */
export function keyEffects(
  before: NamedArtifact,
  after: NamedArtifact,
  findings: readonly Finding[],
): readonly KeyEffect[] {
  const [old, current] = [holdersOf(before), holdersOf(after)];
  const lines = createLineFinder(before, after, findings);
  const names = [...new Set([...old.keys(), ...current.keys()])].sort();
  return names.flatMap((key) => {
    const [was, is] = [old.get(key), current.get(key)];
    const holder = is ?? was;
    if (holder === undefined) return [];
    const effect: KeyEffect = {
      ...{ key, tenant: holder.tenant, app: holder.app, issued: holder.name === null },
      change: was === undefined ? "added" : is === undefined ? "removed" : null,
      gains: withoutReach(is?.reach ?? nothing, was?.reach ?? nothing),
      loses: withoutReach(was?.reach ?? nothing, is?.reach ?? nothing),
      ...(was !== undefined && is !== undefined ? lines(was, is) : { limits: [], breaks: [] }),
    };
    return hasEffect(effect) ? [effect] : [];
  });
}

const nothing: Reach = { models: [], endpoints: [], backends: [] };

function hasEffect({ change, gains, loses, limits, breaks }: KeyEffect): boolean {
  const names = [gains, loses].flatMap(({ models, endpoints, backends }) => [models, endpoints, backends]);
  return change !== null || [...names, limits, breaks].some(({ length }) => length > 0);
}

function holdersOf({ apps, reach }: NamedArtifact): ReadonlyMap<string, Holder> {
  const declared = [...apps.values()].flatMap(({ path: [tenant, app], keys }) =>
    [...keys.keys()].map((name): readonly [string, Holder] => {
      const key = `${tenant}/${app}/${name}`;
      return [key, { key, tenant, app, name, reach: reach.key(tenant, app, name) }];
    }),
  );
  const issued = reach.issued.map(({ id, tenant, app, reach: own }): readonly [string, Holder] => [
    id,
    { key: id, tenant, app, name: null, reach: own },
  ]);
  return new Map([...declared, ...issued]);
}

type Lines = Pick<KeyEffect, "limits" | "breaks">;

const LIMITS = /^(?:limit|budget)-/;
/** Subjects of which a breaking change breaks calls that go through them. */
const CALLED: ReadonlySet<SubjectNoun> = new Set(["key", "model", "endpoint", "backend", "path"]);

/** Whether a change concerns those who go on reaching its subject; what is gained and lost is told apart from that. */
function concernsHolders({ noun, kind, effect, message }: Finding): boolean {
  if (LIMITS.test(kind)) return true;
  if (effect !== "breaking" || kind === "access-lost") return false;
  // Who still reaches a draft may call it.
  const isDraft = kind.endsWith("-status-changed") && message.endsWith(" draft");
  return (CALLED.has(noun) && !isDraft) || kind === "price-raised";
}

/** Finds what is said of the things that a key's calls go through; keys of one application that reach the same share it. */
function createLineFinder(
  before: NamedArtifact,
  after: NamedArtifact,
  findings: readonly Finding[],
): (was: Holder, is: Holder) => Lines {
  const bySubject = Map.groupBy(findings.filter(concernsHolders), ({ noun, path }) =>
    [noun, ...path].join("\0"),
  );
  const said = (subjects: Iterable<string>): readonly Finding[] =>
    [...new Set(subjects)].flatMap((subject) => bySubject.get(subject) ?? []);
  const services = [createServiceFinder(before), createServiceFinder(after)] as const;
  const shared = new Map<string, Map<Reach, Map<Reach, readonly Finding[]>>>();
  const ofApp = (was: Holder, is: Holder): readonly Finding[] => {
    const name = `${is.tenant}/${is.app}`;
    const byOld = shared.get(name) ?? new Map<Reach, Map<Reach, readonly Finding[]>>();
    shared.set(name, byOld);
    const byNew = byOld.get(was.reach) ?? new Map<Reach, readonly Finding[]>();
    byOld.set(was.reach, byNew);
    const known = byNew.get(is.reach) ?? said(sharedSubjects(after, services, was, is));
    byNew.set(is.reach, known);
    return known;
  };
  return (was, is) => {
    const own = is.name === null ? [] : said([["key", is.tenant, is.app, is.name].join("\0")]);
    const all = [...own, ...ofApp(was, is)];
    return {
      limits: all.filter(({ kind }) => LIMITS.test(kind)).map(lineText),
      breaks: all.filter(({ kind }) => !LIMITS.test(kind)).map(lineText),
    };
  };
}

function lineText({ noun, path, message }: Finding): string {
  return `${noun} ${path.join("/")}: ${message}`;
}

/** What calls of a key go through before and after: its application and tenant, services, and what it reaches in both. */
function* sharedSubjects(
  { endpoints }: NamedArtifact,
  [servicesBefore, servicesAfter]: readonly [ServiceFinder, ServiceFinder],
  was: Holder,
  is: Holder,
): Generator<string> {
  const { tenant, app } = is;
  yield ["app", tenant, app].join("\0");
  yield ["tenant", tenant].join("\0");
  const kept = servicesAfter(`${tenant}/${app}`);
  for (const service of servicesBefore(`${tenant}/${app}`))
    if (kept.has(service)) yield `service\0${service}`;
  for (const [kind, noun] of KINDS) {
    const names = new Set(is.reach[kind]);
    for (const name of was.reach[kind]) {
      if (!names.has(name)) continue;
      yield `${noun}\0${name}`;
      if (kind === "endpoints") yield `path\0/api/${name.split(" ")[0]}/current`;
      const model = kind === "endpoints" ? endpoints.get(name)?.model : undefined;
      if (model !== undefined) yield `model\0${model}`;
    }
  }
}

const KINDS = [
  ["models", "model"],
  ["endpoints", "endpoint"],
  ["backends", "backend"],
] as const;

type ServiceFinder = (app: string) => ReadonlySet<string>;

/** Services that applications use, declared or subscribed to. */
function createServiceFinder({ apps, reach }: NamedArtifact): ServiceFinder {
  const held = Map.groupBy(reach.subscriptions, ({ tenant, app }) => `${tenant}/${app}`);
  return (app) =>
    new Set([...(apps.get(app)?.uses ?? []), ...(held.get(app) ?? []).map(({ service }) => service)]);
}
