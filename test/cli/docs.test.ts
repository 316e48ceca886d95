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

test("docs/cli.md tells of each command in one place", () => {
  const commands = [...text.matchAll(/^## ([a-z, -]+)$/gm)].flatMap(([, title = ""]) => title.split(", "));
  expect(commands.length).toBeGreaterThan(10);
  expect(commands).toEqual([...new Set(commands)]);
});

test("docs/cli.md lists every exit code, and no other", () => {
  const part = text.slice(text.indexOf("## Exit codes"), text.indexOf("## init"));
  const listed = firstColumn(part).filter((cell) => /^\d+$/.test(cell));
  expect(listed.map(Number)).toEqual(Object.values(exitCodes));
});

/** Command lines of a command: those of its members where it is a group. */
async function linesOf(name: string): Promise<readonly (readonly string[])[]> {
  const [head = ""] = (await run([name, "--help"])).out.split("\n");
  const members = /^latchkey \S+ (\S+\|\S+) \[flags\]$/.exec(head)?.[1];
  return members === undefined ? [[name]] : members.split("|").map((member) => [name, member]);
}

test("docs/cli.md names every command of a group, and every flag of every command", async () => {
  const table = firstColumn(text.slice(0, text.indexOf("## "))).join(" ");
  for (const { name } of commandEntries) {
    for (const line of await linesOf(name)) {
      const member = line[1] ?? name;
      expect([line, new RegExp(`\`(${name} )?${member}[ \`]`).test(table)]).toEqual([line, true]);
      const { out } = await run([...line, "--help"]);
      for (const [, flag = ""] of out.matchAll(/^ {2}(--[a-z-]+)/gm)) {
        expect([line, flag, text.includes(flag)]).toEqual([line, flag, true]);
      }
    }
  }
});
