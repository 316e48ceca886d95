import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Glob } from "bun";
import { compile } from "../../src/compiler/compile.ts";
import { renderDiagnostics } from "../../src/compiler/render.ts";
import { runGateway } from "../support/run-gateway.ts";

const root = resolve(import.meta.dir, "../..");
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

interface Block {
  readonly file: string;
  readonly text: string;
}

/** Blocks of a document that begin with `// file: NAME`. */
function blocksOf(document: string): readonly Block[] {
  const text = readFileSync(join(root, document), "utf8");
  return [...text.matchAll(/```ts\n\/\/ file: (\S+)\n([\s\S]*?)```/g)].map(([, file = "", body = ""]) => ({
    file,
    text: body,
  }));
}

/** A folder inside the checkout, where `latchkey` and `zod` can be found as in a project that has installed them. */
function newFolder(): string {
  const folder = mkdtempSync(join(root, "examples", ".run-"));
  folders.push(folder);
  return folder;
}

const documents = ["README.md", ...new Glob("docs/*.md").scanSync(root)].sort();

describe("configs in the documents", () => {
  const configs = documents.flatMap((document) =>
    blocksOf(document).flatMap(({ file, text }, index) =>
      file === "gateway.config.ts" ? [[`${document} ${index}`, text] as const] : [],
    ),
  );

  test.each(configs)("%s compiles", async (_, text) => {
    const configFile = join(newFolder(), "gateway.config.ts");
    writeFileSync(configFile, text);
    const { artifact, diagnostics } = await compile({ configFile });
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    expect(renderDiagnostics(errors, { sources: () => text, colour: false })).toBe(
      renderDiagnostics([], { sources: () => text, colour: false }),
    );
    expect(artifact).not.toBeNull();
  });
});

describe("programs in the documents", () => {
  const withPrograms = documents.filter((document) =>
    blocksOf(document).some(({ file }) => file !== "gateway.config.ts"),
  );

  test.each(withPrograms)(
    "%s: all run",
    async (document) => {
      const folder = newFolder();
      writeFileSync(join(folder, "gateway.config.ts"), readFileSync(join(root, "gateway.config.ts")));
      const gateway = await runGateway(join(folder, "gateway.config.ts"));
      const environment = {
        ...process.env,
        LATCHKEY_URL: gateway.url,
        LATCHKEY_KEY: gateway.keys["demo.playground"] ?? "",
      };
      for (const { file, text } of blocksOf(document)) {
        if (file === "gateway.config.ts") continue;
        writeFileSync(join(folder, file), text);
        const child = Bun.spawn([process.execPath, join(folder, file)], {
          env: environment,
          stdout: "ignore",
          stderr: "pipe",
        });
        const words = await new Response(child.stderr).text();
        expect({ file, code: await child.exited, words }).toEqual({ file, code: 0, words: "" });
      }
      expect(await gateway.stop()).toBe(0);
    },
    60_000,
  );
});
