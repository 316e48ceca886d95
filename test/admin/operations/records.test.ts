import { describe, expect, test } from "bun:test";
import type {
  SubscriberAnswer,
  SubscriptionAnswer,
} from "../../../src/admin/contract/subscription-shapes.ts";
import type { Member } from "../../../src/admin/identity/member.ts";
import { localMember } from "../../../src/admin/identity/member.ts";
import { startSession } from "../../../src/admin/identity/sessions.ts";
import { keyUseId } from "../../../src/admin/keys/key-use.ts";
import { identityRecords } from "../../../src/admin/operations/identity-records.ts";
import { memberOf, operator, START_MS } from "../support/admin-fixture.ts";
import { createOperationFixture, type OperationFixture } from "./support/operation-fixture.ts";

const shop = memberOf("shop", "admin");
const bank = memberOf("bank", "admin");
const platform = memberOf("platform", "owner");
const params = { tenant: "shop" };

interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

const newKey = { app: "checkout", name: "nightly", environment: "live" };

async function makeKey(
  { run }: OperationFixture,
  body: object = newKey,
): Promise<{ id: string; text: string }> {
  const made = await run<{ text: string; key: { id: string } }>("keys.create", shop, { params, body });
  return { id: made.key.id, text: made.text };
}

async function request({ run }: OperationFixture, member: Member = shop, body: object = {}): Promise<string> {
  const tenant = [...member.roles.keys()][0] ?? "";
  const asked = { app: "checkout", service: "probe", purpose: "to see", ...body };
  return (await run<{ id: string }>("subscriptions.request", member, { params: { tenant }, body: asked })).id;
}

describe("keys", () => {
  test("are listed with declared ones first, and with their last use", async () => {
    const fixture = createOperationFixture();
    const { id } = await makeKey(fixture);
    await fixture.parts.records.transact(async (transaction) => {
      const used = [
        [keyUseId({ tenant: "shop", app: "checkout", name: "production" }), 5],
        [keyUseId({ tenant: "shop", app: "checkout", name: id }), 7],
      ] as const;
      for (const [use, lastUsedAtMs] of used) {
        await transaction.insert({ kind: "key-use", id: use, tenant: "shop", body: { lastUsedAtMs } });
      }
    });
    const { items } = await fixture.run<Page<object>>("keys.list", shop, { params });
    expect(items).toMatchObject([
      { id: "shop/checkout/production", declared: true, version: null, lastUsedAtMs: 5 },
      { id, declared: false, version: 1, lastUsedAtMs: 7, name: "nightly", createdBy: shop.address },
    ]);
    expect(JSON.stringify(items)).not.toMatch(/digest|sha256/);
  });

  test("are changed, rotated and revoked in the version that was read", async () => {
    const fixture = createOperationFixture();
    const { run } = fixture;
    const { id } = await makeKey(fixture);
    const key = { ...params, id };
    const renamed = await run("keys.update", shop, { params: key, body: { name: "hourly" }, version: 1 });
    expect(renamed).toMatchObject({ name: "hourly", version: 2 });
    await expect(run("keys.revoke", shop, { params: key, version: 1 })).rejects.toMatchObject({
      code: "LK-2016",
    });
    const rotated = await run<{ text: string; key: { id: string } }>("keys.rotate", shop, {
      params: key,
      body: { overlapMs: 1_000 },
      version: 2,
    });
    expect(rotated).toMatchObject({ key: { replaces: id, name: "hourly" } });
    expect(await run("keys.get", shop, { params: key })).toMatchObject({ replacedBy: rotated.key.id });
    const revoked = await run("keys.revoke", shop, { params: key, body: { reason: "leaked" } });
    expect(revoked).toMatchObject({ state: "revoked", revokedFor: "leaked", revokedBy: shop.address });
  });

  test("that the config declares are read-only", async () => {
    const { run } = createOperationFixture();
    const declared = { ...params, id: "shop/checkout/production" };
    expect(await run("keys.get", shop, { params: declared })).toMatchObject({ declared: true });
    const refused = { code: "LK-2021" };
    await expect(run("keys.revoke", shop, { params: declared })).rejects.toMatchObject(refused);
    await expect(
      run("keys.rotate", shop, { params: declared, body: { overlapMs: 0 } }),
    ).rejects.toMatchObject(refused);
  });

  test("are recognised by their whole text, in their own tenant alone", async () => {
    const fixture = createOperationFixture();
    const { id, text } = await makeKey(fixture);
    expect(await fixture.run("keys.inspect", shop, { params, body: { key: text } })).toMatchObject({ id });
    const elsewhere = { params: { tenant: "bank" }, body: { key: text } };
    for (const member of [bank, operator()]) {
      await expect(fixture.run("keys.inspect", member, elsewhere)).rejects.toMatchObject({ code: "LK-2020" });
    }
  });

  test("go through pages, whose cursors belong to their filters", async () => {
    const fixture = createOperationFixture();
    for (const name of ["a", "b", "c"]) await makeKey(fixture, { ...newKey, name });
    const seen: string[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const query = { limit: 1, ...(cursor !== undefined && { cursor }) };
      const page: Page<{ name: string }> = await fixture.run("keys.list", shop, { params, query });
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.next;
    }
    expect(seen).toEqual(["production", "c", "b", "a"]);
  });

  test("with SQLite, a cursor that no page has given is a wrong field", async () => {
    const { run } = createOperationFixture({ records: "sqlite" });
    for (const name of ["keys.list", "subscriptions.list", "deliveries.list", "audit.list"]) {
      const query = { cursor: "not-a-cursor" };
      await expect(run(name, shop, { params, query })).rejects.toMatchObject({
        code: "LK-2102",
        param: "cursor",
        message: "`cursor` is not the `next` of a page of this list.",
      });
    }
  });
});

describe("subscriptions", () => {
  test("show the application's side nothing of who decides, and the owner's side who asked", async () => {
    const fixture = createOperationFixture();
    const id = await request(fixture);
    const owner = { tenant: "platform", id };
    const open = await fixture.run<SubscriberAnswer>("approvals.get", platform, { params: owner });
    expect(open.open).toMatchObject({ askedBy: shop.address, votes: [] });
    await fixture.run("approvals.approve", platform, { params: owner, body: { reason: "welcome" } });
    const asApp = await fixture.run<SubscriptionAnswer>("subscriptions.get", shop, {
      params: { ...params, id },
    });
    expect(asApp.history).toMatchObject([
      { step: "request", side: "app", by: shop.address },
      { step: "approve", side: "owner", by: null, reason: "welcome" },
    ]);
    expect(JSON.stringify(asApp)).not.toContain("@platform");
    const asOwner = await fixture.run<SubscriberAnswer>("approvals.get", platform, { params: owner });
    expect(asOwner.history[1]).toMatchObject({ side: "owner", by: platform.address });
    expect(asOwner.approvedBy).toEqual([platform.address]);
    expect(asOwner.purpose).toBe("to see");
  });

  test("tell subscribers how many have approved, and neither who nor why", async () => {
    const fixture = createOperationFixture();
    const id = await request(fixture, shop, { service: "choosy" });
    const owner = { tenant: "platform", id };
    await fixture.run("approvals.approve", platform, { params: owner, body: { reason: "between us" } });
    const asApp = await fixture.run<SubscriptionAnswer>("subscriptions.get", shop, {
      params: { ...params, id },
    });
    expect(asApp).toMatchObject({ state: "requested", open: { approvals: 1 } });
    expect(asApp.history.at(-1)).toMatchObject({ step: "vote", by: null, reason: null });
    expect(JSON.stringify(asApp)).not.toMatch(/between us|@platform/);
    const asOwner = await fixture.run("approvals.get", platform, { params: owner });
    expect(asOwner).toMatchObject({ open: { votes: [{ by: platform.address }] } });
  });

  test("wait in the inbox of those who decide, and stand among the subscribers", async () => {
    const fixture = createOperationFixture();
    const mine = await request(fixture);
    const theirs = await request(fixture, bank);
    const owner = { tenant: "platform" };
    const idsOf = async (name: string, query: object = {}): Promise<string[]> => {
      const page = await fixture.run<Page<{ id: string }>>(name, platform, {
        params: owner,
        query: { ...query },
      });
      return page.items.map(({ id }) => id);
    };
    expect((await idsOf("approvals.inbox")).toSorted()).toEqual([mine, theirs].toSorted());
    await fixture.run("approvals.reject", platform, {
      params: { ...owner, id: theirs },
      body: { reason: "no" },
    });
    expect(await idsOf("approvals.inbox", { service: "probe" })).toEqual([mine]);
    expect(await idsOf("subscribers.list", { appTenant: "bank", state: "rejected" })).toEqual([theirs]);
    const own = await fixture.run<Page<{ id: string }>>("subscriptions.list", shop, { params });
    expect(own.items.map(({ id }) => id)).toEqual([mine]);
  });

  test("tell before what they would open", async () => {
    const fixture = createOperationFixture();
    const body = { app: "search", service: "probe", terms: { endpoints: ["sentiment"] } };
    expect(await fixture.run("subscriptions.preview", shop, { params, body })).toEqual({
      models: ["fast"],
      endpoints: ["sentiment@1.0.0", "sentiment@2.0.0"],
      backends: ["orders@1.0.0"],
    });
    const id = await request(fixture, shop, { app: "search" });
    const decision = { params: { tenant: "platform", id }, body: { terms: { models: [], endpoints: [] } } };
    expect(await fixture.run("approvals.preview", platform, decision)).toEqual({
      models: [],
      endpoints: [],
      backends: ["orders@1.0.0"],
    });
  });

  test("go on with the next minor version of what they name, and not with the next major one", async () => {
    const fixture = createOperationFixture();
    const terms = { endpoints: ["sentiment@2.0.0"], models: [], backends: [] };
    const id = await request(fixture, shop, { app: "search", terms });
    await fixture.run("approvals.approve", platform, { params: { tenant: "platform", id }, body: {} });
    const reached = async (): Promise<unknown> =>
      (
        await fixture.run<{ reach: { endpoints: unknown } }>("apps.get", shop, {
          params: { ...params, app: "search" },
        })
      ).reach.endpoints;
    expect(await reached()).toEqual(["sentiment@2.0.0"]);
    fixture.deploy((artifact) => ({
      ...artifact,
      endpoints: artifact.endpoints.map((row) =>
        row.version === "2.0.0" ? { ...row, version: "2.1.0" } : { ...row, status: "published" },
      ),
    }));
    expect(await reached()).toEqual(["sentiment@2.1.0"]);
    // What is asked for and decided from now on may name either.
    const later = { terms: { ...terms, endpoints: ["sentiment@2.0.0"] }, app: "checkout" };
    const other = await request(fixture, shop, later);
    const narrowed = { endpoints: ["sentiment@2.1.0"] };
    const decided = { params: { tenant: "platform", id: other }, body: { terms: narrowed } };
    expect(await fixture.run("approvals.approve", platform, decided)).toMatchObject({
      granted: { endpoints: ["sentiment@2.1.0"] },
    });
  });

  test("tell those who decide what the approval opens, and nothing of what the application reaches otherwise", async () => {
    const fixture = createOperationFixture();
    // The shop's checkout reaches `fast` by the config, its search does not.
    const previews = [];
    for (const app of ["checkout", "search"]) {
      const id = await request(fixture, shop, { app });
      const decision = { params: { tenant: "platform", id }, body: {} };
      previews.push(await fixture.run("approvals.preview", platform, decision));
    }
    const [knowing, unknowing] = previews;
    expect(knowing).toEqual(unknowing);
    expect(knowing).toMatchObject({ models: ["fast"], backends: ["orders@1.0.0"] });
  });

  test("are exported as code, of one tenant or for operators of all", async () => {
    const fixture = createOperationFixture();
    const mine = await request(fixture, shop, { service: "shop-open", app: "search" });
    const theirs = await request(fixture, bank, { service: "shop-open" });
    const exported = await fixture.run<{ declared: string[]; text: string }>("approvals.export", shop, {
      params,
    });
    expect(exported.declared).toEqual([mine]);
    expect(exported.text).not.toContain("bank");
    const all = await fixture.run<{ declared: string[] }>("approvals.exportAll", operator());
    expect(all.declared.toSorted()).toEqual([mine, theirs].toSorted());
  });
});

describe("the audit log", () => {
  interface Entry {
    readonly action: string;
    readonly before: { readonly [name: string]: unknown } | null;
  }

  test("is a tenant's own part of it, without its place in the whole", async () => {
    const fixture = createOperationFixture({ records: "sqlite" });
    await makeKey(fixture);
    await request(fixture, bank);
    await request(fixture);
    const { items } = await fixture.run<Page<Entry>>("audit.list", shop, { params });
    expect(items.map(({ action }) => action)).toEqual(["subscription.request", "key.create"]);
    expect(JSON.stringify(items)).not.toMatch(/sequence|"hash"|previousHash|bank|digest/);
    const filtered = await fixture.run<Page<Entry>>("audit.list", shop, {
      params,
      query: { action: "key.create" },
    });
    expect(filtered.items).toHaveLength(1);
    const page = await fixture.run<Page<Entry>>("audit.list", shop, { params, query: { limit: 1 } });
    const query = { limit: 1, cursor: page.next };
    expect((await fixture.run<Page<Entry>>("audit.list", shop, { params, query })).items).toMatchObject([
      { action: "key.create" },
    ]);
    await expect(
      fixture.run("audit.list", shop, { params, query: { ...query, action: "key.create" } }),
    ).rejects.toMatchObject({ param: "cursor" });
  });

  test("names to a subscriber none of the owner's members", async () => {
    const fixture = createOperationFixture();
    const id = await request(fixture);
    await fixture.run("approvals.approve", platform, { params: { tenant: "platform", id } });
    await fixture.run("subscriptions.renew", shop, { params: { ...params, id } });
    await fixture.run("subscriptions.cancel", shop, { params: { ...params, id } });
    const forShop = await fixture.run<Page<Entry>>("audit.list", shop, { params });
    expect(forShop.items).toHaveLength(3);
    expect(JSON.stringify(forShop)).not.toContain("@platform");
    const forOwner = await fixture.run<Page<Entry>>("audit.list", platform, {
      params: { tenant: "platform" },
    });
    expect(forOwner.items).toMatchObject([
      { action: "subscription.approve", after: { approvedBy: [platform.address] } },
    ]);
  });

  test("is whole and verified for operators", async () => {
    const fixture = createOperationFixture();
    await makeKey(fixture);
    await request(fixture, bank);
    const all = await fixture.run<Page<{ tenant: string; sequence: number }>>("audit.listAll", operator());
    expect(all.items).toMatchObject([
      { tenant: "bank", sequence: 2 },
      { tenant: "shop", sequence: 1 },
    ]);
    expect(await fixture.run("audit.verify", operator())).toEqual({ entries: 2, broken: null });
  });
});

describe("deliveries", () => {
  async function failedOne(fixture: OperationFixture, tenant: string | null): Promise<string> {
    const id = `dlv_${tenant ?? "platform"}`;
    await fixture.parts.records.transact((transaction) =>
      transaction.insert({
        kind: "delivery",
        id,
        tenant,
        body: {
          state: "failed",
          channel: "email",
          to: "dev@shop.example",
          event: "key.created",
          payload: { data: { secret: "payload" } },
          attempts: 20,
          nextAtMs: 1,
          lastProblem: "mail.internal refused",
        },
      }),
    );
    return id;
  }

  test("are shown without what they say, and without the platform's mail server", async () => {
    const fixture = createOperationFixture();
    await failedOne(fixture, "shop");
    await failedOne(fixture, "bank");
    await failedOne(fixture, null);
    const own = await fixture.run<Page<object>>("deliveries.list", shop, {
      params,
      query: { state: "failed" },
    });
    expect(own.items).toMatchObject([{ id: "dlv_shop", nextAtMs: null, attempts: 20 }]);
    expect(JSON.stringify(own)).not.toMatch(/payload|internal/);
    const all = await fixture.run<Page<{ tenant: unknown }>>("deliveries.listAll", operator());
    expect(all.items.map(({ tenant }) => tenant)).toEqual([null, "bank", "shop"]);
    expect(JSON.stringify(all)).toContain("mail.internal refused");
  });

  test("are sent again with all their attempts, which the audit log tells", async () => {
    const fixture = createOperationFixture();
    const id = await failedOne(fixture, "shop");
    const one = { params: { ...params, id } };
    const again = await fixture.run("deliveries.retry", shop, one);
    expect(again).toMatchObject({ state: "waiting", attempts: 0, nextAtMs: START_MS, version: 2 });
    const { items } = await fixture.run<Page<object>>("audit.list", shop, { params });
    expect(items).toMatchObject([
      { action: "delivery.retry", subject: `delivery:${id}`, before: { attempts: 20 } },
    ]);
    await expect(fixture.run("deliveries.retry", shop, { ...one, version: 1 })).rejects.toMatchObject({
      code: "LK-2016",
    });
    await fixture.parts.records.transact(async (transaction) => {
      const record = await transaction.get("delivery", id);
      if (record === undefined) throw new Error("it is gone");
      await transaction.update("delivery", id, record.version, { ...record.body, state: "delivered" });
    });
    await expect(fixture.run("deliveries.retry", shop, one)).rejects.toMatchObject({ code: "LK-2021" });
  });
});

describe("access", () => {
  test("is what the tenant's own keys reach, and why", async () => {
    const fixture = createOperationFixture();
    const { id } = await makeKey(fixture);
    const rows = await fixture.run<Page<object>>("access.matrix", shop, { params, query: { key: id } });
    expect(rows.items).toEqual([
      { app: "checkout", key: id, service: "declared", models: ["fast"], endpoints: [], backends: [] },
    ]);
    const why = await fixture.run("access.why", shop, { params, query: { key: id, thing: "fast" } });
    expect(why).toMatchObject({
      key: id,
      methods: null,
      explained: [{ kind: "models", name: "fast", allowed: true, service: "declared" }],
    });
    const bankRows = await fixture.run<Page<object>>("access.matrix", bank, { params: { tenant: "bank" } });
    expect(bankRows.items).toEqual([]);
  });

  test("tells the first link that does not hold", async () => {
    const fixture = createOperationFixture();
    const { id } = await makeKey(fixture);
    const query = { key: id, thing: "sentiment@2.0.0" };
    const why = await fixture.run<{ explained: { chain: { holds: boolean; says: string }[] }[] }>(
      "access.why",
      shop,
      { params, query },
    );
    expect(why.explained[0]?.chain.at(-1)).toEqual({
      holds: false,
      says: expect.stringContaining("is not subscribed to it"),
    });
  });

  test("knows nothing of services, drafts and keys that are another tenant's", async () => {
    const fixture = createOperationFixture();
    const { id } = await makeKey(fixture);
    const asked = [
      { key: id, thing: "secret" },
      { key: id, thing: "sentiment@3.0.0" },
      { key: id, thing: "stock" },
      { key: id, thing: "no-such" },
      { key: "shop/checkout/other", thing: "fast" },
    ];
    for (const query of asked) {
      await expect(fixture.run("access.why", shop, { params, query })).rejects.toMatchObject({
        code: "LK-2020",
      });
    }
    const theirs = { params: { tenant: "bank" }, query: { key: id, thing: "fast" } };
    await expect(fixture.run("access.why", bank, theirs)).rejects.toMatchObject({ code: "LK-2020" });
    const all = { params, query: { key: id, thing: "sentiment" } };
    const { explained } = await fixture.run<{ explained: { name: string }[] }>("access.why", shop, all);
    expect(explained.map(({ name }) => name)).toEqual(["sentiment@1.0.0", "sentiment@2.0.0"]);
  });
});

describe("what is a member's own", () => {
  test("access tokens are made, shown without their digest, and revoked by whose they are", async () => {
    const { run } = createOperationFixture();
    const body = { name: "ci", permissions: ["key.read"] };
    const made = await run<{ text: string; token: { id: string } }>("tokens.create", shop, { body });
    expect(made.text).toStartWith("lkt_");
    const list = await run<Page<object>>("tokens.list", shop);
    expect(list.items).toMatchObject([{ name: "ci", permissions: ["key.read"], expiresAtMs: null }]);
    expect(JSON.stringify(list)).not.toMatch(/digest|sha256/);
    const one = { params: { id: made.token.id } };
    for (const stranger of [bank, operator()]) {
      await expect(run("tokens.revoke", stranger, one)).rejects.toMatchObject({ code: "LK-2020" });
    }
    expect(await run("tokens.revoke", shop, one)).toBeNull();
    expect((await run<Page<object>>("tokens.list", shop)).items).toEqual([]);
    await expect(run("tokens.create", localMember(), { body })).rejects.toMatchObject({ code: "LK-2021" });
  });

  test("sessions are listed with the one that asks, and ended by whose they are", async () => {
    const fixture = createOperationFixture();
    const signedIn = { member: shop.address, means: "link", groups: [], address: "192.0.2.1" } as const;
    const cookie = await startSession(identityRecords(fixture.parts), signedIn, undefined);
    const { records } = await fixture.parts.records.list({ kind: "session", limit: 1 });
    const id = records[0]?.id ?? "";
    const list = await fixture.run<Page<object>>("sessions.list", { ...shop, credential: id });
    expect(list.items).toMatchObject([{ id, means: "link", isCurrent: true, startedAtMs: START_MS }]);
    expect(JSON.stringify(list)).not.toMatch(new RegExp(`digest|csrf|${cookie}`));
    await expect(fixture.run("sessions.revoke", bank, { params: { id } })).rejects.toMatchObject({
      code: "LK-2020",
    });
    expect(await fixture.run("sessions.revoke", shop, { params: { id } })).toBeNull();
    expect((await fixture.run<Page<object>>("sessions.list", shop)).items).toEqual([]);
  });
});
