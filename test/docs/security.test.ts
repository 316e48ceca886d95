import { expect, test } from "bun:test";
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dir, "../..");
const text = await Bun.file(join(root, "docs/security.md")).text();

/** Rows of the tables under "What is defended", as their cells. */
const [, defended = ""] = /\n## What is defended\n([\s\S]*?)\n## What is not defended\n/.exec(text) ?? [];
const rows = defended
  .split("\n")
  .filter((line) => /^\| (?!attack|---)/.test(line))
  .map((line) => line.split(" | "));
const testsIn = (line: string): readonly string[] =>
  [...line.matchAll(/\]\(\.\.\/(test\/[^)]+)\)/g)].map(([, file = ""]) => file);

test("every claim of the threat model names tests that are there", () => {
  expect(rows.length).toBeGreaterThan(25);
  for (const row of rows) {
    const files = testsIn(row.at(-1) ?? "");
    expect([row[0], files.length > 0]).toEqual([row[0], true]);
    for (const file of files) expect([file, existsSync(join(root, file))]).toEqual([file, true]);
  }
});

test("every test of an attack stands in the threat model", () => {
  const named = new Set(testsIn(text));
  const files = readdirSync(join(root, "test/security")).filter((file) => file.endsWith(".test.ts"));
  expect(files.map((file) => `test/security/${file}`).filter((file) => !named.has(file))).toEqual([]);
});
