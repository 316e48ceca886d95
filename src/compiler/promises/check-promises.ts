import type { Artifact } from "../../artifact/artifact.ts";
import type { ResolvedConfig } from "../passes/resolve-references.ts";
import type { Report } from "../report.ts";
import { backendBreaks, type PromiseBreak } from "./backend-breaks.ts";
import { endpointBreaks } from "./endpoint-breaks.ts";
import { lossesOf } from "./losses.ts";
import type { Predecessor } from "./predecessor.ts";
import {
  indexPromises,
  isServed,
  type PromiseIndex,
  type Thing,
  thingAt,
  thingKey,
} from "./promised-things.ts";
import { type PromiseReport, reportBreaks, reportLoss } from "./report-promises.ts";
import { promisesTo, type User } from "./users.ts";

/**
 * Holds a config to what the artifact in force promises: a version that is published keeps its contract, and what other
 * tenants use stays as long as they use it. Drafts promise nothing, and neither does what was never in force.
 * @param passed gets what is let pass
 */
export function checkPromises(
  config: ResolvedConfig,
  artifact: Artifact,
  predecessor: Predecessor,
  report: Report,
  passed: Report,
): void {
  const { allow, subscriptions, warnOnly } = predecessor;
  const [before, after] = [indexPromises(predecessor.artifact), indexPromises(artifact)];
  const promised = promisesTo(before, after, subscriptions);
  const toldWhere = (isAllowed: boolean): PromiseReport => ({
    ...{ config, after, warnOnly },
    report: isAllowed ? passed : report,
  });
  const users = Map.groupBy(promised, ({ thing }) => thingKey(thing));
  const usersOf = (thing: Thing): readonly User[] =>
    (users.get(thingKey(thing)) ?? []).map(({ user }) => user);
  for (const kind of ["endpoints", "backends"] as const) {
    checkVersions(kind, before, usersOf, toldWhere(allow.breaking));
  }
  for (const loss of lossesOf(after, promised)) reportLoss(loss, toldWhere(allow.retire));
}

/** Versions that are served before and after; what is retired is told of those who use it. */
function checkVersions(
  kind: "endpoints" | "backends",
  before: PromiseIndex,
  usersOf: (thing: Thing) => readonly User[],
  told: PromiseReport,
): void {
  const { after } = told;
  before.artifact[kind].forEach((_, oldId) => {
    const thing = thingAt(before.artifact, kind, oldId);
    const id = after.things.get(thingKey(thing));
    if (id === undefined) return;
    if (!isServed(before.artifact, kind, oldId) || !isServed(after.artifact, kind, id)) return;
    const byOption = Map.groupBy(breaksOf(kind, before, oldId, after, id), ({ option }) => option);
    for (const breaks of byOption.values()) reportBreaks({ thing, id, breaks, users: usersOf(thing) }, told);
  });
}

function breaksOf(
  kind: "endpoints" | "backends",
  before: PromiseIndex,
  oldId: number,
  after: PromiseIndex,
  id: number,
): readonly PromiseBreak[] {
  if (kind === "endpoints") {
    const [old, current] = [before.artifact.endpoints[oldId], after.artifact.endpoints[id]];
    return old && current ? endpointBreaks(old, current) : [];
  }
  const [old, current] = [before.artifact.backends[oldId], after.artifact.backends[id]];
  return old && current ? backendBreaks(old, current) : [];
}
