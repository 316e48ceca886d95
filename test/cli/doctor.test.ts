import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "../../src/cli/doctor/finding.ts";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import { callRow } from "../support/call-row.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { brokenConfig, configText, project, writeConfig } from "./support/project.ts";
import { run } from "./support/test-io.ts";
import { writeCalls } from "./support/write-calls.ts";

// Configs are compiled in processes that share the machine with whatever else runs.
setDefaultTimeout(60_000);

interface Diagnosis {
  readonly code: number;
  readonly ok: boolean;
  readonly of: (subject: string) => Finding | undefined;
}

async function diagnose(cwd: string, env: Record<string, string> = { PORT: "0" }): Promise<Diagnosis> {
  const { code, out } = await run(["doctor", "--json"], { cwd, env });
  const { ok, findings } = JSON.parse(out) as { ok: boolean; findings: readonly Finding[] };
  for (const { state, advice } of findings) expect(advice === null).toBe(state === "ok");
  return { code, ok, of: (wanted) => findings.find(({ subject }) => subject === wanted) };
}

describe("doctor", () => {
  test("finds nothing wrong with a project that was just built", async () => {
    const cwd = project();
    await run(["build"], { cwd });
    const { code, ok, of } = await diagnose(cwd);
    expect({ code, ok }).toEqual({ code: exitCodes.ok, ok: true });
    expect(of("config")?.state).toBe("ok");
    expect(of("artifact")?.message).toMatch(/^[0-9a-f]{12} can be read$/);
    expect(of("state")?.state).toBe("ok");
    expect(of("bun")?.message).toBe(`version ${Bun.version}`);
    expect(of("port 0")?.state).toBe("ok");
  });

  test("aligns its findings for people", async () => {
    const { code, out } = await run(["doctor"], { cwd: project(), env: { PORT: "0" } });
    expect(code).toBe(exitCodes.ok);
    expect(out).toMatch(/^ok {4}config {2,}it compiles$/m);
    expect(out).toMatch(/^warn {2}artifact {2,}there is none yet$/m);
  });

  test("fails without a config, and on one with errors", async () => {
    const missing = await diagnose(tempFolder());
    expect(missing.code).toBe(exitCodes.notInOrder);
    expect(missing.of("config")?.message).toContain("LK-6101");
    const broken = await diagnose(project(brokenConfig));
    expect(broken.of("config")).toMatchObject({ state: "fail", message: "it has 1 error" });
  });

  test("names secrets that are missing, never their values", async () => {
    const cwd = project(configText({ lacking: true }));
    const { code, of } = await diagnose(cwd);
    expect(code).toBe(exitCodes.ok);
    expect(of('secret env("CLI_TEST_KEY")')).toMatchObject({ state: "warn" });
    process.env["CLI_TEST_KEY"] = "very-secret";
    try {
      const { out } = await run(["doctor", "--json"], { cwd, env: { PORT: "0" } });
      expect(out).toContain("it is set");
      expect(out).not.toContain("very-secret");
    } finally {
      delete process.env["CLI_TEST_KEY"];
    }
  });

  test("names the missing secrets of every kind of credential", async () => {
    const cwd =
      project(`import { bedrock, defineGateway, env, file, model, service, tenant, vertex } from "latchkey/config";
const aws = bedrock({ region: "eu-central-1", accessKeyId: env("CLI_TEST_ID"), secretAccessKey: env("CLI_TEST_KEY") });
const google = vertex({ project: "p", location: "global", credentials: file("google.json") });
const price = { input: "1 USD", output: "1 USD" } as const;
const chat = model({ targets: [aws("x", { price }), google("x", { price })] });
const team = tenant({});
const texts = service({ owner: team, offers: [chat] });
export default defineGateway({
  providers: { aws, google },
  models: { chat },
  services: { texts },
  tenants: { team },
});
`);
    const { code, of } = await diagnose(cwd);
    expect(code).toBe(exitCodes.ok);
    for (const secret of ['env("CLI_TEST_ID")', 'env("CLI_TEST_KEY")', 'file("google.json")']) {
      expect(of(`secret ${secret}`)).toMatchObject({ state: "warn" });
    }
    writeFileSync(join(cwd, "google.json"), "{}");
    expect((await diagnose(cwd)).of('secret file("google.json")')).toMatchObject({ state: "ok" });
  });

  test("sees that the config is ahead of the current artifact", async () => {
    const cwd = project();
    await run(["build"], { cwd });
    writeConfig(cwd, configText({ models: ["echo", "second"] }));
    expect((await diagnose(cwd)).of("artifact")).toMatchObject({ state: "warn" });
  });

  test("fails on an artifact that was changed after it was built", async () => {
    const cwd = project();
    const { hash } = JSON.parse((await run(["build", "--json"], { cwd })).out);
    writeFileSync(join(cwd, ".latchkey", hash, "artifact.json"), '{"format":3}');
    expect((await diagnose(cwd)).of("artifact")?.message).toContain("LK-6002");
  });

  test.each(["zzz", "f".repeat(64), ""])("fails on %p as the current artifact", async (text) => {
    const cwd = project();
    await run(["build"], { cwd });
    writeFileSync(join(cwd, ".latchkey/current"), text);
    const { code, of } = await diagnose(cwd);
    expect(code).toBe(exitCodes.notInOrder);
    expect(of("artifact")).toMatchObject({ state: "fail", message: expect.stringContaining("LK-6004") });
  });

  test("fails on folders and key files that others can read", async () => {
    const cwd = project();
    await run(["build"], { cwd });
    const keys = join(cwd, ".latchkey/keys");
    mkdirSync(keys, { mode: 0o700 });
    writeFileSync(join(keys, "shop.checkout.key"), "x");
    chmodSync(join(keys, "shop.checkout.key"), 0o644);
    chmodSync(join(cwd, ".latchkey"), 0o755);
    const { code, of } = await diagnose(cwd);
    expect(code).toBe(exitCodes.notInOrder);
    expect(of("state")?.advice).toBe(`Run \`chmod 700 ${join(cwd, ".latchkey")}\`.`);
    expect(of("key file shop.checkout.key")?.advice).toContain("chmod 600");
  });

  test("tells how much of the call log was lost and when, and blames nothing that it does not know", async () => {
    const cwd = project();
    await writeCalls(cwd, [callRow(), callRow(), callRow()], 1);
    const time = String.raw`\d{4}-\d\d-\d\dT[\d:.]+Z`;
    const once = (await diagnose(cwd)).of("call log");
    expect(once).toMatchObject({ state: "warn" });
    expect(once?.message).toMatch(new RegExp(`^2 rows lost within 1d, at ${time}$`));
    expect(once?.advice).toContain("more calls ended than its one writer could store");
    expect(once?.advice).not.toContain("disk");
    await writeCalls(
      cwd,
      Array.from({ length: 1_500 }, () => callRow()),
      1,
    );
    const again = (await diagnose(cwd)).of("call log")?.message;
    expect(again).toMatch(new RegExp(`^1,501 rows lost within 1d, from ${time} to ${time}$`));
  });

  test("fails on state files that are something else", async () => {
    const cwd = project();
    await run(["build"], { cwd });
    for (const name of ["calls.sqlite", "records.sqlite"])
      writeFileSync(join(cwd, ".latchkey", name), "not a database, but long enough to look at".repeat(9));
    const { of } = await diagnose(cwd);
    expect(of("call log")?.message).toContain("LK-6105");
    expect(of("records")?.message).toContain("LK-6105");
    const { code, errors } = await run(["logs"], { cwd });
    expect(code).toBe(exitCodes.failure);
    expect(errors).toContain("calls.sqlite");
    expect(errors).toMatch(/may also be moved away/);
  });

  test("tells another program on the port from a gateway", async () => {
    const cwd = project();
    const other = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: () => new Response("hello") });
    const gateway = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      fetch: () => new Response("", { status: 401, headers: { "x-latchkey-error": "LK-2001" } }),
    });
    try {
      const taken = await diagnose(cwd, { PORT: String(other.port) });
      expect(taken.of("port")?.message).toContain("LK-6102");
      expect(taken.code).toBe(exitCodes.notInOrder);
      const running = await diagnose(cwd, { PORT: String(gateway.port) });
      expect(running.of(`port ${gateway.port}`)?.state).toBe("warn");
      expect(running.code).toBe(exitCodes.ok);
    } finally {
      other.stop(true);
      gateway.stop(true);
    }
  });
});
