import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildClient } from "./build-client.ts";

const root = resolve(import.meta.dir, "..");

/**
 * Builds what a published package needs beside its sources: `client/index.js`, the client for platforms that run
 * no TypeScript, and `types/`, the declarations of the client and the config language, since a project that uses
 * the package checks its types with settings of its own.
 * @param folder absolute path, such as `…/dist`
 */
export async function buildPackage(folder: string): Promise<void> {
  await Promise.all([buildClient(join(folder, "client")), buildTypes(join(folder, "types"))]);
}

async function buildTypes(folder: string): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), "latchkey-types-"));
  const project = join(scratch, "tsconfig.json");
  try {
    await rm(folder, { recursive: true, force: true });
    await Bun.write(project, JSON.stringify(typesProject(folder)));
    const tsc = Bun.spawn(
      [process.execPath, join(root, "node_modules/typescript/bin/tsc"), "--project", project],
      {
        stdout: "pipe",
        stderr: "inherit",
      },
    );
    const output = await new Response(tsc.stdout).text();
    if ((await tsc.exited) !== 0) throw new Error(`The declarations cannot be built.\n${output}`);
  } finally {
    await rm(scratch, { recursive: true });
  }
}

function typesProject(folder: string): object {
  return {
    extends: join(root, "tsconfig.json"),
    compilerOptions: {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: root,
      outDir: folder,
      typeRoots: [join(root, "node_modules/@types")],
    },
    include: [],
    files: [join(root, "sdk/client/index.ts"), join(root, "sdk/config/index.ts")],
  };
}

if (import.meta.main) await buildPackage(join(root, "dist"));
