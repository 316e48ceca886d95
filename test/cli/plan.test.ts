import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import { recordsOf } from "../../src/cli/wire.ts";
import { newKey, newSubscription } from "../stores/conformance/samples.ts";
import { brokenConfig, configText, project, writeConfig } from "./support/project.ts";
import { run } from "./support/test-io.ts";

// Configs are compiled in processes that share the machine with whatever else runs.
setDefaultTimeout(60_000);

const one = configText({ models: ["echo"] });
const two = configText({ models: ["echo", "second"] });

/** A project whose current artifact is of one config and whose config is another by now. */
async function changed(before: string, after: string): Promise<string> {
  const cwd = project(before);
  await run(["build"], { cwd });
  writeConfig(cwd, after);
  return cwd;
}

describe("plan", () => {
  test("finds nothing in a config that did not change", async () => {
    const { code, out } = await run(["plan", "--json"], { cwd: await changed(one, one) });
    expect(code).toBe(exitCodes.ok);
    expect(JSON.parse(out)).toMatchObject({ accepted: true, verdict: "none", changes: [] });
  });

  test("ends with 4 when someone may reach more, unless that is accepted", async () => {
    const cwd = await changed(one, two);
    const refused = await run(["plan"], { cwd });
    expect(refused.code).toBe(exitCodes.notAccepted);
    expect(refused.out).toContain("second");
    expect(refused.out).not.toMatch(/\n\n[^\n]*→/);
    expect(refused.errors).toContain("run `latchkey plan --accept widening`");
    for (const effect of ["widening", "breaking"])
      expect((await run(["plan", "--accept", effect], { cwd })).code).toBe(exitCodes.ok);
  });

  test("ends with 4 when something stops working, unless breaking changes are accepted", async () => {
    const cwd = await changed(two, one);
    const { code, out } = await run(["plan", "--json", "--accept", "widening"], { cwd });
    expect(code).toBe(exitCodes.notAccepted);
    expect(JSON.parse(out)).toMatchObject({ accepted: false, verdict: "breaking" });
    expect((await run(["plan", "--accept", "breaking"], { cwd })).code).toBe(exitCodes.ok);
  });

  test("compares with the artifact that is named", async () => {
    const cwd = project(one);
    const { hash } = JSON.parse((await run(["build", "--json"], { cwd })).out);
    writeConfig(cwd, two);
    await run(["build"], { cwd });
    expect((await run(["plan"], { cwd })).code).toBe(exitCodes.ok);
    const against = await run(["plan", "--against", hash.slice(0, 10), "--json"], { cwd });
    expect(against.code).toBe(exitCodes.notAccepted);
    expect(JSON.parse(against.out).before).toBe(hash);
    expect((await run(["plan", "--against", "ffff"], { cwd })).code).toBe(exitCodes.notFound);
  });

  test("shows everything as new before the first build, and lets it pass: nobody depends on anything yet", async () => {
    const { code, out } = await run(["plan", "--json"], { cwd: project() });
    expect(code).toBe(exitCodes.ok);
    const { before, verdict, changes } = JSON.parse(out);
    expect({ before, verdict }).toEqual({ before: null, verdict: "safe" });
    expect(changes.length).toBeGreaterThan(0);
  });

  test("tells of keys that were issued and of subscriptions, in every form", async () => {
    const unused = two.replace("uses: [texts], starterKey: true", "uses: []");
    const cwd = await changed(unused, unused.replace("offers: [echo, second]", "offers: [echo]"));
    const records = recordsOf(cwd);
    const scope = {
      models: null,
      services: null,
      endpoints: null,
      backends: null,
      methods: null,
      readOnly: false,
    };
    const held = { app: "checkout", appTenant: "shop", service: "texts", state: "approved" as const };
    await records.transact(async (transaction) => {
      await transaction.insert(newKey("abcdefabcdef", "shop", { app: "checkout", scope }));
      await transaction.insert(newSubscription("sub1", "shop", held));
    });
    await records.close();
    const { code, out } = await run(["plan"], { cwd });
    expect(code).toBe(exitCodes.notAccepted);
    expect(out).toContain("issued key shop/checkout/abcdefabcdef: may no longer call model second\n");
    const json = JSON.parse((await run(["plan", "--json"], { cwd })).out);
    expect(json.keys).toMatchObject([{ key: "abcdefabcdef", issued: true, loses: { models: ["second"] } }]);
    const markdown = await run(["plan", "--markdown", "--accept", "breaking"], { cwd });
    expect(markdown.code).toBe(exitCodes.ok);
    expect(markdown.out).toStartWith("## Latchkey plan: breaking\n");
    expect(markdown.out).toContain("| shop/checkout: abcdefabcdef |  | model second |  |  |\n");
    expect((await run(["plan", "--markdown"], { cwd })).out).toBe(markdown.out);
    expect((await run(["plan", "--markdown", "--json"], { cwd })).code).toBe(exitCodes.usage);

    writeConfig(cwd, unused.replace("services: { texts }", "services: {}"));
    const gone = await run(["plan"], { cwd });
    expect(gone.out).toContain("subscription shop/checkout/texts: no longer holds: its service is removed\n");
  });

  test("writes nothing", async () => {
    const cwd = project();
    await run(["plan"], { cwd });
    expect((await run(["rollback", "--list"], { cwd })).errors).toBe("No artifact is kept.\n");
  });

  test("refuses an effect that there is not, and a config with errors", async () => {
    const { code, errors } = await run(["plan", "--accept", "all"], { cwd: project() });
    expect(code).toBe(exitCodes.usage);
    expect(errors).toContain('--accept takes widening or breaking, not "all"');
    expect((await run(["plan"], { cwd: project(brokenConfig) })).code).toBe(exitCodes.configErrors);
  });
});
