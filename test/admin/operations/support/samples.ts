import type { Member } from "../../../../src/admin/identity/member.ts";
import { startSession } from "../../../../src/admin/identity/sessions.ts";
import { identityRecords } from "../../../../src/admin/operations/identity-records.ts";
import { allTerms, memberOf } from "../../support/admin-fixture.ts";
import type { OperationFixture, Request } from "./operation-fixture.ts";

/** One request that works for each operation, on behalf of the tenant whose things it is about. */
export interface Sample {
  readonly tenant: "shop" | "platform";
  /** Puts in place what the request needs. */
  readonly make: (fixture: OperationFixture, member: Member) => Promise<Request>;
}

const asker = memberOf("shop", "owner", "asker");
const shop = (request: Request = {}, params: Request["params"] = {}): Request => ({
  ...request,
  params: { tenant: "shop", ...params },
});
const plain = (request: Request): Sample => ({ tenant: "shop", make: async () => request });
const own = (request: Request = {}, params: Request["params"] = {}): Sample => plain(shop(request, params));

const wantedKey = { app: "checkout", name: "nightly", environment: "live" };

async function issuedKey({ run }: OperationFixture): Promise<{ id: string; text: string }> {
  const issued = await run<{ text: string; key: { id: string } }>(
    "keys.create",
    asker,
    shop({ body: wantedKey }),
  );
  return { id: issued.key.id, text: issued.text };
}

const withKey = (request: Request = {}): Sample => ({
  tenant: "shop",
  make: async (fixture) => shop(request, { id: (await issuedKey(fixture)).id }),
});

async function requested({ run }: OperationFixture): Promise<string> {
  const body = { app: "checkout", service: "probe", purpose: "to try it", terms: allTerms };
  return (await run<{ id: string }>("subscriptions.request", asker, shop({ body }))).id;
}

async function approved(fixture: OperationFixture): Promise<string> {
  const id = await requested(fixture);
  const decider = memberOf("platform", "owner", "decider");
  await fixture.run("approvals.approve", decider, { params: { tenant: "platform", id }, body: {} });
  return id;
}

const subscribed = (
  tenant: Sample["tenant"],
  state: "requested" | "approved",
  request: Request = {},
): Sample => ({
  tenant,
  make: async (fixture) => ({
    ...request,
    params: { tenant, id: await (state === "requested" ? requested(fixture) : approved(fixture)) },
  }),
});

/** A message to the asker that waits. */
async function delivery(fixture: OperationFixture): Promise<string> {
  await issuedKey(fixture);
  const { records } = await fixture.parts.records.list({ kind: "delivery", limit: 1 });
  return records[0]?.id ?? "";
}

const query = { limit: "7" };

/** By the operation's name. */
export const samples: Readonly<Record<string, Sample>> = {
  "me.get": plain({}),
  "tenants.list": plain({ query }),
  "tenants.get": own(),
  "members.list": own({ query: { ...query, role: "owner" } }),
  "apps.list": own({ query: { ...query, service: "declared" } }),
  "apps.get": own({}, { app: "checkout" }),
  "keys.list": own({ query: { ...query, app: "checkout", state: "active", text: "prod" } }),
  "keys.get": withKey(),
  "keys.create": own({ body: wantedKey }),
  "keys.update": withKey({ body: { name: "hourly" } }),
  "keys.rotate": withKey({ body: { overlapMs: 60_000 } }),
  "keys.revoke": withKey({ body: { reason: "leaked" } }),
  "keys.inspect": {
    tenant: "shop",
    make: async (fixture) => shop({ body: { key: (await issuedKey(fixture)).text } }),
  },
  "services.list": own({ query: { ...query, owner: "platform", text: "e" } }),
  "services.get": own({}, { service: "probe" }),
  "endpoints.list": own({ query: { ...query, name: "sentiment" } }),
  "backends.list": own({ query: { ...query, status: "published" } }),
  "subscriptions.list": own({ query: { ...query, state: "approved" } }),
  "subscriptions.get": subscribed("shop", "approved"),
  "subscriptions.request": own({ body: { app: "search", service: "probe", purpose: "to find things" } }),
  "subscriptions.cancel": subscribed("shop", "approved", { body: { reason: "done" } }),
  "subscriptions.renew": subscribed("shop", "approved"),
  "subscriptions.preview": own({ body: { app: "search", service: "probe" } }),
  "approvals.inbox": { tenant: "platform", make: async () => ({ params: { tenant: "platform" }, query }) },
  "approvals.get": subscribed("platform", "requested"),
  "approvals.approve": subscribed("platform", "requested", { body: { terms: { models: ["fast"] } } }),
  "approvals.reject": subscribed("platform", "requested", { body: { reason: "no" } }),
  "approvals.revoke": subscribed("platform", "approved", { body: { reason: "no" } }),
  "approvals.preview": subscribed("platform", "requested", { body: {} }),
  "approvals.export": {
    tenant: "shop",
    make: async (fixture) => {
      await approved(fixture);
      return shop();
    },
  },
  "approvals.exportAll": plain({}),
  "subscribers.list": {
    tenant: "platform",
    make: async () => ({ params: { tenant: "platform" }, query: { ...query, appTenant: "shop" } }),
  },
  "access.matrix": own({ query: { ...query, app: "checkout" } }),
  "access.why": own({ query: { key: "shop/checkout/production", thing: "fast" } }),
  "audit.list": own({ query: { ...query, action: "key.create", sinceMs: "0" } }),
  "audit.listAll": plain({ query: { ...query, tenant: "shop" } }),
  "audit.verify": plain({}),
  "deliveries.list": own({ query: { ...query, state: "waiting" } }),
  "deliveries.retry": {
    tenant: "shop",
    make: async (fixture) => shop({}, { id: await delivery(fixture) }),
  },
  "deliveries.listAll": plain({ query }),
  "deliveries.retryAny": {
    tenant: "shop",
    make: async (fixture) => ({ params: { id: await delivery(fixture) } }),
  },
  "tokens.list": plain({ query }),
  "tokens.create": plain({ body: { name: "ci", permissions: [] } }),
  "tokens.revoke": {
    tenant: "shop",
    make: async ({ run }, member) => {
      const maker = { ...member, permissions: null };
      const made = await run<{ token: { id: string } }>("tokens.create", maker, { body: { name: "ci" } });
      return { params: { id: made.token.id } };
    },
  },
  "sessions.list": plain({ query }),
  "sessions.revoke": {
    tenant: "shop",
    make: async ({ parts }, { address }) => {
      const signedIn = { member: address, means: "oidc", groups: [], address: "192.0.2.1" } as const;
      await startSession(identityRecords(parts), signedIn, undefined);
      const { records } = await parts.records.list({ kind: "session", where: { member: address }, limit: 1 });
      return { params: { id: records[0]?.id ?? "" } };
    },
  },
  "artifact.current": plain({}),
};
