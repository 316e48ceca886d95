import { Database } from "bun:sqlite";
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { readFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import type { ServedGateway } from "../../src/cli/serve/serve-gateway.ts";
import { stateFiles } from "../../src/cli/wire.ts";
import { afterTest } from "../support/after-test.ts";
import { type AdminProject, adminProject, statusesOf } from "./support/admin-project.ts";
import { type Ran, run } from "./support/test-io.ts";

setDefaultTimeout(60_000);

let folder: AdminProject;
let gateway: ServedGateway;
beforeAll(async () => {
  folder = await adminProject();
  gateway = await folder.serve();
});
afterAll(async () => {
  await gateway.stop(1_000);
  folder.remove();
});

const local = (...argv: readonly string[]): Promise<Ran> => run(argv, { cwd: folder.root });

async function remote(address: string, ...argv: readonly string[]): Promise<Ran> {
  return withToken(await folder.token(address), ...argv);
}

const withToken = (token: string, ...argv: readonly string[]): Promise<Ran> =>
  run([...argv, "--gateway", gateway.url], { cwd: folder.root, env: { LATCHKEY_TOKEN: token } });

describe("services", () => {
  test("are listed once each, with the applications of one's tenants", async () => {
    const { out } = await remote("dev@example.com", "services", "list");
    expect(out).toBe(
      "service\towner\toffers\tyour applications\tsummary\ntexts\tplatform\techo, loud\t-\tWords about words\n",
    );
    const ask = ["subscriptions", "request", "texts", "--app", "shop/checkout", "--purpose", "x", "--json"];
    const { id } = JSON.parse((await local(...ask)).out).subscription;
    const asked = await remote("dev@example.com", "services", "list", "--search", "words");
    expect(asked.out).toContain("\tshop/checkout (requested)\t");
    await local("subscriptions", "cancel", id);
    const data = JSON.parse((await remote("dev@example.com", "services", "list", "--json")).out).services;
    expect(data).toMatchObject([
      { tenant: "shop", name: "texts", isOwn: false },
      { tenant: "bank", name: "texts", isOwn: false },
    ]);
    expect((await remote("dev@example.com", "services", "list", "--owner", "shop")).errors).toBe(
      "No services.\n",
    );
  });

  test("are shown with what they offer and how they are approved, to those who may see them", async () => {
    const { out } = await remote("vic@example.com", "services", "show", "texts");
    expect(out).toMatch(/ {2}approval +\S/);
    expect(out).toMatch(/ {2}renewed after +30d\n/);
    expect(out).toMatch(/ {2}model +echo\n/);
    const hidden = await remote("vic@example.com", "services", "show", "secret");
    expect([hidden.code, hidden.errors]).toEqual([exitCodes.notFound, expect.stringContaining("LK-2020")]);
    const shown = JSON.parse((await remote("olga@example.com", "services", "show", "secret", "--json")).out);
    expect(shown).toMatchObject({ tenant: "platform", service: { name: "secret", isOwn: true } });
  });
});

describe("tokens", () => {
  test("act for whoever made them, within their permissions, until they are revoked", async () => {
    const argv = ["tokens", "new", "ci", "--permissions", "key.read,self.read", "--expires", "30d"];
    const made = await remote("dev@example.com", ...argv);
    const token = made.out.trim();
    expect([made.code, token.startsWith("lkt_"), made.errors.includes(token)]).toEqual([
      exitCodes.ok,
      true,
      false,
    ]);
    expect((await withToken(token, "keys", "list")).code).toBe(exitCodes.ok);
    const wider = await withToken(token, "keys", "new", "--app", "shop/checkout", "--expires", "1d");
    expect([wider.code, wider.errors]).toEqual([exitCodes.failure, expect.stringContaining("key.create")]);
    const listed = await remote("dev@example.com", "tokens", "list", "--json");
    const { id, permissions } = JSON.parse(listed.out).tokens.find(
      (one: { name: string }) => one.name === "ci",
    );
    expect(permissions).toEqual(["key.read", "self.read"]);
    expect(listed.out).not.toContain(token);
    expect((await remote("eve@example.com", "tokens", "revoke", id)).code).toBe(exitCodes.notFound);
    expect((await remote("dev@example.com", "tokens", "revoke", id)).out).toBe("The token is revoked.\n");
    expect((await withToken(token, "keys", "list")).errors).toContain("LK-2015");
    expect((await remote("dev@example.com", "tokens", "revoke", "..")).code).toBe(exitCodes.notFound);
  });

  test("go to a file where one is named", async () => {
    const made = await remote("dev@example.com", "tokens", "new", "kept", "--out", "kept.token", "--json");
    const text = readFileSync(join(folder.root, "kept.token"), "utf8").trim();
    expect(JSON.parse(made.out)).toMatchObject({
      file: "kept.token",
      token: { name: "kept", expiresAtMs: null },
    });
    expect(made.out + made.errors).not.toContain(text);
    const argv = ["tokens", "list", "--token", "@kept.token", "--gateway", gateway.url];
    expect((await local(...argv)).out).toContain("\tkept\tall\t");
  });

  test("are made for a member on the gateway's own machine, which the audit log says", async () => {
    const made = await local("tokens", "new", "first", "--for", "dev@example.com");
    const token = made.out.trim();
    expect([made.code, token.startsWith("lkt_")]).toEqual([exitCodes.ok, true]);
    expect((await withToken(token, "keys", "list")).code).toBe(exitCodes.ok);
    const { out } = await local("audit", "list", "--action", "token.create", "--limit", "1");
    expect(out).toContain(`person dev@example.com (${userInfo().username})`);
    const nobody = await local("tokens", "new", "x", "--for", "nobody@example.com");
    expect([nobody.code, nobody.errors]).toEqual([exitCodes.notFound, expect.stringContaining("LK-6111")]);
    const far = await remote("dev@example.com", "tokens", "new", "x", "--for", "ada@example.com");
    expect(far.code).toBe(exitCodes.usage);
  });

  test("are nobody's on the gateway's own machine", async () => {
    expect((await local("tokens", "list")).errors).toBe("No access tokens.\n");
    const { code, errors } = await local("tokens", "new", "mine");
    expect([code, errors]).toEqual([exitCodes.failure, expect.stringContaining("sign in as one to make it")]);
  });
});

describe("audit", () => {
  const entriesOf = async (...argv: readonly string[]) =>
    JSON.parse((await local("audit", "list", ...argv, "--json")).out).entries;

  test("names who did what, on this machine and elsewhere, and no secret", async () => {
    const here = (await local("keys", "new", "--app", "shop/checkout", "--expires", "1d")).out.trim();
    const flags = ["--app", "shop/checkout", "--name", "there", "--expires", "1d"];
    const there = await remote("dev@example.com", "keys", "new", ...flags);
    const { out } = await local("audit", "list", "--action", "key.create");
    const [head, newest, before] = out.split("\n");
    expect(head).toBe("time\ttenant\twho\tfrom\taction\tsubject");
    expect(newest).toMatch(/\tshop\ttoken dev@example\.com \(token \S+\)\t127\.0\.0\.1\tkey\.create\tkey:/);
    expect(before).toContain(`\tshop\tperson local (${userInfo().username})\t-\tkey.create\tkey:`);
    const all = JSON.stringify(await entriesOf("--limit", "1000"));
    for (const secret of [here, there.out.trim()]) expect(all).not.toContain(secret);
  });

  test("takes conditions, and shows the newest entries", async () => {
    const who = `local (${userInfo().username})`;
    const mine: { actor: { id: string } }[] = await entriesOf("--actor", who);
    expect([...new Set(mine.map(({ actor }) => actor.id))]).toEqual([who]);
    expect(await entriesOf("--limit", "2")).toHaveLength(2);
    expect(await entriesOf("--until", "2020-01-01")).toEqual([]);
    expect((await entriesOf("--since", "1h")).length).toBeGreaterThan(1);
    const [{ subject }] = await entriesOf("--action", "key.create", "--limit", "1");
    expect(await entriesOf("--subject", subject)).toMatchObject([
      { action: "key.create", before: null, tenant: "shop" },
    ]);
    const { code, errors } = await local("audit", "list", "--since", "yesterday");
    expect([code, errors]).toEqual([
      exitCodes.usage,
      expect.stringContaining("--since takes a time such as 1h"),
    ]);
  });

  test("is open to admins for their own tenants, and closed to others", async () => {
    const listed = await remote("ada@example.com", "audit", "list", "--json");
    const entries: { tenant: string; hash?: string }[] = JSON.parse(listed.out).entries;
    expect([...new Set(entries.map(({ tenant }) => tenant))]).toEqual(["shop"]);
    expect(entries[0]?.hash).toBeUndefined();
    const denied = await remote("vic@example.com", "audit", "list");
    expect([denied.code, denied.errors]).toEqual([exitCodes.failure, expect.stringContaining("audit.read")]);
    const named = await remote("ada@example.com", "audit", "list", "--tenant", "bank");
    expect(named.code).toBe(exitCodes.notFound);
    const verify = await remote("ada@example.com", "audit", "verify");
    expect([verify.code, verify.errors]).toEqual([
      exitCodes.failure,
      expect.stringContaining("audit.verify"),
    ]);
    expect((await remote("root@example.com", "audit", "verify")).out).toMatch(
      /^The audit log holds: \d+ entries\.\n$/,
    );
  });

  test("ends with 6 where the chain breaks, and names the entry", async () => {
    const other = await adminProject();
    afterTest(other.remove);
    const at = { cwd: other.root };
    for (let count = 0; count < 3; count++)
      await run(["keys", "new", "--app", "bank/checkout", "--name", `key ${count}`], at);
    const held = await run(["audit", "verify", "--json"], at);
    expect([held.code, JSON.parse(held.out)]).toEqual([exitCodes.ok, { entries: 3, broken: null }]);
    const database = new Database(stateFiles(other.root).records);
    database.run("DROP TRIGGER audit_stays");
    database.run("UPDATE audit SET entry = replace(entry, 'key.create', 'key.revoke') WHERE sequence = 2");
    database.close();
    const { code, out } = await run(["audit", "verify"], at);
    expect([code, out]).toEqual([
      exitCodes.notInOrder,
      expect.stringMatching(/^The audit log breaks at entry 2: /),
    ]);
  });
});

describe("access --gateway", () => {
  test("tells what the gateway goes by, for one's own tenants", async () => {
    const made = await remote("dev@example.com", "keys", "new", "--app", "bank/checkout", "--json");
    const { text, key } = JSON.parse(made.out);
    const before = await remote("eve@example.com", "access", "why", key.id, "echo");
    expect([before.code, before.out]).toEqual([
      exitCodes.notInOrder,
      expect.stringContaining("model echo: refused"),
    ]);
    const ask = ["subscriptions", "request", "texts", "--app", "bank/checkout", "--purpose", "x", "--json"];
    const { id } = JSON.parse((await remote("eve@example.com", ...ask)).out).subscription;
    await remote("olga@example.com", "approvals", "approve", id);
    expect(await statusesOf(gateway.url, text)).toEqual([200]);
    const why = await remote("eve@example.com", "access", "why", key.id, "echo");
    expect([why.code, why.out]).toEqual([exitCodes.ok, expect.stringContaining("model echo: allowed")]);
    const { access } = JSON.parse((await remote("eve@example.com", "access", "--key", key.id, "--json")).out);
    expect(access).toMatchObject([
      { tenant: "bank", app: "checkout", service: "texts", models: ["echo", "loud"] },
    ]);
    const stranger = await remote("olga@example.com", "access", "why", key.id, "echo");
    expect([stranger.code, stranger.errors]).toEqual([
      exitCodes.notFound,
      expect.stringContaining("LK-6111"),
    ]);
    const none = await remote("olga@example.com", "access");
    expect([none.code, none.errors]).toEqual([exitCodes.ok, "No key reaches anything of that.\n"]);
    const both = await remote("eve@example.com", "access", "--artifact", "current");
    expect([both.code, both.errors]).toEqual([exitCodes.usage, expect.stringContaining("--artifact")]);
  });
});
