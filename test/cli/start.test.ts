import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import { call, keyFile, longStream } from "./support/calls.ts";
import { type CliEvent, type CliProcess, startCli } from "./support/cli-process.ts";
import { brokenConfig, configText, endpointConfig, project, writeConfig } from "./support/project.ts";
import { run } from "./support/test-io.ts";

// Processes share the machine with whatever else runs.
setDefaultTimeout(60_000);

async function stop(cli: CliProcess): Promise<CliEvent> {
  cli.signal("SIGTERM");
  const stopped = await cli.event("stopped");
  expect(await cli.exited).toBe(exitCodes.ok);
  return stopped;
}

describe("start", () => {
  test("serves, with a key and a line to paste, and stops", async () => {
    const root = project(configText({ lacking: true }));
    const cli = startCli(["start", "--threads", "2"], root);
    const serving = await cli.event("serving");
    expect(serving).toMatchObject({
      threads: 2,
      content: { models: [{ name: "echo", targets: ["oai/gpt-6-luna", "local/echo"] }] },
      skipped: ['provider oai: env("CLI_TEST_KEY") is missing'],
      starterKeys: [{ tenant: "shop", app: "checkout", state: "new" }],
    });
    expect(statSync(keyFile(root)).mode & 0o777).toBe(0o600);
    expect(statSync(join(root, ".latchkey")).mode & 0o777).toBe(0o700);
    expect(JSON.stringify(serving)).not.toContain(readFileSync(keyFile(root), "utf8").trim());

    const answer = await call(String(serving["url"]), root);
    expect(answer.headers.get("x-latchkey-artifact")).toBe(String(serving["hash"]));
    expect(await answer.json()).toMatchObject({ choices: [{ message: { content: "Good morning" } }] });

    const pasted = Bun.spawnSync(["sh", "-c", String(serving["curl"])], { cwd: root });
    expect(JSON.parse(pasted.stdout.toString())).toMatchObject({
      choices: [{ message: { content: "Hello" } }],
    });
    expect(await stop(cli)).toMatchObject({ abandoned: 0 });
  });

  test("has a line to paste for an endpoint, too", async () => {
    const root = project(endpointConfig());
    const { curl } = await startCli(["start", "--threads", "1"], root).event("serving");
    expect(curl).toContain(`/api/repeat/v1 `);
    const pasted = Bun.spawnSync(["sh", "-c", String(curl)], { cwd: root });
    expect(JSON.parse(pasted.stdout.toString())).toEqual({ text: "Hello" });
  });

  test("keeps its starter key from run to run", async () => {
    const root = project();
    const first = startCli(["start"], root);
    await first.event("serving");
    await stop(first);
    const key = readFileSync(keyFile(root), "utf8");
    const second = startCli(["start"], root);
    const serving = await second.event("serving");
    expect(serving).toMatchObject({ starterKeys: [{ state: "kept" }] });
    expect(readFileSync(keyFile(root), "utf8")).toBe(key);
    expect((await call(String(serving["url"]), root)).status).toBe(200);
  });

  test("takes over a changed config on SIGHUP and keeps the running one on an error", async () => {
    const root = project();
    const cli = startCli(["start"], root);
    const { url, hash } = await cli.event("serving");
    expect((await call(String(url), root, "second")).status).toBe(404);

    writeConfig(root, configText({ models: ["echo", "second"] }));
    cli.signal("SIGHUP");
    const reloaded = await cli.event("reloaded");
    expect(reloaded["before"]).toBe(hash);
    expect(reloaded["hash"]).not.toBe(hash);
    expect((await call(String(url), root, "second")).status).toBe(200);

    writeConfig(root, brokenConfig);
    cli.signal("SIGHUP");
    expect(await cli.event("config-errors")).toMatchObject({ error: { code: "LK-6104" }, errors: 1 });
    expect(await cli.event("kept")).toMatchObject({ hash: reloaded["hash"] });
    expect((await call(String(url), root, "second")).status).toBe(200);

    writeConfig(root, configText({ models: ["echo", "second"] }));
    cli.signal("SIGHUP");
    expect(await cli.event("unchanged")).toMatchObject({ hash: reloaded["hash"] });
    rmSync(join(root, "gateway.config.ts"));
    cli.signal("SIGHUP");
    expect(await cli.event("reload-failed")).toMatchObject({ error: { code: "LK-6101" } });
    expect((await call(String(url), root)).status).toBe(200);
  });

  test("says that the port is taken, also by another gateway", async () => {
    const root = project();
    const first = startCli(["start"], root);
    const { url } = await first.event("serving");
    const second = startCli(["start"], root, { PORT: new URL(String(url)).port });
    expect(await second.exited).toBe(exitCodes.addressInUse);
  });

  test("lets calls under way end", async () => {
    const root = project(configText().replace('local("echo")', 'local("slow")'));
    const cli = startCli(["start"], root);
    const { url } = await cli.event("serving");
    const answer = await longStream(String(url), root, 5);
    cli.signal("SIGTERM");
    await cli.event("stopping");
    expect(await answer.text()).toEndWith("data: [DONE]\n\n");
    expect(await cli.event("stopped")).toMatchObject({ abandoned: 0 });
    expect(await cli.exited).toBe(exitCodes.ok);
  });

  test("lets calls under way end when nobody reads its output any more", async () => {
    const root = project(configText().replace('local("echo")', 'local("slow")'));
    const cli = startCli(["start"], root);
    const { url } = await cli.event("serving");
    const answer = await longStream(String(url), root, 30);
    await cli.closeOutput();
    // It notices when it has something to say.
    cli.signal("SIGHUP");
    expect(await answer.text()).toEndWith("data: [DONE]\n\n");
    expect(await cli.exited).toBe(exitCodes.ok);
  });

  test("cuts off what does not end in time", async () => {
    const root = project(configText().replace('local("echo")', 'local("slow")'));
    const cli = startCli(["start", "--drain", "50ms"], root);
    const { url } = await cli.event("serving");
    const answer = await longStream(String(url), root);
    cli.signal("SIGTERM");
    expect(await cli.event("stopped")).toMatchObject({ abandoned: 1 });
    expect(await answer.text().catch(() => "cut off")).not.toContain("[DONE]");
  });

  test("serves a kept artifact without compiling, and reads it again on SIGHUP", async () => {
    const root = project();
    const { hash: old } = JSON.parse((await run(["build", "--json"], { cwd: root })).out);
    writeConfig(root, configText({ models: ["echo", "second"] }));
    const { hash: later } = JSON.parse((await run(["build", "--json"], { cwd: root })).out);
    writeConfig(root, "this is not a config");
    const cli = startCli(["start", "--artifact", "current"], root);
    const { url, hash } = await cli.event("serving");
    expect(hash).toBe(later);
    expect((await run(["rollback"], { cwd: root })).code).toBe(exitCodes.ok);
    cli.signal("SIGHUP");
    expect(await cli.event("reloaded")).toMatchObject({ hash: old, before: later });
    expect((await call(String(url), root, "second")).status).toBe(404);
    expect((await call(String(url), root)).headers.get("x-latchkey-artifact")).toBe(old);
  });

  test("ends with the config's errors", async () => {
    const cli = startCli(["start"], project(brokenConfig));
    expect(await cli.event("config-errors")).toMatchObject({ errors: 1 });
    expect(await cli.exited).toBe(exitCodes.configErrors);
  });

  test("stops at once on a second signal", async () => {
    const root = project(configText().replace('local("echo")', 'local("slow")'));
    const cli = startCli(["start", "--drain", "1h"], root);
    const { url } = await cli.event("serving");
    const streaming = await longStream(String(url), root);
    expect(streaming.status).toBe(200);
    cli.signal("SIGINT");
    await cli.event("stopping");
    // The same one so soon would be taken for a copy.
    cli.signal("SIGTERM");
    expect(await cli.event("stopped")).toMatchObject({ abandoned: null });
    expect(await cli.exited).toBe(exitCodes.failure);
    await streaming.body?.cancel().catch(() => undefined);
  });
});
