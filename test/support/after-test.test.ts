import { expect, setDefaultTimeout, test } from "bun:test";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { tempFolder } from "./temp-folder.ts";

// Two runs of the test runner.
setDefaultTimeout(60_000);

const helper = resolve(import.meta.dir, "after-test.ts");

/** Runs test files in a process of their own; answers the words that they wrote, in order. */
async function runFiles(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const folder = tempFolder();
  const diary = join(folder, "diary");
  writeFileSync(diary, "");
  const head = `import { test } from "bun:test";
import { appendFileSync } from "node:fs";
import { afterTest } from ${JSON.stringify(helper)};
const write = (word: string): void => appendFileSync(${JSON.stringify(diary)}, word + " ");
`;
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), `${head}${text}`);
  await Bun.spawn([process.execPath, "test"], { cwd: folder, stdout: "ignore", stderr: "ignore" }).exited;
  return readFileSync(diary, "utf8").trim().split(" ");
}

test("each file that uses the helper cleans up, what was made last first", async () => {
  const text = (name: string): string => `
test("one", () => {
  afterTest(() => write("${name}-folder"));
  afterTest(async () => write("${name}-process"));
  write("${name}-begun");
});
test("two", () => write("${name}-next"));
`;
  expect(await runFiles({ "a.test.ts": text("a"), "b.test.ts": text("b") })).toEqual(
    ["a", "b"].flatMap((name) => [`${name}-begun`, `${name}-process`, `${name}-folder`, `${name}-next`]),
  );
});

test("what fails is cleaned up after, and what a file makes lasts as long as its tests", async () => {
  const text = `
afterTest(() => write("file"));
test("one", () => {
  afterTest(() => write("failed"));
  throw new Error("fails");
});
test("two", () => write("two"));
`;
  expect(await runFiles({ "a.test.ts": text })).toEqual(["failed", "two", "file"]);
});
