import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { isOpenToOthers } from "../../src/cli/admin/remote-admin.ts";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import type { ServedGateway } from "../../src/cli/serve/serve-gateway.ts";
import { parseApiKey } from "../../src/kernel/api-key.ts";
import { afterTest } from "../support/after-test.ts";
import { type AdminProject, adminProject, statusesOf } from "./support/admin-project.ts";
import { project } from "./support/project.ts";
import { run, type TestIoOptions } from "./support/test-io.ts";

setDefaultTimeout(60_000);

let folder: AdminProject;
beforeAll(async () => {
  folder = await adminProject();
});
afterAll(() => folder.remove());

const cli = (argv: readonly string[], options: TestIoOptions = {}) =>
  run(argv, { cwd: folder.root, ...options });

async function json<Answer>(argv: readonly string[], options: TestIoOptions = {}): Promise<Answer> {
  const ran = await cli([...argv, "--json"], options);
  expect([ran.code, ran.errors.includes("error")]).toEqual([exitCodes.ok, false]);
  return JSON.parse(ran.out) as Answer;
}

interface Shown {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly expiresAtMs: number | null;
}

/** Keys that were issued so far: working ones of an application have different names. */
let issued = 0;

async function issue(...more: readonly string[]): Promise<{ readonly text: string; readonly key: Shown }> {
  const name = more.includes("--name") ? [] : ["--name", `issued-${++issued}`];
  return json(["keys", "new", "--app", "shop/checkout", "--expires", "30d", ...name, ...more]);
}

describe("keys new --app", () => {
  test("prints the text once on stdout, and what there is to say of it on stderr", async () => {
    const { code, out, errors } = await cli(["keys", "new", "--app", "shop/checkout", "--expires", "30d"]);
    expect(code).toBe(exitCodes.ok);
    const text = out.trim();
    const publicId = parseApiKey(text)?.publicId ?? "";
    expect(out).toBe(`${text}\n`);
    expect(publicId).not.toBe("");
    expect(errors).toContain(`Key ${publicId} of shop/checkout; it expires at `);
    expect(errors).toContain("A gateway that runs in this folder goes by it within 250 ms.");
    expect(errors).not.toContain(text);
  });

  test("narrows what the key may do, and tells no list from an empty one", async () => {
    const { key } = await issue(
      ...["--name", "reports", "--env", "test", "--models", "echo", "--backends", "-"],
      ...["--methods", "get,post", "--networks", "10.0.0.0/8,2001:db8::/32", "--requests-per-minute", "9"],
      "--read-only",
    );
    expect(key).toMatchObject({
      ...{ name: "reports", environment: "test", requestsPerMinute: 9, createdBy: "local" },
      networks: ["10.0.0.0/8", "2001:db8::/32"],
      scope: { services: null, models: ["echo"], backends: [], methods: ["GET", "POST"], readOnly: true },
    });
  });

  test("ends after a duration, or with a day", async () => {
    const nowMs = Date.UTC(2030, 0, 1, 12);
    const at = async (end: string) => {
      const argv = ["keys", "new", "--app", "bank/checkout", "--name", end, "--expires", end];
      return (await json<{ key: Shown }>(argv, { nowMs })).key.expiresAtMs;
    };
    expect(await at("90d")).toBe(nowMs + 90 * 86_400_000);
    expect(await at("2030-02-01")).toBe(Date.UTC(2030, 1, 2));
    const { code, errors } = await cli(["keys", "new", "--app", "bank/checkout", "--expires", "2030-02-30"]);
    expect([code, errors]).toEqual([
      exitCodes.usage,
      expect.stringContaining("--expires takes a time such as 90d"),
    ]);
  });

  test("writes the text to a file that only its owner can read, instead of showing it", async () => {
    const file = join(folder.root, "new.key");
    const argv = [
      "keys",
      "new",
      "--app",
      "shop/checkout",
      "--name",
      "filed",
      "--expires",
      "1d",
      "--out",
      "new.key",
    ];
    const { code, out, errors } = await cli([...argv, "--json"]);
    const text = readFileSync(file, "utf8").trim();
    expect(code).toBe(exitCodes.ok);
    expect(parseApiKey(text)?.publicId).toBe(JSON.parse(out).key.id);
    expect(JSON.parse(out).file).toBe("new.key");
    expect(out + errors).not.toContain(text);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    // It is not overwritten, and no key is made for it.
    const before = (await json<{ keys: Shown[] }>(["keys", "list"])).keys.length;
    const again = await cli(argv);
    expect([again.code, again.out]).toEqual([exitCodes.usage, ""]);
    expect(again.errors).toContain("The file new.key cannot be made");
    expect((await json<{ keys: Shown[] }>(["keys", "list"])).keys).toHaveLength(before);
    expect(readFileSync(file, "utf8").trim()).toBe(text);
  });

  test("leaves no file behind where the key is refused, and says by which rule", async () => {
    const argv = ["keys", "new", "--app", "shop/checkout", "--expires", "91d", "--out", "no.key"];
    const { code, errors } = await cli(argv);
    expect(code).toBe(exitCodes.failure);
    expect(errors).toContain("error LK-2022: The key policy of the tenant (maxLifetime) says that");
    expect(errors).toContain("Field: expiresAtMs");
    expect(() => statSync(join(folder.root, "no.key"))).toThrow();
  });

  test("refuses what it does not understand", async () => {
    const wrong: readonly (readonly [readonly string[], number, string])[] = [
      [["--app", "checkout"], exitCodes.usage, "--app takes an application as TENANT/APP"],
      [["--app", "a/b/c"], exitCodes.usage, "--app takes an application as TENANT/APP"],
      [["--app", "shop/nothing", "--expires", "1d"], exitCodes.notFound, "LK-2020"],
      [["--app", "nobody/checkout", "--expires", "1d"], exitCodes.notFound, "LK-2020"],
      [["--app", "shop/checkout", "--models", "echo,"], exitCodes.usage, "--models takes names"],
      [["--app", "shop/checkout", "--expires", "1d", "--models", "ecko"], exitCodes.usage, "scope.models[0]"],
      [
        ["--app", "shop/checkout", "--expires", "1d", "--networks", "10.0.0.0/99"],
        exitCodes.usage,
        "networks[0]",
      ],
      [["--app", "shop/checkout", "--requests-per-minute", "-1"], exitCodes.usage, "LK-6103"],
      [["--models", "echo"], exitCodes.usage, "--models goes with --app TENANT/APP"],
      [["--read-only"], exitCodes.usage, "--read-only goes with --app TENANT/APP"],
    ];
    for (const [argv, code, words] of wrong) {
      const ran = await cli(["keys", "new", ...argv]);
      expect([argv, ran.code, ran.out]).toEqual([argv, code, ""]);
      expect(ran.errors).toContain(words);
    }
  });

  test("says what is missing where nothing was built yet", async () => {
    const { code, errors } = await run(["keys", "list"], { cwd: project() });
    expect(code).toBe(exitCodes.notFound);
    expect(errors).toContain("There is no current artifact: start the gateway, or run `latchkey build`");
  });
});

describe("keys list", () => {
  test("lists declared and issued keys of all tenants, without texts and digests", async () => {
    const { text, key } = await issue("--name", "listed");
    const { out } = await cli(["keys", "list"]);
    expect(out.split("\n")[0]).toBe("key\tapp\tname\tenvironment\tstate\texpires\tlast used");
    expect(out).toContain("shop/checkout/main\tshop/checkout\tmain\t-\tactive\t2100-01-01T00:00:00Z\t-\n");
    expect(out).toContain(`${key.id}\tshop/checkout\tlisted\tlive\tactive\t`);
    const listed = await cli(["keys", "list", "--json"]);
    expect(out + listed.out).not.toContain(text);
    expect(listed.out).not.toContain("sha256");
  });

  test("takes conditions, and walks all pages", async () => {
    for (let at = 0; at < 3; at++) await issue("--name", `paged ${at}`);
    const names = async (...argv: readonly string[]) =>
      (await json<{ keys: Shown[] }>(["keys", "list", ...argv])).keys.map(({ name }) => name);
    expect(await names("--search", "paged")).toEqual(["paged 2", "paged 1", "paged 0"]);
    expect(await names("--search", "paged", "--limit", "2")).toEqual(["paged 2", "paged 1"]);
    expect(await names("--tenant", "shop", "--app", "checkout", "--limit", "1")).toEqual(["main"]);
    expect(await names("--tenant", "platform")).toEqual([]);
    for (const argv of [
      ["--state", "gone"],
      ["--limit", "0"],
      ["--limit", "many"],
    ])
      expect((await cli(["keys", "list", ...argv])).code).toBe(exitCodes.usage);
    expect((await cli(["keys", "list", "--tenant", ".."])).code).toBe(exitCodes.notFound);
  });
});

describe("keys rotate, revoke and inspect", () => {
  test("put a key in the place of another, found without its tenant's name", async () => {
    const old = await issue("--name", "turning");
    const { text, key } = await json<{ text: string; key: Shown }>(["keys", "rotate", old.key.id]);
    expect(key).toMatchObject({ name: "turning", replaces: old.key.id, state: "active" });
    expect(parseApiKey(text)?.publicId).toBe(key.id);
    const again = await cli(["keys", "rotate", old.key.id]);
    expect([again.code, again.out]).toEqual([exitCodes.failure, ""]);
    expect(again.errors).toContain("LK-2021");
    const early = await cli(["keys", "rotate", key.id]);
    expect([early.code, early.errors]).toEqual([exitCodes.failure, expect.stringContaining("still works")]);
    await cli(["keys", "revoke", old.key.id]);
    const { out, errors, code } = await cli(["keys", "rotate", key.id, "--overlap", "0s", "--expires", "5d"]);
    expect([code, out.trim().startsWith("lk_live_")]).toEqual([exitCodes.ok, true]);
    expect(errors).toContain(`takes the place of ${key.id}, which works until `);
    const states = (await json<{ keys: Shown[] }>(["keys", "list", "--search", key.id])).keys;
    expect(states[0]?.state).toBe("expired");
  });

  test("revoke a key for good, with a reason that stays with it", async () => {
    const { key, text } = await issue();
    const { out } = await cli(["keys", "revoke", key.id, "--reason", "It was on a slide"]);
    expect(out).toBe(`Key ${key.id} of shop/checkout is revoked.\n`);
    const inspected = await cli(["keys", "inspect"], { stdin: `${text}\n` });
    expect(inspected.out).toMatch(/ {2}state +revoked\n/);
    expect(inspected.out).toMatch(/ {2}reason +It was on a slide\n/);
    expect(inspected.out).not.toContain(text);
  });

  test("say that there is no such key, and that declared ones are changed in the config", async () => {
    for (const argv of [
      ["revoke", "abcdefabcdef"],
      ["rotate", "nothing"],
      ["revoke", ".."],
      ["revoke", "."],
    ]) {
      const { code, errors } = await cli(["keys", ...argv]);
      expect([code, errors]).toEqual([exitCodes.notFound, expect.stringContaining("LK-2020")]);
    }
    const { code, errors } = await cli(["keys", "revoke", "shop/checkout/main"]);
    expect([code, errors]).toEqual([exitCodes.failure, expect.stringContaining("LK-2021")]);
  });

  test("read the key from standard input alone", async () => {
    const { text, key } = await issue();
    const shown = await json<{ key: Shown }>(["keys", "inspect"], { stdin: text });
    expect(shown.key).toMatchObject({ id: key.id, tenant: "shop" });
    const argument = await cli(["keys", "inspect", text]);
    expect(argument.code).toBe(exitCodes.usage);
    expect(argument.errors).not.toContain(text);
    const cut = await cli(["keys", "inspect"], { stdin: text.slice(0, -1) });
    expect([cut.code, cut.errors.includes(text.slice(0, -1))]).toEqual([exitCodes.usage, false]);
    const declared = await cli(["keys", "inspect"], { stdin: "a declared key" });
    expect(declared.code).toBe(exitCodes.usage);
  });

  test("are in the audit log as the system's user, who is on this machine, without a text", async () => {
    const argv = ["keys", "new", "--app", "shop/checkout", "--expires", "1d", "--name", "audited"];
    const { out, errors } = await cli(argv, { env: { LATCHKEY_DEBUG: "1" } });
    const text = out.trim();
    expect(errors).toContain("admin-write");
    expect(errors).not.toContain(text);
    expect(folder.stored()).toContain(`local (${userInfo().username})`);
    expect(folder.stored()).not.toContain(text);
  });
});

/** Resolves once every thread of the gateway answers a key with this status. */
async function becomes(url: string, key: string, status: number): Promise<void> {
  let statuses: readonly number[];
  do statuses = await statusesOf(url, key);
  while (statuses.length > 1 || statuses[0] !== status);
}

test("a token on its way is safe on this machine and by TLS, and nowhere else", () => {
  const open = [
    "http://gateway.example",
    "http://10.0.0.7:8787",
    "http://127.0.0.1.example",
    "http://[fd00::1]",
  ];
  const safe = ["https://gateway.example", "http://localhost:8787", "http://127.0.0.1", "http://[::1]:1"];
  expect([...open, ...safe].filter(isOpenToOthers)).toEqual(open);
});

describe("a running gateway", () => {
  let gateway: ServedGateway;
  beforeAll(async () => {
    gateway = await folder.serve();
  });
  afterAll(() => gateway.stop(1_000));

  const remote = async (address: string, argv: readonly string[], options: TestIoOptions = {}) =>
    run([...argv, "--gateway", gateway.url], {
      cwd: folder.root,
      env: { LATCHKEY_TOKEN: await folder.token(address) },
      ...options,
    });

  test("goes by a key that was issued and revoked in its folder", async () => {
    const { text, key } = await issue("--name", "beside");
    await becomes(gateway.url, text, 404);
    await cli(["keys", "revoke", key.id]);
    await becomes(gateway.url, text, 401);
  });

  test("issues, lists, rotates and revokes for a member who is elsewhere", async () => {
    const argv = ["keys", "new", "--app", "shop/checkout", "--expires", "9d", "--name", "far", "--json"];
    const made = await remote("dev@example.com", argv);
    expect([made.code, made.errors.includes("250 ms")]).toEqual([exitCodes.ok, false]);
    const { text, key } = JSON.parse(made.out);
    expect(key.createdBy).toBe("dev@example.com");
    expect(await statusesOf(gateway.url, text)).toEqual([404]);
    const listed = await remote("dev@example.com", ["keys", "list", "--search", "far"]);
    expect(listed.out).toContain(`${key.id}\tshop/checkout\tfar\t`);
    const inspected = await remote("dev@example.com", ["keys", "inspect", "--json"], {
      stdin: text,
      env: { LATCHKEY_TOKEN: await folder.token("vic@example.com") },
    });
    expect(JSON.parse(inspected.out).key.id).toBe(key.id);
    const revoked = await remote("dev@example.com", ["keys", "revoke", key.id]);
    expect(revoked.code).toBe(exitCodes.ok);
    expect(await statusesOf(gateway.url, text)).toEqual([401]);
  });

  test("shows a member nothing of other tenants, and does nothing that the role may not", async () => {
    const { key } = await issue("--name", "theirs");
    const listed = await remote("olga@example.com", ["keys", "list"]);
    expect([listed.code, listed.out.split("\n")]).toEqual([exitCodes.ok, [expect.any(String), ""]]);
    const revoked = await remote("olga@example.com", ["keys", "revoke", key.id]);
    expect([revoked.code, revoked.errors]).toEqual([exitCodes.notFound, expect.stringContaining("LK-2020")]);
    const named = await remote("olga@example.com", ["keys", "list", "--tenant", "shop"]);
    expect(named.code).toBe(exitCodes.notFound);
    const viewer = await remote("vic@example.com", ["keys", "revoke", key.id]);
    expect([viewer.code, viewer.errors]).toEqual([exitCodes.failure, expect.stringContaining("key.revoke")]);
  });

  test("is asked with a token of the environment or of a file, and with nothing else", async () => {
    const token = await folder.token("dev@example.com");
    writeFileSync(join(folder.root, "token"), `${token}\n`);
    const at = ["keys", "list", "--gateway", gateway.url];
    expect((await cli([...at, "--token", "@token"])).code).toBe(exitCodes.ok);
    const plain = await cli([...at, "--token", token]);
    expect([plain.code, plain.errors.includes(token)]).toEqual([exitCodes.usage, false]);
    expect(plain.errors).toContain("An access token is not taken as an argument");
    const none = await cli(at);
    expect([none.code, none.errors]).toEqual([
      exitCodes.usage,
      expect.stringContaining("set LATCHKEY_TOKEN"),
    ]);
    const missing = await cli([...at, "--token", "@nowhere"]);
    expect([missing.code, missing.errors]).toEqual([
      exitCodes.usage,
      expect.stringContaining("cannot be read"),
    ]);
    const odd = await cli(at, { env: { LATCHKEY_TOKEN: "one\r\ntwo" } });
    expect([odd.code, odd.errors.includes("two")]).toEqual([exitCodes.usage, false]);
    const wrong = await cli(at, { env: { LATCHKEY_TOKEN: "lkt_wrong" } });
    expect([wrong.code, wrong.errors]).toEqual([exitCodes.failure, expect.stringContaining("error LK-2015")]);
    const local = await cli(["keys", "list", "--token", "@token"]);
    expect([local.code, local.errors]).toEqual([exitCodes.usage, expect.stringContaining("--gateway URL")]);
  });

  test("cannot be told from what is not there, or is no gateway", async () => {
    const env = { LATCHKEY_TOKEN: "lkt_token" };
    for (const url of ["gateway", "ftp://gateway", "http://me:word@gateway", "http://gateway/?a=b"]) {
      const { code, errors } = await cli(["keys", "list", "--gateway", url], { env });
      expect([url, code, errors.includes("word@")]).toEqual([url, exitCodes.usage, false]);
    }
    const closed = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response() });
    const gone = closed.url.href;
    await closed.stop(true);
    const nobody = await cli(["keys", "list", "--gateway", gone, "--json"], { env });
    expect(nobody.code).toBe(exitCodes.failure);
    expect(JSON.parse(nobody.out).error).toMatchObject({ code: "LK-6112" });
    const other = Bun.serve({
      ...{ port: 0, hostname: "127.0.0.1" },
      fetch: () => new Response("<html>", { status: 418 }),
    });
    afterTest(() => other.stop(true));
    const strange = await cli(["keys", "list", "--gateway", other.url.href], { env });
    expect(strange.errors).toContain("error LK-6112: The gateway answered with status 418.");
    const newer = Bun.serve({
      ...{ port: 0, hostname: "127.0.0.1" },
      fetch: () =>
        Response.json(
          { error: { code: "LK-2999", message: "Not today.\u001b[2J", help: "Wait." } },
          { status: 409 },
        ),
    });
    afterTest(() => newer.stop(true));
    const unknown = await cli(["keys", "list", "--gateway", newer.url.href], { env });
    expect(unknown.errors).toContain("Not today.");
    expect(unknown.errors).not.toContain("\u001b");
    expect(unknown.errors).toContain("LK-2999: Wait.");
  });
});
