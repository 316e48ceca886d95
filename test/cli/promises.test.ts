import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import { recordsOf } from "../../src/cli/wire.ts";
import { newSubscription } from "../stores/conformance/samples.ts";
import { startCli } from "./support/cli-process.ts";
import { endpointConfig, project, writeConfig } from "./support/project.ts";
import { run } from "./support/test-io.ts";

// Configs are compiled in processes that share the machine with whatever else runs.
setDefaultTimeout(60_000);

const first = endpointConfig();
/** Callers who leave out what is new are refused. */
const breaking = first.replace("z.object({ text:", "z.object({ tone: z.string(), text:");
const retired = first.replace('version: "1.0.0",', 'version: "1.0.0", status: "retired",');
/** The application is there, and uses nothing by the config. */
const unused = first.replace("uses: [texts]", "uses: []");
const unusedRetired = retired.replace("uses: [texts]", "uses: []");

/** A project whose current artifact is of one config and whose config is another by now. */
async function changed(before: string, after: string): Promise<string> {
  const cwd = project(before);
  expect((await run(["build"], { cwd })).code).toBe(exitCodes.ok);
  writeConfig(cwd, after);
  return cwd;
}

async function subscribe(cwd: string, expiresAtMs: number | null = null): Promise<void> {
  const records = recordsOf(cwd);
  const body = {
    app: "checkout",
    appTenant: "shop",
    service: "texts",
    state: "approved" as const,
    expiresAtMs,
  };
  await records.transact((transaction) => transaction.insert(newSubscription("sub1", "shop", body)));
  await records.close();
}

const codesOf = (out: string): readonly string[] =>
  JSON.parse(out)
    .diagnostics.filter(({ severity }: { severity: string }) => severity === "error")
    .map(({ code }: { code: string }) => code);

describe("what is in force", () => {
  test("is not broken by a build that nobody told to", async () => {
    const cwd = await changed(first, breaking);
    const { code, out } = await run(["build", "--json"], { cwd });
    expect(code).toBe(exitCodes.configErrors);
    expect(codesOf(out)).toEqual(["LK1811"]);
    const { errors } = await run(["build", "--allow-retire"], { cwd });
    expect(errors).toContain("input.tone is now required");
    expect(errors).toContain("note: shop/checkout uses the service texts, by the config");
    expect((await run(["build", "--allow-breaking"], { cwd })).code).toBe(exitCodes.ok);
    // From then on it is what is in force.
    expect((await run(["build"], { cwd })).code).toBe(exitCodes.ok);
  });

  test("is not retired while applications of others use it", async () => {
    const cwd = await changed(first, retired);
    expect(codesOf((await run(["build", "--allow-breaking", "--json"], { cwd })).out)).toEqual(["LK1813"]);
    expect((await run(["build", "--allow-retire"], { cwd })).code).toBe(exitCodes.ok);
  });

  test("may be retired when nobody is left; who is subscribed at run time is not gone", async () => {
    const alone = await changed(unused, unusedRetired);
    expect((await run(["build", "--no-activate"], { cwd: alone })).code).toBe(exitCodes.ok);
    await subscribe(alone, Date.now() - 1);
    expect((await run(["build", "--no-activate"], { cwd: alone })).code).toBe(exitCodes.ok);
    const used = await changed(unused, unusedRetired);
    await subscribe(used);
    const { code, errors } = await run(["build"], { cwd: used });
    expect(code).toBe(exitCodes.configErrors);
    expect(errors).toContain("note: shop/checkout is subscribed to the service texts (sub1)");
  });

  test("does not keep anybody from going back", async () => {
    const cwd = await changed(breaking, first.replace('"1.0.0"', '"1.1.0"'));
    await run(["build"], { cwd });
    expect((await run(["rollback"], { cwd })).code).toBe(exitCodes.ok);
  });

  test("binds nobody where it cannot be read, which is said", async () => {
    const cwd = await changed(first, breaking);
    writeFileSync(join(cwd, ".latchkey/current"), `${"0".repeat(64)}\n`);
    const { code, errors } = await run(["build"], { cwd });
    expect(code).toBe(exitCodes.ok);
    expect(errors).toContain("The current artifact cannot be compared with: LK-6004");
  });

  test("is looked at by check where it is asked to", async () => {
    const cwd = await changed(first, breaking);
    expect((await run(["check"], { cwd })).code).toBe(exitCodes.ok);
    const refused = await run(["check", "--against", "current", "--json"], { cwd });
    expect([refused.code, codesOf(refused.out)]).toEqual([exitCodes.configErrors, ["LK1811"]]);
    const allowed = await run(["check", "--against", "current", "--allow-breaking"], { cwd });
    expect(allowed.code).toBe(exitCodes.ok);
    expect((await run(["check", "--against", "ffff"], { cwd })).code).toBe(exitCodes.notFound);
    // A plan shows it and lets its reader decide.
    expect((await run(["plan"], { cwd })).code).toBe(exitCodes.notAccepted);
  });

  test("keeps start from serving, and a reload from taking over, unless a build was told to", async () => {
    const cwd = await changed(first, breaking);
    const refused = startCli(["start", "--threads", "1"], cwd);
    expect(await refused.event("config-errors")).toMatchObject({ errors: 1 });
    expect(await refused.exited).toBe(exitCodes.configErrors);

    const cli = startCli(["start", "--threads", "1", "--allow-breaking"], cwd);
    const { hash } = await cli.event("serving");
    writeConfig(cwd, retired);
    cli.signal("SIGHUP");
    expect(await cli.event("kept")).toMatchObject({ hash });
    expect((await run(["build", "--allow-breaking", "--allow-retire"], { cwd })).code).toBe(exitCodes.ok);
    cli.signal("SIGHUP");
    await cli.event("reloaded");
    cli.signal("SIGTERM");
    expect(await cli.exited).toBe(exitCodes.ok);

    // Who let what pass stands in the audit log, and with the deploys that brought it.
    const records = recordsOf(cwd);
    const allowed = await records.listAudit({ action: "artifact.allow", limit: 9 });
    const served = await records.listAudit({ action: "artifact.serve", limit: 9 });
    await records.close();
    const by = expect.stringContaining("local");
    const lost = { code: "LK1813", message: expect.stringContaining("repeat") };
    const broken = { code: "LK1811", message: expect.stringContaining("input.tone is now required") };
    expect(allowed).toMatchObject([
      { actor: { kind: "person", id: by }, after: { count: 1, breaks: [lost] } },
      { actor: { kind: "person", id: by }, after: { count: 1, breaks: [broken] }, artifact: hash },
    ]);
    expect(served).toMatchObject([
      { after: { allowed: { by, breaks: [lost] } } },
      { after: { hash, allowed: { by, breaks: [broken] } } },
    ]);
  });

  test("leaves nothing in the audit log where the flags had nothing to let pass", async () => {
    const cwd = await changed(first, first.replace('"1.0.0"', '"1.1.0"'));
    expect((await run(["build", "--allow-breaking", "--allow-retire"], { cwd })).code).toBe(exitCodes.ok);
    const records = recordsOf(cwd);
    expect(await records.listAudit({ action: "artifact.allow", limit: 9 })).toEqual([]);
    await records.close();
  });

  test("is only warned of by dev", async () => {
    const cwd = await changed(first, breaking);
    const cli = startCli(["dev", "--threads", "1"], cwd);
    await cli.event("serving");
    cli.signal("SIGTERM");
    expect(await cli.exited).toBe(exitCodes.ok);
  });
});
