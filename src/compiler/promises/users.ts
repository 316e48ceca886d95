import type { KnownSubscription } from "./predecessor.ts";
import { openedTo, ownerOf, type PromiseIndex, sees, type Thing, thingKey } from "./promised-things.ts";

/** An application that uses a service of another tenant, by the config or by a subscription. */
export interface User {
  readonly tenant: string;
  readonly app: string;
  readonly service: string;
  /** Null: the config declares the use. */
  readonly subscription: KnownSubscription | null;
}

/** Something that was promised to an application, and by what use of it. */
export interface Promised {
  readonly user: User;
  readonly thing: Thing;
  /** Whether it goes on to reach the thing, by this use or another one. */
  readonly isKept: boolean;
}

/**
 * What the artifact before promised to applications of other tenants than the owner's that are still there and still use
 * the service: who no longer uses it by the new config has left. Subscriptions hold as they are on record.
 */
export function promisesTo(
  before: PromiseIndex,
  after: PromiseIndex,
  subscriptions: readonly KnownSubscription[],
): readonly Promised[] {
  const byApp = Map.groupBy(subscriptions, ({ tenant, app }) => `${tenant}/${app}`);
  const earlier = new Map(appsOf(before).map((app) => [`${app.tenant}/${app.app}`, app]));
  return appsOf(after).flatMap((app) => {
    const name = `${app.tenant}/${app.app}`;
    const known = byApp.get(name) ?? [];
    const old = earlier.get(name);
    return old === undefined ? [] : promisesToApp(before, after, { old, app, known });
  });
}

interface AppUses {
  readonly tenant: string;
  readonly app: string;
  /** Names of the services that the config declares. */
  readonly uses: readonly string[];
}

function appsOf({ artifact }: PromiseIndex): readonly AppUses[] {
  return artifact.apps.map(({ name, tenant, uses }) => ({
    tenant: artifact.tenants[tenant]?.name ?? "",
    app: name,
    uses: uses.flatMap((id) => artifact.services[id]?.name ?? []),
  }));
}

interface AppBetween {
  readonly old: AppUses;
  readonly app: AppUses;
  readonly known: readonly KnownSubscription[];
}

function promisesToApp(
  before: PromiseIndex,
  after: PromiseIndex,
  { old, app, known }: AppBetween,
): readonly Promised[] {
  const { tenant } = app;
  const subscribed = known.filter(({ service }) => !app.uses.includes(service));
  const userOf = (service: string, subscription: KnownSubscription | null): User => ({
    ...{ tenant, app: app.app, service, subscription },
  });
  const users = [
    ...app.uses.map((service) => userOf(service, null)),
    ...subscribed.map((one) => userOf(one.service, one)),
  ];
  const holding = users.filter(({ subscription }) => subscription?.state !== "requested");
  const keepers = Map.groupBy(
    holding.flatMap((user) => openedBy(after, user).map((thing) => ({ user, key: thingKey(thing) }))),
    ({ key }) => key,
  );
  return users.flatMap((user) => {
    if (ownerOf(before, user.service) === tenant) return [];
    const isOld = user.subscription === null && old.uses.includes(user.service);
    const stated = user.subscription ?? known.find((one) => one.service === user.service) ?? null;
    if (!isOld && stated === null) return [];
    const held: User = isOld ? user : { ...user, subscription: stated };
    const open = new Set(openedBy(after, held).map(thingKey));
    return openedBy(before, held).map((thing) => {
      const key = thingKey(thing);
      const isKept = open.has(key) || keepers.get(key)?.some((one) => isAsWide(one.user, held)) === true;
      return { user: held, thing, isKept };
    });
  });
}

/** Whether one use is for all keys that another one is for. */
function isAsWide({ subscription: one }: User, { subscription: other }: User): boolean {
  const [wide, narrow] = [one?.terms.environments ?? null, other?.terms.environments ?? null];
  return wide === null || narrow?.every((environment) => wide.includes(environment)) === true;
}

/** Who asked and has no answer yet is told here what there would be. */
function openedBy(index: PromiseIndex, { tenant, service, subscription }: User): readonly Thing[] {
  if (subscription === null) return openedTo(index, tenant, service, null);
  if (subscription.terms.environments?.length === 0) return [];
  return sees(index, tenant, service) ? openedTo(index, tenant, service, subscription.terms) : [];
}
