import { expect, test } from "bun:test";
import { join, resolve } from "node:path";
import { Glob } from "bun";

const root = resolve(import.meta.dir, "../..");

/** A hook that is registered while its file is loaded: nothing is indented there. */
const HOOK = /^(?:afterAll|afterEach|beforeAll|beforeEach)\(/m;

test("helpers register no hooks while they are loaded, which would serve the first test file alone", async () => {
  const breaks: string[] = [];
  for await (const path of new Glob("test/**/*.ts").scan(root)) {
    if (!path.endsWith(".test.ts") && HOOK.test(await Bun.file(join(root, path)).text())) breaks.push(path);
  }
  expect(breaks).toEqual([]);
});

test("the judge sees a break", () => {
  expect(HOOK.test('import { afterEach } from "bun:test";\nafterEach(() => stop());\n')).toBe(true);
  expect(HOOK.test("export function stopAfterEach(): void {\n  afterEach(stop);\n}\n")).toBe(false);
});
