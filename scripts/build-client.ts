import { join, resolve } from "node:path";
import { build } from "esbuild";

const root = resolve(import.meta.dir, "..");

/**
 * Builds the client as one module that imports nothing, for platforms that run no TypeScript. Runs on every install of a
 * clone, so that `latchkey/client` can be imported there by Node as it can from a published package.
 * @param folder absolute path, such as `…/dist/client`
 */
export async function buildClient(folder: string): Promise<void> {
  const { metafile } = await build({
    entryPoints: [join(root, "sdk/client/index.ts")],
    outfile: join(folder, "index.js"),
    absWorkingDir: root,
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    metafile: true,
    logLevel: "silent",
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  if (imports.length === 0) return;
  throw new Error(`The client must import nothing, but does: ${imports.map(({ path }) => path).join(", ")}`);
}

if (import.meta.main) await buildClient(join(root, "dist/client"));
