import type { HeldSubscription } from "./decided-reach.ts";
import { about, type Finding, type Statement } from "./finding.ts";
import { matchRows } from "./match.ts";
import type { NamedArtifact } from "./named-artifact.ts";

/** Which subscriptions on record stop to hold, or hold again. What is lost and gained by it is told of keys. */
export function diffSubscriptions(before: NamedArtifact, after: NamedArtifact): readonly Finding[] {
  const { added, removed } = matchRows(byId(before), byId(after));
  return [
    ...removed.flatMap(([, held]) => told(held, ended(held, after))),
    ...added.flatMap(([, held]) => told(held, begun(held, before))),
  ];
}

function byId({ reach }: NamedArtifact): ReadonlyMap<string, HeldSubscription> {
  return new Map(reach.subscriptions.map((held) => [held.id, held]));
}

function told({ tenant, app, service, id }: HeldSubscription, statement: Statement): readonly Finding[] {
  return about("subscription", [tenant, app, service], [{ ...statement, details: [`record ${id}`] }]);
}

function ended({ tenant, app, service }: HeldSubscription, { apps, services }: NamedArtifact): Statement {
  const user = apps.get(`${tenant}/${app}`);
  if (user?.uses.includes(service) === true) {
    return { kind: "subscription-declared", effect: "safe", message: "is declared by the config now" };
  }
  const reason =
    user === undefined
      ? "its application is removed"
      : services.has(service)
        ? `${tenant} may no longer see the service`
        : "its service is removed";
  return { kind: "subscription-ended", effect: "breaking", message: `no longer holds: ${reason}` };
}

function begun({ tenant, app, service }: HeldSubscription, { apps }: NamedArtifact): Statement {
  const wasDeclared = apps.get(`${tenant}/${app}`)?.uses.includes(service) === true;
  return wasDeclared
    ? {
        kind: "subscription-undeclared",
        effect: "safe",
        message: "is no longer declared, and goes on as it was approved",
      }
    : { kind: "subscription-begun", effect: "widening", message: "holds again" };
}
