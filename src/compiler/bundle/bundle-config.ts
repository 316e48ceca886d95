import { existsSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { BuildOptions } from "esbuild";
import type { Report } from "../report.ts";
import { isBuildFailure, reportBuildFailure } from "./build-failure.ts";
import { packageResolver } from "./package-resolver.ts";
import { readRecorder } from "./read-recorder.ts";
import { runBundler } from "./run-bundler.ts";

/** A config and all that it imports, as one module. */
export interface BundledConfig {
  /** Null where the sources do not hold together; the report says why. */
  readonly bundle: Bundle | null;
  /** Absolute paths of the team's own source files, sorted. */
  readonly inputs: readonly string[];
}

/** The bundle, to be run at `path`. */
export interface Bundle {
  readonly path: string;
  readonly code: string;
  /** JSON of the source map; its sources are relative to the bundle's folder. */
  readonly sourceMap: string;
}

const packageFolder = join(import.meta.dir, "../../..");

/** Settings that every bundle of a config shares. */
export function bundleOptions(configFile: string): BuildOptions & { readonly absWorkingDir: string } {
  const rootDir = dirname(configFile);
  return {
    absWorkingDir: rootDir,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "esnext",
    loader: { ".md": "text", ".txt": "text" },
    // The bundle runs elsewhere; a config that looks for files beside itself must find them.
    define: {
      "import.meta.url": JSON.stringify(pathToFileURL(configFile).href),
      "import.meta.dir": JSON.stringify(rootDir),
      "import.meta.dirname": JSON.stringify(rootDir),
      "import.meta.filename": JSON.stringify(configFile),
      "import.meta.path": JSON.stringify(configFile),
    },
    logLevel: "silent",
  };
}

/** Bundles a config with its imports into one module that will run at `bundlePath`. */
export async function bundleConfig(
  configFile: string,
  bundlePath: string,
  report: Report,
  limitMs?: number,
): Promise<BundledConfig> {
  const read = new Set<string>([configFile]);
  const options = bundleOptions(configFile);
  const job: BuildOptions & { readonly write: false } = {
    ...options,
    entryPoints: [configFile],
    outfile: bundlePath,
    sourcemap: "external",
    write: false,
    plugins: [packageResolver({ zod: "external" }), readRecorder(read)],
  };
  try {
    const result = await runBundler(job, report, limitMs);
    if (result === null) return { bundle: null, inputs: ownInputs(read, options.absWorkingDir) };
    const text = (suffix: string): string =>
      result.outputFiles.find(({ path }) => path.endsWith(suffix))?.text ?? "";
    const bundle = { path: bundlePath, code: text(".mjs"), sourceMap: text(".map") };
    return { bundle, inputs: ownInputs(read, options.absWorkingDir) };
  } catch (thrown) {
    if (!isBuildFailure(thrown)) throw thrown;
    reportBuildFailure(thrown, report);
    return { bundle: null, inputs: ownInputs(read, options.absWorkingDir) };
  }
}

/** Whether a source is the team's own, rather than a package's or ours. */
export function isOwnSource(path: string): boolean {
  const ownFolders = [join(packageFolder, "sdk"), join(packageFolder, "src")];
  return !path.includes(`${sep}node_modules${sep}`) && !ownFolders.some((own) => path.startsWith(own + sep));
}

function ownInputs(read: ReadonlySet<string>, rootDir: string): readonly string[] {
  const settings = join(rootDir, "tsconfig.json");
  const files = [...read].filter(isOwnSource);
  return (existsSync(settings) ? [...files, settings] : files).sort();
}
