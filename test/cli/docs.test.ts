import { expect, setDefaultTimeout, test } from "bun:test";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { commandEntries } from "../../src/cli/commands/index.ts";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import { run } from "./support/test-io.ts";

// Configs are compiled in processes that share the machine with whatever else runs.
setDefaultTimeout(60_000);

const text = readFileSync(resolve(import.meta.dir, "../../docs/cli.md"), "utf8");

/** Cells of the first column of the tables in a part of the document. */
function firstColumn(part: string): readonly string[] {
  return [...part.matchAll(/^\| ([^|]+) \|/gm)].map(([, cell]) => cell ?? "");
}

test("docs/cli.md lists every command", () => {
  const listed = firstColumn(text.slice(0, text.indexOf("## "))).join(" ");
  for (const { name } of commandEntries) expect(listed).toContain(`\`${name}`);
});

test("docs/cli.md lists every exit code, and no other", () => {
  const part = text.slice(text.indexOf("## Exit codes"), text.indexOf("## init"));
  const listed = firstColumn(part).filter((cell) => /^\d+$/.test(cell));
  expect(listed.map(Number)).toEqual(Object.values(exitCodes));
});

test("docs/cli.md names every flag of every command", async () => {
  for (const { name } of commandEntries.filter((entry) => entry.name !== "keys")) {
    const { out } = await run([name, "--help"]);
    for (const [, flag] of out.matchAll(/^ {2}(--[a-z-]+)/gm)) expect(text).toContain(flag ?? "");
  }
});
