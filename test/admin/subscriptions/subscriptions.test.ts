import { describe, expect, test } from "bun:test";
import {
  type Approval,
  approveSubscription,
  rejectSubscription,
} from "../../../src/admin/subscriptions/decide-subscription.ts";
import { cancelSubscription, revokeSubscription } from "../../../src/admin/subscriptions/end-subscription.ts";
import { expireDue, nextExpiry } from "../../../src/admin/subscriptions/expire-due.ts";
import { getSubscription } from "../../../src/admin/subscriptions/list-subscriptions.ts";
import { renewSubscription } from "../../../src/admin/subscriptions/renew-subscription.ts";
import {
  requestSubscription,
  type SubscriptionRequest,
} from "../../../src/admin/subscriptions/request-subscription.ts";
import type { SubscriptionDetails } from "../../../src/admin/subscriptions/subscription-view.ts";
import type { ArtifactApproval, ArtifactService } from "../../../src/artifact/artifact.ts";
import type { SubscriptionTerms } from "../../../src/stores/records/subscription-record.ts";
import {
  allTerms,
  BANK,
  createAdminFixture,
  DAY_MS,
  memberOf,
  operator,
  refusalOf,
  SHOP,
  START_MS,
  service,
} from "../support/admin-fixture.ts";

const dev = memberOf("shop", "developer");
const boss = memberOf("platform", "owner");
const admin = memberOf("platform", "admin");
const by = (quorum: number, withinMs: number | null = null): ArtifactApproval => ({
  mode: "by",
  roles: ["owner", "admin"],
  quorum,
  withinMs,
});

function fixtureWith(change: Partial<ArtifactService> = {}, more: readonly ArtifactService[] = []) {
  const fixture = createAdminFixture({
    services: [service("probe", { models: [0, 1], ...change }), ...more],
  });
  const { parts } = fixture;
  return {
    ...fixture,
    ask: (terms: Partial<SubscriptionTerms> = {}, wanted: Partial<SubscriptionRequest> = {}) =>
      requestSubscription(parts, dev, request({ ...wanted, terms: { ...allTerms, ...terms } }), "192.0.2.7"),
    approve: (id: string, approval: Omit<Approval, "id"> = {}, member = boss) =>
      approveSubscription(parts, member, { ...approval, id }, null),
    reject: (id: string, member = boss) =>
      rejectSubscription(parts, member, { id, reason: "too much" }, null),
    renew: (id: string) => renewSubscription(parts, dev, { id }, null),
    read: (id: string) => getSubscription(parts, dev, id),
  };
}

const request = (change: Partial<SubscriptionRequest> = {}): SubscriptionRequest => ({
  tenant: "shop",
  app: "checkout",
  service: "probe",
  purpose: "rate reviews",
  expectedCallsPerMonth: 1_000,
  terms: allTerms,
  ...change,
});

const steps = ({ history }: SubscriptionDetails): readonly string[] =>
  history.map(({ step, by: who }) => `${step} ${who}`);

describe("a request", () => {
  test("waits for the roles that the policy names, and tells them", async () => {
    const { ask, read, told, parts } = fixtureWith({ approval: by(1, 3 * DAY_MS) });
    const asked = await ask();
    expect(asked).toMatchObject({ state: "requested", granted: null, version: 1, owner: "platform" });
    expect(asked.expiresAtMs).toBe(START_MS + 3 * DAY_MS);
    expect(await read(asked.id)).toEqual(asked);
    expect(await told()).toEqual([
      "subscription.requested → owner@platform.example",
      "subscription.requested → admin@platform.example",
    ]);
    const [entry] = await parts.records.listAudit({ limit: 9 });
    expect(entry).toMatchObject({
      action: "subscription.request",
      tenant: "shop",
      subject: `subscription:${asked.id}`,
      before: null,
      after: { state: "requested", service: "probe" },
      actor: { kind: "person", id: "developer@shop.example", address: "192.0.2.7" },
    });
  });

  test("is approved at once where the policy asks nobody, until the time that approvals have is over", async () => {
    const { ask, told } = fixtureWith({ approval: { mode: "none" }, subscriptionMs: DAY_MS });
    const asked = await ask({ models: ["fast"] });
    expect(asked).toMatchObject({ state: "approved", isTrial: false, approvedBy: ["system"], open: null });
    expect(asked.granted).toEqual({ ...allTerms, models: ["fast"] });
    expect(asked.expiresAtMs).toBe(START_MS + DAY_MS);
    expect(steps(asked)).toEqual(["request developer@shop.example", "approve system"]);
    expect(await told()).toEqual(["subscription.approved → developer@shop.example"]);
  });

  const when = { tenants: [SHOP], environments: ["test", "ci"], requestsPerMinuteUpTo: 60 };
  const small = { environments: ["test"], requestsPerMinute: 60 };
  test.each([
    ["all of the condition", when, small, "approved"],
    ["any environment", when, { ...small, environments: null }, "requested"],
    ["another environment too", when, { ...small, environments: ["test", "live"] }, "requested"],
    ["no limit", when, { ...small, requestsPerMinute: null }, "requested"],
    ["a higher limit", when, { ...small, requestsPerMinute: 61 }, "requested"],
    ["what another tenant may", { ...when, tenants: [BANK] }, small, "requested"],
    [
      "anything of an open condition",
      { tenants: null, environments: null, requestsPerMinuteUpTo: null },
      {},
      "approved",
    ],
  ] as const)("for %s of an automatic policy", async (_, condition, terms, state) => {
    const { tenants, environments } = condition;
    const lists = { tenants: tenants && [...tenants], environments: environments && [...environments] };
    const approval = {
      mode: "automatic" as const,
      when: { ...condition, ...lists },
      otherwise: by(1) as Extract<ArtifactApproval, { mode: "by" }>,
    };
    const { ask } = fixtureWith({ approval });
    expect((await ask(terms)).state).toBe(state);
  });

  test("needs no decision where the config declares the use", async () => {
    const { ask } = fixtureWith();
    const refusal = await refusalOf(() => ask({}, { service: "declared" }));
    expect(refusal.code).toBe("LK-2021");
    expect(refusal.message).toContain("needs no subscription");
    expect((await ask({}, { service: "declared", app: "search" })).state).toBe("requested");
  });

  test("is the only open one of its application and service, until it is over", async () => {
    const { ask, approve, reject, parts, clock } = fixtureWith({ subscriptionMs: DAY_MS });
    const first = await ask();
    expect((await refusalOf(ask)).code).toBe("LK-2021");
    await reject(first.id);
    const second = await ask();
    await approve(second.id);
    expect(await refusalOf(ask)).toMatchObject({
      code: "LK-2021",
      message: expect.stringContaining(second.id),
    });
    expect((await ask({}, { app: "search" })).state).toBe("requested");
    clock.advance(DAY_MS);
    expect((await ask()).state).toBe("requested");
    expect((await parts.records.get("subscription", second.id))?.body.state).toBe("expired");
  });

  test.each([
    ["purpose", {}, { purpose: " " }],
    ["purpose", {}, { purpose: "x".repeat(2_001) }],
    ["purpose", {}, { purpose: "a\u0000b" }],
    ["expectedCallsPerMonth", {}, { expectedCallsPerMonth: -1 }],
    ["expectedCallsPerMonth", {}, { expectedCallsPerMonth: 0.5 }],
    ["terms.models[1]", { models: ["fast", "secret"] }, {}],
    ["terms.models[0]", { models: ["__proto__"] }, {}],
    ["terms.models[1]", { models: ["fast", "fast"] }, {}],
    ["terms.endpoints[0]", { endpoints: ["sentiment@1.0.0"] }, { service: "texts" }],
    ["terms.endpoints[0]", { endpoints: ["sentiment@3.0.0"] }, { service: "texts" }],
    ["terms.endpoints[0]", { endpoints: ["sentiment@9.9.9"] }, { service: "texts" }],
    ["terms.environments[0]", { environments: ["LIVE"] }, {}],
    ["terms", { environments: [] }, {}],
    ["terms", { models: [] }, {}],
    ["terms.requestsPerMinute", { requestsPerMinute: 0 }, {}],
    ["terms.requestsPerMinute", { requestsPerMinute: Number.NaN }, {}],
  ] as const)("with a wrong %s is refused", async (param, terms, wanted) => {
    const { ask } = fixtureWith();
    expect(await refusalOf(() => ask(terms, wanted))).toMatchObject({ code: "LK-2102", param });
  });

  test("of the owner's own application may name a draft; one that does not exist is refused in the same words", async () => {
    const { parts } = fixtureWith();
    const draft = { ...allTerms, endpoints: ["sentiment@3.0.0"] };
    const own = request({ tenant: "platform", app: "own", service: "texts", terms: draft });
    const asked = await requestSubscription(parts, memberOf("platform", "developer"), own, null);
    expect(asked.requested.endpoints).toEqual(["sentiment@3.0.0"]);
    const [hidden, missing] = await Promise.all(
      ["sentiment@3.0.0", "sentiment@8.0.0"].map((name) => {
        const terms = { ...allTerms, endpoints: [name] };
        return refusalOf(() => requestSubscription(parts, dev, request({ service: "texts", terms }), null));
      }),
    );
    expect(hidden).toEqual(missing as typeof hidden & object);
  });
});

describe("a decision", () => {
  test("grants what was asked for, or less", async () => {
    const { ask, approve, read, told, parts } = fixtureWith();
    const { id } = await ask({ environments: ["live", "test"], requestsPerMinute: 100 });
    await approve(id, {
      terms: { models: ["fast"], environments: ["test"], requestsPerMinute: 10 },
      reason: "ok",
    });
    expect(await read(id)).toMatchObject({
      state: "approved",
      version: 2,
      granted: { ...allTerms, models: ["fast"], environments: ["test"], requestsPerMinute: 10 },
      requested: { ...allTerms, environments: ["live", "test"], requestsPerMinute: 100 },
      approvedBy: ["owner@platform.example"],
    });
    expect((await told()).at(-1)).toBe("subscription.approved → developer@shop.example");
    const [entry] = await parts.records.listAudit({ limit: 1 });
    expect(entry).toMatchObject({
      action: "subscription.approve",
      tenant: "platform",
      before: { state: "requested" },
      after: { state: "approved" },
    });
  });

  test.each([
    ["terms.models", { models: ["fast", "slow"] }],
    ["terms.models", { models: null }],
    ["terms.environments", { environments: null }],
    ["terms.environments", { environments: ["live", "test"] }],
    ["terms.requestsPerMinute", { requestsPerMinute: null }],
    ["terms.requestsPerMinute", { requestsPerMinute: 101 }],
    ["terms.requestsPerMinute", { requestsPerMinute: -1 }],
    ["terms", { models: [] }],
    ["terms", { environments: [] }],
  ] as const)("that is wider in %s, or leaves nothing, is refused", async (param, terms) => {
    const { ask, approve, read } = fixtureWith();
    const { id } = await ask({ models: ["fast"], environments: ["live"], requestsPerMinute: 100 });
    expect(await refusalOf(() => approve(id, { terms }))).toMatchObject({ code: "LK-2102", param });
    expect((await read(id)).version).toBe(1);
  });

  test("by several takes all of them, and grants what all of them allow", async () => {
    const { ask, approve, read, told } = fixtureWith({ approval: by(2) });
    const { id } = await ask();
    const voted = await approve(id, { terms: { models: ["fast"] } });
    expect(voted).toMatchObject({
      state: "requested",
      granted: null,
      approvedBy: ["owner@platform.example"],
    });
    expect(await refusalOf(() => approve(id))).toMatchObject({ code: "LK-2021" });
    const nothing = await refusalOf(() => approve(id, { terms: { models: ["slow"] } }, admin));
    expect(nothing).toMatchObject({ code: "LK-2102", param: "terms" });
    await approve(id, { terms: { requestsPerMinute: 5 } }, admin);
    expect(await read(id)).toMatchObject({
      state: "approved",
      granted: { ...allTerms, models: ["fast"], requestsPerMinute: 5 },
      approvedBy: ["owner@platform.example", "admin@platform.example"],
    });
    expect((await told()).filter((line) => line.startsWith("subscription.approved"))).toHaveLength(1);
  });

  test("counts votes of those alone who may still decide", async () => {
    const { ask, approve, read, deploy } = fixtureWith({ approval: by(2) });
    const { id } = await ask();
    await approve(id);
    deploy((artifact) => ({
      ...artifact,
      tenants: artifact.tenants.map((row) => ({
        ...row,
        members: row.members.filter(([address]) => address !== boss.address),
      })),
    }));
    expect(await approve(id, {}, admin)).toMatchObject({ state: "requested", approvedBy: [admin.address] });
    await approve(id, {}, memberOf("platform", "owner", "another"));
    expect((await read(id)).approvedBy).toEqual([admin.address, "another@platform.example"]);
  });

  test("is not the requester's own, except for operators", async () => {
    const { parts, approve } = fixtureWith();
    const own = request({ tenant: "platform", app: "own" });
    const asked = await requestSubscription(parts, boss, own, null);
    expect(await refusalOf(() => approve(asked.id))).toMatchObject({
      code: "LK-2014",
      message: expect.stringContaining("asked for this yourself"),
    });
    await cancelSubscription(parts, boss, { id: asked.id }, null);
    const again = await requestSubscription(parts, operator(), own, null);
    expect((await approve(again.id, {}, operator())).state).toBe("approved");
  });

  test("needs a reason to reject, and the version that was read", async () => {
    const { parts, ask, approve, told } = fixtureWith();
    const { id, version } = await ask();
    const blank = () => rejectSubscription(parts, boss, { id, reason: "" }, null);
    expect(await refusalOf(blank)).toMatchObject({ code: "LK-2102", param: "reason" });
    expect((await refusalOf(() => approve(id, { version: 7 }))).code).toBe("LK-2016");
    const rejected = await rejectSubscription(parts, boss, { id, version, reason: "no budget" }, null);
    expect(rejected.history.at(-1)).toMatchObject({ step: "reject", reason: "no budget", state: "rejected" });
    expect((await refusalOf(() => approve(id))).code).toBe("LK-2021");
    expect((await told()).at(-1)).toBe("subscription.rejected → developer@shop.example");
  });

  test("about a service that the tenant may not see any more can only be a rejection", async () => {
    const { ask, approve, reject, deploy } = fixtureWith();
    const { id } = await ask();
    deploy((artifact) => ({
      ...artifact,
      services: artifact.services.map((one) => (one.name === "probe" ? { ...one, visibleTo: [BANK] } : one)),
    }));
    expect((await refusalOf(() => approve(id))).code).toBe("LK-2021");
    expect((await reject(id)).state).toBe("rejected");
  });
});

describe("a trial", () => {
  test("opens at once and goes on waiting when it ends; the decision makes it last", async () => {
    const { ask, approve, read, clock, told } = fixtureWith({ trialMs: DAY_MS });
    const { id } = await ask({ models: ["fast"] });
    expect(await read(id)).toMatchObject({
      state: "approved",
      isTrial: true,
      granted: { ...allTerms, models: ["fast"] },
      expiresAtMs: START_MS + DAY_MS,
      open: { kind: "request" },
    });
    expect(await told()).toEqual(["subscription.requested → owner@platform.example"]);
    clock.advance(DAY_MS);
    expect(await read(id)).toMatchObject({
      state: "requested",
      isTrial: false,
      granted: null,
      expiresAtMs: null,
    });
    await approve(id);
    expect(await read(id)).toMatchObject({ state: "approved", isTrial: false, expiresAtMs: null });
    expect(steps(await read(id))).toEqual([
      "request developer@shop.example",
      "trial system",
      "expire system",
      "approve owner@platform.example",
    ]);
  });

  test("is given once, however often an application asks", async () => {
    const { ask, parts } = fixtureWith({ trialMs: DAY_MS });
    const { id } = await ask();
    await cancelSubscription(parts, dev, { id }, null);
    expect(await ask()).toMatchObject({ state: "requested", isTrial: false });
    expect(await ask({}, { app: "search" })).toMatchObject({ state: "approved", isTrial: true });
  });

  test("ends when it is rejected or revoked", async () => {
    const { ask, reject, parts } = fixtureWith({ trialMs: DAY_MS });
    const { id } = await ask();
    expect(await reject(id)).toMatchObject({ state: "rejected", isTrial: false, open: null });
    const other = await ask({}, { app: "search" });
    const revoked = await revokeSubscription(parts, boss, { id: other.id, reason: "abuse" }, null);
    expect(revoked).toMatchObject({ state: "revoked", isTrial: false, open: null });
  });
});

describe("a renewal", () => {
  const lasting = { subscriptionMs: 10 * DAY_MS };

  test("begins the time anew at once where the policy asks nobody", async () => {
    const { ask, renew, clock, told } = fixtureWith({ ...lasting, approval: { mode: "none" } });
    const { id } = await ask();
    clock.advance(4 * DAY_MS);
    const renewed = await renew(id);
    expect(renewed).toMatchObject({ state: "approved", open: null, expiresAtMs: START_MS + 14 * DAY_MS });
    expect((await told()).at(-1)).toBe("subscription.renewed → developer@shop.example");
  });

  test("waits while the approval holds, and makes it last longer", async () => {
    const { ask, approve, renew, clock, told } = fixtureWith(lasting);
    const { id } = await ask();
    await approve(id, { terms: { models: ["fast"] } });
    clock.advance(DAY_MS);
    expect(await renew(id)).toMatchObject({
      state: "approved",
      open: { kind: "renewal", terms: { models: ["fast"] } },
      expiresAtMs: START_MS + 10 * DAY_MS,
    });
    expect((await told()).at(-1)).toBe("subscription.requested → owner@platform.example");
    expect((await refusalOf(() => renew(id))).code).toBe("LK-2021");
    const wider = await refusalOf(() => approve(id, { terms: { models: ["fast", "slow"] } }));
    expect(wider).toMatchObject({ code: "LK-2102", param: "terms.models" });
    expect(await approve(id)).toMatchObject({ open: null, expiresAtMs: START_MS + 11 * DAY_MS });
    expect((await told()).at(-1)).toBe("subscription.renewed → developer@shop.example");
  });

  test("that is rejected leaves what holds; that is not decided outlives it", async () => {
    const { ask, approve, reject, renew, clock, read } = fixtureWith(lasting);
    const { id } = await ask();
    await approve(id);
    await renew(id);
    expect(await reject(id)).toMatchObject({
      state: "approved",
      open: null,
      expiresAtMs: START_MS + 10 * DAY_MS,
    });
    await renew(id);
    clock.advance(10 * DAY_MS);
    expect(await read(id)).toMatchObject({ state: "requested", granted: null, open: { kind: "renewal" } });
    expect(await approve(id)).toMatchObject({ state: "approved", expiresAtMs: START_MS + 20 * DAY_MS });
  });

  test("and all other times end with the year 9999, however long the config says", async () => {
    const long = Number.MAX_SAFE_INTEGER;
    const { ask, approve, renew, read } = fixtureWith({
      approval: by(1, long),
      trialMs: long,
      subscriptionMs: long,
    });
    const { id } = await ask();
    await approve(id);
    await renew(id);
    expect(new Date((await read(id)).expiresAtMs ?? 0).getUTCFullYear()).toBe(9999);
  });

  test("is for what ends, and has not ended", async () => {
    const forever = fixtureWith();
    const { id } = await forever.ask();
    expect((await refusalOf(() => forever.renew(id))).code).toBe("LK-2021");
    await forever.approve(id);
    expect(await refusalOf(() => forever.renew(id))).toMatchObject({
      message: expect.stringContaining("does not end"),
    });
    const short = fixtureWith(lasting);
    const ended = await short.ask();
    await short.approve(ended.id);
    short.clock.advance(10 * DAY_MS);
    expect((await refusalOf(() => short.renew(ended.id))).code).toBe("LK-2021");
  });
});

describe("cancelling and revoking", () => {
  test("end what is open or approved, once, and tell the other side", async () => {
    const { ask, approve, parts, told } = fixtureWith();
    const { id } = await ask();
    const cancelled = await cancelSubscription(parts, dev, { id, reason: "not needed" }, null);
    expect(cancelled).toMatchObject({ state: "cancelled", open: null });
    expect((await told()).at(-1)).toBe("subscription.cancelled → owner@platform.example");
    expect((await refusalOf(() => cancelSubscription(parts, dev, { id }, null))).code).toBe("LK-2021");
    const other = await ask();
    const revoke = (reason: string) => revokeSubscription(parts, boss, { id: other.id, reason }, null);
    expect((await refusalOf(() => revoke("too early"))).code).toBe("LK-2021");
    await approve(other.id);
    expect((await refusalOf(() => revoke(""))).param).toBe("reason");
    expect(await revoke("abuse")).toMatchObject({ state: "revoked" });
    expect((await told()).at(-1)).toBe("subscription.revoked → developer@shop.example");
  });
});

describe("the sweep", () => {
  test("writes down what has ended, tells of it, and knows when to look again", async () => {
    const { ask, approve, parts, clock, told } = fixtureWith({
      approval: by(1, DAY_MS),
      subscriptionMs: 5 * DAY_MS,
    });
    expect(await nextExpiry(parts)).toBe(START_MS + 32 * DAY_MS);
    const lapsing = await ask();
    const ending = await ask({}, { app: "search" });
    await approve(ending.id);
    expect(await nextExpiry(parts)).toBe(START_MS + DAY_MS);
    clock.advance(DAY_MS - 1);
    expect(await expireDue(parts, clock.now())).toBe(0);
    clock.advance(1);
    expect(await expireDue(parts, clock.now())).toBe(1);
    expect(await nextExpiry(parts)).toBe(START_MS + 5 * DAY_MS);
    expect((await parts.records.get("subscription", lapsing.id))?.body).toMatchObject({
      state: "expired",
      dueOn: null,
      awaits: null,
    });
    clock.advance(30 * DAY_MS);
    expect(await expireDue(parts, clock.now())).toBe(1);
    expect(await expireDue(parts, clock.now())).toBe(0);
    expect((await told()).filter((line) => line.startsWith("subscription.expired"))).toEqual([
      "subscription.expired → developer@shop.example",
      "subscription.expired → developer@shop.example",
    ]);
    const [entry] = await parts.records.listAudit({ limit: 1 });
    expect(entry).toMatchObject({ action: "subscription.expire", actor: { kind: "system" }, tenant: "shop" });
  });

  test("tells of a renewal that lapsed as rejected: the approval holds", async () => {
    const { ask, approve, renew, parts, clock, told } = fixtureWith({
      approval: by(1, DAY_MS),
      subscriptionMs: 5 * DAY_MS,
    });
    const { id } = await ask();
    await approve(id);
    await renew(id);
    clock.advance(DAY_MS);
    expect(await expireDue(parts, clock.now())).toBe(1);
    expect((await told()).at(-1)).toBe("subscription.rejected → developer@shop.example");
    expect((await parts.records.get("subscription", id))?.body).toMatchObject({
      state: "approved",
      open: null,
    });
  });
});
