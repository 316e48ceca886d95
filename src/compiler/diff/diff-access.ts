import type { Artifact } from "../../artifact/artifact.ts";
import { decodeIdSet, hasId } from "../../artifact/grant.ts";
import { about, type Finding, type Statement } from "./finding.ts";
import type { NamedApp, NamedArtifact } from "./named-artifact.ts";
import { isCountedOnly, namesText } from "./words.ts";

/** What the holder of a grant may call, by names. */
export interface Reach {
  readonly models: readonly string[];
  readonly endpoints: readonly string[];
}

/** Which applications and keys gain or lose which models and endpoints. New and removed ones are not its matter. */
export function diffAccess(before: NamedArtifact, after: NamedArtifact): readonly Finding[] {
  const compare = accessComparer(before, after);
  const findings: Finding[] = [];
  for (const [name, app] of after.apps) {
    const old = before.apps.get(name);
    if (old !== undefined) findings.push(...appAccess(old, app, compare));
  }
  return findings;
}

/** What a grant of an artifact reaches. */
export function reachOf(named: NamedArtifact, grant: number): Reach {
  const { models = "", endpoints = "" } = named.artifact.grants[grant] ?? {};
  return {
    models: namesIn(models, named.modelNames),
    endpoints: namesIn(endpoints, named.endpointNames),
  };
}

/** `model fast and endpoint sentiment v1`, or `nothing`. */
export function reachText({ models, endpoints }: Reach): string {
  const parts = [
    models.length === 0 ? "" : namesText("model", models),
    endpoints.length === 0 ? "" : namesText("endpoint", endpoints),
  ];
  return parts.filter((part) => part !== "").join(" and ") || "nothing";
}

/** The names that `reachText` only counts. */
export function reachDetails({ models, endpoints }: Reach): readonly string[] {
  return [
    ...(isCountedOnly(models) ? models.map((name) => `model ${name}`) : []),
    ...(isCountedOnly(endpoints) ? endpoints.map((name) => `endpoint ${name}`) : []),
  ];
}

type Compare = (before: number, after: number) => readonly Statement[];

/** An application speaks for itself only where none of its keys says the same: keys yet to be issued get it. */
function appAccess(before: NamedApp, after: NamedApp, compare: Compare): readonly Finding[] {
  const said = new Set<readonly Statement[]>();
  const findings: Finding[] = [];
  for (const [name, key] of after.keys) {
    const old = before.keys.get(name);
    if (old === undefined) continue;
    const statements = compare(old.grant, key.grant);
    said.add(statements);
    findings.push(...about("key", [...after.path, name], statements));
  }
  const own = compare(before.row.grant, after.row.grant);
  return said.has(own) ? findings : [...findings, ...about("app", after.path, own)];
}

/**
 * Compares grants by id, each pair once: many keys share few grants. Equal answers are the same object.
 */
function accessComparer(before: NamedArtifact, after: NamedArtifact): Compare {
  const reach = { before: reachCache(before), after: reachCache(after) };
  const byPair = new Map<string, readonly Statement[]>();
  const byText = new Map<string, readonly Statement[]>();
  const isSameTables = hasSameNames(before, after);
  return (old, current) => {
    const pair = `${old} ${current}`;
    let answer = byPair.get(pair);
    if (answer === undefined) {
      const isSame = isSameTables && isSameGrant(before.artifact, old, after.artifact, current);
      const statements = isSame ? [] : accessStatements(reach.before(old), reach.after(current));
      const text = JSON.stringify(statements);
      answer = byText.get(text) ?? statements;
      byText.set(text, answer);
      byPair.set(pair, answer);
    }
    return answer;
  };
}

function accessStatements(before: Reach, after: Reach): readonly Statement[] {
  const gained = difference(after, before);
  const lost = difference(before, after);
  return [
    ...statement("access-gained", "widening", "may now call", gained),
    ...statement("access-lost", "breaking", "may no longer call", lost),
  ];
}

function statement(
  kind: string,
  effect: "widening" | "breaking",
  words: string,
  reach: Reach,
): readonly Statement[] {
  if (reach.models.length + reach.endpoints.length === 0) return [];
  const details = reachDetails(reach);
  const message = `${words} ${reachText(reach)}`;
  return [{ kind, effect, message, ...(details.length > 0 ? { details } : {}) }];
}

function difference(a: Reach, b: Reach): Reach {
  return {
    models: [...new Set(a.models).difference(new Set(b.models))],
    endpoints: [...new Set(a.endpoints).difference(new Set(b.endpoints))],
  };
}

function reachCache(named: NamedArtifact): (grant: number) => Reach {
  const known = new Map<number, Reach>();
  return (grant) => {
    let reach = known.get(grant);
    if (reach === undefined) {
      reach = reachOf(named, grant);
      known.set(grant, reach);
    }
    return reach;
  };
}

function hasSameNames(before: NamedArtifact, after: NamedArtifact): boolean {
  return (
    before.modelNames.join("\n") === after.modelNames.join("\n") &&
    before.endpointNames.join("\n") === after.endpointNames.join("\n")
  );
}

function isSameGrant(before: Artifact, old: number, after: Artifact, current: number): boolean {
  const [a, b] = [before.grants[old], after.grants[current]];
  return a?.models === b?.models && a?.endpoints === b?.endpoints;
}

/** Names of the ids in a set, sorted, each once: several versions of an endpoint share a name. */
function namesIn(hex: string, names: readonly string[]): readonly string[] {
  const words = decodeIdSet(hex, names.length);
  return [...new Set(names.filter((_, id) => hasId(words, id)))].sort();
}
