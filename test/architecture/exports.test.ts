import { beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import packageJson from "../../package.json" with { type: "json" };
import { buildPackage } from "../../scripts/build-package.ts";
import { afterTest } from "../support/after-test.ts";
import { publicNames } from "./public-names.ts";

// The package is built, and programs run that import it.
setDefaultTimeout(60_000);

const root = resolve(import.meta.dir, "../..");
type Targets = string | Readonly<Record<string, string>>;
const entries: Readonly<Record<string, Targets>> = packageJson.exports;
const modules = Object.keys(publicNames);

const project = mkdtempSync(join(tmpdir(), "latchkey-exports-"));
afterTest(() => rmSync(project, { recursive: true, force: true }));
const installed = join(project, "node_modules/latchkey");

/** A project that has the package, with what is built for a release, as npm would install it. */
beforeAll(async () => {
  mkdirSync(installed, { recursive: true });
  copyFileSync(join(root, "package.json"), join(installed, "package.json"));
  for (const folder of ["sdk", "src", "node_modules"])
    symlinkSync(join(root, folder), join(installed, folder));
  await buildPackage(join(installed, "dist"));
}, 60_000);

function targetsOf(entry: string): readonly string[] {
  const targets = entries[entry] ?? {};
  return typeof targets === "string" ? [targets] : Object.values(targets);
}

/** The names that a module has when a program in the project imports it. */
async function namesIn(program: string, entry: string): Promise<unknown> {
  const specifier = entry.replace(".", packageJson.name);
  const code = `const names = Object.keys(await import(${JSON.stringify(specifier)})); console.log(JSON.stringify(names.sort()));`;
  const script = program === "node" ? ["--input-type=module", "-e", code] : ["-e", code];
  const child = Bun.spawn([program, ...script], { cwd: project, stdout: "pipe", stderr: "pipe" });
  const [out, errors] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  expect(errors).toBe("");
  return JSON.parse(out);
}

/** The names of an `index.ts`, which only hands on what other files declare. */
async function declaredNames(path: string): Promise<{ values: string[]; types: string[] }> {
  const names = { values: [] as string[], types: [] as string[] };
  const text = await Bun.file(join(root, path)).text();
  for (const [, onlyTypes, list = ""] of text.matchAll(/^export (type )?\{([^}]*)\} from/gm)) {
    for (const name of list.split(",").map((item) => item.trim())) {
      if (name === "") continue;
      const isType = onlyTypes !== undefined || name.startsWith("type ");
      names[isType ? "types" : "values"].push(name.replace(/^type /, ""));
    }
  }
  const statements = text.match(/^export /gm)?.length;
  expect(text.match(/^export (?:type )?\{[^}]*\} from /gm)).toHaveLength(statements ?? 0);
  return { values: names.values.sort(), types: names.types.sort() };
}

describe("the package", () => {
  test("has an entry for each list of names, and nothing besides", () => {
    expect(Object.keys(entries).sort()).toEqual([...modules, "./package.json"].sort());
  });

  test.each(Object.keys(entries))("%s leads to files that are there and are published", (entry) => {
    expect(targetsOf(entry).length).toBeGreaterThan(0);
    for (const target of targetsOf(entry)) {
      expect(existsSync(join(installed, target))).toBe(true);
      const [, first = ""] = target.split("/");
      expect(["package.json", ...packageJson.files]).toContain(first);
    }
  });

  test("publishes what its programs are", () => {
    for (const path of Object.values(packageJson.bin)) {
      expect(existsSync(join(root, path))).toBe(true);
      expect(packageJson.files).toContain(path.split("/")[0] ?? "");
    }
  });
});

describe.each(modules)("%s", (entry) => {
  const names = publicNames[entry] ?? { values: [], types: [] };

  test("declares the names that are listed", async () => {
    const source = targetsOf(entry)[0] ?? "";
    expect(await declaredNames(source)).toEqual({
      values: names.values.toSorted(),
      types: names.types.toSorted(),
    });
  });

  test("gives Bun these names", async () => {
    expect(await namesIn(process.execPath, entry)).toEqual(names.values.toSorted());
  });
});

describe("Node", () => {
  test("can import the client", async () => {
    expect(await namesIn("node", "./client")).toEqual(publicNames["./client"]?.values.toSorted());
  });

  test("is not offered what only Bun can run, but for the config, which the gateway runs", () => {
    const sources = modules.filter((entry) => {
      const targets = entries[entry];
      return typeof targets === "object" && targets["default"]?.endsWith(".ts");
    });
    expect(sources).toEqual(["./config"]);
  });
});
