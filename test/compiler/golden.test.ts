import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Artifact } from "../../src/artifact/artifact.ts";
import { compile } from "../../src/compiler/compile.ts";
import type { Predecessor } from "../../src/compiler/promises/predecessor.ts";
import { renderDiagnostics } from "../../src/compiler/render.ts";

// A compilation takes a tenth of a second, but the machine may have other things to do.
setDefaultTimeout(60_000);

/**
 * Each folder of `test/golden` is a config and what becomes of it: `expected/diagnostics.txt` as a terminal shows it, and
 * `expected/artifact.json` where there is no error. With `before/gateway.config.ts` it takes the place of that config's
 * artifact, and `before/subscriptions.json` is what is on record then. `UPDATE_GOLDEN=1 npx bun test test/compiler/golden.test.ts`
 * writes them anew; read the difference before committing it.
 */
const root = join(import.meta.dir, "../golden");
const isUpdate = process.env["UPDATE_GOLDEN"] === "1";
const nowMs = Date.parse("2026-11-24T12:00:00Z");
const cases = readdirSync(root).sort();

describe("golden", () => {
  test("there are enough cases, most of them mistakes", () => {
    const mistakes = cases.filter((name) => existsSync(join(root, name, "expected/diagnostics.txt")));
    expect(cases.length).toBeGreaterThanOrEqual(40);
    expect(mistakes.length).toBeGreaterThanOrEqual(25);
  });

  for (const name of cases) {
    test.concurrent(name, async () => {
      const folder = join(root, name);
      const [config = ""] = readdirSync(folder).filter((file) => file.startsWith("gateway.config."));
      const configFile = join(folder, config);
      const predecessor = await predecessorIn(join(folder, "before"));
      const { artifact, diagnostics } = await compile({
        ...{ configFile, nowMs },
        ...(predecessor !== undefined && { predecessor }),
      });
      const sources = (file: string): string | undefined =>
        existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8") : undefined;
      compare(
        join(folder, "expected/diagnostics.txt"),
        renderDiagnostics(diagnostics, { sources, colour: false }),
      );
      const isBroken = diagnostics.some(({ severity }) => severity === "error");
      expect(artifact === null).toBe(isBroken);
      compare(join(folder, "expected/artifact.json"), artifact === null ? "" : artifactText(artifact));
    });
  }
});

async function predecessorIn(folder: string): Promise<Predecessor | undefined> {
  const configFile = join(folder, "gateway.config.ts");
  if (!existsSync(configFile)) return undefined;
  const { artifact, diagnostics } = await compile({ configFile, nowMs });
  if (artifact === null)
    throw new Error(renderDiagnostics(diagnostics, { sources: () => "", colour: false }));
  const records = join(folder, "subscriptions.json");
  const subscriptions = existsSync(records) ? JSON.parse(readFileSync(records, "utf8")) : [];
  return { artifact, subscriptions, allow: { breaking: false, retire: false }, warnOnly: false };
}

/** Without the digest of the code, which changes with every version of what is bundled into it. */
function artifactText(artifact: Artifact): string {
  const functions = artifact.functions === null ? null : { digest: "sha256:…" };
  return `${JSON.stringify({ ...artifact, functions }, null, 2)}\n`;
}

/** No text means that there is no file. */
function compare(path: string, text: string): void {
  if (isUpdate) {
    if (text === "") rmSync(path, { force: true });
    else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  }
  expect(existsSync(path) ? readFileSync(path, "utf8") : "").toBe(text);
}
