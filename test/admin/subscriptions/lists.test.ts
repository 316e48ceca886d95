import { describe, expect, test } from "bun:test";
import { approveSubscription } from "../../../src/admin/subscriptions/decide-subscription.ts";
import { followOwners } from "../../../src/admin/subscriptions/follow-owners.ts";
import { listInbox } from "../../../src/admin/subscriptions/inbox.ts";
import {
  listSubscribers,
  listSubscriptions,
  type SubscriptionPage,
} from "../../../src/admin/subscriptions/list-subscriptions.ts";
import { previewDecision, previewRequest } from "../../../src/admin/subscriptions/preview.ts";
import { renewSubscription } from "../../../src/admin/subscriptions/renew-subscription.ts";
import { requestSubscription } from "../../../src/admin/subscriptions/request-subscription.ts";
import type { ArtifactApproval } from "../../../src/artifact/artifact.ts";
import {
  allTerms,
  BANK,
  createAdminFixture,
  DAY_MS,
  memberOf,
  operator,
  refusalOf,
  service,
} from "../support/admin-fixture.ts";

const approval: ArtifactApproval = { mode: "by", roles: ["owner", "admin"], quorum: 2, withinMs: null };
const boss = memberOf("platform", "owner");
const admin = memberOf("platform", "admin");

const start = () => {
  const names = ["a", "b", "c", "d"];
  const fixture = createAdminFixture({
    services: names.map((name) => service(name, { approval, subscriptionMs: 10 * DAY_MS })),
  });
  const { parts } = fixture;
  const ask = async (tenant: string, app: string, name: string, by = memberOf(tenant, "developer")) => {
    const words = { purpose: "x", expectedCallsPerMonth: null, terms: allTerms };
    const asked = await requestSubscription(parts, by, { tenant, app, service: name, ...words }, null);
    return asked.id;
  };
  return { ...fixture, ask };
};
const idsOf = ({ subscriptions }: SubscriptionPage): readonly string[] => subscriptions.map(({ id }) => id);

describe("lists of subscriptions", () => {
  test("hold a tenant's own, by application, service and state, in pages", async () => {
    const { parts, ask } = start();
    const mine = [
      await ask("shop", "checkout", "a"),
      await ask("shop", "search", "a"),
      await ask("shop", "checkout", "b"),
    ];
    await ask("bank", "checkout", "a");
    const dev = memberOf("shop", "viewer");
    const list = (filter = {}, limit = 10) =>
      listSubscriptions(parts, dev, { tenant: "shop", limit, ...filter });
    expect(idsOf(await list())).toEqual(mine.toReversed());
    expect(idsOf(await list({ app: "checkout" }))).toEqual([mine[2], mine[0]] as string[]);
    expect(idsOf(await list({ app: "checkout", service: "a" }))).toEqual([mine[0]] as string[]);
    expect(idsOf(await list({ state: "approved" }))).toEqual([]);
    const first = await list({}, 2);
    expect(idsOf(first)).toEqual([mine[2], mine[1]] as string[]);
    const second = await list({ after: first.next }, 2);
    expect([idsOf(second), second.next]).toEqual([[mine[0]] as string[], null]);
  });

  test("of subscribers hold all tenants', for the owner of the services alone", async () => {
    const { parts, ask } = start();
    const [shops, banks] = [await ask("shop", "checkout", "a"), await ask("bank", "checkout", "a")];
    const list = (filter = {}) => listSubscribers(parts, boss, { owner: "platform", limit: 10, ...filter });
    expect(idsOf(await list())).toEqual([banks, shops]);
    expect(idsOf(await list({ appTenant: "bank" }))).toEqual([banks]);
    expect(idsOf(await list({ service: "b" }))).toEqual([]);
    const own = await listSubscribers(parts, memberOf("shop", "owner"), { owner: "shop", limit: 10 });
    expect(idsOf(own)).toEqual([]);
  });

  test.each([0, 201, 1.5, Number.NaN])("refuse the limit %p, and cursors of others", async (limit) => {
    const { parts, ask } = start();
    for (const app of ["checkout", "search"]) await ask("shop", app, "a");
    const dev = memberOf("shop", "viewer");
    const wrong = () => listSubscriptions(parts, dev, { tenant: "shop", limit });
    expect(await refusalOf(wrong)).toMatchObject({ code: "LK-2102", param: "limit" });
    const { next } = await listSubscriptions(parts, dev, { tenant: "shop", limit: 1 });
    const bank = memberOf("bank", "viewer");
    const stolen = () => listSubscriptions(parts, bank, { tenant: "bank", limit: 1, after: next });
    expect(await refusalOf(stolen)).toMatchObject({ code: "LK-2102", param: "after" });
  });
});

describe("an inbox", () => {
  test("holds what waits for the member, requests and renewals, until the member has voted", async () => {
    const { parts, ask } = start();
    const [one, two] = [await ask("shop", "checkout", "a"), await ask("bank", "checkout", "b")];
    const inbox = async (member = boss, owner = "platform") =>
      idsOf(await listInbox(parts, member, { owner, limit: 10 }));
    expect(await inbox()).toEqual([two, one]);
    await approveSubscription(parts, boss, { id: one }, null);
    expect(await inbox()).toEqual([two]);
    expect(await inbox(admin)).toEqual([two, one]);
    await approveSubscription(parts, admin, { id: one }, null);
    expect(await inbox(admin)).toEqual([two]);
    await renewSubscription(parts, memberOf("shop", "developer"), { id: one }, null);
    expect(await inbox()).toEqual([two, one]);
    expect(await inbox(memberOf("platform", "billing"))).toEqual([]);
    expect(await inbox(operator())).toEqual([two, one]);
    expect(await inbox(memberOf("shop", "owner"), "shop")).toEqual([]);
  });

  test("has pages, leaves out what the member has asked for, and narrows to a service", async () => {
    const { parts, ask } = start();
    await ask("platform", "own", "a", boss);
    const ids = [
      await ask("shop", "checkout", "b"),
      await ask("shop", "checkout", "c"),
      await ask("shop", "search", "c"),
    ];
    const read = (after?: string | null) =>
      listInbox(parts, boss, { owner: "platform", limit: 2, after: after ?? null });
    const first = await read();
    expect(idsOf(first)).toEqual([ids[2], ids[1]] as string[]);
    const second = await read(first.next);
    expect([idsOf(second), second.next]).toEqual([[ids[0]] as string[], null]);
    const narrowed = await listInbox(parts, boss, { owner: "platform", service: "c", limit: 1 });
    expect(idsOf(narrowed)).toEqual([ids[2]] as string[]);
  });
});

describe("a preview", () => {
  test("asks what is in force, on the terms of the request or of the decision", async () => {
    const { parts, ask } = start();
    const wanted = { tenant: "shop", app: "checkout", service: "a", terms: allTerms };
    const dev = memberOf("shop", "developer");
    expect(previewRequest(parts, dev, wanted).models).toEqual(["a"]);
    const terms = { ...allTerms, models: ["secret"] };
    expect(await refusalOf(() => previewRequest(parts, dev, { ...wanted, terms }))).toMatchObject({
      code: "LK-2102",
      param: "terms.models[0]",
    });
    const id = await ask("shop", "checkout", "a");
    expect(await previewDecision(parts, boss, { id, terms: { models: ["fast"] } })).toMatchObject({
      models: ["fast"],
    });
    expect(await previewDecision(parts, boss, { id })).toMatchObject({ models: ["a"] });
  });
});

describe("a service that gets another owner", () => {
  test("takes its subscriptions along: the old owner loses them, the new one decides", async () => {
    const { parts, ask, deploy } = start();
    const id = await ask("shop", "checkout", "a");
    const other = await ask("shop", "checkout", "b");
    deploy((artifact) => ({
      ...artifact,
      services: artifact.services.map((one) => (one.name === "a" ? { ...one, owner: BANK } : one)),
    }));
    expect((await refusalOf(() => approveSubscription(parts, boss, { id }, null))).code).toBe("LK-2021");
    expect(await followOwners(parts)).toBe(1);
    expect(await followOwners(parts)).toBe(0);
    expect((await refusalOf(() => approveSubscription(parts, boss, { id }, null))).code).toBe("LK-2020");
    const voted = await approveSubscription(parts, memberOf("bank", "owner"), { id }, null);
    expect(voted.open?.votes).toHaveLength(1);
    expect(idsOf(await listInbox(parts, boss, { owner: "platform", limit: 9 }))).toEqual([other]);
  });
});
