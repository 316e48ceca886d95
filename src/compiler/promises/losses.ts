import { isServed, type PromiseIndex, sees, type Thing, thingKey } from "./promised-things.ts";
import type { Promised, User } from "./users.ts";

/** Why something that was promised is no longer reached. */
export type LossCause =
  | { readonly of: "service"; readonly service: string; readonly how: "removed" | "hidden" }
  | {
      readonly of: "thing";
      readonly thing: Thing;
      /** A service that it was reached through. */
      readonly service: string;
      /** `renumbered`: terms name a version that is another one by now. */
      readonly how: "removed" | "retired" | "draft" | "unoffered" | "renumbered";
    };

/** Something that goes while somebody uses it. */
export interface Loss {
  readonly cause: LossCause;
  /** Each once, in the order of the applications. */
  readonly users: readonly User[];
}

/** What goes, and who uses it; what one service takes away as a whole is one loss. */
export function lossesOf(after: PromiseIndex, promised: readonly Promised[]): readonly Loss[] {
  const losses = new Map<string, { readonly cause: LossCause; readonly users: Map<string, User> }>();
  for (const { user, thing, isKept } of promised) {
    if (isKept) continue;
    const cause = causeOf(after, user, thing);
    const key = causeKey(cause);
    const loss = losses.get(key) ?? { cause, users: new Map() };
    loss.users.set(`${user.tenant}/${user.app}`, loss.users.get(`${user.tenant}/${user.app}`) ?? user);
    losses.set(key, loss);
  }
  return [...losses.values()].map(({ cause, users }) => ({ cause, users: [...users.values()] }));
}

function causeOf(after: PromiseIndex, { tenant, service, subscription }: User, thing: Thing): LossCause {
  if (!after.services.has(service)) return { of: "service", service, how: "removed" };
  if (subscription !== null && !sees(after, tenant, service))
    return { of: "service", service, how: "hidden" };
  const { kind } = thing;
  const id = after.things.get(thingKey(thing));
  const about = { of: "thing", thing, service } as const;
  if (id === undefined) return { ...about, how: "removed" };
  if (!isServed(after.artifact, kind, id)) {
    const isDraft = kind !== "models" && after.artifact[kind][id]?.status === "draft";
    return { ...about, how: isDraft ? "draft" : "retired" };
  }
  const offers = after.artifact.services[after.services.get(service) ?? -1]?.[kind];
  return { ...about, how: offers?.includes(id) === true ? "renumbered" : "unoffered" };
}

/** A thing that is gone is gone from all services. */
function causeKey(cause: LossCause): string {
  if (cause.of === "service") return `service ${cause.service} ${cause.how}`;
  const { thing, service, how } = cause;
  return `${thingKey(thing)} ${how} ${how === "unoffered" ? service : ""}`;
}
