import { describe, expect, test } from "bun:test";
import type { WantedKey } from "../../../src/admin/keys/check-key.ts";
import { inspectKey } from "../../../src/admin/keys/inspect-key.ts";
import { issueKey, type NewKey } from "../../../src/admin/keys/issue-key.ts";
import { getKey, type KeyFilter, listKeys } from "../../../src/admin/keys/list-keys.ts";
import { revokeKey } from "../../../src/admin/keys/revoke-key.ts";
import { type Rotation, rotateKey } from "../../../src/admin/keys/rotate-key.ts";
import { updateKey } from "../../../src/admin/keys/update-key.ts";
import { findKeysToWarn, warnOfKeys } from "../../../src/admin/keys/warn-of-keys.ts";
import type { Artifact, ArtifactKeyPolicy } from "../../../src/artifact/artifact.ts";
import { writeKeyUses } from "../../../src/cli/key-uses.ts";
import { generateApiKey, parseApiKey } from "../../../src/kernel/api-key.ts";
import { checksum } from "../../../src/kernel/checked-text.ts";
import { digestOf } from "../../../src/kernel/hash.ts";
import {
  createAdminFixture,
  DAY_MS,
  memberOf,
  operator,
  refusalOf,
  SHOP,
  START_MS,
} from "../support/admin-fixture.ts";

const dev = memberOf("shop", "developer");
const noScope = {
  services: null,
  models: null,
  endpoints: null,
  backends: null,
  methods: null,
  readOnly: false,
};
let made = 0;
/** Of letters, and none that was given before. */
const freshName = (): string => `nightly${"x".repeat(made++)}`;
const wanted = (change: Partial<NewKey> = {}): NewKey => ({
  tenant: "shop",
  app: "checkout",
  name: freshName(),
  environment: "live",
  expiresAtMs: null,
  scope: noScope,
  networks: null,
  requestsPerMinute: null,
  ...change,
});

/** @param policy of the shop */
function start(policy: Partial<ArtifactKeyPolicy> = {}) {
  made = 0;
  const fixture = createAdminFixture();
  const { parts, deploy } = fixture;
  const allow = (change: Partial<ArtifactKeyPolicy>) =>
    deploy((artifact) => ({
      ...artifact,
      tenants: artifact.tenants.map((tenant, id) =>
        id === SHOP ? { ...tenant, keys: { ...tenant.keys, ...change } } : tenant,
      ),
    }));
  allow(policy);
  return {
    ...fixture,
    allow,
    issue: (change: Partial<NewKey> = {}) => issueKey(parts, dev, wanted(change), "192.0.2.7"),
    rotate: (id: string, change: Partial<Rotation> = {}) =>
      rotateKey(parts, dev, { id, overlapMs: DAY_MS, ...change }, null),
    get: (id: string) => getKey(parts, dev, id),
    list: (filter: Partial<KeyFilter> = {}) =>
      listKeys(parts, dev, { tenant: "shop", limit: 100, ...filter }),
  };
}

describe("issuing a key", () => {
  test("shows its text once, and keeps its digest alone", async () => {
    const { issue, parts, told } = start();
    const { text, key } = await issue({
      expiresAtMs: START_MS + DAY_MS,
      requestsPerMinute: 60,
      networks: ["10.0.0.0/8"],
    });
    expect(parseApiKey(text)).toEqual({ environment: "live", publicId: key.id });
    expect(key).toMatchObject({
      tenant: "shop",
      app: "checkout",
      name: "nightly",
      environment: "live",
      state: "active",
      declared: false,
      version: 1,
      expiresAtMs: START_MS + DAY_MS,
      requestsPerMinute: 60,
      networks: ["10.0.0.0/8"],
      createdBy: "developer@shop.example",
      createdAtMs: START_MS,
      replaces: null,
      replacedBy: null,
    });
    const record = await parts.records.get("key", key.id);
    expect(record).toMatchObject({ tenant: "shop", body: { digest: digestOf(text), state: "active" } });
    const secret = text.slice(text.lastIndexOf("_") + 1);
    const kept = [
      record,
      await parts.records.listAudit({ limit: 9 }),
      await parts.records.list({ kind: "delivery", limit: 9 }),
    ];
    expect(JSON.stringify(kept)).not.toContain(secret);
    const shown = JSON.stringify([key, kept[1], kept[2]]);
    for (const hidden of [secret, digestOf(text), digestOf(text).slice(7)])
      expect(shown).not.toContain(hidden);
    expect(await told()).toEqual(["key.created → developer@shop.example"]);
    const [entry] = await parts.records.listAudit({ limit: 1 });
    expect(entry).toMatchObject({
      action: "key.create",
      tenant: "shop",
      subject: `key:${key.id}`,
      before: null,
      after: { name: "nightly", app: "checkout" },
      actor: { id: "developer@shop.example", address: "192.0.2.7" },
    });
  });

  test("keeps apart what narrows nothing and what allows nothing", async () => {
    const { issue, parts } = start();
    const none = { ...noScope, services: [], models: [], endpoints: [], backends: [], methods: [] };
    const { key } = await issue({ networks: [], scope: none });
    const other = await issue({ networks: null, scope: noScope });
    const bodies = await Promise.all([key.id, other.key.id].map((id) => parts.records.get("key", id)));
    expect(bodies.map((record) => [record?.body.networks, record?.body.scope])).toEqual([
      [[], none],
      [null, noScope],
    ]);
  });

  test("takes names of what the application reaches or could subscribe to", async () => {
    const { issue } = start();
    const scope = {
      services: ["declared", "texts"],
      models: ["fast", "slow"],
      endpoints: ["sentiment", "sentiment@2.0.0", "sentiment@1.0.0"],
      backends: null,
      methods: ["GET", "POST"],
      readOnly: true,
    };
    expect((await issue({ scope })).key.scope).toEqual(scope);
  });

  test("refuses a name that another key of the application goes by, as long as that one works", async () => {
    const { issue, rotate, parts, clock } = start();
    const taken = { code: "LK-2027", param: "name" };
    expect(await refusalOf(() => issue({ name: "production" }))).toMatchObject({
      ...taken,
      message: expect.stringContaining("config"),
    });
    const { key } = await issue({ name: "ci", expiresAtMs: START_MS + DAY_MS });
    expect(await refusalOf(() => issue({ name: "ci" }))).toMatchObject({
      ...taken,
      message: expect.stringContaining(key.id),
    });
    expect((await issue({ name: "ci", app: "search" })).key.name).toBe("ci");
    expect((await issue({ name: "CI" })).key.name).toBe("CI");
    const other = await issue({ name: "other" });
    const rename = (id: string, name: string) => updateKey(parts, dev, { id, name }, null);
    expect(await refusalOf(() => rename(other.key.id, "ci"))).toMatchObject(taken);
    expect(await refusalOf(() => rename(other.key.id, "production"))).toMatchObject(taken);
    // A rotation hands its name on: both keys may have it, and a third one may not.
    const next = await rotate(other.key.id);
    expect(next.key.name).toBe("other");
    expect((await rename(other.key.id, "old")).name).toBe("old");
    expect((await rename(other.key.id, "other")).name).toBe("other");
    expect(await refusalOf(() => issue({ name: "other" }))).toMatchObject(taken);
    // What is over leaves its name to others.
    await revokeKey(parts, dev, { id: other.key.id }, null);
    expect(await refusalOf(() => issue({ name: "other" }))).toMatchObject(taken);
    await revokeKey(parts, dev, { id: next.key.id }, null);
    expect((await issue({ name: "other" })).key.name).toBe("other");
    clock.advance(DAY_MS);
    expect((await issue({ name: "ci" })).key.name).toBe("ci");
  });

  test("gives a name once, also where many ask at the same time", async () => {
    const { issue, parts } = start();
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => issue({ name: "same" })));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await parts.records.count({ kind: "key" })).toBe(1);
  });

  const scope = (change: Partial<WantedKey["scope"]>) => ({ scope: { ...noScope, ...change } });
  test.each([
    ["name", { name: "" }],
    ["name", { name: "x".repeat(101) }],
    ["name", { name: "a\r\nb" }],
    ["name", { name: " a" }],
    ["environment", { environment: "" }],
    ["environment", { environment: "LIVE" }],
    ["environment", { environment: "a_b" }],
    ["expiresAtMs", { expiresAtMs: START_MS }],
    ["expiresAtMs", { expiresAtMs: Number.NaN }],
    ["expiresAtMs", { expiresAtMs: 1e300 }],
    ["expiresAtMs", { expiresAtMs: Number.MAX_SAFE_INTEGER }],
    ["networks[1]", { networks: ["10.0.0.0/8", "10.0.0.0/33"] }],
    ["networks[0]", { networks: ["example.com"] }],
    ["networks[1]", { networks: ["::1", "::1"] }],
    ["networks", { networks: Array.from({ length: 501 }, (_, at) => `10.0.${at >> 8}.${at & 255}`) }],
    ["requestsPerMinute", { requestsPerMinute: 0 }],
    ["requestsPerMinute", { requestsPerMinute: 1.5 }],
    ["scope.services[0]", scope({ services: ["nothing"] })],
    ["scope.services[0]", scope({ services: ["bank-only"] })],
    ["scope.models[1]", scope({ models: ["fast", "secret"] })],
    ["scope.models[0]", scope({ models: ["constructor"] })],
    ["scope.endpoints[0]", scope({ endpoints: ["sentiment@3.0.0"] })],
    ["scope.endpoints[0]", scope({ endpoints: ["fast"] })],
    ["scope.backends[0]", scope({ backends: ["fast"] })],
    ["scope.methods[0]", scope({ methods: ["get"] })],
    ["scope.methods[1]", scope({ methods: ["GET", "TRACE"] })],
  ])("with a wrong %s is refused", async (param, change) => {
    const { issue, parts } = start();
    expect(await refusalOf(() => issue(change))).toMatchObject({ code: "LK-2102", param });
    expect(await parts.records.count({ kind: "key" })).toBe(0);
  });

  test("does not tell what others have from what nobody has", async () => {
    const { issue } = start();
    const theirs = await refusalOf(() => issue(scope({ models: ["secret"] })));
    expect(theirs).toEqual(await refusalOf(() => issue(scope({ models: ["nothing"] }))));
  });
});

describe("the policy of the tenant", () => {
  const scoped = { scope: { ...noScope, models: ["fast"] } };
  test.each([
    ["maxLifetime", "expiresAtMs", { maxLifetimeMs: DAY_MS }, { expiresAtMs: null }],
    ["maxLifetime", "expiresAtMs", { maxLifetimeMs: DAY_MS }, { expiresAtMs: START_MS + DAY_MS + 1 }],
    ["environments", "environment", { environments: ["test", "ci"] }, {}],
    ["environments", "environment", { environments: [] }, {}],
    ["namePattern", "name", { namePattern: "[a-z]+-live" }, {}],
    ["namePattern", "name", { namePattern: "a|production" }, { name: "production2" }],
    ["allowUnscoped", "scope", { allowUnscoped: false }, {}],
    [
      "allowUnscoped",
      "scope",
      { allowUnscoped: false },
      { scope: { ...noScope, methods: ["GET"], readOnly: true } },
    ],
  ])("names its rule %s and the field %s", async (rule, param, policy, change) => {
    const { issue, parts } = start(policy);
    const refusal = await refusalOf(() => issue(change));
    expect(refusal).toMatchObject({ code: "LK-2022", param, message: expect.stringContaining(`(${rule})`) });
    expect(await parts.records.count({ kind: "key" })).toBe(0);
  });

  test.each([
    [{ maxLifetimeMs: DAY_MS }, { expiresAtMs: START_MS + DAY_MS }],
    [{ environments: ["live"] }, {}],
    [{ namePattern: "[a-z]+" }, {}],
    [{ allowUnscoped: false }, scoped],
    [{ allowUnscoped: false }, { scope: { ...noScope, services: [] } }],
  ])("%o lets pass what keeps to it", async (policy, change) => {
    const { issue } = start(policy);
    expect((await issue(change)).key.state).toBe("active");
  });

  test("counts the keys of an application that work, declared ones too, exactly", async () => {
    const { issue, parts, clock, rotate } = start({ maxPerApp: 3 });
    const first = await issue();
    const second = await issue({ expiresAtMs: START_MS + DAY_MS });
    expect(await refusalOf(issue)).toMatchObject({
      code: "LK-2022",
      message: expect.stringContaining("(maxPerApp)"),
    });
    expect((await issue({ app: "search" })).key.app).toBe("search");
    await revokeKey(parts, dev, { id: first.key.id }, null);
    const third = await issue();
    clock.advance(DAY_MS);
    expect((await getKey(parts, dev, second.key.id)).state).toBe("expired");
    await issue();
    expect((await refusalOf(issue)).code).toBe("LK-2022");
    await rotate(third.key.id);
    expect((await refusalOf(issue)).code).toBe("LK-2022");
  });

  test("is kept also by many who issue at the same time", async () => {
    const { issue, parts } = start({ maxPerApp: 6 });
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => issue()));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
    expect(await parts.records.count({ kind: "key" })).toBe(5);
  });
});

describe("rotating a key", () => {
  test("makes one like it, and lets the old one work until the overlap is over", async () => {
    const { issue, rotate, get, clock, told, parts } = start();
    const scope = { ...noScope, models: ["fast"], methods: ["POST"] };
    const change = { scope, networks: [], requestsPerMinute: 5, expiresAtMs: START_MS + 30 * DAY_MS };
    const old = await issue(change);
    clock.advance(10 * DAY_MS);
    const { text, key } = await rotate(old.key.id);
    expect(parseApiKey(text)?.publicId).toBe(key.id);
    expect(key).toMatchObject({
      ...change,
      name: "nightly",
      environment: "live",
      replaces: old.key.id,
      expiresAtMs: clock.now() + 30 * DAY_MS,
    });
    expect(await get(old.key.id)).toMatchObject({
      state: "active",
      version: 2,
      replacedBy: key.id,
      expiresAtMs: clock.now() + DAY_MS,
    });
    expect((await told()).at(-1)).toBe("key.rotated → developer@shop.example");
    clock.advance(DAY_MS);
    expect((await get(old.key.id)).state).toBe("expired");
    expect(await warnOfKeys(parts, clock.now())).toBe(0);
    const audit = await parts.records.listAudit({ action: "key.rotate", limit: 9 });
    expect(audit.map(({ subject }) => subject)).toEqual([`key:${old.key.id}`, `key:${key.id}`]);
  });

  test("ends the old one at once without an overlap, and never later than it would have", async () => {
    const { issue, rotate, get } = start();
    const one = await issue();
    await rotate(one.key.id, { overlapMs: 0 });
    expect(await get(one.key.id)).toMatchObject({ state: "expired", expiresAtMs: START_MS });
    const two = await issue({ expiresAtMs: START_MS + 1_000 });
    await rotate(two.key.id, { overlapMs: DAY_MS });
    expect((await get(two.key.id)).expiresAtMs).toBe(START_MS + 1_000);
    const three = await issue();
    await rotate(three.key.id, { overlapMs: 90 * DAY_MS });
    expect((await get(three.key.id)).expiresAtMs).toBe(START_MS + 90 * DAY_MS);
    const four = await issue();
    await expect(rotate(four.key.id, { overlapMs: 90 * DAY_MS + 1 })).rejects.toMatchObject({
      ...{ code: "LK-2102", param: "overlapMs" },
    });
  });

  test("waits while the one before works, so that it makes no more keys than two of one", async () => {
    const { issue, rotate, clock } = start();
    const one = await issue();
    const two = await rotate(one.key.id, { overlapMs: DAY_MS });
    await expect(rotate(two.key.id)).rejects.toMatchObject({ code: "LK-2021" });
    clock.advance(DAY_MS);
    expect(await rotate(two.key.id)).toMatchObject({ key: { replaces: two.key.id } });
  });

  test("is not possible with one that is revoked, expired, rotated or declared", async () => {
    const { issue, rotate, parts, clock } = start();
    const [revoked, expired, rotated] = [
      await issue(),
      await issue({ expiresAtMs: START_MS + 1 }),
      await issue(),
    ];
    await revokeKey(parts, dev, { id: revoked.key.id }, null);
    await rotate(rotated.key.id);
    clock.advance(1);
    for (const id of [revoked.key.id, expired.key.id, rotated.key.id, "shop/checkout/production"]) {
      expect((await refusalOf(() => rotate(id))).code).toBe("LK-2021");
    }
    expect(await refusalOf(() => rotate(revoked.key.id, { overlapMs: -1 }))).toMatchObject({
      param: "overlapMs",
    });
  });

  test("keeps to the tenant's policy as it is now", async () => {
    const { issue, rotate, allow, clock } = start();
    const [one, two] = [await issue(), await issue({ expiresAtMs: START_MS + 90 * DAY_MS })];
    allow({ maxLifetimeMs: 7 * DAY_MS });
    const later = await refusalOf(() => rotate(one.key.id, { expiresAtMs: START_MS + 8 * DAY_MS }));
    expect(later).toMatchObject({ code: "LK-2022", param: "expiresAtMs" });
    expect((await rotate(one.key.id)).key.expiresAtMs).toBe(clock.now() + 7 * DAY_MS);
    expect((await rotate(two.key.id)).key.expiresAtMs).toBe(clock.now() + 7 * DAY_MS);
    const three = await issue({ expiresAtMs: START_MS + DAY_MS });
    allow({ environments: ["test"] });
    expect((await refusalOf(() => rotate(three.key.id))).code).toBe("LK-2022");
  });

  test("at the same time by two makes one key", async () => {
    const { issue, rotate, parts } = start();
    const { key } = await issue();
    const results = await Promise.allSettled([rotate(key.id), rotate(key.id)]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await parts.records.count({ kind: "key" })).toBe(2);
  });
});

describe("revoking a key", () => {
  test("ends it for good, says why, and answers the same again", async () => {
    const { issue, parts, get, told } = start();
    const { key } = await issue();
    const wrong = () => revokeKey(parts, dev, { id: key.id, version: 4 }, null);
    expect((await refusalOf(wrong)).code).toBe("LK-2016");
    const revoked = await revokeKey(parts, dev, { id: key.id, version: 1, reason: "leaked" }, null);
    expect(revoked).toMatchObject({
      state: "revoked",
      revokedAtMs: START_MS,
      revokedBy: "developer@shop.example",
      revokedFor: "leaked",
    });
    const again = await revokeKey(
      parts,
      memberOf("shop", "owner"),
      { id: key.id, version: 1, reason: "x" },
      null,
    );
    expect(again).toEqual(revoked);
    expect(await get(key.id)).toEqual(revoked);
    expect((await told()).filter((line) => line.startsWith("key.revoked"))).toHaveLength(1);
    expect((await parts.records.listAudit({ action: "key.revoke", limit: 9 })).length).toBe(1);
  });

  test("of the config is done in the config", async () => {
    const { parts } = start();
    const refusal = await refusalOf(() => revokeKey(parts, dev, { id: "shop/checkout/production" }, null));
    expect(refusal).toMatchObject({ code: "LK-2021", message: expect.stringContaining("config") });
  });
});

describe("changing a key", () => {
  test("renames it or lets it end earlier, and nothing else", async () => {
    const { issue, parts, clock, allow } = start();
    const { key } = await issue({ expiresAtMs: START_MS + 9 * DAY_MS });
    const update = (change: object) => updateKey(parts, dev, { id: key.id, ...change }, null);
    expect(await update({ name: "other" })).toMatchObject({ name: "other", version: 2 });
    expect(await update({ name: "other" })).toMatchObject({ version: 2 });
    expect(await update({ expiresAtMs: START_MS + DAY_MS, version: 2 })).toMatchObject({ version: 3 });
    expect((await refusalOf(() => update({ name: "x", version: 2 }))).code).toBe("LK-2016");
    const later = await refusalOf(() => update({ expiresAtMs: START_MS + 2 * DAY_MS }));
    expect(later).toMatchObject({ code: "LK-2102", param: "expiresAtMs" });
    expect((await refusalOf(() => update({ expiresAtMs: START_MS }))).param).toBe("expiresAtMs");
    expect((await refusalOf(() => update({ name: "" }))).param).toBe("name");
    allow({ namePattern: "[a-z]+" });
    expect(await refusalOf(() => update({ name: "N1" }))).toMatchObject({ code: "LK-2022", param: "name" });
    clock.advance(DAY_MS);
    expect((await refusalOf(() => update({ name: "late" }))).code).toBe("LK-2021");
  });
});

describe("reading keys", () => {
  test("lists declared ones first, then the newest, by application, state and text, in pages", async () => {
    const { issue, list, parts, clock } = start();
    const ids = [
      (await issue({ name: "alpha" })).key.id,
      (await issue({ name: "Beta", app: "search", expiresAtMs: START_MS + 1 })).key.id,
      (await issue({ name: "gamma" })).key.id,
    ] as const;
    await revokeKey(parts, dev, { id: ids[2] }, null);
    clock.advance(1);
    const idsOf = async (filter: Partial<KeyFilter> = {}) => (await list(filter)).keys.map(({ id }) => id);
    const declared = "shop/checkout/production";
    expect(await idsOf()).toEqual([declared, ids[2], ids[1], ids[0]]);
    expect(await idsOf({ app: "checkout" })).toEqual([declared, ids[2], ids[0]]);
    expect(await idsOf({ state: "active" })).toEqual([declared, ids[0]]);
    expect(await idsOf({ state: "expired" })).toEqual([ids[1]]);
    expect(await idsOf({ state: "revoked" })).toEqual([ids[2]]);
    expect(await idsOf({ text: "BET" })).toEqual([ids[1]]);
    expect(await idsOf({ text: ids[0].slice(0, 8) })).toContain(ids[0]);
    expect(await idsOf({ text: "' OR 1=1 --" })).toEqual([]);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list({ limit: 1, after });
      seen.push(...page.keys.map(({ id }) => id));
      after = page.next;
    } while (after !== null);
    expect(seen).toEqual([declared, ids[2], ids[1], ids[0]]);
    expect(await refusalOf(() => list({ after: "declared--1" }))).toMatchObject({
      code: "LK-2102",
      param: "after",
    });
  });

  test("tells when each was used last, as far as that was written down", async () => {
    const { issue, list, get, parts } = start();
    const { key } = await issue();
    await writeKeyUses(parts.records, [
      { tenant: "shop", app: "checkout", name: key.id, atMs: START_MS + 5 },
      { tenant: "shop", app: "checkout", name: "production", atMs: START_MS + 7 },
      { tenant: "bank", app: "checkout", name: key.id, atMs: START_MS + 9 },
    ]);
    const { keys } = await list();
    expect(keys.map(({ lastUsedAtMs }) => lastUsedAtMs)).toEqual([START_MS + 7, START_MS + 5]);
    expect(await get(key.id)).toMatchObject({ lastUsedAtMs: START_MS + 5 });
    expect(await revokeKey(parts, dev, { id: key.id }, null)).toMatchObject({ lastUsedAtMs: START_MS + 5 });
  });

  test("shows declared ones as what they are", async () => {
    const { get } = start();
    expect(await get("shop/checkout/production")).toMatchObject({
      declared: true,
      version: null,
      state: "active",
    });
  });

  test("tells members of its tenant which key a text is, and nobody else", async () => {
    const { issue, parts, deploy } = start();
    const { text, key } = await issue();
    expect(await inspectKey(parts, memberOf("shop", "viewer"), text)).toEqual(key);
    const unknown = await refusalOf(() => inspectKey(parts, dev, generateApiKey("live")));
    expect(unknown.code).toBe("LK-2020");
    const forged = `${text.slice(0, text.lastIndexOf("_") + 1)}${"A".repeat(43)}`;
    for (const call of [
      () => inspectKey(parts, memberOf("bank", "owner"), text),
      () => inspectKey(parts, dev, forged + checksum(forged)),
    ]) {
      expect(await refusalOf(call)).toEqual(unknown);
    }
    for (const malformed of ["", key.id, text.slice(0, -1), `${text} `, "x".repeat(100_000)]) {
      expect(await refusalOf(() => inspectKey(parts, dev, malformed))).toMatchObject({
        code: "LK-2102",
        param: "key",
      });
    }
    const declared = generateApiKey("live");
    deploy(
      (artifact): Artifact => ({
        ...artifact,
        keys: artifact.keys.map((one) => ({ ...one, digest: digestOf(declared) })),
      }),
    );
    expect(await inspectKey(parts, dev, declared)).toMatchObject({
      id: "shop/checkout/production",
      declared: true,
    });
    expect(await refusalOf(() => inspectKey(parts, memberOf("bank", "owner"), declared))).toEqual(unknown);
    expect((await inspectKey(parts, operator(), declared)).declared).toBe(true);
  });
});

describe("keys that end soon", () => {
  test("are told of once each, when their tenant's policy says", async () => {
    const { issue, parts, clock, told } = start({ warnBeforeMs: 3 * DAY_MS });
    const [soon, later, never] = [
      await issue({ expiresAtMs: START_MS + 4 * DAY_MS }),
      await issue({ expiresAtMs: START_MS + 40 * DAY_MS }),
      await issue(),
    ];
    expect(await warnOfKeys(parts, clock.now())).toBe(0);
    clock.advance(DAY_MS);
    expect((await findKeysToWarn(parts, clock.now())).map(({ id }) => id)).toEqual([soon.key.id]);
    const audits = (await parts.records.listAudit({ limit: 99 })).length;
    const sweeps = await Promise.all([warnOfKeys(parts, clock.now()), warnOfKeys(parts, clock.now())]);
    expect(sweeps[0] + sweeps[1]).toBe(1);
    expect(await warnOfKeys(parts, clock.now())).toBe(0);
    expect((await parts.records.listAudit({ limit: 99 })).length).toBe(audits);
    expect((await told()).filter((line) => line.startsWith("key.expiring"))).toEqual([
      "key.expiring → developer@shop.example",
    ]);
    await updateKey(parts, dev, { id: soon.key.id, expiresAtMs: clock.now() + DAY_MS }, null);
    expect(await warnOfKeys(parts, clock.now())).toBe(1);
    await revokeKey(parts, dev, { id: later.key.id }, null);
    clock.advance(38 * DAY_MS);
    expect(await findKeysToWarn(parts, clock.now())).toEqual([]);
    expect((await getKey(parts, dev, never.key.id)).state).toBe("active");
  });
});
