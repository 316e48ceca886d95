import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import packageJson from "../../package.json" with { type: "json" };
import { tempFolder } from "../support/temp-folder.ts";

setDefaultTimeout(60_000);

const root = resolve(import.meta.dir, "../..");
const node = Bun.which("node") ?? "";

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
    const launcher = join(root, "bin/latchkey.mjs");
    expect(launch(launcher, ["--version"])).toEqual({
      out: `${packageJson.version}\n`,
      errors: "",
      exitCode: 0,
    });
    expect(launch(launcher, ["chekc"])).toMatchObject({ exitCode: 2 });
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

  test("passes a signal on and ends as its child does", async () => {
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
