import { join } from "node:path";
import type { OnResolveResult, Plugin, PluginBuild } from "esbuild";

/** The config language of this very package, wherever the config lies. */
const configLanguageFile: string = join(import.meta.dir, "../../../sdk/config/index.ts");

const ZOD = /^zod(?:\/.*)?$/;
const RESOLVED = { resolvedByLatchkey: true };

/** How packages that a config always needs are resolved. */
export interface PackageResolverOptions {
  /** Whether Zod stays outside of the bundle, named by its absolute path: quick, but the bundle cannot move. */
  readonly zod: "external" | "bundled";
}

/**
 * Resolves `latchkey/config` to this package even where the config's folder has no `node_modules`, and Zod to
 * the team's own copy, else to ours.
 */
export function packageResolver(options: PackageResolverOptions): Plugin {
  return {
    name: "latchkey-packages",
    setup(build) {
      build.onResolve({ filter: /^latchkey\/config$/ }, () => ({ path: configLanguageFile }));
      build.onResolve({ filter: ZOD }, async ({ path, resolveDir, kind, pluginData }) => {
        if (pluginData === RESOLVED) return undefined;
        const found = await resolveZod(build, path, resolveDir, kind);
        return found === undefined ? undefined : { path: found, external: options.zod === "external" };
      });
    },
  };
}

async function resolveZod(
  build: PluginBuild,
  path: string,
  resolveDir: string,
  kind: Parameters<PluginBuild["resolve"]>[1] extends infer Options
    ? Options extends { kind?: infer Kind }
      ? Kind
      : never
    : never,
): Promise<OnResolveResult["path"]> {
  for (const folder of [resolveDir, import.meta.dir]) {
    const found = await build.resolve(path, {
      resolveDir: folder,
      kind: kind ?? "import-statement",
      pluginData: RESOLVED,
    });
    if (found.errors.length === 0) return found.path;
  }
  return undefined;
}
