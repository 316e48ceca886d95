import { expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const table = readFileSync(join(import.meta.dir, "README.md"), "utf8");
const rows = [...table.matchAll(/^\| (.+?) \| `([\w./-]+\.test\.ts)` \| (.+?) \|$/gm)].map(
  ([, trap = "", file = "", name = ""]) => ({ trap, file, name }),
);

test("the table has a row for each trap", () => {
  // Beside the head and the line below it.
  expect(rows).toHaveLength(table.split("\n").filter((line) => line.startsWith("| ")).length - 2);
  expect(new Set(rows.map(({ trap }) => trap)).size).toBe(rows.length);
});

test.each(rows.map(({ trap, file, name }) => [trap, file, name] as const))(
  "%s: its test is there",
  (_trap, file, name) => {
    const source = readFileSync(join(import.meta.dir, file), "utf8");
    expect([`"${name}"`, `'${name}'`].some((quoted) => source.includes(quoted))).toBe(true);
  },
);

test("every file of this folder steps into some trap of the table", () => {
  const files = readdirSync(import.meta.dir).filter((file) => file.endsWith(".test.ts"));
  const named = new Set(rows.map(({ file }) => file));
  expect(files.filter((file) => !named.has(file))).toEqual(["traps.test.ts"]);
});
