import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildPackage } from "../../scripts/build-package.ts";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import { initProviders } from "../../src/cli/init-config.ts";
import { projectFiles } from "../../src/cli/init-files.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { run } from "./support/test-io.ts";

// Configs are compiled in processes that share the machine with whatever else runs.
setDefaultTimeout(60_000);

const root = resolve(import.meta.dir, "../..");
const FILES = [".gitignore", "README.md", "gateway.config.ts", "package.json", "tsconfig.json"];

describe("init", () => {
  test("writes a project that compiles and whose types hold", async () => {
    const cwd = tempFolder();
    const { code, out } = await run(["init", "--yes", "My Gateway"], { cwd });
    const folder = join(cwd, "My Gateway");
    expect(code).toBe(exitCodes.ok);
    expect(readdirSync(folder).sort()).toEqual(FILES);
    expect(out).toContain("Next: cd 'My Gateway' && npm install && npm start\n");
    const { name, dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    expect(name).toBe("my-gateway");
    expect(Object.values(dependencies).every((version) => /^\d+\.\d+\.\d+/.test(String(version)))).toBe(true);
    const checked = await run(["check", "--strict"], { cwd: folder });
    expect(checked).toMatchObject({ code: exitCodes.ok, errors: "" });
    expect(await typeErrors(folder)).toBe("");
  });

  test.each([
    [[], false],
    [["openai-compatible"], false],
    [initProviders, true],
  ] as const)("compiles with the providers %p and endpoint %p", async (providers, endpoint) => {
    const cwd = tempFolder();
    for (const [path, text] of Object.entries(projectFiles({ name: "x", providers, endpoint })))
      writeFileSync(join(cwd, path), text);
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

  test("asks only at a terminal", async () => {
    const { code, errors } = await run(["init"], { cwd: tempFolder() });
    expect(code).toBe(exitCodes.usage);
    expect(errors).toContain("with --yes it asks none");
  });
});

/** What the TypeScript compiler says of a project that has the package with its declarations installed. */
async function typeErrors(folder: string): Promise<string> {
  const latchkey = join(folder, "node_modules/latchkey");
  mkdirSync(latchkey, { recursive: true });
  await buildPackage(join(latchkey, "dist"));
  const exports = { "./config": { types: "./dist/types/sdk/config/index.d.ts" } };
  writeFileSync(
    join(latchkey, "package.json"),
    JSON.stringify({ name: "latchkey", type: "module", exports }),
  );
  symlinkSync(join(root, "node_modules/zod"), join(folder, "node_modules/zod"));
  const tsc = Bun.spawn(
    [process.execPath, join(root, "node_modules/typescript/bin/tsc"), "--project", folder],
    { stdout: "pipe" },
  );
  return new Response(tsc.stdout).text();
}
