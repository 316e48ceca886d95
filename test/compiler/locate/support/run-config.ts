import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import type { SourcePlace } from "../../../../src/compiler/diagnostic.ts";
import { createLocator, type Locator, type LocatorOptions } from "../../../../src/compiler/locate/locator.ts";
import { stackEnvironment } from "../../../../src/compiler/locate/stack-frame.ts";

/** A config that was bundled by esbuild and run by Bun in a child process, as the compiler does it. */
export interface RunConfig {
  readonly options: LocatorOptions;
  readonly locator: Locator;
  /** Stack text of an exported declaration. */
  readonly site: (name: string) => string;
  /** What a place covers, as `file: text`. */
  readonly shown: (place: SourcePlace | undefined) => string | undefined;
  readonly remove: () => void;
}

const repository = join(import.meta.dir, "../../../..");
const printer = `const config = await import(process.argv[2]);
console.log(JSON.stringify(Object.fromEntries(Object.entries(config).map(([name, value]) => [name, value.site]))));`;

/** Writes files to a folder whose name is as awkward as names get, bundles `gateway.config.ts` and runs it. */
export async function runConfig(
  files: Readonly<Record<string, string>>,
  keepSources = true,
): Promise<RunConfig> {
  const rootDir = join(mkdtempSync(join(tmpdir(), "latchkey locate ")), "te am:1:2 (é%20#)");
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(rootDir, name)), { recursive: true });
    writeFileSync(join(rootDir, name), text);
  }
  const bundlePath = join(rootDir, ".latchkey/build/bundle.mjs");
  await build({
    absWorkingDir: rootDir,
    entryPoints: ["gateway.config.ts"],
    outfile: bundlePath,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "esnext",
    sourcemap: "external",
    sourcesContent: keepSources,
    alias: { "latchkey/config": join(repository, "sdk/config/index.ts") },
    nodePaths: [join(repository, "node_modules")],
    logLevel: "silent",
  });
  const sites = await runBundle(rootDir, bundlePath);
  const options: LocatorOptions = {
    sourceMap: readFileSync(`${bundlePath}.map`, "utf8"),
    bundlePath,
    rootDir,
    isOwnSource: (path) => path.startsWith(`${rootDir}/`) && !path.includes("/node_modules/"),
    readSource: (path) => readFileSync(path, "utf8"),
  };
  return {
    options,
    locator: createLocator(options),
    site: (name) => sites[name] ?? "",
    shown(place) {
      if (place === undefined) return undefined;
      const line = files[place.file]?.split("\n")[place.line - 1] ?? "";
      return `${place.file}: ${line.slice(place.column - 1, place.column - 1 + (place.length ?? 0))}`;
    },
    remove: () => rmSync(dirname(rootDir), { recursive: true }),
  };
}

async function runBundle(rootDir: string, bundlePath: string): Promise<Record<string, string>> {
  const main = join(rootDir, ".latchkey/build/main.mjs");
  writeFileSync(main, printer);
  const child = Bun.spawn([process.execPath, main, bundlePath], {
    env: { ...process.env, ...stackEnvironment },
    stdout: "pipe",
    stderr: "inherit",
  });
  return JSON.parse(await new Response(child.stdout).text());
}
