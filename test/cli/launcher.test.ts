import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import packageJson from "../../package.json" with { type: "json" };
import { exitCodes } from "../../src/cli/exit-codes.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { longStream } from "./support/calls.ts";
import { startProgram } from "./support/cli-process.ts";
import { configText, project } from "./support/project.ts";
import { run } from "./support/test-io.ts";

setDefaultTimeout(60_000);

const root = resolve(import.meta.dir, "../..");
const ownLauncher = join(root, "bin/latchkey.mjs");
const node = Bun.which("node") ?? "";

/** A config whose model takes its time. */
const slowConfig = configText().replace('local("echo")', 'local("slow")');

/** Runs a launcher with Node and without a Bun on the PATH. */
function launch(launcher: string, argv: readonly string[], path = "/nowhere") {
  const { stdout, stderr, exitCode } = Bun.spawnSync([node, launcher, ...argv], { env: { PATH: path } });
  return { out: stdout.toString(), errors: stderr.toString(), exitCode };
}

/**
 * A folder as npm installs it, with a main.ts that ends with 7 and says what it was given.
 * @returns the launcher's path
 */
function installed(): { readonly folder: string; readonly launcher: string } {
  const folder = tempFolder();
  const own = join(folder, "node_modules/latchkey");
  for (const name of ["bin", "src/cli"]) mkdirSync(join(own, name), { recursive: true });
  copyFileSync(join(root, "bin/latchkey.mjs"), join(own, "bin/latchkey.mjs"));
  writeFileSync(
    join(own, "src/cli/main.ts"),
    "process.stdout.write(JSON.stringify(process.argv.slice(2))); process.exit(7);",
  );
  return { folder, launcher: join(own, "bin/latchkey.mjs") };
}

describe("bin/latchkey.mjs", () => {
  test("hands the command line over and its exit code back", () => {
    expect(launch(ownLauncher, ["--version"])).toEqual({
      out: `${packageJson.version}\n`,
      errors: "",
      exitCode: 0,
    });
    expect(launch(ownLauncher, ["chekc"])).toMatchObject({ exitCode: 2 });
  });

  test("finds the binary where install scripts are switched off", () => {
    const { folder, launcher } = installed();
    const placeholder = join(folder, "node_modules/bun/bin/bun.exe");
    mkdirSync(join(folder, "node_modules/bun/bin"), { recursive: true });
    writeFileSync(placeholder, "this is only a placeholder\n");
    chmodSync(placeholder, 0o755);
    const binary = join(folder, "node_modules/@oven/bun-test/bin");
    mkdirSync(binary, { recursive: true });
    symlinkSync(process.execPath, join(binary, "bun"));
    const { out, exitCode } = launch(launcher, ["keys", "new", "--name", "two words"]);
    expect(JSON.parse(out)).toEqual(["keys", "new", "--name", "two words"]);
    expect(exitCode).toBe(7);
  });

  test("takes the one on the PATH last", () => {
    const { folder, launcher } = installed();
    symlinkSync(process.execPath, join(folder, "bun"));
    expect(launch(launcher, [], folder)).toMatchObject({ out: "[]", exitCode: 7 });
  });

  test("says what to do where there is none", () => {
    const { exitCode, errors } = launch(installed().launcher, []);
    expect(exitCode).toBe(1);
    expect(errors).toContain("the Bun runtime was not found");
    expect(errors.trimEnd().split("\n")).toHaveLength(1);
  });

  test("is the Bun that it runs on", () => {
    const { launcher } = installed();
    const { stdout, exitCode } = Bun.spawnSync([process.execPath, launcher, "check"], {
      env: { PATH: "/nowhere" },
    });
    expect(JSON.parse(stdout.toString())).toEqual(["check"]);
    expect(exitCode).toBe(7);
  });

  test("sends a signal for real to a child that does not listen, and ends as it does", async () => {
    const { folder, launcher } = installed();
    symlinkSync(process.execPath, join(folder, "bun"));
    writeFileSync(
      join(folder, "node_modules/latchkey/src/cli/main.ts"),
      'process.on("SIGTERM", () => process.exit(9)); process.stdout.write("ready"); setInterval(() => {}, 1000);',
    );
    const child = Bun.spawn([node, launcher], { env: { PATH: folder }, stdout: "pipe" });
    await child.stdout.getReader().read();
    child.kill("SIGTERM");
    expect(await child.exited).toBe(9);
  });
});

describe("a gateway behind the launcher", () => {
  test("takes a signal to the whole group as one and lets calls end", async () => {
    const folder = project(slowConfig);
    const gateway = startProgram([node, ownLauncher, "start", "--json"], folder);
    const { url } = await gateway.event("serving");
    const answer = await longStream(String(url), folder, 30);
    gateway.signalGroup("SIGTERM");
    expect(await answer.text()).toEndWith("data: [DONE]\n\n");
    expect(await gateway.event("stopped")).toMatchObject({ abandoned: 0 });
    expect(await gateway.exited).toBe(exitCodes.ok);
  });

  test("stops at once on a second signal to the whole group", async () => {
    const folder = project(slowConfig);
    const gateway = startProgram([node, ownLauncher, "start", "--json", "--drain", "1h"], folder);
    const { url } = await gateway.event("serving");
    const answer = await longStream(String(url), folder);
    gateway.signalGroup("SIGINT");
    await gateway.event("stopping");
    // The same one so soon would be taken for a copy.
    gateway.signalGroup("SIGTERM");
    expect(await gateway.event("stopped")).toMatchObject({ abandoned: null });
    expect(await gateway.exited).toBe(exitCodes.failure);
    await answer.body?.cancel().catch(() => undefined);
  });

  test("stops when the launcher alone is signalled, and reloads", async () => {
    const gateway = startProgram([node, ownLauncher, "start", "--json"], project());
    await gateway.event("serving");
    gateway.signal("SIGHUP");
    await gateway.event("unchanged");
    gateway.signal("SIGTERM");
    expect(await gateway.event("stopped")).toMatchObject({ abandoned: 0 });
    expect(await gateway.exited).toBe(exitCodes.ok);
  });

  test("stops when the launcher is gone", async () => {
    const gateway = startProgram([node, ownLauncher, "start", "--json"], project());
    await gateway.event("serving");
    gateway.signal("SIGKILL");
    expect(await gateway.event("stopped")).toMatchObject({ abandoned: 0 });
  });

  test("stops when the shell that npm has put around the launcher is gone", async () => {
    const command = `"${node}" "${ownLauncher}" start --json; true`;
    const gateway = startProgram(["sh", "-c", command], project(), { npm_lifecycle_event: "npx" });
    await gateway.event("serving");
    gateway.signal("SIGTERM");
    expect(await gateway.event("stopped")).toMatchObject({ abandoned: 0 });
  });
});

describe("npm start", () => {
  const npm = Bun.which("npm") ?? "";
  const npx = Bun.which("npx") ?? "";
  const quiet = { npm_config_update_notifier: "false", npm_config_loglevel: "silent" };

  test("of this package passes SIGTERM on", async () => {
    const folder = project(slowConfig);
    const command = [npm, "start", "--", "--json", "--config", join(folder, "gateway.config.ts")];
    const gateway = startProgram(command, root, { ...quiet, HOME: folder });
    const { url } = await gateway.event("serving");
    const answer = await longStream(String(url), folder, 30);
    gateway.signal("SIGTERM");
    expect(await answer.text()).toEndWith("data: [DONE]\n\n");
    expect(await gateway.event("stopped")).toMatchObject({ abandoned: 0 });
    expect(await gateway.exited).toBe(exitCodes.ok);
  });

  /** A project that `init` wrote, with its packages. */
  async function initProject(): Promise<string> {
    const folder = tempFolder();
    expect((await run(["init", "--yes"], { cwd: folder })).code).toBe(exitCodes.ok);
    mkdirSync(join(folder, "node_modules/.bin"), { recursive: true });
    symlinkSync(root, join(folder, "node_modules/latchkey"));
    symlinkSync(join(root, "node_modules/zod"), join(folder, "node_modules/zod"));
    symlinkSync("../latchkey/bin/latchkey.mjs", join(folder, "node_modules/.bin/latchkey"));
    return folder;
  }

  // npm passes SIGINT and SIGTERM on; of any other signal it dies, as here without a word to what it has started.
  test.each([
    ["npm start", [npm, "start", "--", "--json"]],
    ["npx latchkey start", [npx, "latchkey", "start", "--json"]],
  ])("%s that dies of SIGHUP leaves nothing behind", async (_, command) => {
    const folder = await initProject();
    const gateway = startProgram(command, folder, quiet);
    const { url } = await gateway.event("serving");
    gateway.signal("SIGHUP");
    expect(await gateway.event("stopped")).toMatchObject({ abandoned: 0 });
    // All that it has started holds its output open.
    await expect(gateway.event("more")).rejects.toThrow("The process ended before");
    await expect(fetch(String(url))).rejects.toThrow();
  });

  test.each([
    ["npm start", [npm, "start", "--", "--json"]],
    ["npx latchkey start", [npx, "latchkey", "start", "--json"]],
  ])("%s tells of the process that takes SIGHUP, which reloads and serves on", async (_, command) => {
    const folder = await initProject();
    const gateway = startProgram(command, folder, quiet);
    const { pid, url } = await gateway.event("serving");
    process.kill(Number(pid), "SIGHUP");
    await gateway.event("unchanged");
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    process.kill(Number(pid), "SIGTERM");
    expect(await gateway.event("stopped")).toMatchObject({ abandoned: 0 });
    expect(await gateway.exited).toBe(exitCodes.ok);
  });

  test.each(["start", "run dev"])("%s of a project that `init` wrote passes SIGTERM on", async (script) => {
    const folder = await initProject();
    const gateway = startProgram([npm, ...script.split(" "), "--", "--json"], folder, quiet);
    await gateway.event("serving");
    gateway.signal("SIGTERM");
    expect(await gateway.event("stopped")).toMatchObject({ abandoned: 0 });
    expect(await gateway.exited).toBe(exitCodes.ok);
  });
});
