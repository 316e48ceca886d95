import { describe, expect, setDefaultTimeout, test } from "bun:test";
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { buildPackage } from "../../scripts/build-package.ts";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import { initProviders } from "../../src/cli/init-config.ts";
import { type ProjectFiles, projectFiles } from "../../src/cli/init-files.ts";
import { type OwnPackage, readOwnPackage } from "../../src/cli/own-package.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { run } from "./support/test-io.ts";

// Configs are compiled in processes that share the machine with whatever else runs.
setDefaultTimeout(60_000);

const root = resolve(import.meta.dir, "../..");
const FILES = [".gitignore", "README.md", "gateway.config.ts", "package.json", "tsconfig.json"];

/** This package as npm installs it. */
const installed: OwnPackage = { ...readOwnPackage(), folder: "/home/someone/gateway/node_modules/latchkey" };

describe("init", () => {
  test("writes a project that compiles and whose types hold", async () => {
    const cwd = tempFolder();
    const { code, out } = await run(["init", "--yes", "My Gateway"], { cwd });
    const folder = join(cwd, "My Gateway");
    expect(code).toBe(exitCodes.ok);
    expect(readdirSync(folder).sort()).toEqual(FILES);
    expect(out).toContain("Next: cd 'My Gateway' && npm install && npm start\n");
    expect(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).name).toBe("my-gateway");
    const checked = await run(["check", "--strict"], { cwd: folder });
    expect(checked).toMatchObject({ code: exitCodes.ok, errors: "" });
    // As npm would link it.
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    expect(dependencies.latchkey).toStartWith("file:");
    link(folder, "latchkey", resolve(folder, dependencies.latchkey.slice("file:".length)));
    expect(realpathSync(join(folder, "node_modules/latchkey"))).toBe(root);
    for (const name of ["zod", ...Object.keys(devDependencies)])
      link(folder, name, join(root, "node_modules", name));
    expect(await typeErrors(folder)).toBe("");
  });

  test("tells of every provider that the config declares", async () => {
    const { out } = await run(["init", "--yes", "--json"], { cwd: tempFolder() });
    expect(JSON.parse(out)).toMatchObject({ endpoint: true, providers: ["openai", "demo"] });
  });

  test("depends on the version where the package was installed, whose types hold", async () => {
    const folder = tempFolder();
    writeProject(
      folder,
      projectFiles({ name: "x", providers: ["openai"], endpoint: true }, folder, installed),
    );
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    expect(dependencies.latchkey).toBe(installed.version);
    expect(Object.keys(devDependencies)).toEqual(["typescript"]);
    await installBuilt(folder);
    link(folder, "zod", join(root, "node_modules/zod"));
    expect(await typeErrors(folder)).toBe("");
  });

  test.each([
    [[], false],
    [["openai-compatible"], false],
    [initProviders, true],
  ] as const)("compiles with the providers %p and endpoint %p", async (providers, endpoint) => {
    const cwd = tempFolder();
    writeProject(cwd, projectFiles({ name: "x", providers, endpoint }, cwd, installed));
    expect(await run(["check", "--strict"], { cwd })).toMatchObject({ code: exitCodes.ok, errors: "" });
  });

  test("overwrites nothing unless it is told to", async () => {
    const cwd = tempFolder();
    writeFileSync(join(cwd, "package.json"), "mine");
    const refused = await run(["init", "--yes"], { cwd });
    expect(refused.code).toBe(exitCodes.usage);
    expect(refused.errors).toContain(`package.json exists in ${cwd}; --force overwrites`);
    expect(readdirSync(cwd)).toEqual(["package.json"]);
    expect((await run(["init", "--yes", "--force"], { cwd })).code).toBe(exitCodes.ok);
    expect(readFileSync(join(cwd, "package.json"), "utf8")).not.toBe("mine");
  });

  test("refuses to overwrite before it asks anything", async () => {
    const cwd = tempFolder();
    writeFileSync(join(cwd, "tsconfig.json"), "mine");
    const { errors, out } = await run(["init"], { cwd, terminal: true });
    expect(errors).toContain(`tsconfig.json exists in ${cwd}; --force overwrites`);
    expect(out).toBe("");
  });

  test("lets npm run what the packages need while it installs, and is not asked about it", () => {
    const allowed = (own: OwnPackage): unknown => {
      const files = projectFiles({ name: "x", providers: [], endpoint: false }, "/home/someone/gateway", own);
      return JSON.parse(files["package.json"] ?? "").allowScripts;
    };
    expect(allowed(installed)).toEqual({ bun: true, esbuild: true });
    expect(allowed({ ...installed, folder: "/home/someone/latchkey" })).toEqual({
      bun: true,
      esbuild: true,
      "file:../latchkey": true,
    });
  });

  test("asks only at a terminal", async () => {
    const { code, errors } = await run(["init"], { cwd: tempFolder() });
    expect(code).toBe(exitCodes.usage);
    expect(errors).toContain("with --yes it asks none");
  });
});

function writeProject(folder: string, files: ProjectFiles): void {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
}

function link(folder: string, name: string, target: string): void {
  const path = join(folder, "node_modules", name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

/** Puts the package with its declarations where npm would. */
async function installBuilt(folder: string): Promise<void> {
  const latchkey = join(folder, "node_modules/latchkey");
  mkdirSync(latchkey, { recursive: true });
  await buildPackage(join(latchkey, "dist"));
  copyFileSync(join(root, "package.json"), join(latchkey, "package.json"));
}

/** What the TypeScript compiler says of a project. */
async function typeErrors(folder: string): Promise<string> {
  const tsc = Bun.spawn(
    [process.execPath, join(root, "node_modules/typescript/bin/tsc"), "--project", folder],
    { stdout: "pipe" },
  );
  return new Response(tsc.stdout).text();
}
