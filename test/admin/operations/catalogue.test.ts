import { describe, expect, test } from "bun:test";
import { approvalWords } from "../../../src/admin/catalogue/approval-view.ts";
import { DAY_MS, memberOf, operator, SHOP, START_MS, service } from "../support/admin-fixture.ts";
import { createOperationFixture, type OperationFixture, ownServices } from "./support/operation-fixture.ts";

const shop = memberOf("shop", "developer");
const bank = memberOf("bank", "viewer");
const platform = memberOf("platform", "owner");

interface Listed {
  readonly items: readonly { readonly name: string }[];
  readonly next: string | null;
}

const namesOf = async ({ run }: OperationFixture, tenant: string, query: object = {}): Promise<string[]> => {
  const member = { shop, bank, platform }[tenant] ?? operator();
  const { items } = await run<Listed>("services.list", member, { params: { tenant }, query: { ...query } });
  return items.map(({ name }) => name);
};

describe("the catalogue", () => {
  test("has the services that a tenant owns or may subscribe to", async () => {
    const fixture = createOperationFixture();
    expect(await namesOf(fixture, "shop")).toEqual([
      "declared",
      "texts",
      "probe",
      "shop-own",
      "shop-open",
      "choosy",
    ]);
    expect(await namesOf(fixture, "bank")).toEqual([
      "declared",
      "texts",
      "bank-only",
      "probe",
      "bank-own",
      "shop-open",
      "choosy",
    ]);
    expect(await namesOf(fixture, "shop", { owner: "shop" })).toEqual(["shop-own", "shop-open"]);
    expect(await namesOf(fixture, "shop", { owner: "bank" })).toEqual([]);
    expect(await namesOf(fixture, "shop", { text: "OWN" })).toEqual(["shop-own"]);
  });

  test("says the same of a service that is another's and of one that is not there", async () => {
    const { run } = createOperationFixture();
    for (const name of ["bank-own", "bank-only", "no-such", "__proto__"]) {
      const params = { tenant: "shop", service: name };
      await expect(run("services.get", shop, { params })).rejects.toMatchObject({
        code: "LK-2020",
        message: "There is no such thing, or it is not yours to see.",
      });
    }
  });

  test("shows what a service offers: no draft of another's, and nothing of how it is made", async () => {
    const { run } = createOperationFixture();
    const params = { tenant: "shop", service: "probe" };
    const shown = await run<Record<string, unknown>>("services.get", shop, { params });
    expect(shown).toMatchObject({
      owner: { name: "platform", displayName: null },
      isOwn: false,
      contact: "help@platform.example",
      subscriptionMs: 10 * DAY_MS,
      models: [{ name: "fast" }],
      endpoints: [
        { version: "1.0.0", status: "retired", successor: "sentiment@2.0.0", paths: [] },
        {
          version: "2.0.0",
          status: "deprecated",
          deprecatedAtMs: 1,
          sunsetAtMs: 2,
          // Its successor is a draft, of which others know nothing.
          successor: null,
          paths: ["/api/sentiment/v2"],
          input: { type: "object" },
          output: null,
        },
      ],
      backends: [{ name: "orders", basePath: "/orders", hasOpenapi: true, webSocket: false }],
    });
    expect(JSON.stringify(shown)).not.toMatch(/10\.11\.12|3\.0\.0|stock|127\.0\.0\.1|upstream/);
  });

  test("shows its owner the drafts as well", async () => {
    const { run } = createOperationFixture();
    const params = { tenant: "platform", service: "probe" };
    const shown = await run("services.get", platform, { params });
    expect(shown).toMatchObject({
      isOwn: true,
      endpoints: [{}, { successor: "sentiment@3.0.0" }, { version: "3.0.0", status: "draft" }],
      backends: [{ name: "orders" }, { name: "stock", status: "draft", hasOpenapi: false }],
    });
  });

  test("names of the tenants that qualify no other than the one that asks", async () => {
    const { run } = createOperationFixture();
    const approvalOf = async (tenant: string) => {
      const member = { shop, bank, platform }[tenant] ?? operator();
      const params = { tenant, service: "choosy" };
      return run<{ approval: { when: object }; approvalWords: string }>("services.get", member, { params });
    };
    const forShop = await approvalOf("shop");
    expect(forShop.approval.when).toEqual({ tenants: [], environments: ["test"], requestsPerMinuteUpTo: 60 });
    expect(JSON.stringify(forShop)).not.toContain("bank");
    const forBank = await approvalOf("bank");
    expect(forBank.approval.when).toMatchObject({ tenants: ["bank"] });
    expect(forBank.approvalWords).toBe(
      "A request is approved at once where it comes from bank, and it is for keys of the environment test alone, " +
        "and it asks for at most 60 requests per minute. Otherwise: 2 members of platform who are owner or " +
        "admin decide, within 3d, after which the request lapses.",
    );
    expect((await approvalOf("platform")).approval.when).toMatchObject({ tenants: ["bank"] });
  });

  test.each([
    [{ mode: "none" }, "Every request is approved at once."],
    [{ mode: "by", roles: ["owner"], quorum: 1, withinMs: null }, "A member of acme who is owner decides."],
    [
      {
        mode: "automatic",
        when: { tenants: null, environments: null, requestsPerMinuteUpTo: null },
        otherwise: { mode: "none" },
      },
      "Every request is approved at once.",
    ],
  ] as const)("says %p in words", (approval, words) => {
    expect(approvalWords(approval, "acme")).toBe(words);
  });

  test("tells which of the tenant's applications use a service, or have asked to", async () => {
    const { run } = createOperationFixture();
    const appsOf = async (name: string) => {
      const params = { tenant: "shop", service: name };
      return (await run<{ apps: unknown }>("services.get", shop, { params })).apps;
    };
    expect(await appsOf("declared")).toEqual([
      { app: "checkout", subscription: null, state: "approved", expiresAtMs: null },
    ]);
    expect(await appsOf("probe")).toEqual([]);
    const body = { app: "checkout", service: "probe", purpose: "to see" };
    const { id } = await run<{ id: string }>("subscriptions.request", shop, {
      params: { tenant: "shop" },
      body,
    });
    await run("subscriptions.request", memberOf("bank", "owner"), { params: { tenant: "bank" }, body });
    expect(await appsOf("probe")).toEqual([
      { app: "checkout", subscription: id, state: "requested", expiresAtMs: null },
    ]);
    await run("approvals.approve", platform, { params: { tenant: "platform", id } });
    const expiresAtMs = START_MS + 10 * DAY_MS;
    expect(await appsOf("probe")).toEqual([
      { app: "checkout", subscription: id, state: "approved", expiresAtMs },
    ]);
  });
});

describe("applications", () => {
  test("show what they use, declared or subscribed, their keys and all that they reach", async () => {
    const { run, clock } = createOperationFixture();
    const params = { tenant: "shop" };
    const body = { app: "checkout", service: "probe", purpose: "to see" };
    const { id } = await run<{ id: string }>("subscriptions.request", shop, { params, body });
    await run("approvals.approve", platform, {
      params: { tenant: "platform", id },
      body: { terms: { endpoints: [], backends: ["orders"] } },
    });
    await run("keys.create", shop, { params, body: { app: "checkout", name: "n", environment: "live" } });
    const shown = await run<object>("apps.get", shop, { params: { ...params, app: "checkout" } });
    const declared = { subscription: null, isTrial: false, expiresAtMs: null };
    expect(shown).toMatchObject({
      uses: [
        { service: "declared", owner: "platform", ...declared },
        { service: "probe", subscription: id, isTrial: false, expiresAtMs: START_MS + 10 * DAY_MS },
      ],
      keys: { declared: 1, issued: 1 },
      limits: [],
      reach: { models: ["fast"], endpoints: [], backends: ["orders@1.0.0"] },
    });
    clock.advance(10 * DAY_MS);
    expect(await run("apps.get", shop, { params: { ...params, app: "checkout" } })).toMatchObject({
      uses: [{ service: "declared" }],
      reach: { models: ["fast"], backends: [] },
    });
  });

  test("do not show another tenant's of the same name", async () => {
    const { run } = createOperationFixture();
    expect(await run("apps.get", bank, { params: { tenant: "bank", app: "checkout" } })).toMatchObject({
      uses: [],
      keys: { declared: 0, issued: 0 },
    });
    await expect(run("apps.get", bank, { params: { tenant: "bank", app: "search" } })).rejects.toMatchObject({
      code: "LK-2020",
    });
  });

  test("are found by what they use and by part of their name", async () => {
    const { run } = createOperationFixture();
    const list = async (query: object) => {
      const found = await run<Listed>("apps.list", shop, { params: { tenant: "shop" }, query: { ...query } });
      return found.items.map(({ name }) => name);
    };
    expect(await list({})).toEqual(["checkout", "search"]);
    expect(await list({ service: "declared" })).toEqual(["checkout"]);
    expect(await list({ text: "EAR" })).toEqual(["search"]);
  });
});

describe("the lifecycle of what a tenant offers", () => {
  const list = async ({ run }: OperationFixture, kind: string, tenant: string, query: object = {}) => {
    const member = { shop, bank, platform }[tenant] ?? operator();
    return (
      await run<{ items: object[] }>(`${kind}.list`, member, { params: { tenant }, query: { ...query } })
    ).items;
  };

  test("shows drafts, and counts those who use the services", async () => {
    const fixture = createOperationFixture();
    const body = { app: "checkout", service: "probe", purpose: "to see" };
    const { id } = await fixture.run<{ id: string }>("subscriptions.request", shop, {
      params: { tenant: "shop" },
      body,
    });
    await fixture.run("approvals.approve", platform, { params: { tenant: "platform", id } });
    expect(await list(fixture, "endpoints", "platform")).toMatchObject([
      { version: "1.0.0", services: ["texts", "probe"], subscribers: 1 },
      { version: "2.0.0", successor: "sentiment@3.0.0", subscribers: 1 },
      { version: "3.0.0", status: "draft", subscribers: 1 },
    ]);
    expect(await list(fixture, "endpoints", "platform", { status: "draft" })).toHaveLength(1);
    expect(await list(fixture, "backends", "platform", { service: "probe" })).toMatchObject([
      { name: "orders" },
      { name: "stock" },
    ]);
    expect(await list(fixture, "endpoints", "shop")).toMatchObject([
      { version: "2.0.0", services: ["shop-own"], subscribers: 0, successor: null },
    ]);
    expect(await list(fixture, "backends", "bank")).toEqual([]);
  });
});

describe("pages of what the config declares", () => {
  const many = Array.from({ length: 7 }, (_, index) => service(`many-${index}`, { owner: SHOP }));

  test("go through everything once, and a cursor is good for its own list only", async () => {
    const { run } = createOperationFixture({ services: [...ownServices, ...many] });
    const params = { tenant: "shop" };
    const page = (query: object) => run<Listed>("services.list", shop, { params, query: { ...query } });
    const seen: string[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const found: Listed = await page({ limit: "3", text: "many", ...(cursor !== undefined && { cursor }) });
      expect(found.items.length).toBeLessThanOrEqual(3);
      seen.push(...found.items.map(({ name }) => name));
      cursor = found.next;
    }
    expect(seen).toEqual(many.map(({ name }) => name));
    const { next } = await page({ limit: 3, text: "many" });
    const wrong = { code: "LK-2102", param: "cursor" };
    await expect(page({ cursor: next, text: "man" })).rejects.toMatchObject(wrong);
    await expect(page({ cursor: `${next}0`, text: "many" })).rejects.toMatchObject(wrong);
    await expect(page({ cursor: "3.0000000000000000", text: "many" })).rejects.toMatchObject(wrong);
    const other = { params: { tenant: "platform" }, query: { cursor: next, text: "many" } };
    await expect(run("services.list", platform, other)).rejects.toMatchObject(wrong);
    await expect(run("apps.list", shop, { params, query: { cursor: next } })).rejects.toMatchObject(wrong);
    expect((await page({ limit: 2, cursor: next, text: "many" })).items).toHaveLength(2);
  });
});

test("the artifact in force is told to operators by its hash and how much it declares", async () => {
  const { run } = createOperationFixture();
  expect(await run("artifact.current", operator())).toMatchObject({
    hash: "a".repeat(64),
    counts: { tenants: 3, apps: 4, keys: 1, endpoints: 3, backends: 2 },
  });
});

test("a tenant is shown with its policy, and how much it has", async () => {
  const { run } = createOperationFixture();
  expect(await run("tenants.get", shop, { params: { tenant: "shop" } })).toMatchObject({
    name: "shop",
    roles: ["developer"],
    keys: { maxPerApp: null, allowUnscoped: true },
    counts: { members: 5, apps: 2, services: 2 },
  });
  const tenantsOf = async (member: typeof shop) =>
    (await run<Listed>("tenants.list", member)).items.map(({ name }) => name);
  expect(await tenantsOf(shop)).toEqual(["shop"]);
  expect(await tenantsOf(operator())).toEqual(["shop", "bank", "platform"]);
});

test("members are listed with their roles: people, then groups", async () => {
  const { run, deploy } = createOperationFixture();
  deploy((artifact) => ({
    ...artifact,
    tenants: artifact.tenants.map((tenant, id) =>
      id === SHOP ? { ...tenant, groups: [["shop-ops", "admin"]] as [string, "admin"][] } : tenant,
    ),
  }));
  const found = await run("members.list", shop, { params: { tenant: "shop" }, query: { role: "admin" } });
  expect(found).toEqual({
    items: [
      { kind: "person", name: "admin@shop.example", role: "admin" },
      { kind: "group", name: "shop-ops", role: "admin" },
    ],
    next: null,
  });
});

test("a member is told who they are and what they may do where", async () => {
  const { run } = createOperationFixture();
  const permissions = new Set(["self.read", "key.read"] as const);
  const me = await run<{ tenants: unknown }>("me.get", { ...shop, permissions, csrf: "c5rf" });
  expect(me).toMatchObject({
    address: "developer@shop.example",
    isOperator: false,
    csrf: "c5rf",
    narrowedTo: ["self.read", "key.read"],
    tenants: [{ name: "shop", roles: ["developer"], permissions: ["key.read"] }],
  });
  expect(await run("me.get", operator())).toMatchObject({ isOperator: true, narrowedTo: null, tenants: [] });
});
