import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import { generateApiKey } from "../../src/kernel/api-key.ts";
import { digestOf } from "../../src/kernel/hash.ts";
import { startCli } from "./support/cli-process.ts";
import { configText, project } from "./support/project.ts";
import { run } from "./support/test-io.ts";

// Processes share the machine with whatever else runs.
setDefaultTimeout(60_000);

/** A config each of whose parts that needs a secret lacks it. */
const config = configText({ lacking: true })
  .replace("import { app,", "import { app, backend, oidc, smtp, webhook,")
  .replace("offers: [echo]", "offers: [echo, orders]")
  .replace(
    "const team",
    `const orders = backend({
  version: "1.0.0",
  basePath: "/orders",
  upstreams: [{ url: "http://127.0.0.1:9" }],
  requestHeaders: { set: { "x-team": env("LK_TEST_TEAM") } },
});
const team`,
  )
  .replace(
    "export default defineGateway({",
    `export default defineGateway({
  backends: { orders },
  webhooks: { audit: webhook({ url: "https://hooks.example/1", secret: env("LK_TEST_HOOK"), events: ["key.*"] }) },
  email: smtp({ host: "mail.example", user: env("LK_TEST_USER"), password: env("LK_TEST_PASSWORD"), from: "a@b.example" }),
  signIn: {
    link: true,
    oidc: [oidc({ name: "corp", issuer: "https://login.example", clientId: "lk", clientSecret: env("LK_TEST_OIDC") })],
  },`,
  );

const missing = [
  ["provider", "oai", "CLI_TEST_KEY"],
  ["backend", "orders@1.0.0", "LK_TEST_TEAM"],
  ["sign-in", "corp", "LK_TEST_OIDC"],
  ["webhook", "audit", "LK_TEST_HOOK"],
  ["mail server", "mail.example", "LK_TEST_USER"],
] as const;

describe("secrets that are missing", () => {
  test("are named by check, for each part that needs one, and are no mistake of the config", async () => {
    const cwd = project(config);
    const { code, out, errors } = await run(["check", "--strict"], { cwd });
    expect({ code, errors }).toEqual({ code: exitCodes.ok, errors: "" });
    for (const [kind, name, secret] of missing) {
      expect(out).toMatch(new RegExp(`^Here env\\("${secret}"\\).* is missing: the ${kind} ${name} `, "m"));
    }
    const { lacking } = JSON.parse((await run(["check", "--json"], { cwd })).out);
    expect(lacking).toEqual(
      missing.map(([kind, name, secret]) => ({
        ...{ kind, name },
        missing:
          secret === "LK_TEST_USER" ? [`env("${secret}")`, 'env("LK_TEST_PASSWORD")'] : [`env("${secret}")`],
      })),
    );
  });

  test("are named by doctor, with what is off without them", async () => {
    const { code, out } = await run(["doctor", "--json"], { cwd: project(config), env: { PORT: "0" } });
    expect(code).toBe(exitCodes.ok);
    const { findings } = JSON.parse(out) as {
      findings: { subject: string; state: string; message: string }[];
    };
    for (const [kind, name, secret] of missing) {
      const found = findings.find(({ subject }) => subject === `secret env("${secret}")`);
      expect(found?.state).toBe("warn");
      expect(found?.message).toContain(`the ${kind} ${name} `);
    }
  });

  test("are named at the start, and what needs them is off while everything else works", async () => {
    const cli = startCli(["start", "--threads", "1"], project(config));
    const serving = await cli.event("serving");
    const skipped = (serving["skipped"] as string[]).toSorted();
    expect(skipped).toEqual([
      'backend orders: env("LK_TEST_TEAM") is missing',
      'mail server mail.example: env("LK_TEST_USER"), env("LK_TEST_PASSWORD") is missing',
      'provider oai: env("CLI_TEST_KEY") is missing',
      'sign-in corp: env("LK_TEST_OIDC") is missing',
      'webhook audit: env("LK_TEST_HOOK") is missing',
    ]);
    const url = String(serving["url"]);
    const ways = await (await fetch(`${url}/admin/sign-in`)).json();
    expect(ways).toEqual({ ways: [{ kind: "link", command: "latchkey sign-in" }] });
    const begun = await fetch(`${url}/admin/sign-in/start?provider=corp`, { redirect: "manual" });
    expect(begun.status).toBe(502);
    expect(await begun.json()).toMatchObject({
      error: { code: "LK-2025", message: expect.stringContaining("Signing in by corp is off") },
    });
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    cli.signal("SIGTERM");
    expect(await cli.exited).toBe(exitCodes.ok);
  });

  test("that are set are found by everybody", async () => {
    const env = Object.fromEntries(
      [...missing.map(([, , secret]) => secret), "LK_TEST_PASSWORD"].map((name) => [name, "set"]),
    );
    const cli = startCli(["start", "--threads", "1"], project(config), env);
    const serving = await cli.event("serving");
    expect(serving["skipped"]).toEqual([]);
    const ways = await (await fetch(`${String(serving["url"])}/admin/sign-in`)).json();
    expect(ways).toMatchObject({ ways: [{ kind: "oidc", name: "corp" }, { kind: "link" }] });
  });
});

describe("keys of the config that end soon", () => {
  test("have a line in the gateway's log", async () => {
    const expires = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    const digest = digestOf(generateApiKey("live"));
    const cli = startCli(["start", "--threads", "1"], project(configText({ digest, expires })));
    await cli.event("serving");
    expect(await cli.event("key-expires-soon")).toMatchObject({
      level: "warn",
      key: "shop/checkout/main",
      app: "checkout",
      tenant: "shop",
    });
  });
});
