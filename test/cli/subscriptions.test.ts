import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import type { ServedGateway } from "../../src/cli/serve/serve-gateway.ts";
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

/** As a member elsewhere, with an access token. */
async function remote(address: string, ...argv: readonly string[]): Promise<Ran> {
  const env = { LATCHKEY_TOKEN: await folder.token(address) };
  return run([...argv, "--gateway", gateway.url], { cwd: folder.root, env });
}

interface Shown {
  readonly id: string;
  readonly state: string;
}

async function ask(app: string, ...more: readonly string[]): Promise<Shown> {
  const argv = [
    "subscriptions",
    "request",
    "texts",
    "--app",
    app,
    "--purpose",
    "greetings",
    "--json",
    ...more,
  ];
  const { out, errors } = await local(...argv);
  expect(errors).toBe("");
  return JSON.parse(out).subscription;
}

async function end(id: string): Promise<void> {
  expect((await local("subscriptions", "cancel", id)).code).toBe(exitCodes.ok);
}

describe("subscriptions and approvals", () => {
  test("take an application from asking to calling, and away again, with both sides elsewhere", async () => {
    const key = ["keys", "new", "--app", "shop/checkout", "--expires", "9d"];
    const text = (await remote("dev@example.com", ...key)).out.trim();
    const words = ["subscriptions", "request", "texts", "--app", "shop/checkout", "--purpose", "greetings"];
    const asked = await remote("dev@example.com", ...words);
    expect(asked.out).toMatch(/^Subscription \S+ of shop\/checkout to texts: requested\.\n$/);
    const id = asked.out.split(" ")[1] ?? "";
    expect(await statusesOf(gateway.url, text)).toEqual([403]);

    const inbox = await remote("olga@example.com", "approvals", "list");
    expect(inbox.out.split("\n")[0]).toBe(
      "subscription\tasks for\tapp\tservice\tfor\tpurpose\tasked by\tlapses",
    );
    expect(inbox.out).toContain(`${id}\trequest\tshop/checkout\ttexts\tall\tgreetings\tdev@example.com\t`);
    const approved = await remote("olga@example.com", "approvals", "approve", id, "--models", "echo");
    expect([approved.code, approved.errors]).toEqual([exitCodes.ok, ""]);
    expect(await statusesOf(gateway.url, text, "echo")).toEqual([200]);
    expect(await statusesOf(gateway.url, text, "loud")).not.toContain(200);

    const listed = await remote("dev@example.com", "subscriptions", "list", "--state", "approved");
    expect(listed.out).toContain(`${id}\tshop/checkout\ttexts\tapproved\tmodels echo\t`);
    const renewed = await remote("dev@example.com", "subscriptions", "renew", id);
    expect(renewed.out).toContain("approved (renewal asked for)");
    const revoked = await remote("olga@example.com", "approvals", "revoke", id, "--reason", "Too loud");
    expect(revoked.out).toBe(`Subscription ${id} of shop/checkout to texts: revoked.\n`);
    expect(await statusesOf(gateway.url, text, "echo")).toEqual([403]);
    const shown = await remote("dev@example.com", "subscriptions", "show", id);
    expect(shown.out).toContain("request by dev@example.com: requested\n");
    expect(shown.out).toContain("revoke by somebody of platform: revoked (Too loud)\n");
    expect(shown.out).not.toContain("olga");
    const owner = await remote("olga@example.com", "approvals", "show", id);
    expect(owner.out).toContain("revoke by olga@example.com: revoked (Too loud)\n");
  });

  test("work in the folder, too, and say when a gateway hears of it", async () => {
    const { id } = await ask("bank/checkout", "--environments", "test", "--requests-per-minute", "60");
    const inbox = JSON.parse((await local("approvals", "list", "--json")).out).approvals;
    expect(inbox).toMatchObject([
      { id, open: { terms: { environments: ["test"], requestsPerMinute: 60, models: null } } },
    ]);
    const wider = await local("approvals", "approve", id, "--requests-per-minute", "61");
    expect([wider.code, wider.errors]).toEqual([
      exitCodes.usage,
      expect.stringContaining("Field: terms.requestsPerMinute"),
    ]);
    const approved = await local("approvals", "approve", id, "--reason", "Fine");
    expect(approved.errors).toBe("A gateway that runs in this folder goes by it within 250 ms.\n");
    const again = await local("approvals", "approve", id);
    expect([again.code, again.errors]).toEqual([exitCodes.failure, expect.stringContaining("LK-2021")]);
    expect((await local("approvals", "list")).errors).toBe("Nothing waits for you.\n");
    const all = JSON.parse((await local("approvals", "list", "--all", "--service", "texts", "--json")).out);
    expect(all.approvals.map((one: Shown) => one.id)).toContain(id);
    await end(id);
    const ended = await local("approvals", "list", "--state", "cancelled");
    expect(ended.out).toContain(`${id}\tbank/checkout\ttexts\tcancelled\t`);
  });

  test("need a reason where somebody is told no", async () => {
    const { id } = await ask("bank/checkout");
    for (const verb of ["reject", "revoke"]) {
      const { code, errors } = await local("approvals", verb, id);
      expect([code, errors]).toEqual([exitCodes.usage, expect.stringContaining("Say why: --reason TEXT")]);
    }
    const rejected = await local("approvals", "reject", id, "--reason", "Not now");
    expect(rejected.out).toContain(": rejected.\n");
    expect((await local("subscriptions", "show", id)).out).toContain("(Not now)");
  });

  test("find what is the member's alone", async () => {
    const { id } = await ask("bank/checkout");
    for (const argv of [
      ["subscriptions", "show", id],
      ["subscriptions", "cancel", id],
      ["approvals", "approve", id],
      ["approvals", "show", id],
    ]) {
      const { code, errors, out } = await remote("ada@example.com", ...argv);
      expect([argv, code, out]).toEqual([argv, exitCodes.notFound, ""]);
      expect(errors).toContain("LK-2020");
    }
    const listed = await remote("ada@example.com", "subscriptions", "list", "--json");
    expect(listed.out).not.toContain(id);
    await end(id);
  });

  test("ask for what is missing, and refuse what does not exist", async () => {
    const at = ["subscriptions", "request", "texts"];
    const wrong: readonly (readonly [readonly string[], number, string])[] = [
      [at, exitCodes.usage, "--app TENANT/APP"],
      [[...at, "--app", "shop/checkout"], exitCodes.usage, "--purpose TEXT"],
      [
        [...at, "--app", "shop/checkout", "--purpose", "x", "--models", "nothing"],
        exitCodes.usage,
        "terms.models[0]",
      ],
      [
        ["subscriptions", "request", "nothing", "--app", "shop/checkout", "--purpose", "x"],
        exitCodes.notFound,
        "LK-2020",
      ],
      [
        ["subscriptions", "request", "secret", "--app", "shop/checkout", "--purpose", "x"],
        exitCodes.notFound,
        "LK-2020",
      ],
      [["subscriptions", "list", "--state", "gone"], exitCodes.usage, "--state takes one of requested"],
      [["approvals", "approve", "nothing"], exitCodes.notFound, "LK-2020"],
      [["subscriptions"], exitCodes.usage, "takes one of list, show, request, cancel, renew"],
      [["approvals"], exitCodes.usage, "takes one of list, show, approve, reject, revoke, export"],
    ];
    for (const [argv, code, words] of wrong) {
      const ran = await local(...argv);
      expect([argv, ran.code]).toEqual([argv, code]);
      expect(ran.errors).toContain(words);
    }
  });

  test("are exported as code: of all tenants, or of one", async () => {
    const { id } = await ask("bank/checkout");
    await local("approvals", "approve", id);
    const all = await local("approvals", "export");
    expect(all.out).toStartWith("// Approved subscriptions as declarations.");
    expect(all.errors).toBe("1 subscription with terms or an end stand in comments.\n");
    const data = JSON.parse((await local("approvals", "export", "--json")).out);
    expect(data).toEqual({ text: all.out, declared: [], remarked: [id] });
    const shop = await remote("ada@example.com", "approvals", "export");
    expect([shop.code, shop.out.includes(id)]).toEqual([exitCodes.ok, false]);
    const developer = await remote("dev@example.com", "approvals", "export");
    expect([developer.code, developer.errors]).toEqual([
      exitCodes.usage,
      expect.stringContaining("--tenant NAME"),
    ]);
    const denied = await remote("dev@example.com", "approvals", "export", "--tenant", "shop");
    expect([denied.code, denied.errors]).toEqual([
      exitCodes.failure,
      expect.stringContaining("approval.export"),
    ]);
    await end(id);
  });
});
